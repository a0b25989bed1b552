# Two stages: what builds stays behind, what runs has no compiler, no pip and no root. docs/install.md says what was tried.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv /opt/askdpo
COPY constraints.txt pyproject.toml README.md ./
COPY policy policy
COPY storage storage
COPY dialogs dialogs
COPY bot bot
COPY manifest manifest
# EXTRAS=[reports] adds what draws the governors' paper, about 170 MB.
ARG EXTRAS=
RUN /opt/askdpo/bin/pip install -c constraints.txt . \
    && if [ -n "$EXTRAS" ]; then /opt/askdpo/bin/pip install -c constraints.txt ".$EXTRAS"; fi \
    && /opt/askdpo/bin/pip uninstall -y pip setuptools \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/askdpo/lib

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Ask DPO"
ENV PATH=/opt/askdpo/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ASKDPO_PORT=3978
RUN python -m pip uninstall -y pip setuptools wheel 2>/dev/null; \
    useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin askdpo \
    && install -d -o askdpo -g askdpo -m 0700 /data
COPY --from=build /opt/askdpo /opt/askdpo
# /data is for SQLite, on a disk of this machine; with PostgreSQL nothing is written.
WORKDIR /data
USER 10001
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"ASKDPO_PORT\"]}/healthz', timeout=4)"]
CMD ["askdpo", "serve"]

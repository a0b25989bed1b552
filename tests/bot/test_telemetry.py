"""What is measured and traced, by the SDK's own readers and over the wire; and that nothing personal goes along."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.clock import wall_clock
from bot.counting import Counting
from bot.pulse import Pulse
from bot.telemetry import Instrument, Signal, Telemetry, otel_variables, telemetry, wanted
from storage.database import Database
from tests.bot.test_serve import _post, launch

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Start, Teams


@dataclass
class Seen:
    spans: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    def points(self, name: Instrument) -> list[tuple[dict[str, Any], float]]:
        """(attributes, value or count) of a measurement."""
        data = self.reader.get_metrics_data()
        if data is None:
            return []
        return [
            (dict(point.attributes or {}), point.count if hasattr(point, "count") else point.value)
            for of_resource in data.resource_metrics
            for of_scope in of_resource.scope_metrics
            for metric in of_scope.metrics
            if metric.name == name
            for point in metric.data.data_points
        ]

    def everything(self) -> str:
        data = self.reader.get_metrics_data()
        return f"{data.to_json() if data else ''}{[span.to_json() for span in self.spans.get_finished_spans()]}"


@pytest.fixture
def seen() -> Iterator[Seen]:
    kept = Seen()
    telemetry.start(spans=SimpleSpanProcessor(kept.spans), reader=kept.reader)
    yield kept
    telemetry.stop()


@pytest.fixture
async def measured(seen: Seen, start: "Start", on_the_list: None) -> AsyncIterator["Host"]:
    """A bot that began to be measured before it started."""
    running = await start()
    yield running
    await running.stop()


async def test_a_turn_is_measured_and_traced_by_what_became_of_it(measured: "Host", teams: "Teams", seen: Seen) -> None:
    await measured.post(teams.activity("hello"))
    await measured.post(teams.activity("boom"))
    await measured.post(teams.pressed("go", pupil="Amelia Hart"))
    counted = {(attributes["kind"], attributes["outcome"]): n for attributes, n in seen.points(Instrument.TURNS)}
    assert counted == {("message", "answered"): 1, ("message", "failed"): 1, ("button", "answered"): 1}
    assert ({"work": "turn"}, 1) in seen.points(Instrument.FAILURES)
    assert {attributes["outcome"] for attributes, _ in seen.points(Instrument.SENDS)} == {"taken"}
    spans = [span for span in seen.spans.get_finished_spans() if span.name == "askdpo.turn"]
    assert [dict(span.attributes or {})["askdpo.outcome"] for span in spans] == ["answered", "failed", "answered"]
    assert all(dict(span.attributes or {})["askdpo.person"] == 1 for span in spans)


async def test_no_span_and_no_measurement_holds_a_word_a_name_or_an_id_of_teams(
    measured: "Host", teams: "Teams", seen: Seen
) -> None:
    teams.plan = [(403, {})]
    for text in ("boom", "Amelia Hart", "amelia@green.example"):
        await measured.post(teams.activity(text))
    await measured.post(teams.pressed("Amelia Hart", pupil="Amelia Hart"))
    told = seen.everything()
    assert "askdpo.turn" in told
    for secret in ("Amelia", "amelia", "a:teacher", "29:teacher", "Tess", teams.url, "secret place", "/v3/"):
        assert secret not in told, secret


async def test_what_waits_and_what_comes_round_is_watched(measured: "Host", seen: Seen) -> None:
    works = {attributes["askdpo.work"] for attributes, _ in seen.points(Instrument.SINCE)}
    assert works == {"sweep", "courier"}
    assert [value for _, value in seen.points(Instrument.LETTERS_WAITING)] == [0.0]
    assert [value for _, value in seen.points(Instrument.OLDEST_CASE)] == [0.0]
    states = {
        (attributes["db.client.connection.pool.name"], attributes["db.client.connection.state"])
        for attributes, _ in seen.points(Instrument.CONNECTIONS)
    }
    assert states == {(pool, state) for pool in ("readers", "writers") for state in ("used", "idle")}


def test_what_breaks_is_timed_as_failed_and_its_message_stays_where_it_was(seen: Seen) -> None:
    with pytest.raises(RuntimeError), telemetry.timed(Instrument.SWEEPS):
        raise RuntimeError("Amelia Hart")
    assert seen.points(Instrument.SWEEPS) == [({"outcome": "failed"}, 1)]
    assert "Amelia" not in seen.everything()


def test_without_a_start_nothing_is_kept() -> None:
    idle = Telemetry()
    with idle.timed(Instrument.TURNS, kind="message"):
        pass
    idle.count(Instrument.FAILURES, work="turn")
    idle.watch(Instrument.SINCE, lambda: iter(()))
    idle.stop()
    assert not idle.measures


def test_nothing_of_opentelemetry_is_imported_unless_it_is_asked_for() -> None:
    code = (
        "import sys; from bot.app import create_app; from bot.settings import Settings; import bot.cli.serve; "
        "create_app(Settings(), local=True); print([name for name in sys.modules if 'opentelemetry' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own
    assert done.stdout.strip() == "[]"


BOTH = frozenset(Signal)


@pytest.mark.parametrize(
    ("given", "signals"),
    [
        ({}, frozenset()),
        ({"OTEL_SERVICE_NAME": "x"}, frozenset()),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, BOTH),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "true"}, frozenset()),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"}, {Signal.METRICS}),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://c"}, {Signal.METRICS}),
        ({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_METRICS_EXPORTER": "none"}, {Signal.TRACES}),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, BOTH),
    ],
)
def test_the_usual_variables_say_what_is_sent(given: dict[str, str], signals: frozenset[Signal]) -> None:
    assert wanted(given) == signals


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER is zipkin"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "http/protobuf only"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        otel_variables(given)


async def test_a_real_process_sends_it_over_otlp_and_nothing_personal_with_it(
    tmp_path: Path, sqlite_url: str, on_the_list: None, teams: "Teams"
) -> None:
    bodies: dict[str, list[bytes]] = {"/v1/traces": [], "/v1/metrics": []}

    async def take(request: web.Request) -> web.Response:
        bodies[request.path].append(await request.read())
        return web.Response(content_type="application/x-protobuf")

    app = web.Application()
    app.router.add_post("/v1/{kind}", take)
    async with TestServer(app) as collector:
        process = await launch(
            tmp_path,
            "--local",
            ASKDPO_DATABASE_URL=sqlite_url,
            ASKDPO_PORT="0",
            OTEL_EXPORTER_OTLP_ENDPOINT=str(collector.make_url("")).rstrip("/"),
            OTEL_RESOURCE_ATTRIBUTES="service.instance.id=replica-1",
        )
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().removeprefix("Listening on ").strip()
        await _post(url, teams.activity("I've sent Amelia Hart's scores to the wrong parent"))
        process.terminate()
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    spans = ExportTraceServiceRequest.FromString(bodies["/v1/traces"][0]).resource_spans[0]
    metrics = ExportMetricsServiceRequest.FromString(bodies["/v1/metrics"][-1]).resource_metrics[0]
    resource = {each.key: each.value.string_value for each in spans.resource.attributes}
    assert (resource["service.name"], resource["service.instance.id"]) == ("askdpo", "replica-1")
    assert {span.name for scope in spans.scope_spans for span in scope.spans} >= {"askdpo.turn", "askdpo.send"}
    names = {metric.name for scope in metrics.scope_metrics for metric in scope.metrics}
    assert names >= {Instrument.TURNS, Instrument.SENDS, Instrument.LETTERS_WAITING, Instrument.CONNECTIONS}
    everything = b"".join(each for of_kind in bodies.values() for each in of_kind) + out + err
    for secret in (b"Amelia", b"wrong parent", b"a:teacher", b"Tess", teams.url.encode(), b"/v3/"):
        assert secret not in everything, secret
    (turn,) = [line for line in map(json.loads, _objects(out)) if line["event"] == "turn taken"]
    assert (turn["kind"], turn["outcome"], turn["person"]) == ("message", "answered", 1)


def _objects(out: bytes) -> list[bytes]:
    return [line for line in out.splitlines() if line.startswith(b"{")]


def test_every_measurement_is_explained_where_the_alarms_are() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8").splitlines()
    told = {
        line.split("`")[1] for line in lines if line.startswith(("| `askdpo.", "| `db.")) and line.count(" | ") == 2
    }
    assert told == set(Instrument)


async def test_what_waits_is_told_in_the_log_every_few_minutes(
    sqlite_db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    counting = Counting(sqlite_db, Pulse(), clock=wall_clock)
    told = []
    for _ in range(7):
        caplog.clear()
        await counting.once()
        told.append(caplog.messages)
    said = ["letters waiting count=0 seconds=0.0", "cases due seconds=0.0"]
    assert told == [[], said, [], [], [], [], said]


def test_the_environment_of_the_tests_sends_nothing() -> None:
    assert [name for name in os.environ if name.startswith("OTEL_")] == []

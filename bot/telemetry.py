"""Measurements and traces by OpenTelemetry, where its own variables ask for them; nothing is imported otherwise.

An attribute goes by the same gates as a field of the log (bot/logbook.py), so no address, no id of Teams' and nothing
that anybody wrote leaves with a span. What each instrument means, and when to be alarmed: docs/operating.md.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Unpack

from bot.logbook import Fields, allowed

if TYPE_CHECKING:
    from opentelemetry.metrics import CallbackOptions, Meter, Observation
    from opentelemetry.sdk.metrics.export import MetricReader
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Tracer

_NAME: Final = "askdpo"
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
_PROTOCOLS: Final = ("", "_TRACES", "_METRICS")
_HTTP: Final = "http/protobuf"


class Signal(StrEnum):
    """What can be sent, as OpenTelemetry's variables call it."""

    TRACES = "TRACES"
    METRICS = "METRICS"


class Instrument(StrEnum):
    """Every measurement; those that end in `duration` are histograms in seconds and count as well."""

    TURNS = "askdpo.turn.duration"
    SENDS = "askdpo.send.duration"
    SWEEPS = "askdpo.sweep.duration"
    LETTERS_TRIED = "askdpo.letters.tried"
    FAILURES = "askdpo.failures"
    LETTERS_WAITING = "askdpo.letters.waiting"
    OLDEST_LETTER = "askdpo.letters.oldest_due"
    OLDEST_CASE = "askdpo.cases.oldest_due"
    SINCE = "askdpo.work.age"
    CONNECTIONS = "db.client.connection.count"


_TIMED: Final = {Instrument.TURNS: "a message or a button", Instrument.SENDS: "a call of Teams", Instrument.SWEEPS: ""}
_COUNTED: Final = {
    Instrument.LETTERS_TRIED: "tries to deliver a letter, by what became of it",
    Instrument.FAILURES: "what broke, by the work that it broke",
}
_WATCHED: Final = {
    Instrument.LETTERS_WAITING: ("{letter}", "letters not delivered yet, those for later included"),
    Instrument.OLDEST_LETTER: ("s", "how long the letter that waits longest could have gone"),
    Instrument.OLDEST_CASE: ("s", "how long the case that was due first has not been looked at"),
    Instrument.SINCE: ("s", "since each work beside the turns last came round"),
    Instrument.CONNECTIONS: ("{connection}", "connections to the database"),
}

Reading = tuple[float, Mapping[str, str]]  # a value and the attributes that tell it from its siblings
Watch = Callable[[], Iterator[Reading]]


class Telemetry:
    """One a process. Without `start`, every call does nothing and costs next to nothing."""

    def __init__(self) -> None:
        self._tracer: Tracer | None = None
        self._meter: Meter | None = None
        self._instruments: dict[Instrument, Any] = {}
        self._ends: list[Callable[[], object]] = []

    @property
    def measures(self) -> bool:
        """Whether anybody wants measurements."""
        return self._meter is not None

    def start(self, *, spans: "SpanProcessor | None", reader: "MetricReader | None", resource: Any = None) -> None:  # noqa: ANN401  the SDK's, None for its own default
        """Send spans and measurements that way. Not global: a library's own instruments stay silent."""
        if spans is not None:
            from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  only where it is wanted

            tracing = TracerProvider(resource=resource, shutdown_on_exit=False)
            tracing.add_span_processor(spans)
            self._tracer = tracing.get_tracer(_NAME)
            self._ends.append(tracing.shutdown)
        if reader is not None:
            from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415  see above

            metering = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
            self._meter = metering.get_meter(_NAME)
            self._instruments |= _instruments(self._meter)
            self._ends.append(metering.shutdown)

    def stop(self) -> None:
        """Send what is left; may take as long as the receiver does."""
        for end in self._ends:
            end()
        self.__init__()  # type: ignore[misc]  # as it was before the start

    @contextmanager
    def timed(self, what: Instrument, **fields: Unpack[Fields]) -> Iterator[Fields]:
        """Time it, as a span and a measurement. What is known only afterwards goes into what this gives."""
        told: Fields = {**fields}
        if self._tracer is None and self._meter is None:
            yield told
            return
        began = time.perf_counter()
        span = self._tracer.start_span(what.removesuffix(".duration")) if self._tracer is not None else None
        try:
            yield told
        except BaseException:
            told.setdefault("outcome", "failed")
            raise
        finally:
            if span is not None:
                span.set_attributes({f"{_NAME}.{name}": value for name, value in allowed(told).items()})
                span.end()
            if what in self._instruments:
                self._instruments[what].record(time.perf_counter() - began, _few(told))

    def count(self, what: Instrument, **fields: Unpack[Fields]) -> None:
        """Count one."""
        if what in self._instruments:
            self._instruments[what].add(1, _few(fields))

    def watch(self, what: Instrument, look: Watch) -> None:
        """Look at something whenever measurements are sent."""
        if self._meter is None:
            return
        unit, description = _WATCHED[what]
        from opentelemetry.metrics import Observation  # noqa: PLC0415  only where it is wanted

        def seen(_: "CallbackOptions") -> "Iterator[Observation]":
            return (Observation(value, dict(attributes)) for value, attributes in look())

        self._meter.create_observable_gauge(what, [seen], unit=unit, description=description)


telemetry: Final = Telemetry()  # the process's, as OpenTelemetry's own providers are


def wanted(values: Mapping[str, str]) -> frozenset[Signal]:
    """Read OpenTelemetry's own variables. Raises ValueError with a sentence for what this program cannot do."""
    if values.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return frozenset()
    signals = frozenset(signal for signal in Signal if _is_wanted(signal, values))
    for part in _PROTOCOLS:
        name = f"OTEL_EXPORTER_OTLP{part}_PROTOCOL"
        if signals and values.get(name, _HTTP) != _HTTP:
            raise ValueError(f"{name} is {values[name]}. Ask DPO sends {_HTTP} only.")
    return signals


def otel_variables(values: Mapping[str, str]) -> Mapping[str, str]:
    """Give OpenTelemetry's own variables among these, read once to see that they can be followed."""
    given = {name: value for name, value in values.items() if name.startswith("OTEL_")}
    wanted(given)
    return given


def exporting(values: Mapping[str, str]) -> None:
    """Start sending by OTLP, as the variables say. Raises ValueError where the SDK is not installed."""
    signals = wanted(values)
    if not signals:
        return
    import os  # noqa: PLC0415  the SDK reads the environment itself

    os.environ.update(values)
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415  heavy
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  heavy
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader  # noqa: PLC0415  heavy
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  heavy
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415  heavy
    except ImportError as missing:
        raise ValueError("OTEL variables ask for telemetry, which needs: pip install 'askdpo[telemetry]'") from missing
    telemetry.start(
        spans=BatchSpanProcessor(OTLPSpanExporter()) if Signal.TRACES in signals else None,
        reader=PeriodicExportingMetricReader(OTLPMetricExporter()) if Signal.METRICS in signals else None,
        resource=Resource.create({} if "OTEL_SERVICE_NAME" in values else {"service.name": _NAME}),
    )


def _is_wanted(signal: Signal, values: Mapping[str, str]) -> bool:
    name = f"OTEL_{signal}_EXPORTER"
    match values.get(name):
        case "none":
            return False
        case "otlp":
            return True
        case None:
            return "OTEL_EXPORTER_OTLP_ENDPOINT" in values or f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT" in values
        case other:
            raise ValueError(f"{name} is {other}. It must be otlp or none.")


def _few(fields: Fields) -> dict[str, int | float | str]:
    """Keep what has few values: a measurement by person or turn would be one measurement each."""
    return {name: value for name, value in allowed(fields).items() if name in {"kind", "outcome", "work", "status"}}


def _instruments(meter: "Meter") -> dict[Instrument, Any]:
    found: dict[Instrument, Any] = {
        what: meter.create_histogram(what, "s", about, explicit_bucket_boundaries_advisory=_BUCKETS)
        for what, about in _TIMED.items()
    }
    return found | {what: meter.create_counter(what, "1", about) for what, about in _COUNTED.items()}

"""Decides how measurements are handed to Prometheus: as a text, and over HTTP."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from cjm_sheets.errors.machine import CannotListenError
from cjm_sheets.fleet.measures import AGE, MEASURES, OLDEST, SUM, Measure, Measured

Ask = Callable[[], Measured]
Now = Callable[[], float]


class _Measurements(Collector):
    """Gives measurements with labels that all of them have, as they are when they are asked for."""

    def __init__(self, labels: Mapping[str, str], ask: Ask, now: Now) -> None:
        self._labels, self._ask, self._now = labels, ask, now

    def collect(self) -> Iterator[Metric]:
        """Yield all that is known."""
        known = self._ask()
        stand = dict(known.stand)
        if (OLDEST.name, "") in stand:
            stand[AGE.name, ""] = max(0.0, self._now() - stand[OLDEST.name, ""])
        now = Measured(known.counts, stand)
        for measure in MEASURES:
            family = self._family(measure, now)
            if family.samples:
                yield family

    def _family(self, measure: Measure, known: Measured) -> Metric:
        amounts = known.stand if measure.kind == "gauge" else known.counts
        names = [*self._labels, *([measure.label] if measure.label else [])]
        common = list(self._labels.values())
        if measure.kind == "histogram":
            return self._histogram(measure, known)
        make = GaugeMetricFamily if measure.kind == "gauge" else CounterMetricFamily
        family = make(measure.name, measure.help, labels=names)
        for value in measure.values:
            own = [value] if measure.label else []
            amount = amounts.get((measure.name, value))
            if amount is not None or measure.kind == "counter":
                family.add_metric([*common, *own], amount or 0.0)
        return family

    def _histogram(self, measure: Measure, known: Measured) -> Metric:
        """Return how many amounts lie below each end, though other ends were counted by before."""
        counted = {
            float(label): amount
            for (name, label), amount in known.counts.items()
            if name == measure.name and label != SUM
        }
        ends = [float(end) for end in measure.ends]
        each = [
            sum(amount for at, amount in counted.items() if below < at <= end)
            for below, end in zip([float("-inf"), *ends], ends, strict=False)
        ]
        buckets = list(zip(measure.ends, accumulate(each), strict=True))
        total = known.counts.get((measure.name, SUM), 0.0)
        family = HistogramMetricFamily(measure.name, measure.help, labels=[*self._labels])
        family.add_metric([*self._labels.values()], buckets, total)
        return family


def as_text(known: Measured, labels: Mapping[str, str], now: Now) -> bytes:
    """Return measurements as Prometheus reads them from a file."""
    return generate_latest(_registry(lambda: known, labels, now))


@contextmanager
def served(ask: Ask, labels: Mapping[str, str], at: tuple[str, int], now: Now) -> Iterator[int]:
    """Answer Prometheus at an address and a port while the block runs; gives the port.

    Raises:
        CannotListenError: the system does not let us have the port.
    """
    host, port = at
    try:
        server, thread = start_http_server(port, host, _registry(ask, labels, now))
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotListenError(f"{host}:{port}", reason) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _registry(ask: Ask, labels: Mapping[str, str], now: Now) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Measurements(labels, ask, now))
    return registry

"""The metrics as text, in the format that a client asks for; imported when the first one does."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from simulator.admin.meters import LAG_BUCKETS, LagMeter
from simulator.admin.metrics.families import FAMILIES, LAG, Scene

_KINDS = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}


class _Collector(Collector):
    """Reads the values of one operator in one moment."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def collect(self) -> Iterator[Metric]:
        """Every family."""
        self._scene.operator.tally.settle()
        for family in FAMILIES:
            metric = _KINDS[family.kind](family.name, family.help, labels=family.labels)
            for labels, value in family.samples(self._scene):
                metric.add_metric(labels, value)
            yield metric
        yield _lag(self._scene.meters.lag)


def _lag(meter: LagMeter) -> Metric:
    """The histogram; Prometheus has each bucket hold those before it too."""
    metric = HistogramMetricFamily(LAG, "How much later than asked for a task of the event loop runs")
    bounds = [*map(str, LAG_BUCKETS), "+Inf"]
    sums = [sum(meter.counts[: place + 1]) for place in range(len(bounds))]
    metric.add_metric((), list(zip(bounds, sums, strict=True)), meter.sum)
    return metric


def exposed(scene: Scene, accept: str) -> tuple[bytes, str]:
    """The metrics in the format that suits an Accept header, and its media type."""
    registry = CollectorRegistry()
    registry.register(_Collector(scene))
    ProcessCollector(registry=registry)
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type

"""What the operator decided by which rule while the load ran, as it counts itself (docs/metrics.md)."""

import http.client
from collections import Counter
from urllib.parse import urlsplit

from prometheus_client.parser import text_string_to_metric_families

from harness.load.result import RuleCount

_METRIC = "khatban_messages"
_SAMPLE = "khatban_messages_total"
_PATIENCE = 10.0

Verdicts = Counter[tuple[str, str]]


class RuleCounter:
    """Counts of verdicts by rule, from one moment to another.

    Args:
        url: the operator's HTTP door; None where it has none, or is not Khatban.
    """

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._before: Verdicts | None = None

    def begin(self) -> None:
        """Counts from now on."""
        self._before = self._ask()

    def counts(self) -> tuple[RuleCount, ...] | None:
        """What came since, the most frequent first; None if the operator does not tell."""
        now = self._ask()
        if now is None or self._before is None:
            return None
        since = now - self._before
        return tuple(
            RuleCount(verdict=verdict, rule=rule, count=count) for (verdict, rule), count in since.most_common()
        )

    def _ask(self) -> Verdicts | None:
        if self._url is None:
            return None
        try:
            return verdicts(_fetched(self._url))
        except (OSError, http.client.HTTPException, ValueError):
            return None


def verdicts(metrics: str) -> Verdicts:
    """Messages by verdict and rule, from what `GET /metrics` says."""
    found: Verdicts = Counter()
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples if family.name == _METRIC else ():
            if sample.name == _SAMPLE:
                found[sample.labels.get("verdict", ""), sample.labels.get("rule", "")] += int(sample.value)
    return found


def _fetched(url: str) -> str:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/metrics", headers={"Connection": "close"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise ValueError(f"GET /metrics: {response.status}")
        return response.read().decode()
    finally:
        connection.close()

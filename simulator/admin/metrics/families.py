"""Every metric: its name, kind and labels, and where its values are; nothing is counted for it alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, NamedTuple

from simulator.admin.meters import Meters
from simulator.center.operator import Operator
from simulator.smpp.consts import MessageState, status_name
from simulator.tally import Tally


class Scene(NamedTuple):
    """What is looked at when somebody asks."""

    operator: Operator
    meters: Meters
    readers: int
    """Who listens to events."""


Samples = Iterable[tuple[tuple[str, ...], float]]
"""The values of the labels, and the value."""


class Family(NamedTuple):
    """One metric."""

    name: str
    kind: Literal["counter", "gauge"]
    help: str
    labels: tuple[str, ...]
    samples: Callable[[Scene], Samples]


def _one(value: Callable[[Scene], float]) -> Callable[[Scene], Samples]:
    """The samples of a metric without labels."""
    return lambda scene: [((), value(scene))]


def _by_status(counts: Callable[[Tally], Mapping[int, int]]) -> Callable[[Scene], Samples]:
    return lambda scene: [((status_name(status),), n) for status, n in counts(scene.operator.tally).items()]


def _submitted(scene: Scene) -> Samples:
    return (
        ((account, outcome, rule or ""), n) for (account, outcome, rule), n in scene.operator.tally.submitted.items()
    )


def _judged_later(scene: Scene) -> Samples:
    return (((outcome, rule or ""), n) for (outcome, rule), n in scene.operator.tally.judged_later.items())


def _ended(scene: Scene) -> Samples:
    return (((MessageState(state).name,), n) for state, n in scene.operator.tally.ended.items())


def _deliveries(what: str) -> Callable[[Scene], Samples]:
    return lambda scene: [((event,), n) for (sort, event), n in scene.operator.tally.deliveries.items() if sort == what]


def _sessions(scene: Scene) -> Samples:
    found = Counter((bind.account, bind.caller.type.value) for bind in scene.operator.binds)
    return found.items()


def _unanswered(scene: Scene) -> Samples:
    found: Counter[str] = Counter()
    for bind in scene.operator.binds:
        found[bind.account] += bind.session.unanswered
    return (((account,), n) for account, n in found.items())


def _unacknowledged(scene: Scene) -> Samples:
    found: Counter[str] = Counter()
    for bind in scene.operator.binds:
        found[bind.account] += len(bind.unacknowledged)
    return (((account,), n) for account, n in found.items())


def _queued(scene: Scene) -> Samples:
    return (((account,), n) for account, n in scene.operator.inquiries.load().queued.items())


def _changes(scene: Scene) -> Samples:
    return (((origin,), n) for origin, n in scene.operator.tally.changes.items())


def _faults(scene: Scene) -> Samples:
    found = Counter(switched.fault.name for switched in scene.operator.faults_on())
    return (((name,), n) for name, n in found.items())


def _requests(scene: Scene) -> Samples:
    answers = scene.meters.http.answers.items()
    return (((asked.method, asked.route, str(status)), n) for (asked, status), n in answers)


def _request_seconds(scene: Scene) -> Samples:
    return (((asked.method, asked.route), n) for asked, n in scene.meters.http.seconds.items())


FAMILIES: Final = (
    Family(
        "khatban_messages",
        "counter",
        "Messages submitted, by the verdict in that moment; `waits`: a part that waits for the others of its text",
        ("account", "verdict", "rule"),
        _submitted,
    ),
    Family(
        "khatban_later_verdicts",
        "counter",
        "Verdicts on messages that had waited for the rest of their text, or were held",
        ("verdict", "rule"),
        _judged_later,
    ),
    Family("khatban_messages_ended", "counter", "Messages that ended, by their final state", ("state",), _ended),
    Family(
        "khatban_messages_under_way",
        "gauge",
        "Messages that have not ended",
        (),
        _one(lambda scene: scene.operator.inquiries.load().under_way),
    ),
    Family(
        "khatban_scheduled",
        "gauge",
        "What is on the heap of things that fall due",
        (),
        _one(lambda scene: scene.operator.inquiries.load().scheduled),
    ),
    Family(
        "khatban_receipts",
        "counter",
        "Receipts made, sent, acknowledged, given_up",
        ("event",),
        _deliveries("receipts"),
    ),
    Family(
        "khatban_mo_messages",
        "counter",
        "Subscribers' messages to lines, part by part, likewise",
        ("event",),
        _deliveries("mo"),
    ),
    Family(
        "khatban_delivery_queue",
        "gauge",
        "Receipts and subscribers' messages that wait for a bind",
        ("account",),
        _queued,
    ),
    Family(
        "khatban_deliveries_unacknowledged",
        "gauge",
        "deliver_sm that ESMEs are to answer",
        ("account",),
        _unacknowledged,
    ),
    Family("khatban_requests_unanswered", "gauge", "Requests that ESMEs wait for", ("account",), _unanswered),
    Family("khatban_sessions", "gauge", "Bound sessions", ("account", "bind_type"), _sessions),
    Family(
        "khatban_connections",
        "gauge",
        "SMPP connections, bound or not",
        (),
        _one(lambda scene: scene.operator.tally.connections),
    ),
    Family(
        "khatban_bind_attempts",
        "counter",
        "Binds asked for, by the answer",
        ("command_status",),
        _by_status(lambda tally: tally.bind_attempts),
    ),
    Family(
        "khatban_malformed_pdus",
        "counter",
        "PDUs that could not be taken, by the answer",
        ("command_status",),
        _by_status(lambda tally: tally.malformed),
    ),
    Family(
        "khatban_violations",
        "counter",
        "Offences of lines against the rules",
        (),
        _one(lambda scene: scene.operator.tally.violations),
    ),
    Family("khatban_changes", "counter", "Changes of the registers, by who made them", ("origin",), _changes),
    Family("khatban_faults_on", "gauge", "Faults that are switched on", ("fault",), _faults),
    Family("khatban_store_commits", "counter", "Commits of the store", (), _one(lambda scene: scene.operator.commits)),
    Family(
        "khatban_store_writable",
        "gauge",
        "1, or 0 while the store cannot be written",
        (),
        _one(lambda scene: not scene.operator.is_out_of_order),
    ),
    Family(
        "khatban_resets", "counter", "How often the operator began anew", (), _one(lambda scene: scene.operator.resets)
    ),
    Family("khatban_clock_seconds", "gauge", "The operator's time", (), _one(lambda scene: scene.operator.clock.now())),
    Family(
        "khatban_clock_speed",
        "gauge",
        "Seconds of the operator in a second",
        (),
        _one(lambda scene: scene.operator.clock.speed),
    ),
    Family(
        "khatban_http_requests",
        "counter",
        "HTTP requests, by the template of their path and the answer; 0: the client left before",
        ("method", "route", "status"),
        _requests,
    ),
    Family(
        "khatban_http_request_seconds",
        "counter",
        "Seconds that these took until their answers were sent",
        ("method", "route"),
        _request_seconds,
    ),
    Family(
        "khatban_http_connections", "gauge", "HTTP connections", (), _one(lambda scene: scene.meters.http.connections)
    ),
    Family("khatban_event_readers", "gauge", "Clients that listen to events", (), _one(lambda scene: scene.readers)),
)
"""In the order of the documentation (docs/metrics.md)."""

LAG: Final = "khatban_event_loop_lag_seconds"
"""The one histogram: how much later than asked for a task of the event loop runs."""

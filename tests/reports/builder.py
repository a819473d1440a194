"""Makes run directories for the tests of reports: small ones from parts, and one that looks like a real run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.results import Failure, RunMeta, RunWriter, ScenarioResult, Verdict

Pairs = Sequence[tuple[ScenarioResult, Sequence[Mapping[str, Any]]]]

CLAUSES = (
    ("blacklist.no-promotion", "Advertising does not reach who opted out.", "تبلیغ به لیست سیاه نمی‌رسد."),
    (
        "hours.promotional-window",
        "Advertising is sent by day only.",
        "تبلیغ فقط در ساعت‌های مجاز ۷ تا ۲۲ فرستاده می‌شود.",
    ),
    ("service.any-hour", "A service line sends day and night.", "خط خدماتی شبانه‌روزی است."),
    ("service.no-discount", "No discounts on a service line.", "اعلام تخفیف روی خط خدماتی ممنوع است."),
    ("service.no-congratulation", "No congratulations on a service line.", "پیامک تبریک روی خط خدماتی ممنوع است."),
    (
        "shared.approved-pattern",
        "A shared line carries approved patterns only.",
        "خط اشتراکی فقط الگوی تأییدشده می‌برد.",
    ),
    ("samantel.ten-digits", "A Samantel line has ten digits.", "خط سامانتل ده‌رقمی است."),
)
RULES = (
    ("unapproved-pattern", "A text that fits no approved pattern", ("shared.approved-pattern",)),
    ("service-advertising", "Advertising on a service line", ("service.no-discount", "service.no-congratulation")),
    ("promotion-to-blacklisted", "Advertising to a subscriber on the blacklist", ("blacklist.no-promotion",)),
    ("promotion-outside-hours", "Advertising by night", ("hours.promotional-window", "service.any-hour")),
)
CATALOGUE: dict[str, list[dict[str, Any]]] = {
    "rules": [{"id": a, "title": b, "rationale": f"{b} is unwanted.", "clauses": list(c)} for a, b, c in RULES],
    "clauses": [
        {"id": a, "document": "panel-guide", "section": "2", "statement_en": b, "statement_fa": c, "since": None}
        | {"confidence": "single source"}
        for a, b, c in CLAUSES
    ],
}


def message(number: int = 1, /, **changes: Any) -> dict[str, Any]:
    """An accepted service message in the operator's API form; `changes` replace its keys, those of the verdict too."""
    verdict: dict[str, Any] = {"outcome": "accepted", "rule": None, "clause": None, "violation": False}
    verdict |= {"content": {"label": "service", "category": "otp", "evidence": []}, "trace": []}
    verdict |= {key: changes.pop(key) for key in list(changes) if key in verdict}
    told = {
        "id": f"msg-{number}",
        "received_at": "2026-11-22T10:00:00.000+03:30",
        "account": "panel",
        "line": "3000200020",
        "line_type": "dedicated_service",
        "to": "989121230001",
        "operator": "mci",
        "text": "کد ورود شما: ۱۲۳۴",
        "data_coding": 8,
        "part": None,
        "registered_delivery": 1,
        "command_status": "ESME_ROK",
        "state": "DELIVERED",
        "verdict": verdict,
        "receipts": [{"state": "DELIVRD", "err": "000", "sent_at": "2026-11-22T10:00:01.000+03:30"}],
    }
    return told | changes


def refused(number: int, rule: str, clause: str, **changes: Any) -> dict[str, Any]:
    """A refused message with the trace step that refused it."""
    facts = changes.pop("facts", {})
    step = {"rule": rule, "outcome": "refused", "clause": clause, "facts": facts}
    given = {"outcome": "refused", "rule": rule, "clause": clause, "trace": [step], "receipts": []}
    return message(number, **given | {"command_status": "0x00000401", "state": "REJECTED"} | changes)


def passed(facts: Mapping[str, str], rule: str = "promotion-to-blacklisted") -> list[dict[str, Any]]:
    """A trace of one rule that had nothing against the message."""
    return [{"rule": rule, "outcome": "passed", "clause": None, "facts": dict(facts)}]


def result(number: int = 1, /, **changes: Any) -> ScenarioResult:
    """A scenario that passed; `changes` replace its fields."""
    told: dict[str, Any] = {
        "id": f"regulatory/scenario-{number}",
        "file": f"scenarios/regulatory/scenario-{number}.yaml",
        "title": f"Scenario {number} states a fact",
        "clauses": ("service.any-hour",),
        "driver": "smpplib",
        "verdict": Verdict.PASS,
        "seconds": 0.25,
        "started": "2026-11-22T06:30:00+00:00",
    }
    return ScenarioResult(**told | changes)


def failing(number: int = 1, /, verdict: Verdict = Verdict.FAIL, **changes: Any) -> ScenarioResult:
    """A scenario with one failure; `changes` replace fields of the failure."""
    told: dict[str, Any] = {"where": f"scenarios/regulatory/scenario-{number}.yaml:12", "step": "expect_response"}
    told |= {"expected": ("0x00000401", "ESME_RSUBMITFAIL"), "got": "ESME_ROK", "reason": "no rule refused it"}
    return result(number, verdict=verdict, failures=(Failure(**told | changes),))


def write_run(
    folder: Path,
    pairs: Pairs = (),
    *,
    finished: bool = True,
    planned: int | None = None,
    catalogue: Mapping[str, Any] = CATALOGUE,
    transcripts: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    violations: Sequence[Mapping[str, Any]] = (),
) -> Path:
    """Write a run directory with the harness's own writer; each message's id is added to its scenario's result.

    Changes and violations are those of the first scenario.
    """
    count = len(pairs) if planned is None else planned
    meta = RunMeta(
        version="0.1.0",
        started="2026-11-22T06:30:00+00:00",
        seed=7,
        drivers=("smpplib",),
        jobs=2,
        profile="standard",
        python="3.11.7",
        platform="Linux x86_64",
        scenarios=count,
    )
    with RunWriter(folder, meta) as writer:
        writer.write_catalogue(catalogue)
        for scenario, events in (transcripts or {}).items():
            with writer.open_events("smpplib", scenario) as told:
                for event in events:
                    told.add(event)
        for number, (each, messages) in enumerate(pairs):
            held = {} if number else {"changes": changes, "violations": violations}
            writer.add(replace(each, message_ids=tuple(str(one["id"]) for one in messages)), messages, "", **held)
        if finished:
            writer.finish("2026-11-22T06:30:12.500000+00:00")
    return folder


def busy_run(folder: Path) -> Path:
    """A run with something in every section: two refusals, a late one, a failure, an untested clause, Persian text."""
    advert = "جشنواره پاییزه فروشگاه نمونه: ۳۰٪ تخفیف روی همهٔ کیف‌ها تا ۱۰ آذر! shop.example.ir"
    quote = "۳۰٪ تخفیف"
    start = advert.index(quote)
    evidence = [{"start": start, "end": start + len(quote), "quote": quote, "reason": "a discount is offered"}]
    content = {"label": "promotional", "category": "discount", "evidence": evidence}
    pairs: Pairs = (
        (result(1), [message(1, trace=passed({"blacklisted": "no"}))]),
        (
            result(2, clauses=("blacklist.no-promotion",)),
            [
                refused(
                    1,
                    "promotion-to-blacklisted",
                    "blacklist.no-promotion",
                    line="2000100010",
                    line_type="promotional",
                    to="989121110001",
                    text=advert,
                    content=content,
                    command_status="ESME_ROK",
                    state="UNDELIVERABLE",
                    receipts=[{"state": "UNDELIV", "err": "016"}],
                    facts={"blacklisted": "yes"},
                )
            ],
        ),
        (
            result(3, clauses=("service.no-discount",)),
            [refused(1, "service-advertising", "service.no-discount", text=advert, content=content, violation=True)],
        ),
        (failing(4), [message(1, text="<b>سلام</b> 09121234567")]),
        (result(5, verdict=Verdict.NON_STRICT, clauses=("samantel.ten-digits", "line.gone")), []),
    )
    events = [
        {"at": 0.001, "direction": "sent", "event": "sent", "pdu": "submit_sm", "to": "989121230001"},
        {"at": 0.002, "direction": "received", "event": "response", "command_status": 0, "message_id": "msg-1"},
    ]
    return write_run(folder, pairs, transcripts={"regulatory/scenario-4": events})

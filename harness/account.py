"""A scenario told step by step, as text that two runs can be compared by.

It holds no real time, no moment of a clock that runs, and no order that chance decides. Each event stands with the step
that caused it or looked at it; a message's end is told by how long after its coming it was, on the operator's clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from harness.driver_events import Closed, EnquireLink, Pdu, Receipt, Response, Sent
from harness.operator_api import Message
from harness.reasons import decision_of, verdict_of
from harness.scenario import Scenario
from harness.stage import Stage
from harness.transcript import Entry, line
from harness.yaml_source import Data


def account_of(scenario: Scenario, stage: Stage, outcomes: Sequence[str], messages: Sequence[Message]) -> str:
    """The whole scenario.

    Args:
        scenario: What was played.
        stage: How it was left.
        outcomes: Of each step that ran, what was otherwise than it says; empty where nothing was.
        messages: What the operators hold, in the API's form.
    """
    lines = [f"{scenario.id}: {scenario.header.title}", ""]
    entries = _by_step(stage)
    for number, placed in enumerate(scenario.steps, start=1):
        lines.append(f"{number:3}  {placed.step.key}{_written(scenario, number, placed.step.key)}")
        lines += [f"       {line(entry)}" for entry in entries.get(number, ())]
        if number > len(outcomes):
            lines.append("     - not reached")
        elif outcomes[number - 1]:
            lines.append(f"     ! {outcomes[number - 1]}")
    if left := entries.get(0):
        lines += ["", "nobody looked at", *(f"       {each}" for each in sorted(line(entry) for entry in left))]
    lines += ["", "messages", *(f"     {each}" for each in _told(messages))]
    return "\n".join(lines) + "\n"


def _by_step(stage: Stage) -> Mapping[int, list[Entry]]:
    """The events by the number of the step that they belong to; by 0 what nobody looked at."""
    caused: dict[str, int] = {}
    found: dict[int, list[Entry]] = {}
    for entry in stage.transcript.entries:
        event = entry.event
        if isinstance(event, EnquireLink | Closed) or (isinstance(event, Pdu) and event.told):
            continue  # these come when the real clock says so, or are told by another event
        if isinstance(event, Sent) and event.tag is not None:
            caused.setdefault(event.tag, entry.step)
        found.setdefault(_step_of(entry, caused), []).append(entry)
    return {number: sorted(entries, key=_order) for number, entries in found.items()}


def _step_of(entry: Entry, caused: Mapping[str, int]) -> int:
    event = entry.event
    if isinstance(event, Sent | Response) and event.tag is not None:
        return caused.get(event.tag, entry.step)
    if isinstance(event, Receipt) or entry.seen_by:
        return entry.seen_by
    return 0 if isinstance(event, Pdu) or event.event in ("mo", "generic_nack") else entry.step


def _order(entry: Entry) -> tuple[bool, int]:
    """What was sent comes first, then what came, part by part: how the two are interleaved is left to chance."""
    event = entry.event
    return not isinstance(event, Sent), event.part if isinstance(event, Response) else 0


def _written(scenario: Scenario, number: int, key: str) -> str:
    """A step's fields as the file has them, in one line."""
    data = scenario.source.data
    steps = data["steps"] if isinstance(data, dict) else ()
    step = steps[number - 1] if isinstance(steps, list) else {}
    fields = step[key] if isinstance(step, dict) else ""
    return f": {_plain(fields)}" if fields else ""


def _plain(value: Data) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_plain(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(_plain, value))}]" if isinstance(value, list) else value


def _told(messages: Sequence[Message]) -> Iterator[str]:
    for message in messages:
        told = [f"{message.get('source')} -> {message.get('destination')}", str(message.get("command_status"))]
        told.append(f"{message.get('state')} err {message.get('err')}{_after(message)}")
        yield ", ".join([*told, *filter(None, [decision_of(verdict_of(message))])])


def _after(message: Message) -> str:
    came, ended = message.get("received_at"), message.get("done_at")
    if not came or not ended:
        return ""
    return f" after {(datetime.fromisoformat(ended) - datetime.fromisoformat(came)).total_seconds():.3f} s"

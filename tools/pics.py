"""Writes docs/pics.md, the protocol implementation conformance statement, from the tables of `simulator.smpp`.

python -m tools.pics

A test holds the page to what this would write. It knows the tables and the texts of the sources, and starts nothing.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.smpp.consts import (
    RESPONSE_BIT,
    V34,
    V50,
    CommandId,
    CommandStatus,
    MessageState,
    TlvTag,
)
from simulator.smpp.inspection import field_rules
from simulator.smpp.pdus import PDU_TYPES, PDUS
from simulator.smpp.permits import UNANSWERED, all_permits
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send
from simulator.smpp.tlv_places import places
from simulator.smpp.tlv_table import TLVS
from simulator.smpp.values import DATA_CODINGS, FIELD_RULES, ranges
from tools.markdown import table

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "pics.md"

INTRODUCTION = """\
# What of SMPP is implemented

This page is written by `python -m tools.pics` from the tables that the code runs on; do not edit it. It speaks of the
protocol (`simulator/smpp/`), versions 3.4 and 5.0; 3.3 is 3.4 without TLVs. What the operator does with a message is
its own matter. A *strict* session, which is the default, refuses what this page does not list as permitted;
another (`strict = false`) passes on whatever can be read.
"""

CHOICES = (
    (
        "reserved values",
        "a strict session refuses them with the field's status",
        "5.0 2.11.1 would have the default taken; a simulator that does so hides the mistake",
    ),
    (
        "a known TLV in a PDU that does not list it",
        "passed over",
        "5.0 2.11.1",
    ),
    (
        "an unknown or vendor TLV",
        "kept, passed over",
        "5.0 2.11.1",
    ),
    (
        "TLVs of a peer at 3.3",
        "passed on, not looked at; none is sent to it",
        "5.0 2.11.2",
    ),
    (
        "short_message beside message_payload",
        "3.4: ESME_RINVMSGLEN, because sm_length must be 0; 5.0: taken",
        "in 5.0 message_payload supersedes short_message",
    ),
    (
        "sar_* or port TLVs beside a user data header",
        "ESME_RTLVNOTALLWD",
        "3.4 5.2.12 and 5.0 4.7.12 say that they cannot be used",
    ),
    (
        "some, but not all three sar_* TLVs",
        "passed over",
        "5.0 4.8.4.48",
    ),
    (
        "data_sm without message_payload",
        "5.0: ESME_RMISSINGTLV, unless it is a receipt or acknowledgement",
        "5.0 4.7.6",
    ),
    (
        "a reserved data_coding",
        "5.0: ESME_RINVDCS; 3.4: taken",
        "3.4 has no status for it",
    ),
    (
        "bind_transmitter after outbind",
        "ESME_RINVBNDSTS",
        "3.4 2.2.1 and 5.0 1.4.5 against 5.0's table 2-1",
    ),
    (
        "replace_sm of a transceiver",
        "taken",
        "3.4's table 2-1 forgets it, its text names it",
    ),
    (
        "the broadcast family from an ESME at 3.4",
        "taken, by the rules of 5.0",
        "the version says what an ESME understands, not what it may ask",
    ),
    (
        "a reserved interface_version",
        "goes by the version below it",
        "versions grow upwards",
    ),
    (
        "stray zero octets between TLVs",
        "lived with",
        "deployed clients send them",
    ),
    (
        "an error response without body, or with one NUL",
        "read; our own have one NUL",
        "deployed clients name the error only if there is a body",
    ),
    (
        "a sequence_number of 0 or above 0x7FFFFFFF",
        "taken and repeated",
        "deployed clients use them",
    ),
    (
        "protocol_id, addr_ton, addr_npi, address_range",
        "read, any value",
        "they belong to the network, and to the operator's routing",
    ),
)


def page() -> str:
    """The whole page."""
    sections = (choices(), states(), commands(), fields(), tlvs(), statuses(), codes())
    return "\n".join([INTRODUCTION, *("\n".join(section) + "\n" for section in sections)])


def choices() -> Iterator[str]:
    """What the standard leaves open, or says in two ways."""
    yield from ("## Choices", "")
    yield from table(("matter", "what is done", "why"), CHOICES)


def states() -> Iterator[str]:
    """The diagram of the states, drawn from the matrix."""
    yield from ("## States", "", "```mermaid", "stateDiagram-v2", "    [*] --> OPEN", "    OPEN --> OUTBOUND: outbind")
    for state in (SessionState.OPEN, SessionState.OUTBOUND):
        for bind, bound in BOUND_BY.items():
            if may_send(Role.ESME, state, bind):
                yield f"    {state.value} --> {bound.value}: {CommandId(bind).name.lower()}"
    for state in SessionState:
        if state.is_bound:
            yield f"    {state.value} --> UNBOUND: unbind"
    yield from ("    UNBOUND --> CLOSED", "    CLOSED --> [*]", "```")


def commands() -> Iterator[str]:
    """Every command: who may send it where, and what becomes of one that comes."""
    yield from (
        "## Commands",
        "",
        "E: an ESME may send it in that state, M: an MC may. All of them can be read and written.",
        "",
    )
    names = [state.value for state in SessionState]
    rows = []
    for pdu_type in PDUS:
        command = next(code for code, each in PDU_TYPES.items() if each is pdu_type)
        cells = [_letters(state, command, V50) for state in SessionState]
        rows.append(
            (
                f"`{command.name.lower()}`" if isinstance(command, CommandId) else "",
                f"0x{command:08X}",
                *cells,
                _fate(command),
            )
        )
    yield from table(("command", "id", *names, "one that comes"), rows)
    yield from ("", "Before 5.0 `data_sm` and its response may be sent by either side in any bound state.")


def _letters(state: SessionState, command: int, version: int) -> str:
    return "".join(role.name[0] for role in Role if may_send(role, state, command, version)) or "–"


def _fate(command: int) -> str:
    if command == CommandId.GENERIC_NACK or command & RESPONSE_BIT:
        return "settles the request that waits for it, or is reported as unexpected"
    if command in (CommandId.ENQUIRE_LINK, CommandId.UNBIND):
        return "answered by the session"
    if PDU_TYPES[command] in UNANSWERED:
        return "passed on; has no answer"
    strict = any(command in permits.accepts for permits in all_permits())
    return "checked and passed on, the operator answers" if strict else "passed on, the operator answers"


def fields() -> Iterator[str]:
    """The bounded fields."""
    yield from ("## Values of fields", "")
    rows = []
    for name in dict.fromkeys((*FIELD_RULES[Role.MC, V50], *FIELD_RULES[Role.MC, V34])):
        rules = [FIELD_RULES[role, version].get(name) for version in (V34, V50) for role in Role]
        texts = [rule.text if rule else "any" for rule in rules]
        statuses = {rule.error.name for rule in rules if rule}
        rows.append((f"`{name}`", *texts, ", ".join(sorted(statuses))))
    yield from table(("field", "3.4, from ESME", "3.4, from MC", "5.0, from ESME", "5.0, from MC", "otherwise"), rows)
    looked_at = [
        f"`{CommandId(command).name.lower()}`"
        for command, pdu_type in PDU_TYPES.items()
        if any(command in permits.accepts for permits in all_permits())
        and set(pdu_type()._fields) & set(field_rules(pdu_type, Role.ESME, V50))
    ]
    yield from ("", f"Looked at in {', '.join(looked_at)}.")


def tlvs() -> Iterator[str]:
    """The TLVs."""
    yield from ("## TLVs", "")
    rows = []
    for tag in sorted(TLVS):
        spec = TLVS[tag]
        size = str(spec.low) if spec.low == spec.high else f"{spec.low}-{spec.high}"
        values = ranges(spec.values) if spec.values is not None else "any"
        since = "3.4" if spec.since == V34 else "5.0"
        rows.append((f"0x{tag:04X}", f"`{spec.name}`", size, values, spec.error.name, since, _carriers(tag)))
    head = (
        "tag",
        "name",
        "octets",
        "value or first octet",
        "otherwise",
        "since",
        "may stand in (E from ESME, M from MC)",
    )
    yield from table(head, rows)
    yield from (
        "",
        "A wrong size is ESME_RINVTLVLEN, octets that are no TLVs ESME_RINVTLVSTREAM. In responses nothing is refused.",
    )


def _carriers(tag: int) -> str:
    if tag == TlvTag.CONGESTION_STATE:
        return "any response of 5.0"
    found = []
    for command in CommandId:
        for role in Role:
            if not any(may_send(role, state, command) for state in SessionState):
                continue
            versions = [name for name, version in (("3.4", V34), ("5.0", V50)) if tag in places(role, command, version)]
            if versions:
                only = "" if len(versions) == 2 else f" ({versions[0]})"
                found.append(f"{command.name.lower()} {role.name[0]}{only}")
    return ", ".join(found)


def statuses() -> Iterator[str]:
    """The command_status codes, and which layer of ours ever sends them."""
    protocol = _mentioned(ROOT.glob("simulator/smpp/**/*.py"), besides="consts.py")
    operator = _mentioned(
        path
        for pattern in ("*.py", "*.toml")
        for path in (ROOT / "simulator").rglob(pattern)
        if not {"smpp", "trouble", "admin", "wire_log"} & set(path.relative_to(ROOT).parts)
    )
    yield from ("## command_status", "", "All are recognised by name; `0x400` to `0x4FF` are left to operators.", "")
    rows = []
    for status in CommandStatus:
        users = [name for name, used in (("protocol", protocol), ("operator", operator)) if status.name in used]
        rows.append((f"0x{status:03X}", f"`{status.name}`", ", ".join(users) or "–"))
    yield from table(("code", "name", "used by"), rows)


def _mentioned(paths: Iterable[Path], besides: str = "") -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in paths if path.name != besides)
    return frozenset(name for text in texts for name in re.findall(r"\bESME_[A-Z_]+\b", text))


def codes() -> Iterator[str]:
    """What single values and bits mean."""
    yield from ("## Message states", "", ", ".join(f"{state.value} {state.name}" for state in MessageState), "")
    yield from ("## Bits", "")
    bits = (
        ("esm_class", "1-0", "mode: 0 default, 1 datagram, 2 forward (transaction), 3 store and forward"),
        (
            "esm_class",
            "5-2",
            "0x04 MC receipt, 0x08 SME acknowledgement, 0x10 user acknowledgement, 0x18 abort, 0x20 intermediate",
        ),
        ("esm_class", "7-6", "0x40 user data header, 0x80 reply path"),
        ("registered_delivery", "1-0", "0 none, 1 success and failure, 2 failure, 3 success (5.0)"),
        ("registered_delivery", "3-2", "0x04 SME acknowledgement, 0x08 user acknowledgement"),
        ("registered_delivery", "4", "0x10 intermediate notification"),
    )
    yield from table(("field", "bits", "meaning"), ((f"`{name}`", which, text) for name, which, text in bits))
    yield from ("", f"`data_coding` values that 5.0 names: {ranges(DATA_CODINGS)}.")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")

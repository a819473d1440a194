"""What a strict session looks at in a request: its bounded fields (`values`) and its TLVs (`tlv_checks`).

The checks are made into the decoders (`codegen.Inspection`), one set for each side and version, so that an ordinary PDU
pays for a few table look-ups only.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from simulator.smpp.codegen import Inspection
from simulator.smpp.consts import V34, V50, CommandId
from simulator.smpp.errors import PduError
from simulator.smpp.pdus import BroadcastSm, CancelBroadcastSm, Pdu, QueryBroadcastSm, command_id
from simulator.smpp.states import Role
from simulator.smpp.tlv_checks import HAVE_MANDATORY_TLVS, Places, looked_at, tlv_fault
from simulator.smpp.values import FIELD_RULES, Fault, FieldRule, field_fault

_ONLY_50: Final = frozenset({BroadcastSm, QueryBroadcastSm, CancelBroadcastSm})
"""What 5.0 brought is taken from any ESME, but by 5.0's rules."""


def check_fields(pdu: Pdu, sender: Role, version: int) -> Fault | None:
    """The first field of a request that holds what the standard does not permit, if there is one."""
    return field_fault(pdu, field_rules(type(pdu), sender, version))


def check_tlvs(pdu: Pdu, sender: Role, version: int) -> Fault | None:
    """The first thing that is wrong with the TLVs of a request, if there is one."""
    return tlv_fault(pdu, tlv_rules(type(pdu), sender, version), _rules_of(type(pdu), version))


def field_rules(pdu_type: type[Pdu], sender: Role, version: int) -> Mapping[str, FieldRule]:
    """The rules for the fields of this PDU, and of others; a session at 3.3 goes by those of 3.4."""
    return FIELD_RULES[sender, max(_rules_of(pdu_type, version), V34)]


def tlv_rules(pdu_type: type[Pdu], sender: Role, version: int) -> Places:
    """The TLVs of this PDU that are looked at: none from a peer at 3.3, which should not send any."""
    version = _rules_of(pdu_type, version)
    return looked_at(sender, command_id(pdu_type), version) if version >= V34 else {}


def inspection(pdu_type: type[Pdu], sender: Role, version: int) -> Inspection:
    """What the decoder of this PDU is to look at."""
    command, rules = command_id(pdu_type), field_rules(pdu_type, sender, version)
    version = _rules_of(pdu_type, version)
    places = tlv_rules(pdu_type, sender, version)
    return Inspection(
        guards={name: rules[name].guard for name in pdu_type()._fields if name in rules},
        fields=partial(_refuse, command, partial(field_fault, rules=rules)),
        tlvs=partial(_refuse, command, partial(tlv_fault, places=places, version=version)),
        always=pdu_type in HAVE_MANDATORY_TLVS and version >= V50,
    )


def _rules_of(pdu_type: type[Pdu], version: int) -> int:
    return V50 if pdu_type in _ONLY_50 else version


def _refuse(command: CommandId, check: Callable[[Pdu], Fault | None], pdu: Pdu, sequence_number: int) -> None:
    if fault := check(pdu):
        path = f"{command.name.lower()}.{fault.where}"
        raise PduError(command, sequence_number, fault.command_status, path, fault.reason)

"""submit_multi for smpplib, which lacks it: the PDU, its answer, and how smpplib's factory learns of both."""

from collections.abc import Sequence
from typing import Any, ClassVar

import smpplib.command
import smpplib.consts
import smpplib.ptypes


class SubmitMulti(smpplib.command.SubmitSM):  # type: ignore[misc] # smpplib ships no types
    """A submit_sm to several: in the place of the destination their number, and each behind a flag 1 (3.4, 4.5.1)."""

    destinations = None
    params: ClassVar = {
        **smpplib.command.SubmitSM.params,
        "destinations": smpplib.command.Param(type=smpplib.ptypes.ostr),
    }
    params_order = tuple(
        "destinations" if name == "dest_addr_ton" else name
        for name in smpplib.command.SubmitSM.params_order
        if name not in ("dest_addr_npi", "destination_addr")
    )


class SubmitMultiResp(smpplib.command.SubmitSMResp):  # type: ignore[misc] # as above
    """Its answer; who of them was refused is left unread."""

    def parse_params(self, data: bytes) -> None:
        """Reads the message_id."""
        self.message_id = data.partition(b"\0")[0]


def destinations(numbers: Sequence[str]) -> bytes:
    """The octets of `SubmitMulti.destinations`."""
    ends = bytes((1, smpplib.consts.SMPP_TON_INTL, smpplib.consts.SMPP_NPI_ISDN))
    return bytes((len(numbers),)) + b"".join(ends + number.encode("ascii") + b"\0" for number in numbers)


def teach_submit_multi() -> None:
    """Has smpplib make and read PDUs that its factory does not know."""
    known = smpplib.command.factory

    def factory(command_name: str, **fields: Any) -> Any:
        kind = {"submit_multi": SubmitMulti, "submit_multi_resp": SubmitMultiResp}.get(command_name)
        return known(command_name, **fields) if kind is None else kind(command_name, **fields)

    smpplib.command.factory = factory
    states = smpplib.consts.COMMAND_STATES
    states["submit_multi"] = states["submit_sm"]

"""`expect_pdu`: a PDU comes, with these values in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic import Field, JsonValue, ValidationInfo, field_validator

from harness.driver import Capability
from harness.driver_events import Pdu
from harness.pdu_fields import pdu_type
from harness.pdu_values import Fields, Tlvs, read_fields, read_tag, read_tlvs
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet
from harness.transcript import words
from harness.values import Duration, Number, Statuses, Text
from simulator.smpp.consts import status_name
from simulator.smpp.tlvs import tag_name


class ExpectPdu(OnSession):
    """`expect_pdu: {pdu: submit_sm_resp, status: ESME_RINVDSTADR, sequence_number: 7, fields: {message_id: ""}}`.

    The next PDU of that name that no step has looked at is meant; others before it are left for other steps.

    Attributes:
        pdu: Its name by the standard.
        statuses: Key `status`: its command_status; one or a list of which any will do; ESME_ROK unless told otherwise.
        sequence_number: Its sequence_number, where that matters.
        fields: The fields that matter, by the standard's names, each with its value.
        tlvs: TLVs that it must have, each a mapping of its name or tag to its value; others may be there.
        absent: TLVs that it must not have, by name.
        within: The operator's time until it must have come, 5s unless told otherwise; a busy machine gets a margin.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "expect_pdu"

    pdu: Text
    statuses: Statuses = Field(default=(0,), alias="status")
    sequence_number: Number | None = None
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    tlvs: list[dict[str, JsonValue]] = Field(default_factory=list)
    absent: tuple[Text, ...] = ()
    within: Duration = 5.0

    @field_validator("pdu")
    @classmethod
    def _know_pdu(cls, name: str) -> str:
        pdu_type(name)
        return name

    @field_validator("fields", mode="before")
    @classmethod
    def _read_fields(cls, written: object, info: ValidationInfo) -> Fields:
        name = info.data.get("pdu")
        return read_fields(pdu_type(name), written) if name else {}

    @field_validator("tlvs", mode="before")
    @classmethod
    def _read_tlvs(cls, written: object) -> Tlvs:
        return read_tlvs(written)

    @field_validator("absent")
    @classmethod
    def _know_tags(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            read_tag(name)
        return names

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that shows each PDU."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for a PDU of that name, then looks at it."""
        session = stage.session(self.on)
        stage.wait_due(
            lambda: self._next(stage, session.tag) is not None, self.within, session, is_coming=self._is_owed or None
        )
        found = self._next(stage, session.tag)
        if found is None:
            came = "; ".join(words(pdu) for pdu in stage.pdus if pdu.session == session.tag)
            gone = f"the connection ended: {session.closed.reason}" if session.closed else ""
            return Unmet((self.pdu,), "; ".join(filter(None, [came, gone])) or "none")
        stage.see([found])
        wrong = [*self._wrong(found)]
        return Unmet(tuple(wanted for wanted, _ in wrong), "; ".join(got for _, got in wrong)) if wrong else None

    @property
    def _is_owed(self) -> bool:
        """Whether it answers something, so that no clock needs to move for it."""
        return self.pdu.endswith("_resp") or self.pdu == "generic_nack"

    def _next(self, stage: Stage, tag: str) -> Pdu | None:
        return next((pdu for pdu in stage.pdus if pdu.session == tag and pdu.name == self.pdu), None)

    def _wrong(self, found: Pdu) -> Iterator[tuple[str, str]]:
        if found.command_status not in self.statuses:
            wanted = " or ".join(status_name(status) for status in self.statuses)
            yield f"{self.pdu} with {wanted}", status_name(found.command_status)
        if self.sequence_number not in (None, found.sequence_number):
            yield f"sequence_number {self.sequence_number}", f"sequence_number {found.sequence_number}"
        for name, value in self.fields.items():
            if found.fields.get(name) != value:
                yield f"{name} {value!r}", f"{name} {found.fields.get(name)!r}"
        has = [tlv.model_dump() for tlv in found.tlvs]
        for tlv in self.tlvs:
            if tlv not in has:
                yield f"TLV {_tlv_words(tlv)}", f"TLVs {', '.join(map(_tlv_words, has)) or 'none'}"
        for name in self.absent:
            if read_tag(name) in {tlv.tag for tlv in found.tlvs}:
                yield f"no TLV {name}", f"TLVs {', '.join(map(_tlv_words, has))}"


def _tlv_words(tlv: Mapping[str, Any]) -> str:
    return f"{tag_name(tlv['tag'])} {tlv['value']}"

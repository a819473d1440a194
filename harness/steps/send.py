"""`send`: any PDU, as no client would send it, or octets that need not be one."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pydantic import Field, JsonValue, ValidationInfo, field_validator, model_validator

from harness.driver import Capability
from harness.pdu_fields import build_pdu, pdu_type
from harness.pdu_values import Fields, Tlvs, encoded, read_fields, read_octets, read_tlvs
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet
from harness.values import Number, Status, Text
from simulator.smpp.codec import encode


class Send(OnSession):
    """`send: {pdu: submit_sm, fields: {source_addr: "3000200020", destination_addr: "989121234567"}, text: سلام}`.

    Attributes:
        pdu: Its name by the standard; or `octets`.
        fields: Its fields by the standard's names: numbers, texts, octets as hexadecimal digits; others are as the
            standard has them by default.
        text: What short_message says, written as `fields.data_coding` has it.
        tlvs: Its TLVs, each a mapping of its name or tag to its value; `hex:…` are octets whatever the TLV holds.
        status: Its command_status, ESME_ROK unless told otherwise.
        sequence_number: Its sequence_number; the next one of the session unless told otherwise.
        length: What command_length says, in place of what it is.
        cut: So many octets are left out at its end; command_length says what is left unless `length` does.
        append: Octets behind it, counted in command_length likewise.
        octets: In place of a PDU: hexadecimal digits, which may be several PDUs, or none.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "send"

    pdu: Text | None = None
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    text: Text | None = None
    tlvs: list[dict[str, JsonValue]] = Field(default_factory=list)
    status: Status = 0
    sequence_number: Number | None = Field(default=None, ge=0, le=0xFFFFFFFF)
    length: Number | None = Field(default=None, ge=0, le=0xFFFFFFFF)
    cut: Number = Field(default=0, ge=0)
    append: str = ""
    octets: str | None = None

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

    @field_validator("append", "octets", mode="before")
    @classmethod
    def _read_octets(cls, written: object, info: ValidationInfo) -> str:
        return read_octets(written, str(info.field_name))

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.pdu is None) == (self.octets is None):
            raise ValueError("say what is sent: either `pdu` or `octets`")
        if self.octets is not None and self.model_fields_set - {"octets", "on"}:
            raise ValueError("octets are sent as they are; what else is said here belongs to a `pdu`")
        if self.text is not None and self.pdu is not None and "short_message" not in pdu_type(self.pdu)._fields:
            raise ValueError(f"text: {self.pdu} has no short_message")
        if self.pdu is not None:
            self._octets()
        return self

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that sends anything."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> Unmet | None:
        """Sends it, and waits until the client has written it."""
        session = stage.session(self.on)
        written = session.sent
        if self.octets is not None or self._is_bent():
            stage.tell(session, "send_octets", octets=self.octets if self.octets is not None else self._octets().hex())
        else:
            stage.tell(session, "send_pdu", name=self.pdu, fields=self._said(), tlvs=self.tlvs, **self._header())
        if stage.wait(lambda: session.sent > written, stage.patience, session):
            return None
        gone = f"the connection ended: {session.closed.reason}" if session.closed else "the client did not send it"
        return Unmet((f"{self.pdu or 'octets'} on its way",), gone, final=True)

    def _is_bent(self) -> bool:
        """Whether it is not what its fields make of it."""
        return self.length is not None or bool(self.cut or self.append)

    def _header(self) -> dict[str, Any]:
        number = {} if self.sequence_number is None else {"sequence_number": self.sequence_number}
        return {"command_status": self.status, **number}

    def _said(self) -> Fields:
        if self.text is None:
            return self.fields
        coding = self.fields.get("data_coding", 0)
        return {**self.fields, "short_message": encoded(self.text, coding if isinstance(coding, int) else 0)}

    def _octets(self) -> bytes:
        """The PDU as it stands on the wire; a value that does not fit its field is refused, before anything runs."""
        pdu = build_pdu(self.pdu or "", self._said(), self.tlvs)
        whole = encode(pdu, 1 if self.sequence_number is None else self.sequence_number, self.status)
        body = whole[4 : len(whole) - self.cut] + bytes.fromhex(self.append)
        length = len(body) + 4 if self.length is None else self.length
        return length.to_bytes(4, "big") + body

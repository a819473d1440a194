"""`submit`: sends a text; one that does not fit a short message is split by the client, as a panel's client would."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, JsonValue, field_validator, model_validator

from harness.driver import SUBMIT_FIELDS, Capability
from harness.pdu_values import Fields, Tlvs, read_fields, read_octets, read_tlvs
from harness.sessions import Call
from harness.smpp_times import LONGEST_VALIDITY, absolute, relative
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet
from harness.values import Duration, Name, TehranTime, Text, YesNo
from simulator.smpp.pdus import SubmitSm

_SHORT_OCTETS = 140
"""What fits one short message whatever its alphabet: 140 octets, 70 characters of UCS-2 (3GPP TS 23.040, 9.2.3.16)."""


class Submit(OnSession):
    """`submit: {from: "3000100010", to: "989121234567", text: …, receipt: yes, name: first, validity: 2h}`.

    Attributes:
        source: Key `from`: the line, as the client writes it.
        destination: Key `to`: the recipient, as the client writes it.
        text: What is sent; or `octets`.
        octets: In place of a text: short_message as it is, in hexadecimal digits.
        receipt: Whether registered_delivery asks for a receipt; yes unless told otherwise.
        also_to: Further recipients of the same call, a submit_multi then; of its verdicts the first counts.
        schedule: schedule_delivery_time, a time in Tehran: not to be delivered before.
        validity: validity_period, from the submit on: not to be delivered after.
        fields: Other fields of the PDU, such as service_type, esm_class, priority_flag or data_coding.
        tlvs: TLVs to add, each a mapping of its name or tag to its value.
        payload: Whether the text travels whole in message_payload.
        pdu: submit_sm (the default) or data_sm.
        label: Key `name`: by which later expectations mean this submit (`of`); without it they mean the last one.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "submit"

    source: Text = Field(alias="from")
    destination: Text = Field(alias="to")
    text: Text | None = None
    octets: str | None = None
    receipt: YesNo = True
    also_to: tuple[Text, ...] = ()
    schedule: TehranTime | None = None
    validity: Duration | None = Field(default=None, le=LONGEST_VALIDITY)
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    tlvs: list[dict[str, JsonValue]] = Field(default_factory=list)
    payload: YesNo = False
    pdu: Literal["submit_sm", "data_sm"] = "submit_sm"
    label: Name | None = Field(default=None, alias="name")

    @field_validator("fields", mode="before")
    @classmethod
    def _read_fields(cls, written: object) -> Fields:
        return read_fields(SubmitSm, written, only=list(SUBMIT_FIELDS))

    @field_validator("tlvs", mode="before")
    @classmethod
    def _read_tlvs(cls, written: object) -> Tlvs:
        return read_tlvs(written)

    @field_validator("octets", mode="before")
    @classmethod
    def _read_octets(cls, written: object) -> str:
        return read_octets(written, "octets")

    @model_validator(mode="after")
    def _says_what_is_sent(self) -> Self:
        if (self.text is None) == (self.octets is None):
            raise ValueError("say what is sent: either `text` or `octets`")
        return self

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that splits, where the text may need it, and one that can say what is asked for."""
        del before
        asked = {
            Capability.LONG_TEXT: self.may_be_long,
            Capability.SEVERAL_RECIPIENTS: bool(self.also_to),
            Capability.SCHEDULE: self.schedule is not None,
            Capability.VALIDITY: self.validity is not None,
            Capability.SHORT_MESSAGE: self.octets is not None,
            Capability.TLVS: bool(self.tlvs),
            Capability.PAYLOAD: self.payload,
            Capability.DATA_SM: self.pdu == "data_sm",
        }
        return frozenset(
            {*(one for one, is_asked in asked.items() if is_asked), *(SUBMIT_FIELDS[name] for name in self.fields)}
        )

    @property
    def may_be_long(self) -> bool:
        """Whether the text may need more than one short message, by what it has in octets of UCS-2."""
        text = "" if self.text is None or self.payload else self.text
        return len(text.encode("utf-16-be", "surrogatepass")) > _SHORT_OCTETS

    def complaint(self, before: Sequence[Step]) -> str | None:
        """A session must be there, and a name is given once."""
        named = [step.label for step in before if isinstance(step, Submit) and step.label]
        if self.label in named:
            return f"there is another submit of the name {self.label!r}"
        return super().complaint(before)

    def run(self, stage: Stage) -> Unmet | None:
        """Sends every part; what the operator answers is for an expectation to judge."""
        session = stage.session(self.on)
        entry = stage.submit(self._call(), self.label, session)
        if entry.parts:
            return None
        gone = f"the connection ended: {session.closed.reason}" if session.closed else "the client did not send it"
        return Unmet((f"{self.pdu} on its way",), gone, final=True)

    def _call(self) -> Call:
        more: dict[str, Any] = {"fields": self.fields, "tlvs": self.tlvs, "payload": self.payload}
        more |= {"octets": self.octets, "pdu": None if self.pdu == "submit_sm" else self.pdu}
        return Call(
            self.source,
            self.destination,
            self.text or "",
            receipt=self.receipt,
            also_to=self.also_to,
            schedule="" if self.schedule is None else absolute(self.schedule),
            validity="" if self.validity is None else relative(self.validity),
            more={name: value for name, value in more.items() if value},
        )

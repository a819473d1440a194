"""The papers that are handed in with a request, and what the desk objects to in each by itself.

A paper stands for its scan: it says what the desk would read on it.
"""

import datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple, Union

from pydantic import BaseModel, ConfigDict, Field

from simulator.messages import PROMOTIONAL_CATEGORIES
from simulator.numbers.identity import is_company_id, is_national_code
from simulator.profiles.service_terms import ServiceTerms
from simulator.registry.lines import Owner, OwnerKind, Purpose
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.recipients import Recipients

Text = Annotated[str, Field(min_length=1, max_length=500)]


class Reader(NamedTuple):
    """What the desk knows when it reads a paper."""

    owner: Owner
    today: datetime.date
    terms: ServiceTerms


class Document(BaseModel):
    """One paper; a subclass for each kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str

    def objection(self, _reader: Reader) -> str | None:
        """What is wrong with it; None if it will do."""
        return None


class Pledge(Document):
    """The owner's pledge to send no advertising."""

    kind: Literal["pledge"] = "pledge"
    letterhead: bool = True
    stamped: bool = True
    signed_by_director: bool = True
    colour_scan: bool = True

    def objection(self, _reader: Reader) -> str | None:
        """A pledge is on letterhead, stamped, signed by the managing director, and scanned in colour."""
        flaws = {
            "is not on the owner's letterhead": self.letterhead,
            "bears no stamp": self.stamped,
            "is not signed by the managing director": self.signed_by_director,
            "is no colour scan": self.colour_scan,
        }
        return next((flaw for flaw, holds in flaws.items() if not holds), None)


class PurposeStatement(Document):
    """What the line is to send."""

    kind: Literal["purpose"] = "purpose"
    categories: Purpose

    def objection(self, _reader: Reader) -> str | None:
        """It names what informs, and something."""
        if advertising := sorted(self.categories & PROMOTIONAL_CATEGORIES):
            return f"names {advertising[0]}, which no service line may carry"
        return None if self.categories else "names nothing"


class CustomerList(Document):
    """The numbers of the owner's customers: those to whom the line may send."""

    kind: Literal["customer-list"] = "customer-list"
    recipients: Recipients

    def objection(self, _reader: Reader) -> str | None:
        """It is not empty."""
        return None if len(self.recipients) else "holds no number"


class NationalId(Document):
    """The owner's national identifier (legal persons) or national code (natural persons)."""

    kind: Literal["national-id"] = "national-id"
    number: str = Field(pattern=r"^[0-9]{10,11}$")

    def objection(self, reader: Reader) -> str | None:
        """Its check digit holds, and it is the owner's."""
        holds = is_company_id if reader.owner.kind is OwnerKind.LEGAL else is_national_code
        if not holds(self.number):
            return f"{self.number} is no national identifier of a {reader.owner.kind} person"
        if reader.owner.identity not in ("", self.number):
            return f"{self.number} is not the owner's, who is registered as {reader.owner.identity}"
        return None


class EconomicCode(Document):
    """A company's economic code, by which it pays taxes."""

    kind: Literal["economic-code"] = "economic-code"
    number: str = Field(pattern=r"^[0-9]{11,14}$")


class RegistrationNumber(Document):
    """A company's number in the register of companies."""

    kind: Literal["registration-number"] = "registration-number"
    number: str = Field(pattern=r"^[0-9]{1,10}$")


class OfficialGazette(Document):
    """The notice of a company's founding, or of its last changes, in the official gazette."""

    kind: Literal["official-gazette"] = "official-gazette"
    number: Text


class AgencyLetter(Document):
    """The letter of the company that the owner represents."""

    kind: Literal["agency-letter"] = "agency-letter"
    represents: Text


class LetterToMagfa(Document):
    """The owner's letter to Magfa, who give out the 3000 lines."""

    kind: Literal["letter-to-magfa"] = "letter-to-magfa"
    number: Text


class SignatureCertificate(Document):
    """A notary's certificate of the signature under the papers."""

    kind: Literal["signature-certificate"] = "signature-certificate"
    number: Text


class PromissoryNote(Document):
    """A promissory note over an amount in rial."""

    kind: Literal["promissory-note"] = "promissory-note"
    rial: int = Field(ge=0)

    def objection(self, reader: Reader) -> str | None:
        """It promises enough."""
        least = reader.terms.promissory_note
        return None if self.rial >= least else f"promises {self.rial} rial, at least {least} are asked for"


class Licence(Document):
    """A licence that may run out."""

    number: Text
    expires: datetime.date | None = None

    def objection(self, reader: Reader) -> str | None:
        """It has not run out."""
        if self.expires is not None and self.expires < reader.today:
            return f"ran out on {self.expires}"
        return None

    def runs_out_before(self, day: datetime.date) -> bool:
        """Whether it is not good any more on a day."""
        return self.expires is not None and self.expires < day


class BusinessLicence(Licence):
    """A business licence (javaz-e kasb)."""

    kind: Literal["business-licence"] = "business-licence"


class ENamad(Licence):
    """The mark of trust of an electronic shop (e-namad)."""

    kind: Literal["e-namad"] = "e-namad"


class GuildPermit(Licence):
    """Any permit of a guild."""

    kind: Literal["guild-permit"] = "guild-permit"


class IdCard(Document):
    """The national identity card."""

    kind: Literal["id-card"] = "id-card"
    both_sides: bool = True

    def objection(self, _reader: Reader) -> str | None:
        """Both sides are scanned."""
        return None if self.both_sides else "shows one side only"


class BirthCertificate(Document):
    """The birth certificate (shenasnameh)."""

    kind: Literal["birth-certificate"] = "birth-certificate"


class Address(Document):
    """The owner's full address."""

    kind: Literal["address"] = "address"
    text: Text


class PatternText(Document):
    """A pattern, for the shared route: one that is on the line already by its name, or a new one with its text."""

    kind: Literal["pattern"] = "pattern"
    name: str = Field(min_length=1, max_length=60)
    text: str = Field(default="", max_length=2000)
    sender: str = Field(default="", max_length=100)

    def pattern(self, line: str) -> Pattern:
        """The pattern on a line, approved.

        Raises:
            ValidationError: Its text is none.
        """
        return Pattern(name=self.name, line=line, text=self.text, sender=self.sender, state=PatternState.APPROVED)


DOCUMENTS: Final = (
    Pledge,
    PurposeStatement,
    CustomerList,
    NationalId,
    EconomicCode,
    RegistrationNumber,
    OfficialGazette,
    AgencyLetter,
    LetterToMagfa,
    SignatureCertificate,
    PromissoryNote,
    BusinessLicence,
    ENamad,
    GuildPermit,
    IdCard,
    BirthCertificate,
    Address,
    PatternText,
)
"""Every kind of paper, in the order of the documentation."""

if TYPE_CHECKING:
    AnyDocument = Document
else:
    AnyDocument = Annotated[Union[DOCUMENTS], Field(discriminator="kind")]  # noqa: UP007 - a union made of the list
    """Any paper, as a field of a pydantic model: read by its kind."""

"""What rules need to know of a text, each worked out when first asked for; the engine keeps them beside the content.

A campaign repeats one text, so that nearly every message of it finds the answers here; where no rule asks, nothing is
worked out.
"""

from functools import cached_property

from simulator.policy.content.folding import fold
from simulator.policy.footer import footer_code
from simulator.policy.links import Folded, hosts
from simulator.policy.matter import MatterSearch, Trespass
from simulator.policy.patterns.reading import squeeze
from simulator.policy.salutation import addresses_customer
from simulator.policy.senders import names_sender
from simulator.policy.words import FoundWord, WordList
from simulator.profiles.profile import Profile
from simulator.smpp.text import is_gsm, segment_count


class TextReader:
    """Reads texts as one profile's rules ask of them."""

    def __init__(self, profile: Profile) -> None:
        self.detector = profile.links.detector
        self.reference_bits = profile.parts.reference_bits
        filtered = profile.filtered_words
        self.filtered = WordList(filtered.words, filtered.match) if filtered.match else None
        self.forbidden = MatterSearch(profile.forbidden_matter)

    def read(self, text: str) -> "TextFacts":
        """The facts of one text."""
        return TextFacts(text, self)


class TextFacts:
    """The facts of one text."""

    def __init__(self, text: str, reader: TextReader) -> None:
        self._text = text
        self._reader = reader

    @cached_property
    def folded(self) -> Folded:
        """The text in folded letters."""
        return Folded(self._text, *fold(self._text))

    @cached_property
    def parts(self) -> int:
        """How many short messages it makes."""
        return segment_count(self._text, self._reader.reference_bits)

    @cached_property
    def is_persian(self) -> bool:
        """Whether it goes as UCS2: one letter that GSM 03.38 does not have makes all of it so."""
        return not is_gsm(self._text)

    @cached_property
    def footer(self) -> str | None:
        """The digits behind «لغو» at its end."""
        return footer_code(self.folded.text)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The hosts of its links, as far as the profile's detector sees them."""
        return hosts(self.folded, self._reader.detector)

    @cached_property
    def filtered_words(self) -> tuple[FoundWord, ...]:
        """The profile's filtered words that are in it, each once; none where the profile has no filter."""
        words = self._reader.filtered
        return tuple(dict.fromkeys(words.find(self.folded.text))) if words else ()

    @cached_property
    def trespass(self) -> Trespass | None:
        """What it holds of the matter that the profile forbids on every line."""
        return self._reader.forbidden.first(self.folded)

    @cached_property
    def squeezed(self) -> str:
        """Its folded letters without blanks."""
        return squeeze(self._text)

    @cached_property
    def names_sender(self) -> bool:
        """Whether it seems to say who sends it."""
        return names_sender(self.folded.text)

    @cached_property
    def addresses_customer(self) -> bool:
        """Whether it begins by addressing its reader."""
        return addresses_customer(self.folded.text)

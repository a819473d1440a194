"""What the terms of panels forbid on every line, as far as a machine sees it: card numbers, payment links, gambling."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from simulator.policy.links import Folded, hosts, leads_within
from simulator.policy.words import WordList
from simulator.profiles.rule_settings import ForbiddenMatter, LinkDetector, Matter, WordMatch

_CARD = re.compile(r"(?<!\d)(?<!\d[ -])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?![ -]?\d)")
"""Four groups of four by themselves: an account number (IBAN) written in groups is longer."""
_CARD_SHOWN = 4
_DOUBLED = str.maketrans("0123456789", "0246813579")
"""A digit doubled, and the digits of that added."""


class Trespass(NamedTuple):
    """What was found, and where it shows; of a card number no more than the last digits."""

    matter: Matter
    shows: str


class MatterSearch:
    """One profile's search for forbidden matter."""

    def __init__(self, settings: ForbiddenMatter) -> None:
        self._matters = settings.matters
        self._payment_domains = tuple(host for host in settings.payment_hosts if "." in host)
        self._payment_labels = frozenset(settings.payment_hosts)
        self._gambling = WordList(settings.gambling_words, WordMatch.WORD)

    def first(self, folded: Folded) -> Trespass | None:
        """The first forbidden thing that a text holds, in the order in which the profile names them."""
        for matter in self._matters:
            if (shows := next(self._found(matter, folded), None)) is not None:
                return Trespass(matter, shows)
        return None

    def _found(self, matter: Matter, folded: Folded) -> Iterator[str]:
        if matter is Matter.CARD_NUMBER:
            return _cards(folded.text)
        if matter is Matter.PAYMENT_LINK:
            return filter(self._takes_payments, hosts(folded, LinkDetector.DOMAIN_LIKE))
        return (found.word for found in self._gambling.find(folded.text))

    def _takes_payments(self, host: str) -> bool:
        return leads_within(host, self._payment_domains) or not self._payment_labels.isdisjoint(host.split("."))


def is_card_number(digits: str) -> bool:
    """Whether 16 digits bear the right check digit (Luhn, ISO/IEC 7812-1)."""
    every_second = digits[::2].translate(_DOUBLED)
    return sum(map(int, every_second + digits[1::2])) % 10 == 0


def _cards(folded: str) -> Iterator[str]:
    for match in _CARD.finditer(folded):
        digits = match[0].replace(" ", "").replace("-", "")
        if is_card_number(digits):
            yield f"…{digits[-_CARD_SHOWN:]}"

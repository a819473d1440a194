"""Links in a text, as filters of three kinds see them; for whole messages, and for the variables of patterns.

A host is told as it was sent: one with a Cyrillic letter in it is another host, however alike it looks. Everything is
read in one pass, so a text costs its length, whatever it says.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from simulator.profiles.rule_settings import LinkDetector

_TLDS = (
    "ir|com|net|org|info|biz|shop|app|io|co|me|ly|link|site|online|xyz|top|club|store|gl|cc|tv|dev|ai|page|ink|id|tel|us|uk|de"
    "|eu|ru|cn|tr|ae|in|to|gd|gg|bio|pro|pw|ws|vip|live|click|space|website|tech|ac|edu|gov|mobi|name|asia|agency|market"
)
_MARKED = r"[a-z][a-z+]{1,9}://|www\."
_DOMAIN_LIKE = re.compile(
    rf"{_MARKED}|(?<![a-z0-9-])[a-z0-9-]+\.(?:(?:{_TLDS})(?![a-z0-9-])|[a-z]{{2,24}}(?=/))|(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?=[:/])"
)
_STRICT = re.compile(_MARKED)
_AUTHORITY = re.compile(r"(?:[^\s/?#]*@)?([a-z0-9.-]*)")
"""What stands behind a scheme; before the @ is who visits, not where."""
_HOST = re.compile(r"[a-z0-9.-]*")
_HOST_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_TOKEN = re.compile(r"\S+")


class Folded(NamedTuple):
    """A text, how it folds, and for each folded character the index of the one that it came from."""

    sent: str
    text: str
    origins: Sequence[int]

    def as_sent(self, start: int, end: int) -> str:
        """What was sent of `text[start:end]`."""
        return self.sent[self.origins[start] : self.origins[end - 1] + 1]


def leads_within(host: str, domains: tuple[str, ...]) -> bool:
    """Whether a host is one of these domains, or lies below one."""
    return host in domains or any(host.endswith(f".{domain}") for domain in domains)


def link_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Where a scheme or the last two labels of a host stand in a folded text; a path is not part of that."""
    return (match.span() for match in _DOMAIN_LIKE.finditer(folded)) if _may_hold_links(folded) else iter(())


def hosts(folded: Folded, detector: LinkDetector) -> tuple[str, ...]:
    """The hosts of the links that a filter sees, each once, in small letters; what has none, as it was sent."""
    if not _may_hold_links(folded.text):
        return ()
    if detector is LinkDetector.ANY_DOT:
        found = _dotted(folded.text)
    else:
        found = _marked(folded.text, _STRICT if detector is LinkDetector.STRICT_URL else _DOMAIN_LIKE)
    return tuple(dict.fromkeys(folded.as_sent(start, end).lower() for start, end in found))


def _may_hold_links(folded: str) -> bool:
    """Nearly every text falls here."""
    return "." in folded or "://" in folded


def _marked(text: str, mark: re.Pattern[str], start: int = 0, end: int = sys.maxsize) -> Iterator[tuple[int, int]]:
    """The hosts at the marks of a part of a text; a mark within a host that was told already is none."""
    told = start
    for match in mark.finditer(text, start, end):
        if match.start() >= told:
            host = _host(text, match)
            told = max(host[1], match.end())
            yield host if host[0] < host[1] else match.span()


def _host(text: str, mark: re.Match[str]) -> tuple[int, int]:
    start, end = mark.span()
    if text[end - 1] == "/":
        authority = _AUTHORITY.match(text, end)
        start, end = authority.span(1) if authority else (end, end)
    else:
        rest = _HOST.match(text, end)
        end = rest.end() if rest else end
        while start and text[start - 1] in _HOST_CHARACTERS:
            start -= 1
    while start < end and text[end - 1] in ".-":
        end -= 1
    while start < end and text[start] in ".-":
        start += 1
    return start, end


def _dotted(text: str) -> Iterator[tuple[int, int]]:
    """Every word with a dot, wherever in it: its hosts, or the word itself where nothing of it is one."""
    for word in _TOKEN.finditer(text):
        if "." in word[0]:
            yield from list(_marked(text, _DOMAIN_LIKE, *word.span())) or [word.span()]

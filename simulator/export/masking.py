"""Hides subscribers' numbers: each becomes another one of the same operator and length, always the same under one key.

What follows the operator's prefix is permuted by a Feistel network with keyed hashes (in the manner of FF1 of NIST SP
800-38G, on decimal digits), not hashed: so that no two subscribers become one, and nothing need be remembered. Whoever
has the key can turn it back; without it a masked number tells its prefix only.
"""

import hashlib
import json
import re
import secrets
from functools import lru_cache
from typing import Any

from simulator.numbers.numbering import NATIONAL_DIGITS, normal_mobile, operator_prefix
from simulator.registry.recipients import PACKED

MIN_KEY, MAX_KEY = 8, 64
"""Characters of a key, and octets of it."""
SUBSCRIBER_DIGITS = 7
"""Final digits that are hidden of a number that is no Iranian mobile number; a shorter one is nobody's."""

_LIKE_A_LINE = re.compile(r"9999\d+\Z", re.ASCII)
"""A Samantel line, which is written as a mobile number; no other line's number can be taken for one."""

_LEFT_OUT = "•••"
_ROUNDS = 10
_REMEMBERED = 1 << 16

_GAP = r"[\s\-–—._()/\u200c-\u200f\u202a-\u202e\u2066-\u2069]{0,3}"
"""What people put between the digits of a number."""
_ENOUGH = re.compile(r"\d(?:\D{0,3}\d){9}")
"""Whether there are ten digits near each other; looked for first, for most texts have no number."""
_0, _8, _9 = "[0۰٠]", "[8۸٨]", "[9۹٩]"
_PREFIX = rf"(?:(?:{_0}{_GAP}{_0}{_GAP}|{_0})?{_9}{_GAP}{_8}{_GAP})?(?:{_0}{_GAP})?"
_NUMBER = re.compile(rf"(?=\d)(?:(?<!\d){_PREFIX}({_9}(?:{_GAP}\d){{9}})(?!\d)|(\d{{11,}}))")
"""A number by itself, its national digits the first group; or a run of digits in which one may hide, the second."""


class Mask:
    """A way of masking, made of a key: two of the same key mask alike."""

    def __init__(self, key: str) -> None:
        """Takes the key.

        Raises:
            ValueError: It is too short or too long.
        """
        octets = key.encode("utf-8", "surrogateescape")
        if len(key) < MIN_KEY or len(octets) > MAX_KEY:
            msg = f"a key for masking has from {MIN_KEY} characters to {MAX_KEY} octets"
            raise ValueError(msg)
        self._octets = octets
        self._national = lru_cache(_REMEMBERED)(self._masked_national)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that tell whether two exports were masked alike."""
        return hashlib.blake2b(b"khatban mask", key=self._octets, digest_size=8).hexdigest()

    def number(self, written: str) -> str:
        """A subscriber's number, masked however it is written; what has too few digits for one is left."""
        if normal_mobile(written) and written.isdecimal():
            return written[:-NATIONAL_DIGITS] + self._national(written[-NATIONAL_DIGITS:])
        masked = self.words(written)
        digits = _digits(written)
        if masked != written or len(digits) < SUBSCRIBER_DIGITS:
            return masked
        kept = len(digits) - SUBSCRIBER_DIGITS
        return _with_digits(written, digits[:kept] + self._permute(digits[:kept], digits[kept:]))

    def words(self, text: str) -> str:
        """A text in which every Iranian mobile number is masked, in whatever digits and with whatever between them.

        Nothing moves: a span of the text is the same span afterwards.
        """
        return _NUMBER.sub(self._found, text) if _ENOUGH.search(text) else text

    def json(self, text: str) -> str:
        """A JSON value with every string masked as `words`, save the numbers of lines, which are no subscribers'."""
        return json.dumps(self._walk(json.loads(text)), ensure_ascii=False)

    def _found(self, match: re.Match[str]) -> str:
        national, run = match.groups()
        if national is None:
            return self._in_run(run)
        start, end = (place - match.start() for place in match.span(1))
        return match[0][:start] + self._national(national) + match[0][end:]

    def _in_run(self, run: str) -> str:
        """A run of digits that is no number by itself, with every number in it masked."""
        start = 0
        while start + NATIONAL_DIGITS <= len(run):
            end = start + NATIONAL_DIGITS
            if operator_prefix(_digits(run[start:end])) is None:
                start += 1
                continue
            run = run[:start] + self._national(run[start:end]) + run[end:]
            start = end
        return run

    def _masked_national(self, written: str) -> str:
        """Ten digits, and what stands between them, masked if they are a mobile number."""
        digits = _digits(written)
        prefix = operator_prefix(digits)
        if prefix is None:
            return written
        return _with_digits(written, prefix + self._permute(prefix, digits[len(prefix) :]))

    def _walk(self, value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            if name == "packed" or value.startswith(PACKED):
                return _LEFT_OUT  # a set of numbers, in which nothing can be masked
            return value if name == "line" and _LIKE_A_LINE.match(value) else self.words(value)
        if isinstance(value, dict):
            return {
                self.words(key): self._walk(below, "line" if (name, key) == ("line", "number") else key)
                for key, below in value.items()
            }
        if isinstance(value, list):
            return [self._walk(below, name) for below in value]
        if isinstance(value, int) and not isinstance(value, bool):
            return int(self.words(str(value)))
        return value

    def _permute(self, tweak: str, digits: str) -> str:
        """Another string of as many digits; a different one for different digits."""
        low = len(digits) // 2
        left, right = digits[:low], digits[low:]
        for turn in range(_ROUNDS):
            seed = f"{tweak}/{len(digits)}/{turn}/{right}".encode()
            drawn = int.from_bytes(hashlib.blake2b(seed, key=self._octets, digest_size=16).digest())
            changed = (int(left) + drawn) % 10 ** len(left)
            left, right = right, f"{changed:0{len(left)}d}"
        return left + right


def drawn_key() -> str:
    """A new key: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def _digits(written: str) -> str:
    """The digits of whatever script, as ASCII."""
    return "".join(str(int(letter)) for letter in written if letter.isdecimal())


def _with_digits(written: str, digits: str) -> str:
    """What was written with other digits, each in the script of the one that it replaces."""
    new = iter(digits)
    return "".join(
        chr(ord(letter) - int(letter) + int(next(new))) if letter.isdecimal() else letter for letter in written
    )

"""Who may talk to the HTTP side, and by which names it is called."""

import hashlib
import hmac
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MIN_TOKEN: Final = 16
"""Characters: as many as nobody guesses."""

_TOKEN = re.compile(r"^[A-Za-z0-9._~+/=-]+$")
"""What may stand behind `Bearer` (RFC 6750, section 2.1)."""


class TokenError(Exception):
    """A file holds no token that can be used; the message says why."""


class Token:
    """A secret that clients show. It is not kept, only what it is told by: nothing can print it."""

    def __init__(self, secret: str) -> None:
        self._digest = _digest(secret)

    def fits(self, shown: str) -> bool:
        """Whether a client shows it; takes the same time whatever is shown."""
        return hmac.compare_digest(_digest(shown), self._digest)

    @classmethod
    def read(cls, path: Path) -> "Token":
        """The token in a file, without the white space around it.

        Raises:
            TokenError: There is none, or it could be guessed, or could not be shown.
        """
        try:
            secret = path.read_text("utf-8").strip()
        except OSError as error:
            msg = f"{path}: {error.strerror}"
            raise TokenError(msg) from error
        except UnicodeDecodeError as error:
            msg = f"{path}: a token is text"
            raise TokenError(msg) from error
        if len(secret) < MIN_TOKEN:
            msg = f"{path}: a token has at least {MIN_TOKEN} characters; `openssl rand -hex 32` makes a good one"
            raise TokenError(msg)
        if not _TOKEN.match(secret):
            msg = f"{path}: a token is Latin letters, digits and -._~+/=, without spaces"
            raise TokenError(msg)
        return cls(secret)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", errors="surrogateescape")).digest()


@dataclass(frozen=True, slots=True)
class Access:
    """Who may talk to one operator over HTTP."""

    token: Token | None = None
    """What clients must show; without one, everybody who can reach the port may ask for everything."""
    names: tuple[str, ...] = ()
    """Host names by which the operator is asked, besides localhost and addresses."""


OPEN: Final = Access()
"""For a port that only this machine reaches."""


def is_called(host: str, names: tuple[str, ...]) -> bool:
    """Whether a Host header names this operator: by an address, as localhost, or by one of some names.

    A page of another site can have a browser talk to us only by a name of its own that it lets point here (DNS
    rebinding); an address in Host was never looked up, so it is safe.
    """
    name = host.lower()
    if name.startswith("["):
        return is_address(name[1:].partition("]")[0])
    name = name.partition(":")[0].removesuffix(".")
    return name == "localhost" or name.endswith(".localhost") or is_address(name) or name in names


def is_address(name: str) -> bool:
    """Whether a name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches what listens on an IP address."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback

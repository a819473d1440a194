"""Accounts: who may bind, from where, how often, and how fast he may send.

It answers with a command_status only; how a session is bound is the session's matter, who is bound `binds` knows.
"""

import hmac
import ipaddress
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, IPvAnyNetwork

from simulator.profiles.profile import BindAnswers, OverloadAnswers
from simulator.registry.throttle import Throttle
from simulator.smpp.consts import CommandStatus


class BindType(StrEnum):
    """The three kinds of bind (SMPP 3.4, 2.2)."""

    RECEIVER = "receiver"
    TRANSMITTER = "transmitter"
    TRANSCEIVER = "transceiver"


class Throughput(BaseModel):
    """How fast an account may send: `rate` messages a second in the long run, `burst` of them at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate: float = Field(gt=0, le=1_000_000)
    burst: int = Field(default=1, ge=1, le=1_000_000)


class Account(BaseModel):
    """An ESME's account; lengths are those of system_id and password without their NUL (SMPP 3.4, 4.1.1).

    Attributes:
        system_id: Its name.
        password: Its password; never shown.
        bind_types: Which binds it may make.
        max_binds: How many at once; None for any number.
        addresses: Networks from which it may bind (`192.0.2.0/24`); none means from anywhere.
        throughput: How fast it may send; None for as fast as it can.
        window: How many of its requests may be unanswered on one bind; None for any number.
        lists: Its distribution lists for submit_multi, by name: the members' numbers.
        may_broadcast: Whether it may send broadcast_sm.
        balance: What it has paid beforehand, in rials; None if it pays later, and is never refused for that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    system_id: str = Field(min_length=1, max_length=15)
    password: str = Field(max_length=8, repr=False)
    bind_types: frozenset[BindType] = frozenset(BindType)
    max_binds: int | None = Field(default=None, ge=1)
    addresses: tuple[IPvAnyNetwork, ...] = ()
    throughput: Throughput | None = None
    window: int | None = Field(default=None, ge=1)
    lists: dict[Annotated[str, Field(min_length=1, max_length=20)], tuple[str, ...]] = {}
    may_broadcast: bool = False
    balance: int | None = Field(default=None, ge=0, le=10**15)

    def may_come_from(self, address: str | None) -> bool:
        """Whether the account may bind from an IP address; None is a peer without one, such as a test's."""
        if not self.addresses or address is None:
            return True
        come_from = ipaddress.ip_address(address.partition("%")[0])
        return any(come_from in network for network in self.addresses)


class BindAttempt(NamedTuple):
    """An ESME's wish to bind."""

    type: BindType
    system_id: str
    password: str
    address: str | None
    """The IP address that it comes from, if it has one."""


class AccountBook:
    """The accounts of a world, and how the profile answers those who may not bind or send too fast."""

    def __init__(self, accounts: Iterable[Account], binds: BindAnswers, overload: OverloadAnswers) -> None:
        self._accounts = {account.system_id: account for account in accounts}
        self.take(binds, overload)
        # Only accounts with a limit are here, so that the others pay one look-up a message.
        self._throttles = {
            one.system_id: Throttle(one.throughput.rate, one.throughput.burst)
            for one in self._accounts.values()
            if one.throughput
        }

    def take(self, binds: BindAnswers, overload: OverloadAnswers) -> None:
        """Answers otherwise from now on."""
        self._binds = binds
        self._overload = overload

    def admit(self, attempt: BindAttempt, bound: int) -> int:
        """ESME_ROK, or the command_status that refuses an attempt to bind; `bound` binds of the account exist already.

        Credentials come first, so that nobody learns of an account's limits who cannot name its password.
        """
        account = self._accounts.get(attempt.system_id)
        # A name that nobody has costs the same comparison as one that somebody has.
        fits = hmac.compare_digest((account.password if account else "").encode(), attempt.password.encode())
        if account is None:
            return self._binds.unknown_system_id
        if not fits:
            return self._binds.wrong_password
        if attempt.type not in account.bind_types or not account.may_come_from(attempt.address):
            return self._binds.forbidden
        if account.max_binds is not None and bound >= account.max_binds:
            return self._binds.too_many
        return CommandStatus.ESME_ROK

    def account(self, system_id: str) -> Account:
        """The account of that name."""
        return self._accounts[system_id]

    def overload(self, system_id: str, now: float) -> int:
        """ESME_ROK, or the command_status that tells an ESME to slow down; `now` is the sessions' time."""
        throttle = self._throttles.get(system_id)
        if throttle is not None and not throttle.take(now):
            return self._overload.throughput
        return CommandStatus.ESME_ROK

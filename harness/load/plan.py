"""The plan of a load test: what is submitted, by how many binds, how fast, in which shape, and what is good enough.

`plan_file` reads one from TOML; `docs/load.md` tells it to whoever writes one.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from harness.load.shape import Of, Share
from harness.load.shapes import AnyShape

Weight = Annotated[float, Field(ge=0, le=1_000_000)]
MAX_PARTS = 20


class UserKind(StrEnum):
    """Which client submits."""

    SMPPLIB = "smpplib"
    """`SmppUser`: smpplib, as many programs in Python use it."""
    FAST = "fast"
    """`FastSmppUser`: Khatban's own session, for more load from one core."""


class Language(StrEnum):
    """The language of a text."""

    FA = "fa"
    EN = "en"


class Encoding(StrEnum):
    """How an English text goes; a Persian one fits UCS2 only."""

    GSM = "gsm"
    LATIN1 = "latin1"
    UCS2 = "ucs2"


class Kind(StrEnum):
    """What a text is about."""

    SERVICE = "service"
    PROMOTIONAL = "promotional"
    OTP = "otp"
    """Fits the pattern `otp` of the demo world's shared line."""


def checked_address(value: str) -> str:
    """A `host:port`.

    Raises:
        ValueError: it is none.
    """
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 1 <= int(port) <= 65_535:
        raise ValueError(f"{value!r} is no host:port, such as 127.0.0.1:2775")
    return value


_RANGE = re.compile(r"^98\d{6,13}-98\d{6,13}$")


def _range(value: str) -> str:
    first, _, last = value.partition("-")
    if not _RANGE.match(value) or len(first) != len(last) or int(first) > int(last):
        raise ValueError(f"{value!r} is no range of numbers, such as 989122000000-989122999999")
    return value


SmppAddress = Annotated[str, AfterValidator(checked_address)]
NumberRange = Annotated[str, AfterValidator(_range)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(_Table):
    """The operator that is loaded; without this table one is started for the run, and ended after it.

    Attributes:
        smpp: `host:port` of its SMPP door.
        http: its HTTP door, where it is Khatban: verdicts are then counted by rule.
    """

    smpp: SmppAddress
    http: Annotated[str, Field(pattern=r"^https?://[^/]+$")] | None = None


class OwnOperator(_Table):
    """The operator that is started for the run.

    Attributes:
        config: its configuration, beside the plan; without it, the demo world.
    """

    config: Path | None = None


class Binds(_Table):
    """Who binds, and how.

    Attributes:
        count: how many sessions at once, at the most.
        user: which client.
        per_second: how many bind in a second; None: all at once.
        system_id: of the account.
        password: of the account.
        window: how many submit_sm may be unanswered on each.
        enquire_link: seconds of silence after which a client asks whether the operator is there.
        response_timeout: seconds after which a response counts as lost.
        reconnect_after: seconds until it binds again, after a bind that failed or a connection that ended by itself.
    """

    count: Annotated[int, Field(ge=1, le=100_000)] = 1
    user: UserKind = UserKind.FAST
    per_second: Annotated[float, Field(gt=0, le=100_000)] | None = None
    system_id: Annotated[str, Field(min_length=1, max_length=15)] = "panel"
    password: Annotated[str, Field(max_length=8, repr=False)] = "panel"  # noqa: S105 - that of the demo world
    window: Annotated[int, Field(ge=1, le=10_000)] = 10
    enquire_link: Annotated[float, Field(gt=0, le=3600)] = 30.0
    response_timeout: Annotated[float, Field(gt=0, le=3600)] = 30.0
    reconnect_after: Annotated[float, Field(ge=0, le=3600)] = 0.5


class Line(_Table):
    """An originator, and what is sent from it.

    Attributes:
        number: the source_addr.
        weight: how often, beside the other lines.
        texts: what its texts are about, or the texts themselves.
    """

    number: Annotated[str, Field(min_length=1, max_length=20)]
    weight: Weight = 1.0
    texts: Kind | Annotated[tuple[Annotated[str, Field(min_length=1, max_length=2000)], ...], Field(min_length=1)] = (
        Kind.SERVICE
    )


class Traffic(_Table):
    """What is submitted. Weights are relative to each other.

    Attributes:
        lines: where it comes from.
        recipients: the range of numbers to which it goes.
        blacklisted: the share that goes to blacklisted numbers instead.
        blacklisted_numbers: the range of these.
        receipts: the share of which a receipt is asked for.
        languages: of our own texts.
        encodings: of our own English texts.
        parts: of how many parts our own texts are; `"1"` to `"20"`.
        distinct_texts: how many different texts there are of each line; one is a campaign, many cost an operator more.
    """

    lines: Annotated[tuple[Line, ...], Field(min_length=1)] = (Line(number="3000200020"),)
    recipients: NumberRange = "989122000000-989122999999"
    blacklisted: Share = 0.0
    blacklisted_numbers: NumberRange = "989121110000-989121110009"
    receipts: Share = 1.0
    languages: dict[Language, Weight] = {Language.FA: 1.0}
    encodings: dict[Encoding, Weight] = {Encoding.GSM: 1.0}
    parts: dict[Annotated[int, Field(ge=1, le=MAX_PARTS)], Weight] = {1: 1.0}
    distinct_texts: Annotated[int, Field(ge=1, le=1_000_000)] = 20

    @model_validator(mode="after")
    def _has_weight(self) -> Self:
        mixes: dict[str, Mapping[Any, float]] = {
            "languages": self.languages,
            "encodings": self.encodings,
            "parts": self.parts,
        }
        for name, mix in mixes.items():
            if not sum(mix.values()):
                raise ValueError(f"{name}: nothing has any weight")
        if not sum(line.weight for line in self.lines):
            raise ValueError("lines: none has any weight")
        return self


class Thresholds(_Table):
    """What is good enough; what is left out is not looked at. Any that is missed makes the exit status 1.

    Attributes:
        p50_ms, p95_ms, p99_ms: response times, in milliseconds, at most.
        receipt_p95_ms, receipt_p99_ms: times from submit_sm to receipt, likewise.
        error_share: responses that are errors, of all, at most; refusals that the plan provokes count.
        loss_share: responses and receipts that did not come, of those that were due, at most.
        duplicates: responses and receipts that came again, at most.
        disconnects: connections that ended without our doing, at most.
        answered_per_s: responses a second, at least.
    """

    p50_ms: Annotated[float, Field(gt=0)] | None = None
    p95_ms: Annotated[float, Field(gt=0)] | None = None
    p99_ms: Annotated[float, Field(gt=0)] | None = None
    receipt_p95_ms: Annotated[float, Field(gt=0)] | None = None
    receipt_p99_ms: Annotated[float, Field(gt=0)] | None = None
    error_share: Share | None = None
    loss_share: Share | None = None
    duplicates: Annotated[int, Field(ge=0)] | None = None
    disconnects: Annotated[int, Field(ge=0)] | None = None
    answered_per_s: Annotated[float, Field(gt=0)] | None = None


class Plan(_Table):
    """A load test.

    Attributes:
        title: what it is called.
        seed: of texts, numbers and whatever else is drawn: the same plan submits the same on each bind.
        rate: submit_sm a second of all binds together; None: each bind fills its window again at once (a closed loop).
        shape: how that changes over time.
        patience: seconds for which responses and receipts are waited for after the last submit_sm.
        binds: see there; likewise target, operator, traffic, thresholds.
    """

    title: Annotated[str, Field(min_length=1, max_length=200)] = "Load"
    seed: int = 1
    rate: Annotated[float, Field(gt=0, le=10_000_000)] | None = None
    patience: Annotated[float, Field(ge=0, le=86_400)] = 30.0
    shape: AnyShape
    binds: Binds = Binds()
    traffic: Traffic = Traffic()
    target: Target | None = None
    operator: OwnOperator | None = None
    thresholds: Thresholds = Thresholds()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.target and self.operator:
            raise ValueError("target: an operator is started for the run ([operator]), or there is one ([target])")
        if self.shape.of is Of.RATE and (self.rate is None or self.shape.moves_binds):
            raise ValueError("shape.of: there is no rate that it could move")
        return self

    @property
    def moved(self) -> Of:
        """What the shape moves."""
        if self.shape.of:
            return self.shape.of
        return Of.BINDS if self.rate is None or self.shape.moves_binds else Of.RATE

    def binds_at(self, now: float) -> int:
        """How many sessions there are to be so many seconds after the load began; at least one unless it is none."""
        if self.moved is Of.RATE:
            return self.binds.count
        level = self.shape.level(now)
        return max(1, round(level * self.binds.count)) if level else 0

    def rate_at(self, now: float) -> float | None:
        """How many submit_sm a second there are to be; None: as many as the windows let through."""
        if self.rate is None or self.moved is Of.BINDS:
            return self.rate
        return self.rate * self.shape.level(now)

    def bind_rate_at(self, now: float) -> float | None:
        """Likewise of each bind."""
        rate = self.rate_at(now)
        return None if rate is None else rate / max(1, self.binds_at(now))

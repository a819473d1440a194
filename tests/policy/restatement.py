"""The decision table said once more, slowly and from the clauses: plain values and lists, nothing of the rules' code.

What a text is, a person has written down (`labelled_texts`); whatever was sent before is a list that is searched anew.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.policy.labelled_texts import Labelled

HOUR, DAY = 3600, 86_400

ADVERTISING = {
    "advertisement": "service.no-advertisement",
    "discount": "service.no-discount",
    "lottery_contest": "service.no-lottery-contest",
    "condolence": "service.no-condolence",
}


@dataclass(frozen=True)
class Line:
    """A line as its registration reads."""

    number: str
    type: str
    account: str = "panel"
    state: str = "active"
    verified: bool = True
    recipients: tuple[str, ...] | None = None
    purpose: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()
    """Who sent 11 to it, and not 12 since."""


class Subscriber(NamedTuple):
    """A recipient: his number, his operator, and whether he declined advertising. No operator: no mobile number."""

    number: str
    operator: str | None
    """The one that serves him, whatever his number's prefix."""
    declined: bool = False


class Message(NamedTuple):
    """A message as it comes, at a second of Tehran's time counted from an ordinary midnight."""

    account: str
    line: str
    to: Subscriber
    text: Labelled
    at: int
    recipients: int = 1


class Decision(NamedTuple):
    """What becomes of it; `until` is when the refusal ends, on the same count of seconds."""

    rule: str | None
    clause: str | None
    violation: bool = False
    until: int | None = None
    refused: bool = True


ACCEPTED = Decision(None, None, refused=False)


class Operator:
    """One operator's table of decisions, and all that it ever accepted."""

    def __init__(self, lines: Sequence[Line], profile: Mapping[str, Any], midnight: datetime.datetime) -> None:
        self.lines = lines
        self.profile = profile
        self.midnight = midnight
        self.accepted: list[Message] = []

    def decide(self, message: Message) -> Decision:
        """The decision on a message, which is remembered if it is accepted."""
        counted: Decision | None = None
        for decision in self._objections(message):
            if decision.refused:
                return decision
            counted = counted or decision
        self.accepted.append(message)
        return counted or ACCEPTED

    def _objections(self, message: Message) -> Iterator[Decision]:
        line = next((line for line in self.lines if line.number == message.line), None)
        if line is None or line.account != message.account:
            yield Decision("unregistered-line", "line.registered")
            return
        yield from self._who(line, message)
        yield from self._to_whom(line, message)
        yield from self._what(line, message)
        yield from self._how_it_is_written(line, message)
        yield from self._when(line, message)
        yield from self._how_often(line, message)

    def _settings(self, name: str) -> Any:
        return self.profile.get(name, {})

    # Who sends

    def _who(self, line: Line, message: Message) -> Iterator[Decision]:
        if line.state == "closed":
            yield Decision("closed-line", "service.violation-closes-line")
        if line.state == "suspended":
            yield Decision("closed-line", "line.active")
        asked = self._settings("verified_owners")
        deadline = datetime.date.fromisoformat(asked.get("since", "2019-03-06"))
        of_prefix = any(line.number[: len(prefix)] == prefix for prefix in asked.get("prefixes", []))
        if of_prefix and not line.verified and self._day(message.at) >= deadline:
            yield Decision("unverified-owner", "line.verified-owner")

    def _day(self, second: int) -> datetime.date:
        return (self.midnight + datetime.timedelta(seconds=second)).date()

    # To whom

    def _to_whom(self, line: Line, message: Message) -> Iterator[Decision]:
        if message.to.operator is None:
            yield Decision("invalid-recipient", "number.valid-mobile")
            return
        blocked = self._settings("blocked_routes").get(message.to.operator, [])
        if any(line.number[: len(prefix)] == prefix for prefix in blocked):
            yield Decision("blocked-route", "route.blocked-prefix")
        most = self._settings("pattern_calls").get("most_recipients")
        if most is not None and line.type == "shared_service" and message.recipients > most:
            yield Decision("several-recipients", "shared.one-recipient")
        is_foreign = line.recipients is not None and message.to.number not in line.recipients
        if line.type == "dedicated_service" and is_foreign:
            action = self._settings("declared_recipients").get("action", "off")
            yield from self._offence(action, "undeclared-recipient", "dedicated.declared-recipients")

    def _offence(self, action: str, rule: str, clause: str) -> Iterator[Decision]:
        if action != "off":
            yield Decision(rule, clause, violation=True, refused=action == "refuse")

    # What it is

    def _what(self, line: Line, message: Message) -> Iterator[Decision]:
        text = message.text
        enforcing = self._settings("blacklist").get("enforced_by", [message.to.operator])
        is_barred = message.to.declined and message.to.operator in enforcing
        if line.type == "shared_service" and not text.fits_pattern:
            yield Decision("unapproved-pattern", "shared.approved-pattern")
        if line.type in ("dedicated_service", "samantel") and text.advertises:
            if is_barred:
                clause = "service.no-advertising-to-blacklisted"
                yield Decision("service-advertising-to-blacklisted", clause, violation=True)
            action = self._settings("service_advertising").get("action", "refuse")
            yield from self._offence(action, "service-advertising", ADVERTISING[text.category])
        is_other = bool(line.purpose) and text.category not in line.purpose
        if line.type == "dedicated_service" and not text.advertises and is_other:
            action = self._settings("declared_purposes").get("action", "off")
            yield from self._offence(action, "undeclared-purpose", "dedicated.declared-purpose")
        stoppable = self._settings("header_stops").get("applies_to", ["promotional", "dedicated_service", "samantel"])
        if line.type in stoppable and message.to.number in line.stopped_by:
            yield Decision("stopped-header", "optout.header")
        if line.type == "promotional" and is_barred:
            yield Decision("promotion-to-blacklisted", "blacklist.no-promotion")

    # How it is written

    def _how_it_is_written(self, line: Line, message: Message) -> Iterator[Decision]:
        text = message.text
        limit = self._settings("parts").get("limit")
        if limit is not None and text.parts > limit:
            yield Decision("too-many-parts", "text.parts")
        if text.matter is not None and text.matter in self._settings("forbidden_matter").get("matters", []):
            yield Decision("forbidden-matter", f"text.no-{text.matter.replace('_', '-')}")
        yield from self._filtered(line, message)
        yield from self._links(line, text)
        if line.type in self._settings("sender_name").get("required_on", []) and not text.is_signed:
            yield Decision("unidentified-sender", "text.identified-sender")
        prefixes = self._settings("salutation").get("required_on", [])
        of_prefix = any(line.number[: len(prefix)] == prefix for prefix in prefixes)
        if line.type != "promotional" and of_prefix and not text.is_addressed:
            yield Decision("missing-salutation", "text.salutation")
        yield from self._footer(line, text)

    def _filtered(self, line: Line, message: Message) -> Iterator[Decision]:
        settings, text = self._settings("filtered_words"), message.text
        if settings.get("match") is None or line.type not in settings.get("lines", [line.type]):
            return
        if settings.get("operators") and message.to.operator not in settings["operators"]:
            return
        found = text.words if settings["match"] == "word" else text.words + text.within
        if any(word in settings["words"] for word in found):
            yield Decision("filtered-word", "text.no-filtered-word")

    def _links(self, line: Line, text: Labelled) -> Iterator[Decision]:
        settings = self._settings("links")
        policy = settings.get("policy", {}).get(line.type, "allow")
        seen = text.urls if settings.get("detector") == "strict_url" else text.urls + text.domains
        if policy == "deny" and seen:
            yield Decision("link", "link.not-without-agreement")
        if policy == "registered" and any(host not in line.domains for host in seen):
            yield Decision("link", "link.registered-domains")

    def _footer(self, line: Line, text: Labelled) -> Iterator[Decision]:
        if line.type not in self._settings("footer").get("required_on", []):
            return
        is_nine = line.number[:4] == "9000"
        if text.footer in (("1", "11") if is_nine else ("11",)) or text.category == "otp" or is_nine:
            return
        promotional = line.type == "promotional"
        yield Decision("missing-footer", "footer.promotional-line" if promotional else "footer.service-line")

    # When

    def _when(self, line: Line, message: Message) -> Iterator[Decision]:
        stopping = [one for one in self._settings("blackouts") or [] if self._stops(one, line, message)]
        current = [one for one in stopping if one["since_second"] <= message.at < one["until_second"]]
        if current:
            until = message.at - message.at % 60  # minute by minute, as somebody would who tries until it passes
            while any(one["since_second"] <= until < one["until_second"] for one in stopping):
                until += 60
            yield Decision("blackout", f"blackout.{current[0]['cause']}", until=until)
        hours = self._settings("hours").get(message.to.operator)
        if line.type == "promotional" and hours is not None:
            opens, closes = (int(text[:2]) * HOUR + int(text[3:]) * 60 for text in (hours["open"], hours["close"]))
            today = message.at - message.at % DAY
            if message.at < today + opens:
                yield Decision("promotion-outside-hours", "hours.promotional-window", until=today + opens)
            if message.at >= today + closes:
                yield Decision("promotion-outside-hours", "hours.promotional-window", until=today + DAY + opens)

    def _stops(self, blackout: Mapping[str, Any], line: Line, message: Message) -> bool:
        if blackout.get("operators") and message.to.operator not in blackout["operators"]:
            return False
        if blackout["scope"] == "promotional":
            return line.type == "promotional"
        if blackout["scope"] == "bulk":
            return line.type != "shared_service"
        return blackout["scope"] == "all" or message.text.category != "otp"

    # How often

    def _how_often(self, line: Line, message: Message) -> Iterator[Decision]:
        caps = self._settings("daily_cap")
        cap = caps.get("every_line")
        for prefix in sorted(caps.get("by_prefix", {}), key=len):
            if line.number[: len(prefix)] == prefix:
                cap = caps["by_prefix"][prefix]
        if cap is not None:
            today = message.at // DAY
            sent = sum(one.text.parts for one in self.accepted if one.line == line.number and one.at // DAY == today)
            if sent + message.text.parts > cap:
                clause = "sim.daily-cap" if line.number[:2] == "09" else "line.daily-cap"
                until = None if message.text.parts > cap else (today + 1) * DAY
                yield Decision("daily-cap", clause, until=until)
        window = self._settings("duplicates").get("window", 0)
        for one in reversed(self.accepted):
            same = (one.line, one.to.number, one.text.text) == (line.number, message.to.number, message.text.text)
            if same and message.at - one.at < window:
                yield Decision("duplicate", "traffic.no-duplicate", until=one.at + window)

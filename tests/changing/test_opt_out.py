"""What subscribers write, to short codes and to headers, in every way in which they write it."""

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.changing.change import Change
from simulator.changing.changes.blacklist import OptIn, OptOut, PortNumber, RejoinHeader, StopHeader
from simulator.changing.opt_out import MoOutcome, MoReading, read_mo
from simulator.numbers.numbering import MobileOperator
from simulator.profiles.optout_settings import HeaderStopSettings, Meaning, ShortCode, read_word
from simulator.registry.registers import Registers
from simulator.registry.world import build_world

MCI, IRANCELL, RIGHTEL = "989129990001", "989359990001", "989209990001"
DEDICATED, SHARED = "3000200020", "2000300030"


def registers(**profile: Any) -> Registers:
    return Registers(build_world({"extends": "demo", "profile": profile}))


def read(subscriber: str, destination: str, text: str, at: Registers | None = None) -> MoReading:
    return read_mo(at or registers(), subscriber, destination, text, 0.0)


def blocks(number: str) -> Change:
    return OptOut(number=number)


def allows(number: str) -> Change:
    return OptIn(number=number)


@pytest.mark.parametrize(
    ("subscriber", "code", "text", "change"),
    [
        (MCI, "8999", "1", blocks(MCI)),
        (MCI, "8999", "2", allows(MCI)),
        (MCI, "8999", " ۱ ", blocks(MCI)),
        (MCI, "8999", "٢\n", allows(MCI)),
        (MCI, "8999", "١.", blocks(MCI)),
        (MCI, "8999", "\u200f۱\u200c", blocks(MCI)),
        (MCI, "8999", "1\ufe0f\u20e3", blocks(MCI)),
        (MCI, "۸۹۹۹", "1", blocks(MCI)),
        (IRANCELL, "5005", "2", blocks(IRANCELL)),
        (IRANCELL, "5005", "۱", allows(IRANCELL)),
        (RIGHTEL, "800", "31", blocks(RIGHTEL)),
        (RIGHTEL, "800", "۳*۱", blocks(RIGHTEL)),
        (RIGHTEL, "800", "۳۲", allows(RIGHTEL)),
        (MCI, "800", "31", blocks(MCI)),
    ],
)
def test_a_word_to_a_short_code(subscriber: str, code: str, text: str, change: Change) -> None:
    reading = read(subscriber, code, text)
    assert (reading.outcome, reading.change) == (MoOutcome.CHANGED, change)
    assert reading.reply
    assert "{" not in reading.reply


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("", "۳ پیامک تبلیغاتی"),
        ("  ", "۳ پیامک تبلیغاتی"),
        ("۰", "۳ پیامک تبلیغاتی"),
        ("3", "وصل است. برای قطع، 31 را به 800"),
        ("1", "در دسترس نیست"),
        ("سلام", "برای قطع پیامک تبلیغاتی 31"),
        ("1" * 100_000, "برای قطع پیامک تبلیغاتی 31"),
    ],
)
def test_the_menu(text: str, reply: str) -> None:
    reading = read(RIGHTEL, "800", text)
    assert (reading.outcome, reading.change) == (MoOutcome.ANSWERED, None)
    assert reading.reply is not None
    assert reply in reading.reply


def test_the_menu_says_when_advertising_is_off() -> None:
    at = registers()
    OptOut(number=RIGHTEL).apply(at, 0.0)
    reply = read(RIGHTEL, "800", "۳", at).reply
    assert reply is not None
    assert "قطع است" in reply


@pytest.mark.parametrize(
    ("subscriber", "code"), [(IRANCELL, "8999"), (MCI, "5005"), (MCI, "5050"), (MCI, "3000999999")]
)
def test_a_number_that_his_operator_does_not_have(subscriber: str, code: str) -> None:
    assert read(subscriber, code, "1") == (MoOutcome.UNKNOWN_DESTINATION, None, None, None)


def test_a_ported_subscriber_writes_to_the_operator_that_serves_him() -> None:
    at = registers()
    PortNumber(number=MCI, operator=MobileOperator.IRANCELL).apply(at, 0.0)
    assert read(MCI, "5005", "2", at).change == OptOut(number=MCI)
    assert read(MCI, "8999", "1", at).outcome is MoOutcome.UNKNOWN_DESTINATION


STOP = StopHeader(number=MCI, line=DEDICATED)
REJOIN = RejoinHeader(number=MCI, line=DEDICATED)


@pytest.mark.parametrize("line", [DEDICATED, f"98{DEDICATED}", f"+98{DEDICATED}", "۳۰۰۰۲۰۰۰۲۰"])
@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("11", STOP),
        (" ۱۱ ", STOP),
        ("١١", STOP),
        ("لغو11", STOP),
        ("لغو ۱۱", STOP),
        ("«لغو۱۱»", STOP),
        ("لغو=11", STOP),
        ("12", REJOIN),
        ("۱۲", REJOIN),
    ],
)
def test_a_header_is_stopped_and_joined_again(line: str, text: str, change: Change) -> None:
    reading = read(MCI, line, text)
    assert (reading.outcome, reading.change) == (MoOutcome.CHANGED, change)
    assert reading.reply is not None
    assert DEDICATED in reading.reply


@pytest.mark.parametrize("text", ["1", "1 1", "111", "011", "لغو", "لغو 12", "", "سلام، سفارش من کی می‌رسد؟ 11"])
def test_any_other_text_to_a_line_is_for_its_account(text: str) -> None:
    assert read(MCI, DEDICATED, text)[:3] == (MoOutcome.FOR_ACCOUNT, None, None)


def test_a_line_of_a_type_that_cannot_be_stopped_hands_the_word_to_its_account() -> None:
    assert read(MCI, SHARED, "11").outcome is MoOutcome.LINE_TAKES_NONE, "nobody can write to a panel's shared line"
    at = registers(header_stops={"applies_to": ["shared_service"]})
    assert read(MCI, SHARED, "11", at).outcome is MoOutcome.CHANGED
    assert read(MCI, DEDICATED, "11", at).outcome is MoOutcome.FOR_ACCOUNT


def test_other_words_and_replies_of_a_profile() -> None:
    at = registers(
        header_stops={"stop": ["لغو۱"], "rejoin": ["عضویت"]},
        short_codes={"700": {"operators": ["mci"], "block": ["off"], "allow": ["ON"]}},
        mo_replies={"blocked": "{code}: {allow} {x}"},
    )
    assert read(MCI, DEDICATED, "لغو 1", at).change == STOP
    assert read(MCI, DEDICATED, "11", at).change is None
    assert read(MCI, "700", "Off", at) == (MoOutcome.CHANGED, OptOut(number=MCI), "700: on {x}", None)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", ""),
        ("۱۱", "11"),
        ("لغو‌۱۱", "لغو 11"),
        ("لغو ۱۱", "لغو 11"),
        ("*800*3#", "800 3"),
        ("ｌ１", "l 1"),
        ("①", "1"),
    ],
)
def test_words(text: str, word: str) -> None:
    assert read_word(text) == word
    assert read_word(word) == word


@pytest.mark.parametrize(
    "code",
    [{"block": ["1"], "allow": ["۱"]}, {"block": [], "allow": ["2"]}, {"block": ["1"], "allow": ["2"], "menu": ["2"]}],
)
def test_a_short_code_that_cannot_be(code: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ShortCode.model_validate(code)


def test_a_short_code_without_a_menu_answers_with_help() -> None:
    code = ShortCode(block=("1",), allow=("2",))
    assert [code.meaning(text) for text in ("1", "۲", "", "3")] == [
        Meaning.BLOCK,
        Meaning.ALLOW,
        Meaning.HELP,
        Meaning.HELP,
    ]


def test_a_word_does_not_mean_two_things() -> None:
    with pytest.raises(ValidationError):
        HeaderStopSettings.model_validate({"stop": ["11"], "rejoin": ["۱۱"]})

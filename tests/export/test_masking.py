"""A mask hides every number, always alike, and turns no two into one."""

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.export.masking import Mask, drawn_key
from simulator.numbers.numbering import MobileOperator, mobile_operator, normal_mobile, operator_prefix

MASK = Mask("a key of ours")

nationals = st.from_regex(r"9[0-9]{9}", fullmatch=True).filter(lambda digits: operator_prefix(digits) is not None)


def persian(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def spaced(digits: str, gap: str) -> str:
    """0912-123-45-67."""
    return gap.join([digits[:-7], digits[-7:-4], digits[-4:-2], digits[-2:]])


@given(nationals)
def test_a_masked_number_is_one_of_the_same_operator_and_length(national: str) -> None:
    masked = MASK.number("98" + national)
    assert normal_mobile(masked) == masked
    assert mobile_operator(masked) == mobile_operator("98" + national)
    assert masked[:5] == "98" + national[:3]


@given(
    nationals, st.sampled_from(["", "0", "98", "+98", "0098", "098"]), st.sampled_from(["", " ", "-", " - ", "\u200e"])
)
def test_it_is_masked_alike_however_it_is_written(national: str, prefix: str, gap: str) -> None:
    masked = MASK.number(national)
    for digits, expected in ((national, masked), (persian(national), persian(masked))):
        written = spaced(prefix + digits, gap)
        for text, wanted in ((written, spaced(prefix + expected, gap)), (f"تماس:{written}،", None)):
            assert MASK.words(text) == (wanted or f"تماس:{spaced(prefix + expected, gap)}،")
        assert MASK.number(written) == spaced(prefix + expected, gap)


@given(nationals, nationals)
def test_two_numbers_stay_two(one: str, other: str) -> None:
    assume(one != other)
    assert MASK.number(one) != MASK.number(other)


def test_a_whole_prefix_is_permuted() -> None:
    mask = Mask("another key")
    everyone = {mask.number(f"98999991{rest:04d}"[:12]) for rest in range(10_000)}
    assert len(everyone) == 10_000
    assert all(mobile_operator(number) is MobileOperator.SAMANTEL for number in everyone)


def test_another_key_masks_otherwise() -> None:
    numbers = [f"98912{rest:07d}" for rest in range(100)]
    masked = [[Mask(key).number(number) for number in numbers] for key in ("a key of ours", "a key of yours")]
    assert masked[0] == [MASK.number(number) for number in numbers]
    assert sum(one == other for one, other in zip(*masked, strict=True)) < 3, "by chance at most"
    assert sum(one == other for one, other in zip(masked[0], numbers, strict=True)) < 3, "by chance at most"


@pytest.mark.parametrize(
    "written",
    [
        "2112345678",  # a landline
        "+44 7911 123456",
        "0912123456",  # a digit too few
        "091212345678",  # a digit too many
        "0912x1234567890",
    ],
)
def test_a_recipient_that_is_no_mobile_number_is_hidden_too(written: str) -> None:
    masked = MASK.number(written)
    assert masked != written
    assert re.sub(r"\d", "0", masked) == re.sub(r"\d", "0", written)
    assert MASK.number(written) == masked


@pytest.mark.parametrize("written", ["", "30001", "MyBank24", "۱۱۰"])
def test_what_is_too_short_for_a_number_is_left(written: str) -> None:
    assert MASK.number(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "09121234567",
        "tel:+98-912-123-4567",
        "۰۹۱۲ ۱۲۳ ۴۵ ۶۷",
        "https://example.ir/?m=09121234567&x=1",
        "a9121234567b",
        "09121234567,09351234567",
        "09121234567 09351234567",
        "0912123456709351234567",
        "1 09121234567",
        "9 09121234567",
        "شماره\u200c۹۱۲۱۲۳۴۵۶۷\u200cاست",
        "(0912) 123-4567",
        "+98 (912) 123 45 67",
        "00989121234567",
        "0098 912 123 4567",
        "٠٩١٢١٢٣٤٥٦٧",
        "کد 19121234567",
        "989121110000-989121234567",
    ],
)
def test_no_number_is_left_in_a_text(text: str) -> None:
    masked = MASK.words(text)
    for wrong in ("9121234567", "9351234567"):
        assert wrong not in digits_of(masked), masked
    assert re.sub(r"\d", "0", masked) == re.sub(r"\d", "0", text), "nothing has moved"


@given(st.lists(nationals.map(lambda national: "0" + national) | st.text("abc 09۱۲-.؟", max_size=8)))
def test_whatever_stands_around_them_nothing_moves(pieces: list[str]) -> None:
    text = " ".join(pieces)
    masked = MASK.words(text)
    assert len(masked) == len(text)
    assert re.sub(r"\d", "0", masked) == re.sub(r"\d", "0", text)


@pytest.mark.parametrize("text", ["", "کد شما ۱۲۳۴۵۶", "6037 9918 1234 5678", "021-12345678", "2026-11-22 10:00:00"])
def test_other_digits_of_a_text_are_left(text: str) -> None:
    assert MASK.words(text) == text


def test_in_json_all_but_the_numbers_of_lines_is_masked() -> None:
    number, masked = "989121234567", MASK.number("989121234567")
    value = {
        "line": "9999812345",
        "numbers": [number, {"x": f"of {number}"}],
        number: int(number),
        "flag": True,
        "part": 0.5,
        "none": None,
    }
    assert json.loads(MASK.json(json.dumps(value))) == {
        "line": "9999812345",
        "numbers": [masked, {"x": f"of {masked}"}],
        masked: int(masked),
        "flag": True,
        "part": 0.5,
        "none": None,
    }
    packed = {"packed": "3q2+7w==", "recipients": "packed:3q2+7w=="}
    assert json.loads(MASK.json(json.dumps(packed))) == {"packed": "•••", "recipients": "•••"}
    unregistered = {"line": number}
    assert json.loads(MASK.json(json.dumps(unregistered))) == {"line": masked}
    registered = {"line": {"number": "9999812345", "contact": number}}
    assert json.loads(MASK.json(json.dumps(registered))) == {"line": {"number": "9999812345", "contact": masked}}


@pytest.mark.parametrize("key", ["", "1234567", "ک" * 33])
def test_a_key_that_is_too_short_or_too_long_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="from 8 characters to 64 octets"):
        Mask(key)


def test_a_fingerprint_tells_keys_apart_and_a_drawn_key_is_new() -> None:
    assert Mask("a key of ours").fingerprint == MASK.fingerprint != Mask("a key of yours").fingerprint
    assert drawn_key() != drawn_key()
    Mask(drawn_key())


def digits_of(text: str) -> str:
    return "".join(str(int(letter)) if letter.isdecimal() else "" for letter in text)

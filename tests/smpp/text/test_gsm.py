import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.text import Languages
from simulator.smpp.text.gsm import decode_gsm, encode_gsm
from simulator.smpp.text.national import LOCKING, SINGLE
from tests.smpp.helpers import octets

GSM = Languages()


# GSM 03.38 6.2.1 and 6.2.1.1: septet and character, some of every row.
@pytest.mark.parametrize(
    ("septets", "text"),
    [
        ("00 01 02 09", "@£$Ç"),
        ("10 11 12 1a 1c 1f", "Δ_ΦΞÆÉ"),
        ("20 24 30 3f", " ¤0?"),
        ("40 41 5a 5b 5c 5d 5e 5f", "¡AZÄÖÑÜ§"),
        ("60 61 7a 7b 7c 7d 7e 7f", "¿azäöñüà"),
        ("1b0a 1b14 1b28 1b29 1b2f", "\f^{}\\"),
        ("1b3c 1b3d 1b3e 1b40 1b65", "[~]|€"),
        ("0a 0d", "\n\r"),
    ],
)
def test_the_default_alphabet_both_ways(septets: str, text: str) -> None:
    assert decode_gsm(octets(septets), GSM) == text
    assert encode_gsm(text, GSM) == octets(septets)


@pytest.mark.parametrize(
    ("septets", "text"),
    [
        ("41 1b", "A\ufffd"),  # an escape with nothing behind it
        ("1b1b 41", " A"),  # an escape into a further table
        ("1b41", "A"),  # no entry in the extension table
        ("41 80 ff", "A\ufffd\ufffd"),  # no septets
        ("1b80", "\ufffd"),
    ],
)
def test_octets_that_nobody_should_send(septets: str, text: str) -> None:
    assert decode_gsm(octets(septets), GSM) == text


@pytest.mark.parametrize(
    ("languages", "septets", "text"),
    [
        (Languages(0, 1), "1b53 1b69 0b 1b65", "ŞıØ€"),  # single shift only: the main table stays
        (Languages(1, 0), "1c 07 40 1b65", "Şıİ€"),  # locking shift only: the extension table stays
        (Languages(1, 1), "0b 1b67", "Ğğ"),
        (Languages(3, 2), "0b 1b61 16", "Ôá^"),  # tables of two languages
        (Languages(13, 13), "3d 42 00 45 1b1d", "سطاف۱"),
        (Languages(6, 6), "28 1b1c 1b41", ")०A"),
        (Languages(6, 0), "1b28 1b41", "{भ"),  # no entry: the locking table's own
        (Languages(0, 2), "1b42", "B"),
        (Languages(2, 0), "00 0b", "@Ø"),  # Spanish has no locking table
        (Languages(14, 255), "00 1b65", "@€"),  # reserved identifiers
        (Languages(4, 0), "0c 41", "\ufffdভ"),  # unassigned
    ],
)
def test_national_tables(languages: Languages, septets: str, text: str) -> None:
    assert decode_gsm(octets(septets), languages) == text


@pytest.mark.parametrize("text", ["سلام", "ç😀", "\x1b", "\ufffd", "\x00"])
def test_what_has_no_septets(text: str) -> None:
    assert encode_gsm(text, GSM) is None


tables = st.builds(Languages, st.sampled_from(sorted(LOCKING)), st.sampled_from(sorted(SINGLE)))


@given(st.data(), tables)
def test_every_text_of_two_tables_comes_back(data: st.DataObject, languages: Languages) -> None:
    characters = set(LOCKING[languages.locking]) | set(SINGLE[languages.single].values())
    text = data.draw(st.text(st.sampled_from(sorted(characters - {"\x1b", "\ufffd"}))))
    septets = encode_gsm(text, languages)
    assert septets is not None
    assert decode_gsm(septets, languages) == text
    assert all(septet < 0x80 for septet in septets)


@given(st.binary(), st.builds(Languages, st.integers(0, 255), st.integers(0, 255)))
def test_no_octets_fail(septets: bytes, languages: Languages) -> None:
    assert len(septets) / 2 <= len(decode_gsm(septets, languages)) <= len(septets)

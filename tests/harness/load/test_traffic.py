"""What binds submit is drawn from the plan's mix, the same each time, and reads as what it was meant to be."""

import random
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.load.plan import Encoding, Kind, Language, Line, Traffic
from harness.load.texts import text_of
from harness.load.traffic import Mix, Submit
from simulator.smpp.pdus import SubmitSm
from simulator.smpp.text import Alphabet, decode_text, split_text
from simulator.smpp.udh import user_data


def drawn(traffic: Traffic, number: int = 400, bind: str = "0-0") -> list[Submit]:
    return list(islice(Mix(traffic, seed=1).submits(bind), number))


def test_the_same_plan_submits_the_same_on_a_bind_and_other_binds_submit_other_things() -> None:
    traffic = Traffic(parts={1: 1, 3: 1})
    assert drawn(traffic) == drawn(traffic)
    assert drawn(traffic) != drawn(traffic, bind="0-1")


def test_weights_and_shares_are_kept() -> None:
    lines = (Line(number="3000", weight=3), Line(number="5000", weight=1), Line(number="1000", weight=0))
    submits = drawn(Traffic(lines=lines, blacklisted=0.25, receipts=0.5), 2000)
    assert {submit.source for submit in submits} == {"3000", "5000"}
    assert sum(submit.source == "3000" for submit in submits) == pytest.approx(1500, abs=100)
    assert sum(submit.destination.startswith("98912111000") for submit in submits) == pytest.approx(500, abs=80)
    assert sum(submit.receipt for submit in submits) == pytest.approx(1000, abs=100)


def test_parts_follow_each_other_and_make_the_text() -> None:
    submits = drawn(Traffic(parts={3: 1}, distinct_texts=1), 6)
    parts = [user_data(SubmitSm(esm_class=each.esm_class, short_message=each.octets)).part for each in submits]
    assert [(part.number, part.total) for part in parts if part] == [(1, 3), (2, 3), (3, 3)] * 2
    assert [each.is_last for each in submits] == [False, False, True] * 2
    assert len({each.destination for each in submits[:3]}) == 1
    assert [part.reference for part in parts[:3] if part] != [part.reference for part in parts[3:] if part]


@pytest.mark.parametrize(
    ("encoding", "data_coding"), [(Encoding.GSM, 0), (Encoding.LATIN1, 3), (Encoding.UCS2, 8)], ids=str
)
def test_english_texts_go_in_the_encoding_that_is_asked_for(encoding: Encoding, data_coding: int) -> None:
    submits = drawn(Traffic(languages={Language.EN: 1}, encodings={encoding: 1}), 20)
    assert {submit.data_coding for submit in submits} == {data_coding}
    texts = [decode_text(data_coding, submit.octets, Alphabet.GSM) for submit in submits]
    assert all(text.isascii() and text[0].isupper() for text in texts)


def test_texts_of_the_plan_go_as_they_are() -> None:
    lines = (Line(number="3000", texts=("Hello", "سلام")),)
    found = {(each.data_coding, each.octets) for each in drawn(Traffic(lines=lines))}
    assert found == {(0, b"Hello"), (8, "سلام".encode("utf-16-be"))}


def test_a_campaign_has_as_many_texts_as_the_plan_says() -> None:
    assert len({submit.octets for submit in drawn(Traffic(distinct_texts=1))}) == 1
    assert len({submit.octets for submit in drawn(Traffic(distinct_texts=30))}) > 10


@given(st.sampled_from(Kind), st.sampled_from(Language), st.integers(1, 20), st.randoms(), st.sampled_from(Encoding))
@settings(max_examples=60)
def test_a_text_has_as_many_parts_as_were_asked_for(
    kind: Kind, language: Language, parts: int, rng: random.Random, encoding: Encoding
) -> None:
    if kind is Kind.OTP or language is Language.FA:
        encoding = Encoding.UCS2
    text = text_of(kind, language, parts, rng, encoding)
    assert len(split_text(text, is_utf16=encoding is not Encoding.GSM)) == (1 if kind is Kind.OTP else parts)

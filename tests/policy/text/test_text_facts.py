"""The facts as rules get them: worked out once, when asked for; the deadline of tests proves that none takes long."""

import pytest

from simulator.policy.text_facts import TextFacts, TextReader
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import (
    FilteredWords,
    ForbiddenMatter,
    LinkDetector,
    Links,
    Matter,
    Parts,
    WordMatch,
)

LENGTH = 100_000


def profile(detector: LinkDetector = LinkDetector.DOMAIN_LIKE) -> Profile:
    return Profile(
        name="x",
        title="x",
        parts=Parts(limit=4, reference_bits=16),
        forbidden_matter=ForbiddenMatter(matters=tuple(Matter)),
        filtered_words=FilteredWords(match=WordMatch.SUBSTRING),
        links=Links(detector=detector),
    )


def test_the_facts_are_those_that_the_profile_asks_for() -> None:
    text = "مشتری گرامی، برندهای نهال: mobl.ir کارت 6037991111111112. شرکت نهال لغو=۱۱"
    facts = TextReader(profile()).read(text)
    assert (facts.footer, facts.links, facts.parts) == ("11", ("mobl.ir",), 2)
    assert [one.word for one in facts.filtered_words] == ["برنده"]
    assert facts.trespass == (Matter.CARD_NUMBER, "…1112")
    assert facts.names_sender
    assert facts.addresses_customer
    assert TextReader(profile(LinkDetector.STRICT_URL)).read(text).links == ()


def test_parts_are_counted_by_the_references_of_the_profile() -> None:
    text = "و" * 134
    assert TextReader(profile()).read(text).parts == 3
    assert TextReader(Profile(name="x", title="x")).read(text).parts == 2


def test_nothing_is_worked_out_before_it_is_asked_for_and_nothing_twice() -> None:
    facts = TextReader(profile()).read("سلام")
    before = set(vars(facts))
    assert facts.links is facts.links
    assert set(vars(facts)) - before == {"folded", "links"}


def every(facts: TextFacts) -> list[object]:
    return [
        facts.footer,
        facts.links,
        facts.filtered_words,
        facts.trespass,
        facts.names_sender,
        facts.addresses_customer,
        facts.parts,
    ]


def hostile(piece: str) -> list[str]:
    repeated = piece * (LENGTH // len(piece))
    return [repeated, f"لغو{repeated}11"]


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\n",
        "a",
        "1",
        "1111 ",
        "1111-",
        "6037991111111112 ",
        "لغو",
        "لغو ",
        "لغو11",
        "لغو=",
        "شرط ",
        "شرط" + " " * 1000,
        "برند",
        "فروشگاه ",
        "گرامی ",
        "سلام، ",
        "آقای ",
        "ـ",
        "\u200c",
        "\U0001f600",
    ],
)
def test_a_hostile_text_is_read(piece: str) -> None:
    for text in hostile(piece):
        assert every(TextReader(profile()).read(text))


@pytest.mark.parametrize("detector", LinkDetector)
@pytest.mark.parametrize(
    "piece", ["a.", "a-", "a.ir.", "a.ir/", "@", "www.", "ab://", "ab://@", "http://a@", ".", "1."]
)
def test_hostile_links_are_read(piece: str, detector: LinkDetector) -> None:
    for text in hostile(piece):
        assert every(TextReader(profile(detector)).read(text))

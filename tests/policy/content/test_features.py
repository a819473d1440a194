"""What the model looks at."""

import pytest

from simulator.policy.content.features import features, tokens


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        pytest.param("کد شما 48291", ["کد", "شما", "000"], id="code"),
        pytest.param("مبلغ 450,000 ریال", ["مبلغ", "0,0", "ریال"], id="amount"),
        pytest.param("ساعت 10:30", ["ساعت", "0:0"], id="time"),
        pytest.param("تا 1402/08/21.", ["تا", "0/0"], id="date-before-a-full-stop"),
        pytest.param("09120001122 یا 02188001122", ["09", "یا", "021"], id="telephones"),
        pytest.param("لغو11", ["لغو", "0"], id="footer"),
        pytest.param("ببین shop.example/sale", ["ببین", "url"], id="domain"),
        pytest.param("https://a.example/b?c=1 را", ["url", "را"], id="link"),
        pytest.param("*100*1# بزن", ["*#", "بزن"], id="short-code"),
        pytest.param("20% امروز!\nبیا", ["0", "%", "امروز", "!", "|", "بیا"], id="signs-and-lines"),
    ],
)
def test_shapes(text: str, shapes: list[str]) -> None:
    assert [shape for shape, _, _ in tokens(text)] == shapes


def test_tokens_know_their_places() -> None:
    text = "کد: 48291، shop.example"
    assert [text[start:end] for _, start, end in tokens(text)] == ["کد", ":", "48291", "shop.example"]


def test_features_are_pieces_of_the_skeleton() -> None:
    assert features(["کد", "شما"]) == {" کد", "کد ", "د ش", " شم", "شما", "ما ", " کد ", " شما "}


def test_a_long_text_is_weighed_by_its_beginning() -> None:
    assert len(tokens("شما " * 100_000)) == 500

"""What the model looks at."""

import pytest

from simulator.policy.content.features import last_third, of_last_word, of_whole, of_word, tokens


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        pytest.param("کد شما 48291", ["کد", "شما", "000"], id="code"),
        pytest.param("مبلغ 450,000 ریال", ["مبلغ", "0,0", "ریال"], id="amount"),
        pytest.param("ساعت 10:30", ["ساعت", "0:0"], id="time"),
        pytest.param("تا 1402/08/21.", ["تا", "0/0"], id="date-before-a-full-stop"),
        pytest.param("09120001122 یا 02188001122", ["09", "یا", "021"], id="telephones"),
        pytest.param("لغو11", ["لغو", "0"], id="footer"),
        pytest.param("ببین shop.example/sale", ["ببین", "//"], id="domain"),
        pytest.param("https://a.example/b?c=1 را", ["//", "را"], id="link"),
        pytest.param("https://a.example/bخرید", ["//", "خرید"], id="a-word-glued-to-a-link"),
        pytest.param("*100*1# بزن", ["*#", "بزن"], id="short-code"),
        pytest.param("20% امروز!\nبیا", ["0", "%", "امروز", "!", "|", "بیا"], id="signs-and-lines"),
        pytest.param("تولدت 🎂", ["تولدت", ":)"], id="picture"),
    ],
)
def test_shapes(text: str, shapes: list[str]) -> None:
    assert [shape for shape, _, _ in tokens(text)] == shapes


def test_tokens_know_their_places() -> None:
    text = "کد: 48291، shop.example"
    assert [text[start:end] for _, start, end in tokens(text)] == ["کد", ":", "48291", "shop.example"]


def test_a_word_is_known_by_its_pieces_and_kinds() -> None:
    assert of_word("کیک") == [" کیک ", " کی", "کیک", "یک ", "kind: food"]


def test_what_has_one_letter_has_no_pieces() -> None:
    assert of_word("!") == [" ! "]


def test_the_last_words_count_a_second_time() -> None:
    assert [shape for shape, _, _ in last_third(tokens("یک دو سه چهار پنج شش هفت"))] == ["پنج", "شش", "هفت"]
    assert of_last_word("کیک") == ["last: کیک", "last kind: food"]


def test_a_whole_text_is_known_by_its_marks_and_its_length() -> None:
    found = of_whole(["خرید", "0,0", "ریال", "|", "|"])
    assert {"mark: amount", "mark: price", "marks: amount, price", "tokens: 5", "lines: 2"} <= found
    assert "lacks: link" in found
    assert not {"lacks: amount", "tokens: 8", "lines: 3"} & found

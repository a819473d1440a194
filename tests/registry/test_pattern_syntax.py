import pytest

from simulator.registry.pattern_syntax import Syntax, Variable, VariableType, read_template


@pytest.mark.parametrize(
    ("text", "syntax", "names", "parts"),
    [
        ("کد: %code%", Syntax.PERCENT, ["code"], ("کد: ", "")),
        ("%first-name% و %نام%", Syntax.PERCENT, ["first-name", "نام"], ("", " و ", "")),
        ("%1% از %2%", Syntax.PERCENT, ["1", "2"], ("", " از ", "")),
        ("10%20%", Syntax.PERCENT, [], ("10%20%",)),
        ("50% تخفیف 20% سود", Syntax.PERCENT, [], ("50% تخفیف 20% سود",)),
        ("کد5%code%", Syntax.PERCENT, ["code"], ("کد5", "")),
        ("کد {0}، {1}", Syntax.BRACES, ["0", "1"], ("کد ", "، ", "")),
        ("کد {code}", Syntax.PERCENT, [], ("کد {code}",)),
        ("کد #CODE# شما", Syntax.HASH, ["CODE"], ("کد ", " شما")),
        ("کد # 12 #", Syntax.PERCENT, [], ("کد # 12 #",)),
        ("%token %token2 %token3 %token10 %token20", Syntax.TOKEN, ["token", "token2", "token3", "token10", "token20"],
         ("", " ", " ", " ", " ", "")),
        ("%token4 و %tokens", Syntax.PERCENT, [], ("%token4 و %tokens",)),
        ("%token% و %b%", Syntax.PERCENT, ["token", "b"], ("", " و ", "")),
        ("", Syntax.PERCENT, [], ("",)),
    ],
)  # fmt: skip
def test_the_syntax_is_seen_from_the_text(text: str, syntax: Syntax, names: list[str], parts: tuple[str, ...]) -> None:
    template = read_template(text)
    assert (template.syntax, [variable.name for variable in template.variables]) == (syntax, names)
    assert template.parts == parts


def test_a_named_syntax_leaves_the_marks_of_others_alone() -> None:
    assert read_template("%a% {0} #B#", Syntax.BRACES).parts == ("%a% ", " #B#")


def test_tokens_have_the_blanks_that_kavenegar_gives_them() -> None:
    template = read_template("%token %token10 %token20")
    assert [(variable.max, variable.blanks) for variable in template.variables] == [(100, 0), (100, 5), (100, 8)]


def test_a_declaration_types_its_variable_only() -> None:
    template = read_template("%a% %b%").typed({"a": (VariableType.INTEGER, 6), "c": (VariableType.DATE, 10)})
    assert template.variables == (Variable("a", VariableType.INTEGER, 6), Variable("b", VariableType.STRING, 40))

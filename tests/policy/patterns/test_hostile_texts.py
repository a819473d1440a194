"""Ten thousand characters that are made to be matched in many ways; the deadline of every test is the proof."""

import pytest

from simulator.policy.patterns.matching import FITS, Matcher
from simulator.policy.patterns.reading import Reading
from simulator.registry.pattern_syntax import VariableType, read_template

LENGTH = 10_000


def why(pattern: str, text: str, kind: VariableType = VariableType.STRING) -> str:
    types = {f"v{n}": (kind, 2 * LENGTH) for n in range(20)}
    return Matcher(read_template(pattern).typed(types)).explain(Reading(text)).why


def marks(between: str) -> str:
    return "".join(f"%v{n}%{between}" for n in range(20))


@pytest.mark.parametrize(
    ("pattern", "text", "kind", "says"),
    [
        (marks("a") + "b", "a" * LENGTH, VariableType.STRING, "«ab» is missing"),
        (marks("a") + "b", "a" * LENGTH + "b", VariableType.STRING, FITS),
        (marks("") + "b", "a" * LENGTH + "c", VariableType.STRING, "«b» is missing"),
        (marks(" ") + "b", "a " * (LENGTH // 2) + "b", VariableType.STRING, FITS),
        (marks("1") + "b", "1" * LENGTH, VariableType.NUMBER, "«1b» is missing"),
        ("%v0%b", "1" * LENGTH + "xb", VariableType.AMOUNT, "is not an amount"),
        ("%v0%b", "1 111" * (LENGTH // 5) + "xb", VariableType.NUMBER, "is not a number"),
        ("کد: %v0%", "کد: " + "a." * (LENGTH // 2 - 2), VariableType.STRING, FITS),
        ("کد: %v0%", "کد: " + "a-" * (LENGTH // 2 - 2) + ".", VariableType.STRING, FITS),
        ("کد: %v0%", "کد: " + "www." * (LENGTH // 4 - 1), VariableType.STRING, "holds a link"),
    ],
)
def test_a_hostile_text_is_judged(pattern: str, text: str, kind: VariableType, says: str) -> None:
    assert says in why(pattern, text, kind)

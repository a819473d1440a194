"""A plan is read from TOML, and every mistake in one is told with file, line and path."""

from pathlib import Path

import pytest

from harness.load.plan_file import load_plan, read_plan
from harness.problems import ProblemsError

STEADY = '[shape]\nkind = "steady"\nseconds = 10\n'
EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "load").glob("*.toml"))


def mistakes(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_plan(text, "plan.toml", Path())
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_plans(example: Path) -> None:
    assert load_plan(example).title != "Load"


def test_every_kind_of_shape_has_an_example() -> None:
    kinds = {load_plan(example).shape.kind for example in EXAMPLES}
    assert kinds == {"steady", "ramp", "steps", "spike", "soak", "bind_storm", "reconnect_storm"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[shape]\nkind = "stedy"\n', "plan.toml:2:1: shape.kind: there is no shape 'stedy'; did you mean 'steady'?"),
        (STEADY + "[binds]\n  cuont = 3\n", "plan.toml:5:3: binds.cuont: unknown key; did you mean 'count'?"),
        (STEADY + "secnds = 3\n", "plan.toml:4:1: shape.secnds: unknown key; did you mean 'seconds'?"),
        (
            STEADY + '[[traffic.lines]]\nnumber = "1"\n[[traffic.lines]]\nnumber = "2"\ntexts = "servic"\n',
            "plan.toml:8:1: traffic.lines[1].texts: Input should be 'service', 'promotional' or 'otp'",
        ),
        (
            STEADY + '[target]\nsmpp = "nowhere"\n',
            "plan.toml:5:1: target.smpp: 'nowhere' is no host:port, such as 127.0.0.1:2775",
        ),
        (
            STEADY + '[traffic]\nrecipients = "0912-0913"\n',
            "plan.toml:5:1: traffic.recipients: '0912-0913' is no range of numbers, such as 989122000000-989122999999",
        ),
        (STEADY + '[operator]\nconfig = "none.toml"\n', "plan.toml:5:1: operator.config: there is no file "),
        (STEADY + "[traffic]\nparts = { 1 = 0 }\n", "plan.toml:4:1: traffic: parts: nothing has any weight"),
        ("title = 1\n" + STEADY, "plan.toml:1:1: title: Input should be a valid string"),
        ("title = \n", "plan.toml: not TOML: "),
    ],
)
def test_a_mistake_is_told_where_it_is(text: str, told: str) -> None:
    assert any(mistake.startswith(told) for mistake in mistakes(text)), mistakes(text)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(mistakes("rate = -1\n" + STEADY + "[binds]\ncount = 0\nwindow = 0\n")) == 3


def test_a_shape_moves_the_rate_if_there_is_one_else_the_binds() -> None:
    ramp = '[shape]\nkind = "ramp"\nseconds = 10\nstart = 0.0\n[binds]\ncount = 8\n'
    closed, open_loop = read_plan(ramp, "", Path()), read_plan("rate = 100\n" + ramp, "", Path())
    assert [closed.binds_at(now) for now in (0, 5, 10, 99)] == [0, 4, 8, 8]
    assert closed.rate_at(5) is None
    assert [open_loop.binds_at(now) for now in (0, 5)] == [8, 8]
    assert [open_loop.rate_at(now) for now in (0, 5, 10)] == [0, 50, 100]
    assert open_loop.bind_rate_at(10) == 100 / 8


def test_a_missing_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="No such file"):
        load_plan(tmp_path / "none.toml")

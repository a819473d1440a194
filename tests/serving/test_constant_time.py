"""A secret is compared by what takes the same time whatever is shown, and by nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import simulator

SECRET = re.compile(r"password|passwd|secret|token|digest", re.IGNORECASE)
FOLDER = Path(simulator.__file__).parent


def comparisons(source: str) -> Iterator[int]:
    """The lines on which something of a secret's name is compared with something that is no literal."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [node.left, *node.comparators]
            names = [getattr(side, "attr", getattr(side, "id", "")) for side in sides]
            if any(SECRET.search(name) for name in names) and not any(isinstance(side, ast.Constant) for side in sides):
                yield node.lineno


def test_no_secret_is_compared_in_a_time_that_tells_of_it() -> None:
    assert list(comparisons("if self._token != shown: pass")) == [1]
    found = [f"{file}:{line}" for file in FOLDER.rglob("*.py") for line in comparisons(file.read_text("utf-8"))]
    assert found == []

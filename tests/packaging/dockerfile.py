"""As much of a Dockerfile and a .dockerignore as ours use."""

import fnmatch
import re
from pathlib import Path
from typing import NamedTuple


class Instruction(NamedTuple):
    """One instruction of a stage (0 for the first FROM and what follows it)."""

    stage: int
    name: str
    words: str


def instructions(text: str) -> list[Instruction]:
    """All of them, with the lines that belong together joined."""
    found: list[Instruction] = []
    stage = -1
    for line in re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text)).splitlines():
        if not line.strip():
            continue
        name, _, words = line.partition(" ")
        stage += name == "FROM"
        found.append(Instruction(stage, name, words.strip()))
    return found


def sent(folder: Path, tracked: set[str]) -> set[str]:
    """Which of some files a build is given, by the .dockerignore: the last pattern that fits decides."""
    patterns = [
        line for line in (folder / ".dockerignore").read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]

    def is_sent(name: str) -> bool:
        given = True
        for pattern in patterns:
            bare = pattern.removeprefix("!")
            if fnmatch.fnmatch(name, bare) or fnmatch.fnmatch(name, f"{bare}/*"):
                given = pattern.startswith("!")
        return given

    return {name for name in tracked if is_sent(name)}

"""Reads a YAML file into plain text, lists and mappings, and remembers where each of them stood.

Every scalar stays text (PyYAML's BaseLoader): typed loaders turn `0200010` into an octal number and `yes` into a truth
value. What would make a file say something else than it shows is refused: tags, aliases, repeated keys, and
documents after the first one.
"""

from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import yaml

from harness.problems import Problem
from simulator.wording import path_of

Path_: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data]"

MAX_OCTETS = 1_000_000
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


class Mark(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


class Placed(Protocol):
    """Data whose every value and key has a place in a file."""

    @property
    def file(self) -> str:
        """The file as the user named it."""

    @property
    def data(self) -> Data:
        """What stands there."""

    def value_at(self, path: Path_) -> Mark:
        """Where the value at `path` stands, or the nearest thing around it that exists."""

    def problem(self, path: Path_, message: str, *, at_key: bool = False) -> Problem:
        """A mistake at `path`, located at its value or at its key."""


class Source:
    """A file's data, with the place of everything in it.

    Attributes:
        file: The file as the user named it.
        data: Its content; an empty text for an empty file.
        problems: What kept the file from being read as a whole; `data` holds what could be read.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.data: Data = ""
        self.problems: list[Problem] = []
        self._keys: dict[Path_, Mark] = {}
        self._values: dict[Path_, Mark] = {(): Mark(1, 1)}
        self._walked: set[int] = set()
        try:
            root = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            mark = _mark(error.problem_mark) if error.problem_mark else Mark(1, 1)
            self._complain(mark, (), f"not YAML: {error.problem or error.context}")
        except yaml.YAMLError as error:
            self._complain(Mark(1, 1), (), f"not YAML: {' '.join(str(error).split())}")
        except RecursionError:
            self._complain(Mark(1, 1), (), "nested too deeply")
        else:
            if root is not None:
                self.data = self._walk(root, ())

    def value_at(self, path: Path_) -> Mark:
        """Where the value at `path` stands, or the nearest thing around it that exists."""
        while path not in self._values:
            path = path[:-1]
        return self._values[path]

    def key_at(self, path: Path_) -> Mark:
        """Where the key of the mapping entry at `path` stands, or else its value."""
        return self._keys.get(path) or self.value_at(path)

    def problem(self, path: Path_, message: str, *, at_key: bool = False) -> Problem:
        """A mistake at `path`, located at its value or at its key."""
        mark = self.key_at(path) if at_key else self.value_at(path)
        return Problem(self.file, mark.line, mark.column, path_of(path), message)

    def _complain(self, mark: Mark, path: Path_, message: str) -> None:
        self.problems.append(Problem(self.file, mark.line, mark.column, path_of(path), message))

    def _walk(self, node: yaml.Node, path: Path_) -> Data:
        if id(node) in self._walked:  # its mark is that of the anchor, so its key has to say where it stands
            self._complain(
                self.key_at(path), path, "an alias: write the value again, so that each place shows what it holds"
            )
            return ""
        self._walked.add(id(node))
        mark = self._values[path] = _mark(node.start_mark)
        if node.tag not in _PLAIN_TAGS:
            self._complain(mark, path, f"a tag ({node.tag}): values are plain text, lists and mappings")
        if isinstance(node, yaml.SequenceNode):
            return [self._walk(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._walk_mapping(node, path)
        return str(node.value)

    def _walk_mapping(self, node: yaml.MappingNode, path: Path_) -> Data:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            mark = _mark(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self._complain(mark, path, "a key must be plain text")
                continue
            key = str(key_node.value)
            if key in data:
                self._complain(mark, (*path, key), "this key occurs twice")
                continue
            self._keys[*path, key] = mark
            data[key] = self._walk(value_node, (*path, key))
        return data


def read_source(path: Path) -> Source | Problem:
    """Reads a file; a Problem when it cannot be read at all."""
    try:
        octets = path.read_bytes()
    except OSError as error:
        return Problem(str(path), 0, 0, "", error.strerror or str(error))
    if len(octets) > MAX_OCTETS:
        return Problem(str(path), 0, 0, "", f"{len(octets)} octets; a scenario file has at most {MAX_OCTETS}")
    try:
        return Source(str(path), octets.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        return Problem(str(path), line, 1, "", f"not UTF-8: {error.reason} at octet {error.start}")


def _mark(mark: yaml.Mark) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)

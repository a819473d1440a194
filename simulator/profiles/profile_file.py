"""The files of the shipped profiles: values, and for each value its basis.

A file has a table `[basis]` from dotted paths to what the values there stand on: a clause ("clause line.registered"),
a source in a few words, or "assumed"; clauses and assumptions may go on with a colon and a note. The longest path that
leads to a value counts.

A file that `extends` another says only what differs; a table that it leaves empty takes nothing over.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any, Final

Table = Mapping[str, Any]

NAMES: Final = ("name", "title", "extends", "basis")
"""What a profile says of itself: no values of it."""


def shipped_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with Khatban."""
    folder = resources.files("simulator") / "profiles" / "shipped"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def profile_file(name: str) -> dict[str, Any]:
    """What the file of a shipped profile holds.

    Raises:
        KeyError: There is no profile of that name.
    """
    if name not in shipped_profiles():
        raise KeyError(name)
    return tomllib.loads((resources.files("simulator") / "profiles" / "shipped" / f"{name}.toml").read_text("utf-8"))


def profile_table(name: str) -> dict[str, Any]:
    """A shipped profile as a table, with what it takes over; `basis` speaks of each single value.

    Raises:
        KeyError: There is no profile of that name.
    """
    table = profile_file(name)
    base = table.pop("extends", None)
    return overlaid({} if base is None else profile_table(base), table, otherwise="assumed")


def overlaid(base: Table, over: Table, otherwise: str) -> dict[str, Any]:
    """A profile with other values in some places; `otherwise` is the basis of those for which `over` gives none."""
    values = merged(base, over)
    basis = dict(base.get("basis", {}))
    own = over.get("basis", {})
    kept = dict(leaves(values))
    for path, _ in leaves(over):
        key = naming(path, own)
        basis[path] = otherwise if key is None else own[key]
    return {**values, "basis": {path: text for path, text in basis.items() if path in kept}}


def merged(base: Table, over: Table) -> dict[str, Any]:
    """A table with other values in some places; an empty table in the place of another empties it."""
    if over.get("shape", base.get("shape")) != base.get("shape"):  # a distribution of another shape has other values
        return dict(over)
    both = dict(base)
    for key, value in over.items():
        below = both.get(key)
        both[key] = (
            merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) and value else value
        )
    return both


def naming(path: str, basis: Mapping[str, Any]) -> str | None:
    """The longest path of a `[basis]` table that leads to a value."""
    steps = path.split(".")
    prefixes = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((prefix for prefix in prefixes if prefix in basis), None)


def idle_basis(table: Table) -> list[str]:
    """The paths of a table's `[basis]` that name no value of it, or only values that longer paths name."""
    basis = table.get("basis", {})
    at_work = {naming(path, basis) for path, _ in leaves(table)}
    return [path for path in basis if path not in at_work]


def leaves(table: Table, at: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a profile with their dotted paths; lists and empty tables are values. Its names have no basis."""
    for key, value in table.items():
        if not at and key in NAMES:
            continue
        if isinstance(value, Mapping) and value:
            yield from leaves(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", value

"""What commands read: lists of numbers and papers from files, an owner from options."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from simulator.numbers.number_lists import NumberListError
from simulator.registry.recipients import Recipients
from simulator.remote.client import RemoteError

PIECE: Final = 250_000
"""So many numbers fit the body of one request, however they are spread."""


def numbers_of(file: Path) -> Recipients:
    """The numbers of a file: one number or range FIRST-LAST a line, plain or CSV, perhaps gzipped.

    Raises:
        RemoteError: It cannot be read, or a line is none.
    """
    try:
        return Recipients.read(file.read_bytes())
    except NumberListError as error:
        msg = f"{file}:{error.line}: {error.why}"
        raise RemoteError(msg) from error
    except OSError as error:
        msg = f"{file}: {error.strerror}"
        raise RemoteError(msg) from error


def owner_of(options: Mapping[str, str]) -> dict[str, str]:
    """An owner from the options --owner, --owner-kind and --identity."""
    return {"kind": options["owner_kind"], "name": options["owner"], "identity": options["identity"]}


def papers_of(file: Path) -> list[dict[str, Any]]:
    """The papers of a file: a JSON list, or the `[[documents]]` of a TOML file.

    Raises:
        RemoteError: It cannot be read, or is neither.
    """
    try:
        text = file.read_text("utf-8")
        papers = json.loads(text) if file.suffix == ".json" else tomllib.loads(text).get("documents")
    except OSError as error:
        msg = f"{file}: {error.strerror}"
        raise RemoteError(msg) from error
    except ValueError as error:
        msg = f"{file}: {error}"
        raise RemoteError(msg) from error
    if not isinstance(papers, list) or not all(isinstance(paper, dict) for paper in papers):
        msg = f"{file}: expected a list of papers, in TOML as [[documents]]"
        raise RemoteError(msg)
    # TOML has dates of its own; JSON writes them as text.
    plain: list[dict[str, Any]] = json.loads(json.dumps(papers, default=str))
    return plain

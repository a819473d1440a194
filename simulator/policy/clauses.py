"""The table of clauses: the sentences that the rules enforce, read once from `clauses.toml`."""

import tomllib
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Clause(BaseModel):
    """A sentence of a document, in our own words.

    `since` is an ISO date or "unknown"; `confidence` says how sure the source makes us.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    document: str
    section: str
    statement_en: str
    statement_fa: str
    since: str
    confidence: Literal["seed", "several", "single", "inferred"]


def load_clauses() -> dict[str, Clause]:
    """Every clause by id (`group.name`), in the order of the file."""
    text = (resources.files("simulator.policy") / "clauses.toml").read_text("utf-8")
    groups = tomllib.loads(text)
    return {
        f"{group}.{name}": Clause(id=f"{group}.{name}", **clause)
        for group, clauses in groups.items()
        for name, clause in clauses.items()
    }

"""Which sections of the SMPP specification there are, so that a citation that leads nowhere is found at once.

A citation is the document and the section's number, `SMPP 3.4, 5.2.12`. The table is data beside this file.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from simulator.wording import hint


@cache
def spec_sections() -> Mapping[str, str]:
    """The heading of each section, by its citation, in the order of the documents."""
    text = resources.files("harness").joinpath("spec_sections.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            f"{document}, {number}": heading
            for document, sections in tomllib.loads(text).items()
            for number, heading in sections.items()
        }
    )


def known_section(citation: str) -> str:
    """The citation, if there is such a section.

    Raises:
        ValueError: There is none.
    """
    if citation not in spec_sections():
        raise ValueError(f"there is no section {citation!r}{hint(citation, spec_sections())}")
    return citation

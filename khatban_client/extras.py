"""The parts of Khatban that are installed when they are asked for: `pip install 'khatban[harness]'`."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final

MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "harness": ("dpkt", "httpx", "jinja2", "junitparser", "smpplib", "yaml"),
    "reports": ("jinja2", "matplotlib", "pandas", "xlsxwriter"),
}
"""What each extra that whole commands need brings to be imported; pyproject.toml names the packages."""


def missing(*extras: str) -> str:
    """What to install, and why, for these extras to be there; empty if they are. Imports nothing of them."""
    absent = {extra: [name for name in MODULES[extra] if find_spec(name) is None] for extra in extras}
    wanted = [extra for extra, modules in absent.items() if modules]
    if not wanted:
        return ""
    modules = ", ".join(sorted({name for modules in absent.values() for name in modules}))
    return f"this needs an extra: pip install 'khatban[{','.join(wanted)}]' (there is no {modules})"

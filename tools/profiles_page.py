"""Writes docs/profiles.md, what each shipped profile sets and on what basis.

python -m tools.profiles_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterator

from simulator.profiles.profile_file import leaves, naming, profile_file, shipped_profiles
from tools.markdown import cell, table
from tools.parameters import shown
from tools.scenario_index import ROOT

PAGE = ROOT / "docs" / "profiles.md"

INTRODUCTION = """\
# Profiles

This page is written by `python -m tools.profiles_page` from `simulator/profiles/shipped/`; do not edit it.

A profile says how one operator answers: hours, statuses, when the sender learns of a refusal, which rules are on. A
world names one (`profile.name = "mci"`) and may set any value otherwise; an empty table empties one of the profile's.
No Iranian operator publishes its SMPP behaviour, so each value says what it stands on: a clause of
[rules.md](rules.md), a source, or "assumed". A world may do so too, in `[profile.basis]`.

`khatban profile NAME` shows all values of a profile, also the defaults; `GET /api/v1/profile` those of a running
operator, which the changes `set-profile-value` and `restore-profile-value` alter for a run.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *("\n".join(_profile(name)) + "\n" for name in shipped_profiles())])


def _profile(name: str) -> Iterator[str]:
    file = profile_file(name)
    basis = file.get("basis", {})
    yield from (f"## {name}", "", f"{file['title']}.", "")
    if base := file.get("extends"):
        yield from (f"All else is as in [{base}](#{base}).", "")
    rows = ((f"`{path}`", f"`{cell(shown(value))}`", cell(basis[naming(path, basis)])) for path, value in leaves(file))
    yield from table(("value", "", "basis"), rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""How a profile is shown in a terminal: every value, and what it stands on."""

import json

from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.profiles.profile import Profile
from simulator.profiles.profile_listing import DEFAULT, settings_of

_WIDTH = 150
"""Columns that the table takes at least: a narrow terminal wraps whole lines rather than words in narrow columns."""


def show_profile(console: Console, profile: Profile) -> None:
    """Prints a profile."""
    console.print(f"[bold]{profile.name}[/]  {profile.title}\n")
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("path", no_wrap=True)
    table.add_column("value", overflow="fold")
    table.add_column("basis", overflow="fold")
    for path, value, basis in settings_of(profile):
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        table.add_row(Text(path), Text(shown), Text(basis, style="dim" if basis == DEFAULT else ""))
    console.width = max(console.width, _WIDTH)
    console.print(table)

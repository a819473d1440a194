"""Writes docs/commands.md, every command with its help, from the program.

python -m tools.commands_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterator

import click

from khatban import main
from tools.scenario_index import ROOT

PAGE = ROOT / "docs" / "commands.md"
_WIDTH = 80

INTRODUCTION = """\
# Commands

This page is written by `python -m tools.commands_page` from the program; do not edit it. It is what `--help` says
of each command.

Those that speak to a running operator take `--url`, or `KHATBAN_URL`; [the HTTP API](api.md) is all that they use.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_told(main, None, "khatban")])


def _told(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    """A command, and those below it."""
    settings = {**command.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
    context = click.Context(command, parent, info_name=name, **settings)
    yield from (f"## {context.command_path}", "", "```text", command.get_help(context).rstrip(), "```", "")
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            if (found := command.get_command(context, below)) is not None and not found.hidden:
                yield from _told(found, context, below)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

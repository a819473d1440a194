"""The child process that runs a program of the user's for each text; `harness.driver` says what it reads and writes.

What the program tells in JSON lines is passed on, where it is said to tell it; all else is the operator's view.
"""

import json
import os
from typing import Any

from harness.driver import OPTIONS_VARIABLE
from harness.drivers import child
from harness.drivers.command_driver import CommandOptions
from harness.drivers.own_program import OwnProgram, environment
from harness.drivers.own_system import OwnSession


class CommandSession(OwnSession):
    """The programs that a scenario has started."""

    def __init__(self, name: str, bind: child.Bind, options: CommandOptions) -> None:
        super().__init__(name, bind)
        self._bind, self._options = bind, options
        self._programs: list[tuple[str, OwnProgram]] = []
        self.report("bound", command_status=0, witness="nobody")

    def give(self, submit: child.Submit) -> None:
        """Runs the program."""
        told = {
            "KHATBAN_SOURCE": submit.source,
            "KHATBAN_DESTINATION": submit.destination,
            "KHATBAN_TEXT": submit.text,
            "KHATBAN_RECEIPT": "yes" if submit.receipt else "no",
            "KHATBAN_TAG": submit.tag,
        }
        self._programs.append((submit.tag, OwnProgram(self._options.command, {**environment(self._bind), **told})))

    def hear(self) -> None:
        """Passes on what the programs tell, and notices their ends."""
        for tag, program in self._programs:
            ended = program.ended
            while not program.lines.empty():
                self._pass_on(program.lines.get(), tag)
            if ended:
                self.doubt(tag, ended)

    def report(self, event: str, **fields: object) -> None:
        """Writes an event line, unless the program is to tell that itself."""
        if event not in self._options.reports or fields.get("witness") != "operator":
            super().report(event, **fields)

    def leave(self) -> None:
        """Ends the programs."""
        for _, program in self._programs:
            program.stop()

    def _pass_on(self, line: str, tag: str) -> None:
        told = _told(line)
        if told.get("event") in self._options.reports:
            event = told.pop("event")
            asked = {"tag": tag, "part": 1} if event == "response" else {}
            self.report(event, **{**asked, **told})


def _told(line: str) -> dict[str, Any]:
    """What a line of a program says; nothing, where it is no JSON object."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def main() -> None:
    """Runs the child until its standard input ends."""
    options = CommandOptions.model_validate_json(os.environ[OPTIONS_VARIABLE])

    def bind(name: str, asked: child.Bind) -> OwnSession:
        return CommandSession(name, asked, options)

    child.Child("command", options.command, options.can, {"bind": bind}, patience=options.patience).run()


if __name__ == "__main__":
    main()

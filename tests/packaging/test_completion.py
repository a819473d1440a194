"""Shells complete our commands."""

import subprocess

import pytest

from tests.packaging.operator import Installation


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("khatban ex", ["explain", "export"]),
        ("khatban snapshot s", ["save"]),
        ("khatban serve --dur", ["--durability"]),
    ],
)
def test_bash_offers_commands_and_options(installed: Installation, written: str, offered: list[str]) -> None:
    script = f"""
        set -e
        PATH={installed.command[0].rpartition("/")[0]}:$PATH
        eval "$(khatban completion bash)"
        COMP_WORDS=({written})
        COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _khatban_completion khatban
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    shell = ["bash", "--norc", "-c", script]
    done = subprocess.run(shell, env=installed.env, cwd=installed.folder, text=True, capture_output=True, check=False)
    assert (done.stdout.split(), done.stderr) == (offered, "")


@pytest.mark.parametrize(("shell", "begins"), [("zsh", "#compdef khatban"), ("fish", "function _khatban_completion;")])
def test_other_shells_get_a_script_of_their_own(installed: Installation, shell: str, begins: str) -> None:
    done = installed.khatban("completion", shell)
    assert done.stdout.lstrip().startswith(begins)
    assert "_KHATBAN_COMPLETE" in done.stdout

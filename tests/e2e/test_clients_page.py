"""The page about clients shows a piece of every program that the tests run; `tests/docs` holds the pieces to these."""

from pathlib import Path

from tests.docs.blocks import ROOT, blocks_of

CLIENTS = Path(__file__).parent / "clients"
PROGRAMS = {
    path
    for path in CLIENTS.rglob("*")
    if path.suffix in {".py", ".js", ".pl", ".conf"} and "node_modules" not in path.parts
}


def test_every_client_is_shown() -> None:
    assert {ROOT / block.title for block in blocks_of("docs/clients.md")} == PROGRAMS

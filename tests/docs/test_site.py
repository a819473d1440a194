"""The site of the documentation: MkDocs finds nothing amiss, it needs no other host, its links lead somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools.docs_site import ROOT, links, place

_LOADED = re.compile(r"<(?!a )[^>]*?\b(?:src|href)=\"?(?:https?:)?//[^>]*>")
_IMPORTED = re.compile(r"@import[^;]*//[^;]*|url\([\"']?(?:https?:)?//[^)]*\)")
_UNSEEN = {".venv", "build", "node_modules", ".git"}


def pages() -> list[str]:
    """Every page of the repository."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    return sorted(str(path) for path in found if _UNSEEN.isdisjoint(path.parts))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    return folder


def test_every_page_of_docs_is_on_the_site(site: Path) -> None:
    written = {path for path in pages() if path.startswith("docs/")}
    assert [path for path in written if not (site / place(path)).with_suffix(".html").is_file()] == []
    assert (site / "index.html").is_file()


def test_the_site_asks_no_other_host(site: Path) -> None:
    loaded = [found for page in site.rglob("*.html") for found in _LOADED.findall(page.read_text("utf-8"))]
    imported = [found for sheet in site.rglob("*.css") for found in _IMPORTED.findall(sheet.read_text("utf-8"))]
    assert loaded == []
    assert imported == []


def test_what_pages_outside_of_docs_link_to_is_on_the_site(site: Path) -> None:
    rules = (ROOT / "docs" / "rules.md").read_text("utf-8")
    led = {link.path for link in links("docs/rules.md", rules) if link.path.startswith("scenarios/")}
    assert len(led) > 50
    assert [path for path in led if not (site / "project" / path).is_file()] == []


def _addressed(entries: list[object]) -> list[str]:
    """The pages that the navigation leads to."""
    values = [value for entry in entries if isinstance(entry, dict) for value in entry.values()]
    return [each for value in values for each in (_addressed(value) if isinstance(value, list) else [value])]


def test_the_navigation_has_each_page_once() -> None:
    written = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    addressed = _addressed(yaml.safe_load(written))
    assert len(addressed) == len(set(addressed)) > 20


@pytest.mark.parametrize("path", pages())
def test_every_relative_link_leads_somewhere(path: str) -> None:
    led = list(links(path, (ROOT / path).read_text("utf-8")))
    assert [link.written for link in led if link.path.startswith("..") or not (ROOT / link.path).exists()] == []


def test_links_are_told_from_what_looks_like_one() -> None:
    page = "[a](b.md#c) ![d](../e.png) [f](https://g) [h](#i)\n```sh\ncurl [x](y.md)\n```\n[j](scenarios)\n"
    assert [tuple(link) for link in links("docs/p.md", page)] == [
        ("b.md", "docs/b.md", "#c"),
        ("../e.png", "e.png", ""),
        ("scenarios", "docs/scenarios", ""),
    ]
    assert [link.path for link in links("README.md", page)][-1] == "scenarios/README.md"

"""What MkDocs is told beyond mkdocs.yml: the pages above docs/, and the files that pages link to, belong to the site.

On a repository's page and on the site the same links lead to the same things. `README.md` is the first page; what else
lies outside of docs/ stands below `project/`, by its path.
"""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
ENTRANCES = ("README.md", "README.fa.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "scenarios/README.md")
_PLACES = {
    "README.md": "index.md",
    "README.fa.md": "index.fa.md",
    "simulator/admin/web/fonts/Vazirmatn.woff2": "assets/Vazirmatn.woff2",
}
_LINK = re.compile(r"(?<=\]\()(?P<target>[^)\s#:]+)(?P<rest>#[^)\s]*)?(?=\))")
"""The relative target of a link or a picture; a target with a colon is an address."""
_FENCED = re.compile(r"^(?P<fence>```+).*?^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)


class Link(NamedTuple):
    """A relative link of a page.

    Attributes:
        written: What stands in the page, without the anchor.
        path: What it leads to, as a path of the repository; a folder stands for its README.md.
        anchor: With its `#`, or nothing.
    """

    written: str
    path: str
    anchor: str


def links(path: str, markdown: str) -> Iterator[Link]:
    """The relative links of a page.

    Args:
        path: Of the page, in the repository.
        markdown: Its text; what stands in fenced blocks is no link.
    """
    for found in _LINK.finditer(_FENCED.sub("", markdown)):
        yield Link(found["target"], _led_to(path, found["target"]), found["rest"] or "")


def _led_to(path: str, target: str) -> str:
    led = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return f"{led}/README.md" if (ROOT / led / "README.md").is_file() else led


def place(path: str) -> str:
    """Where a file of the repository stands in the site's sources."""
    return path.removeprefix("docs/") if path.startswith("docs/") else _PLACES.get(path, f"project/{path}")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds what lies outside of docs/: the entrances, and whatever is linked to from any page of the site."""
    wanted = [*ENTRANCES, *_PLACES, *(f"docs/{file.src_uri}" for file in files.documentation_pages())]
    met = set(wanted)
    while wanted:
        path = wanted.pop()
        if place(path) not in files.src_uris:
            files.append(File.generated(config, place(path), abs_src_path=str(ROOT / path)))
        if path.endswith(".md"):
            led = {link.path for link in links(path, (ROOT / path).read_text("utf-8"))}
            fresh = {each for each in led - met if (ROOT / each).is_file()}
            met |= fresh
            wanted.extend(fresh)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turns the links of the repository into those of the site."""
    del config, files
    path = Path(page.file.abs_src_path or "").relative_to(ROOT).as_posix()
    here = posixpath.dirname(page.file.src_uri)

    def turned(found: re.Match[str]) -> str:
        return os.path.relpath(place(_led_to(path, found["target"])), here or ".") + (found["rest"] or "")

    return _LINK.sub(turned, markdown)

"""The pages of the documents' site: those of docs/ and a few beside the code, with links that lead inside the site."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.console import stop
from scripts.places import ROOT

# Pages that are not in docs/, by their place in the repository; the value is their name on the site.
PAGES_BESIDE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CODE_OF_CONDUCT.md": "code-of-conduct.md",
    "sandbox/README.md": "sandbox.md",
    "sandbox/web/README.md": "sandbox-web.md",
    "shared/ui/README.md": "ui-kit.md",
}
LINK = re.compile(r"(\]\()(?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?(\))")


def list_pages(root: Path = ROOT) -> dict[str, str]:
    """Return the site's name of every file that is on the site, by its place in the repository.

    `write_site_sources` writes them.
    """
    docs = [path.relative_to(root).as_posix() for path in sorted((root / "docs").rglob("*")) if path.is_file()]
    beside = {name: page for name, page in PAGES_BESIDE.items() if (root / name).is_file()}
    return {**{name: name[len("docs/") :] for name in docs}, **beside}


def write_site_sources(folder: Path, root: Path = ROOT) -> None:
    """Write all pages and pictures into an empty folder, from which mkdocs builds the site."""
    pages = list_pages(root)
    shutil.rmtree(folder, ignore_errors=True)
    for name, page in pages.items():
        target = folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".md"):
            target.write_bytes(move_links((root / name).read_text("utf-8"), name, pages).encode())
        else:
            shutil.copyfile(root / name, target)


def move_links(text: str, name: str, pages: Mapping[str, str]) -> str:
    """Return the text of a page with its links as they are on the site; stop if one leads to no page.

    `write_site_sources` calls it for each page.
    """
    lost = list(find_lost_links(text, name, pages))
    if lost:
        stop(f"{name} links to {lost[0]}, which is not on the site.")
    folder = posixpath.dirname(pages[name])

    def move(match: re.Match[str]) -> str:
        target = pages[resolve_link(name, match.group(2))]
        relative = os.path.relpath(target, folder or ".").replace(os.sep, "/")
        return f"{match.group(1)}{relative}{match.group(3) or ''}{match.group(4)}"

    return LINK.sub(move, text)


def find_lost_links(text: str, name: str, pages: Mapping[str, str]) -> Iterator[str]:
    """Yield the links of a page that lead to no page of the site; `move_links` stops if there is one."""
    return (match.group(2) for match in LINK.finditer(text) if resolve_link(name, match.group(2)) not in pages)


def resolve_link(name: str, link: str) -> str:
    """Return the place in the repository to which a link of a page leads, for `move_links`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), link))

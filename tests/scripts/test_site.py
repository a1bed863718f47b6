"""The documents' site: links lead inside it, every page is on it, and it can be searched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from scripts.cli import main
from scripts.console import Stop
from scripts.places import ROOT
from scripts.release.site import list_pages, move_links

PAGES = {"docs/a.md": "a.md", "docs/how-to/b.md": "how-to/b.md", "kit/README.md": "kit.md", "docs/p.webp": "p.webp"}


@pytest.mark.parametrize(
    ("name", "link", "moved"),
    [
        ("docs/a.md", "[b](how-to/b.md#first)", "[b](how-to/b.md#first)"),
        ("docs/how-to/b.md", "[kit](../../kit/README.md)", "[kit](../kit.md)"),
        ("kit/README.md", "![picture](../docs/p.webp)", "![picture](p.webp)"),
        ("docs/a.md", "[here](#part) and [there](https://example.org/x.md)", None),
    ],
)
def test_links_lead_to_the_same_page_on_the_site(name: str, link: str, moved: str | None) -> None:
    assert move_links(link, name, PAGES) == (link if moved is None else moved)


def test_a_link_to_a_file_that_is_not_on_the_site_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"docs/a\.md links to \.\./kit/code\.py, which is not on the site"):
        move_links("[code](../kit/code.py)", "docs/a.md", PAGES)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as the workflow builds it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    assert main(["docs", "--output", str(folder)]) == 0
    return folder


def test_the_site_has_every_page_and_picture(site: Path) -> None:
    built = [page[:-3] + ".html" if page.endswith(".md") else page for page in list_pages().values()]
    assert [page for page in built if not (site / page).is_file()] == []


def test_a_message_can_be_searched(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    found = {row["location"].split("#")[0] for row in index["docs"] if "the disk is full" in row["text"]}
    assert "errors.html" in found


def test_the_start_page_asks_no_other_machine(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert [part for part in ("fonts.g", "unpkg", "cdn") if part in page] == []


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[bf]*.yml")), ids=lambda p: p.name)
def test_issue_forms_have_what_github_asks_for(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    fields = [row for row in form["body"] if row["type"] != "markdown"]
    assert len({row["id"] for row in fields}) == len(fields)
    assert all(row["attributes"]["label"] for row in fields)

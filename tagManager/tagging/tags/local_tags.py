"""Reads the library's tags for lists and for tag matching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.tag_matching import LocalTag

if TYPE_CHECKING:
    from shared.stash import StashClient

Row = dict[str, Any]


def choose_tag_fields(stash: StashClient, more: str = "") -> str:
    """Return the GraphQL fields that queries read of a tag, and `more`; links and sort names only if Stash has them."""
    known = stash.capabilities()
    links = known.link_fields if known.has_tag_links else ""
    sort_name = "sort_name" if known.has("Tag", "sort_name") else ""
    return " ".join(part for part in ("name aliases", sort_name, links, more) if part)


def read_tag_rows(stash: StashClient, more: str = "") -> list[Row]:
    """Return all tags of the library as Stash's rows, sorted by name, for `read_local_tags`."""
    return stash.tags.page(choose_tag_fields(stash, more), per_page=-1, sort="name").rows


def make_local_tag(row: Row) -> LocalTag:
    """Return a row of Stash as the record that tag matching works with, for `read_local_tags`."""
    links = tuple((link["endpoint"], link["stash_id"]) for link in row.get("stash_ids") or ())
    return LocalTag(int(row["id"]), row["name"], tuple(row["aliases"]), links, row.get("sort_name") or "")


def read_local_tags(stash: StashClient) -> list[LocalTag]:
    """Return all tags of the library for tag matching: imports, merges and the scene sync look names up in them."""
    return [make_local_tag(row) for row in read_tag_rows(stash)]

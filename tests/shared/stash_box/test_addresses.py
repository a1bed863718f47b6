"""Addresses of a box's pages."""

from __future__ import annotations

import pytest

from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url

STASHDB = Box("StashDB", "https://stashdb.org/graphql", "key")
TPDB = Box("TPDB", "https://theporndb.net/graphql", "key", rest_url="https://api.theporndb.net")


@pytest.mark.parametrize("kind", ["scene", "performer", "studio", "tag"])
def test_a_record_has_its_page_below_the_plural_of_its_kind(kind: str) -> None:
    assert make_page_url(STASHDB, kind, "12") == f"https://stashdb.org/{kind}s/12"


def test_theporndb_shows_a_studio_as_a_site() -> None:
    assert make_page_url(TPDB, "studio", "12") == "https://theporndb.net/sites/12"
    assert make_page_url(TPDB, "scene", "12") == "https://theporndb.net/scenes/12"

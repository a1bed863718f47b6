"""Reading libraries and items."""

from __future__ import annotations

import pytest

from sandbox.plex.examples import FAMILY, NFC_NAME, add_tricky_items, make_clip
from sandbox.plex.model import TagValue
from sandbox.plex.server import PlexDouble
from shared.errors import NotFound
from shared.plex.client import Plex
from shared.plex.model import PlexTag


def list_keys(plex: Plex, section_id: str = "3", page_size: int = 200) -> list[str]:
    return [item.rating_key for page in plex.iter_pages(section_id, page_size=page_size) for item in page.items]


def test_a_library_is_read_in_pages_of_200(plex: Plex, double: PlexDouble) -> None:
    double.state.add_generated(3, 999, make_clip)
    pages = list(plex.iter_pages("3"))
    assert [len(page.items) for page in pages] == [200] * 5
    assert {page.total for page in pages} == {1000}
    assert len(double.server.traffic.requests()) == 5


def test_a_listed_item_has_what_an_index_needs(plex: Plex) -> None:
    [item] = next(plex.iter_pages("3")).items
    assert (item.rating_key, item.section_id, item.title) == ("1", "3", "Beach day")
    assert item.parts == (("/data/acme/beach.mp4", 123456, 600.0),)
    assert item.updated_at > 1_700_000_000


def test_an_item_in_the_trash_is_listed_as_such_until_it_is_emptied(plex: Plex, double: PlexDouble) -> None:
    double.state.trash_item(double.state.items[1])
    assert [item.is_trashed for page in plex.iter_pages("3") for item in page.items] == [True]
    double.state.empty_trash(3)
    assert plex.read_items(["1"]) == {}


def test_every_part_of_every_version_is_listed(plex: Plex, double: PlexDouble) -> None:
    tricky = add_tricky_items(double.state)
    files = {
        item.rating_key: [part.file for part in item.parts] for page in plex.iter_pages("3") for item in page.items
    }
    assert files[str(tricky.two_parts.rating_key)] == ["/data/long.cd1.mp4", "/data/long.cd2.mp4"]
    assert files[str(tricky.two_versions.rating_key)] == ["/data/day.mp4", "/data/day.4k.mp4"]
    assert files[str(tricky.composed.rating_key)] == [NFC_NAME]


def test_an_empty_library_is_one_empty_page(plex: Plex, double: PlexDouble) -> None:
    double.state.remove_item(1)
    assert [page.items for page in plex.iter_pages("3")] == [()]


def test_a_server_that_ignores_paging_is_read_once(plex: Plex, double: PlexDouble) -> None:
    double.state.options.ignores_paging = True
    double.state.add_generated(3, 500, make_clip)
    assert len(list_keys(plex)) == 501
    assert len(double.server.traffic.requests()) == 1


def test_items_removed_while_paging_hide_none_of_the_others(plex: Plex, double: PlexDouble) -> None:
    double.state.remove_item(1)
    double.state.add_generated(3, 30, make_clip)
    pages = plex.iter_pages("3", page_size=10)
    found = {item.rating_key for item in next(pages).items}
    for key in (2, 3, 4):
        double.state.remove_item(key)
    found |= {item.rating_key for page in pages for item in page.items}
    assert len(found) == 30


def test_changed_items_cost_no_more_pages_than_they_fill(plex: Plex, double: PlexDouble) -> None:
    double.state.remove_item(1)
    double.state.add_generated(3, 1_000, make_clip)
    changed = list(plex.iter_changed("3", 1_700_000_000 + 995))
    assert [item.title for item in changed] == [f"clip 000{number}" for number in (999, 998, 997, 996, 995)]
    assert len(double.server.traffic.requests()) == 1


def test_changed_items_over_several_pages_are_all_found(plex: Plex, double: PlexDouble) -> None:
    double.state.add_generated(3, 50, make_clip)
    assert len(list(plex.iter_changed("3", 1_700_000_000 + 25, page_size=10))) == 26


def test_an_item_comes_with_all_its_tags_and_locks(plex: Plex, double: PlexDouble) -> None:
    kept = double.state.items[1]
    kept.tags["genre"] = [TagValue(name) for name in ("a", "b", "c")]
    kept.tags["actor"] = [TagValue("Ann Example", "Host")]
    kept.locks = {"title", "genre"}
    kept.fields.update(studio="Acme", userRating="8.0", originallyAvailableAt="2024-03-01")
    double.state.tag_photos["Ann Example"] = "http://stash/ann.jpg"
    item = plex.read_item("1")
    assert [tag.name for tag in item.tags["genre"]] == ["a", "b", "c"]
    assert item.tags["actor"] == (PlexTag("Ann Example", "Host", "http://stash/ann.jpg"),)
    assert item.locks == {"title", "genre"}
    assert (item.fields["studio"], item.fields["userRating"], item.fields["tagline"]) == ("Acme", "8", "")
    assert item.section_id == "3"


def test_odd_letters_come_back_as_they_are(plex: Plex, double: PlexDouble) -> None:
    tricky = add_tricky_items(double.state)
    assert plex.read_item(str(tricky.emoji.rating_key)).fields["title"] == f"{FAMILY} trip"


def test_items_are_read_a_hundred_at_a_time_without_those_that_are_gone(plex: Plex, double: PlexDouble) -> None:
    double.state.add_generated(3, 250, make_clip)
    double.state.remove_item(7)
    found = plex.read_items(str(key) for key in range(1, 252))
    assert len(found) == 250
    assert "7" not in found
    assert len(double.server.traffic.requests()) == 3


def test_a_batch_that_is_refused_because_of_one_key_is_read_in_halves(plex: Plex, double: PlexDouble) -> None:
    double.state.add_generated(3, 7, make_clip)
    double.server.faults.add("answer", status=404, path="metadata/[0-9,]*6[,?]")
    assert sorted(plex.read_items("12345678")) == ["1", "2", "3", "4", "5", "7", "8"]


def test_a_key_that_is_gone_is_not_found(plex: Plex, double: PlexDouble) -> None:
    double.state.remove_item(1)
    with pytest.raises(NotFound, match="does not have the item"):
        plex.read_item("1")


def test_a_scan_is_asked_for_one_folder(plex: Plex, double: PlexDouble) -> None:
    plex.scan_folder("3", "O:\\Media\\new & old")
    assert [(scan.section_id, scan.path) for scan in double.state.scans] == [(3, "O:\\Media\\new & old")]

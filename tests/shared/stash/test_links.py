"""Updates send the list of links to stash-boxes back whole."""

from __future__ import annotations

from typing import Any

import pytest

from shared.stash.links import add_link, echo_links, find_ids, find_pairs, remove_link

BOX, OTHER = "https://box.example/graphql", "https://other.example/graphql"
TIME = "2024-05-01T10:00:00Z"


def link(endpoint: str, stash_id: str, updated_at: str | None = TIME) -> dict[str, Any]:
    return {"endpoint": endpoint, "stash_id": stash_id, "updated_at": updated_at}


def test_the_same_id_keeps_its_time() -> None:
    links = [link(BOX, "a"), link(BOX, "b")]
    assert add_link(links, BOX, "a") == links


def test_adding_keeps_further_ids_of_the_box() -> None:
    assert find_ids(add_link([link(BOX, "a")], BOX, "b"), BOX) == ["a", "b"]


@pytest.mark.parametrize(("stash_id", "left"), [("a", ["b"]), (None, []), ("z", ["a", "b"])])
def test_removing_takes_one_id_or_all_of_the_box(stash_id: str | None, left: list[str]) -> None:
    links = remove_link([link(BOX, "a"), link(OTHER, "o"), link(BOX, "b")], BOX, stash_id)
    assert (find_ids(links, BOX), find_ids(links, OTHER)) == (left, ["o"])


@pytest.mark.parametrize(
    ("spelling", "found"), [(f"{BOX}/", ["a"]), (BOX.replace("https", "http"), ["a"]), (f"{BOX}/more", [])]
)
def test_another_spelling_is_the_same_box(spelling: str, found: list[str]) -> None:
    links = [link(spelling, "a")]
    assert (find_ids(links, BOX), find_pairs(links, BOX)) == (found, [(spelling, each) for each in found])
    assert len(add_link(links, BOX, "a")) == 2 - len(found)
    assert len(remove_link(links, BOX)) == 1 - len(found)


@pytest.mark.parametrize("text", ["", "http://[x", "not an address"])
def test_a_link_with_any_text_as_endpoint_is_at_no_box(text: str) -> None:
    assert find_ids([link(text, "a")], BOX) == []


def test_only_what_an_update_knows_is_echoed() -> None:
    assert echo_links([{**link(BOX, "a", None), "__typename": "StashID"}]) == [{"endpoint": BOX, "stash_id": "a"}]


def test_an_old_stash_without_a_list_is_an_empty_one() -> None:
    assert (find_ids(None, BOX), add_link(None, BOX, "a")) == ([], [{"endpoint": BOX, "stash_id": "a"}])


def test_the_given_list_is_not_changed() -> None:
    links = [link(BOX, "a")]
    add_link(links, BOX, "b")
    assert links == [link(BOX, "a")]

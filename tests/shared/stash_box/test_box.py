"""Boxes are told apart by endpoint, and endpoints keep the user's spelling."""

from __future__ import annotations

import pytest

from shared.endpoints import normalize_endpoint
from shared.stash import ConfiguredBox
from shared.stash_box.box import STASH_BOX, TPDB, Box, find_box, find_box_name, make_boxes


def make(endpoint: str, **environment: str) -> Box:
    (box,) = make_boxes([ConfiguredBox("Name", endpoint, "key", 30)], environment)
    return box


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("https://stashdb.org/graphql", STASH_BOX),
        ("https://theporndb.net/graphql", TPDB),
        ("https://ThePornDB.net/graphql?type=JAV", TPDB),
        ("https://api.theporndb.net/graphql", TPDB),
        ("https://theporndb.net.example/graphql", STASH_BOX),
        ("https://box.example/theporndb.net/graphql", STASH_BOX),
    ],
)
def test_tpdb_is_known_by_its_host(endpoint: str, kind: str) -> None:
    box = make(endpoint)
    assert (box.kind, box.endpoint, box.max_requests_per_minute) == (kind, endpoint, 30)


def test_a_stand_in_of_tpdb_is_named_by_the_environment() -> None:
    box = make("http://127.0.0.1:4001/graphql", STASH_BUNDLE_TPDB='{"127.0.0.1:4001": "http://127.0.0.1:4002"}')
    assert (box.kind, box.rest_url) == (TPDB, "http://127.0.0.1:4002")


def test_a_box_without_a_name_is_called_by_its_host() -> None:
    (box,) = make_boxes([ConfiguredBox("", "https://box.example/graphql", "k")], {})
    assert box.name == "box.example" and "k" not in repr(box).replace("box", "")


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        ("https://box.example/graphql", "https://BOX.example/graphql/", True),
        ("https://box.example/graphql", "http://box.example/graphql", True),
        ("https://box.example/graphql", "box.example/graphql", True),
        ("https://box.example/graphql", "https://box.example/graphql?type=JAV", False),
        ("https://box.example/graphql", "https://box.example:444/graphql", False),
        ("https://box.example/graphql", "https://box.example/other", False),
    ],
)
def test_spellings_of_one_box_are_recognized(left: str, right: str, is_same: bool) -> None:
    assert (normalize_endpoint(left) == normalize_endpoint(right)) is is_same


def test_the_exact_spelling_is_found_before_another_one() -> None:
    boxes = [Box("One", "https://box.example/graphql/", "k"), Box("Two", "https://box.example/graphql", "k")]
    found = [find_box(boxes, endpoint) for endpoint in ("https://box.example/graphql", "https://BOX.example/graphql")]
    assert [box and box.name for box in found] == ["Two", "One"]
    assert find_box(boxes, "https://other.example/graphql") is None


def test_a_box_that_stash_lost_is_called_by_its_endpoint() -> None:
    boxes = [Box("One", "https://box.example/graphql", "k")]
    names = [find_box_name(boxes, endpoint) for endpoint in ("https://BOX.example/graphql/", "https://gone.example")]
    assert names == ["One", "https://gone.example"]

"""Independent clients read the double: graphql-core's introspection, and stashapp-tools."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import build_client_schema, get_introspection_query
from graphql.utilities import lexicographic_sort_schema, print_schema
from stashapi.stashbox import StashBoxInterface  # type: ignore[import-untyped]

from sandbox.stashbox.model import Fingerprint
from sandbox.stashbox.profiles import build_schema
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask


def test_the_schema_can_be_read_by_introspection_without_a_key(box: StashBox) -> None:
    reply = ask(box, get_introspection_query(descriptions=False), key=None).json()
    seen = print_schema(lexicographic_sort_schema(build_client_schema(reply["data"])))
    served = print_schema(lexicographic_sort_schema(build_schema("current")))
    assert seen == served


@pytest.fixture
def interface(box: StashBox, world: World) -> Any:
    hill, ann, trail = world.add_tag("Hill"), world.add_performer("Ann", birth_date="1990"), world.add_studio("Trail")
    prints = [Fingerprint(0xAB, "OSHASH", 60)]
    world.add_scene("Up", performers=[ann], studio=trail, tags=[hill], fingerprints=prints, release_date="2024")
    return StashBoxInterface({"endpoint": box.endpoint, "api_key": box.key})


def test_stashapp_tools_connects_and_reads_scenes(interface: Any, world: World) -> None:
    (scene_id,) = world.scenes
    scene = interface.find_scene(scene_id)
    assert (scene["title"], scene["release_date"], scene["studio"]["name"]) == ("Up", "2024", "Trail")


def test_stashapp_tools_pages_through_lists(interface: Any, world: World) -> None:
    for number in range(90):
        world.add_scene(f"{number}")
    found = interface.find_scenes({"sort": "TITLE", "direction": "ASC"}, fragment="id title")
    assert len({scene["id"] for scene in found}) == 91


def test_stashapp_tools_finds_others(interface: Any, world: World) -> None:
    (performer_id,), (tag_id,) = world.performers, world.tags
    assert interface.find_performer(performer_id)["name"] == "Ann"
    assert interface.find_tag(tag_id)["name"] == "Hill"
    assert [each["name"] for each in interface.find_studios({"name": "trail"}, fragment="id name")] == ["Trail"]

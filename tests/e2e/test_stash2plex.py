"""Stash2Plex as installed from its zip: a save in Stash arrives in Plex, and is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.plex.model import Item
from sandbox.plex.server import PlexDouble
from tests.e2e.stash import StashUnderTest, wait_for

PLUGIN = "stash2plex"
CONFIGURE = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
CREATE = "mutation($input: SceneCreateInput!) { sceneCreate(input: $input) { id } }"
UPDATE = "mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }"
BULK = "mutation($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"
DESTROY = "mutation($id: ID!) { sceneDestroy(input: {id: $id}) }"


@pytest.fixture
def item() -> Iterator[tuple[PlexDouble, Item]]:
    plex = PlexDouble()
    section = plex.state.add_section("Videos", "/data")
    found = plex.state.add_item(section.id, "/data/beach.mp4")
    with plex.server:
        yield plex, found


@pytest.fixture
def scene(stash_with_plugins: StashUnderTest, item: tuple[PlexDouble, Item]) -> Iterator[str]:
    """A scene that was linked by hand: a Stash for tests has no files."""
    stash, (plex, found) = stash_with_plugins, item
    stash.ask(CONFIGURE, id=PLUGIN, values={"plex_url": plex.url, "plex_token": plex.token})
    number = str(stash.ask(CREATE, input={"title": "Beach day"})["sceneCreate"]["id"])
    stash.operate(PLUGIN, "paths_propose")
    stash.operate(PLUGIN, "match_link", scene_id=number, rating_key=str(found.rating_key))
    yield number
    stash.ask(DESTROY, id=number)
    stash.operate(PLUGIN, "server_confirm")
    stash.ask(CONFIGURE, id=PLUGIN, values={})


def test_a_save_arrives_by_itself_and_is_taken_back(
    stash_with_plugins: StashUnderTest, item: tuple[PlexDouble, Item], scene: str
) -> None:
    stash, (_, found) = stash_with_plugins, item
    stash.ask(UPDATE, input={"id": scene, "title": "At the sea", "details": "One\nTwo", "date": "2024-03-01"})
    wait_for(lambda: found.fields.get("summary") == "One\nTwo" or None, "the save in Plex")
    assert (found.title, found.fields["originallyAvailableAt"]) == ("At the sea", "2024-03-01")
    stash.ask(BULK, input={"ids": [scene], "rating100": 85})
    wait_for(lambda: found.fields.get("userRating") == "8.5" or None, "the rating in Plex")
    wait_for(lambda: is_idle(stash), "the end of the drain")
    run = stash.operate(PLUGIN, "history_list")["runs"][0]
    undo = stash.operate(PLUGIN, "history_undo", run_id=run["id"])
    stash.operate(PLUGIN, "history_undo", plan_id=undo["plan_id"])
    assert (found.title, found.locks) == ("beach", set())


def is_idle(stash: StashUnderTest) -> bool | None:
    """Whether nothing waits and nobody drains."""
    queue = stash.operate(PLUGIN, "status")["queue"]
    return not (queue["waiting"] or queue["working"] or queue["draining"]) or None

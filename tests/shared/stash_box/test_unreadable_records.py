"""A record that a box sends in a form that cannot be read is left out and named; the rest goes on."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import BadReply
from shared.stash_box import LookupFailed, LookupFound, SceneFilter, StashBoxClient
from tests.shared.stash_box.conftest import Connect, read_pages, require_hits


def mistype(box: StashBox, field: str, value: str, record: str = "") -> None:
    box.server.faults.add("mistyped", fields=[field], content=value, record=record)


@pytest.mark.parametrize(
    ("field", "value"), [("aliases", "5.5"), ("eye_color", "5"), ("urls", '"x"'), ("merged_ids", "[[]]")]
)
def test_a_lookup_fails_only_for_that_record(
    world: World, box: StashBox, client: StashBoxClient, field: str, value: str
) -> None:
    ann, ben = world.add_performer("Ann"), world.add_performer("Ben")
    mistype(box, field, value, ann.id)
    outcomes = {key: one for found in client.look_up_performers([ann.id, ben.id]) for key, one in found.items()}
    failed = outcomes[ann.id]
    assert isinstance(failed, LookupFailed) and isinstance(outcomes[ben.id], LookupFound)
    assert str(failed.error) == f"Box sent a performer that cannot be read: {field} is {describe(value)}."


def describe(value: str) -> str:
    return {"5": "a number", "5.5": "a number", '"x"': "a text"}.get(value, "a list")


def test_a_scene_list_names_what_it_left_out(world: World, box: StashBox, client: StashBoxClient) -> None:
    scenes = [world.add_scene(f"S{number}") for number in range(3)]
    mistype(box, "performers", "7", scenes[1].id)
    (page,) = read_pages(client.list_scenes(SceneFilter(everything=True)))
    assert ({scene.id for scene in page.scenes}, page.unreadable, page.total) == (
        {scenes[0].id, scenes[2].id},
        (scenes[1].id,),
        3,
    )
    assert client.unreadable == [f"a scene (id {scenes[1].id}) cannot be read: performers is a number"]


def test_a_tag_list_is_complete_without_the_tag(world: World, box: StashBox, client: StashBoxClient) -> None:
    hill, lake = world.add_tag("Hill"), world.add_tag("Lake")
    mistype(box, "aliases", "{}", hill.id)
    assert [tag.id for tag in client.read_tag_list().tags] == [lake.id]
    assert len(client.unreadable) == 1


def test_favorites_fail_as_a_whole(world: World, box: StashBox, client: StashBoxClient) -> None:
    ben = world.add_performer("Ben")
    world.accounts["sandbox-box-key"].performers.add(ben.id)
    mistype(box, "aliases", "5.5", ben.id)
    with pytest.raises(BadReply, match="aliases is a number"):
        client.read_favorite_performers()


def test_a_search_goes_on(world: World, box: StashBox, client: StashBoxClient) -> None:
    odd, good = world.add_performer("Ann Oddly"), world.add_performer("Ann Goodly")
    mistype(box, "tattoos", "true", odd.id)
    (found,) = client.search_many_performers(["Ann"])
    assert [hit.id for hit in require_hits(found["Ann"])] == [good.id]


@pytest.mark.parametrize("value", ["5", '{"edits": 3}'])
def test_odd_answers_about_merges_fail_the_lookup(
    world: World, box: StashBox, client: StashBoxClient, value: str
) -> None:
    gone = world.add_tag("Gone")
    gone.deleted = True
    mistype(box, "e0", value)
    (found,) = client.look_up_tags([gone.id])
    assert isinstance(found[gone.id], LookupFailed)


def test_odd_sub_studios_are_an_error_of_the_box(world: World, box: StashBox, client: StashBoxClient) -> None:
    studio = world.add_studio("Network")
    mistype(box, "child_studios", "5")
    with pytest.raises(BadReply, match="child_studios is a number"):
        client.find_network(studio.id)


def test_a_list_of_theporndb_goes_on(world: World, tpdb: Tpdb, connect: Connect) -> None:
    person = world.add_performer("Ann")
    for number in range(2):
        world.add_scene(f"S{number}", performers=[person])
    tpdb.rest.faults.add("mistyped", path="/scenes", fields=["performers"], content="5")
    (page,) = read_pages(connect(tpdb).list_scenes(SceneFilter(any_performers=[person.id])))
    assert (page.scenes, len(page.unreadable)) == ((), 2)

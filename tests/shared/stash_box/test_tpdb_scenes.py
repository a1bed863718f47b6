"""TPDB: records by id over GraphQL, lists over REST, NotOffered for the rest."""

from __future__ import annotations

from typing import Any, Callable

import pytest

from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import AuthRejected, BadReply, NotFound, RateLimited
from shared.stash_box import LookupFound, Merged, NotOffered, SceneFilter, StashBoxClient
from tests.shared.stash_box.conftest import Connect, read_pages, require_hits

JSON = {"content_type": "application/json"}


def fill(world: World, count: int) -> tuple[SceneFilter, SceneFilter]:
    """Scenes of one performer, every other one at one site; the filters for both."""
    ann, site, tag = world.add_performer("Ann"), world.add_studio("Trail"), world.add_tag("Hill")
    for number in range(count):
        details = {"release_date": f"2024-01-{number % 28 + 1:02d}", "code": f"C-{number}", "duration": 60}
        pictures = [world.add_picture(640, 360)]
        at = site if number % 2 else None
        world.add_scene(f"{number}", performers=[ann], studio=at, tags=[tag], images=pictures, **details)
    return SceneFilter(any_performers=[ann.id]), SceneFilter(network=site.id)


@pytest.fixture
def client(tpdb: Tpdb, connect: Connect) -> StashBoxClient:
    return connect(tpdb)


def test_records_are_looked_up_by_id(world: World, client: StashBoxClient) -> None:
    performer = world.add_performer("Ann", birth_date="1990-05-17", height=170, cup_size="B", waist_size=60)
    scene = world.add_scene("S", performers=[performer], release_date="2024-05-06", tags=[world.add_tag("Hill")])
    found = client.find_performer(performer.id), client.find_scene(scene.id)
    assert isinstance(found[0], LookupFound) and isinstance(found[1], LookupFound)
    record = found[0].record
    assert (record.birth_date, record.cup_size, record.waist_size, record.is_favorite) == ("1990-05-17", "B", 60, None)
    assert (found[1].record.date, found[1].record.tags[0].name) == ("2024-05-06", "Hill")


def test_an_endpoint_may_name_another_catalogue(world: World, tpdb: Tpdb, connect: Connect) -> None:
    tag = world.add_tag("Hill")
    client = connect(tpdb, endpoint=f"{tpdb.endpoint}?type=Movie")
    assert isinstance(client.find_tag(tag.id), LookupFound)
    assert {request.target for request in tpdb.server.traffic.requests()} == {"/graphql?type=Movie"}


def test_a_merged_performer_is_followed(world: World, client: StashBoxClient) -> None:
    old, new = world.add_performer("Old"), world.add_performer("New")
    world.merge(old, into=new)
    outcome = client.find_performer(old.id)
    assert isinstance(outcome, Merged) and outcome.into == new.id


@pytest.mark.parametrize(("place", "count"), [(0, 30), (1, 15)])
def test_scenes_of_a_performer_or_site_are_listed(world: World, client: StashBoxClient, place: int, count: int) -> None:
    wanted = fill(world, 30)[place]
    pages = list(read_pages(client.list_scenes(wanted, per_page=20)))
    scenes = [scene for page in pages for scene in page.scenes]
    assert len({scene.id for scene in scenes}) == count == pages[0].total
    assert {scene.performers[0].performer.name for scene in scenes} == {"Ann"}


def test_a_listed_scene_is_read_like_any_other(world: World, client: StashBoxClient) -> None:
    wanted, _ = fill(world, 2)
    scenes = client.list_scenes(wanted, sort="TITLE", direction="ASC").read_page().scenes
    ann = next(iter(world.performers.values()))
    assert [(scene.title, scene.code, scene.date) for scene in scenes] == [
        ("0", "C-0", "2024-01-01"),
        ("1", "C-1", "2024-01-02"),
    ]
    assert [scene.studio and scene.studio.name for scene in scenes] == [None, "Trail"]
    assert (scenes[0].performers[0].performer.id, scenes[0].tags[0].name) == (ann.id, "Hill")
    assert all(scene.images[0].url.startswith("http") for scene in scenes)


def test_the_rest_interface_gets_a_bearer_token_only(world: World, tpdb: Tpdb, client: StashBoxClient) -> None:
    client.list_scenes(fill(world, 1)[0]).read_page()
    (request,) = tpdb.rest.traffic.requests()
    assert request.header("authorization") == f"Bearer {tpdb.key}" and not request.header("apikey")


@pytest.mark.parametrize(
    "wanted",
    [
        SceneFilter(any_tags=["t"]),
        SceneFilter(title="x"),
        SceneFilter(everything=True),
        SceneFilter(any_performers=["a", "b"]),
        SceneFilter(any_performers=["a"], no_tags=["t"]),
    ],
)
def test_lists_tpdb_does_not_have_are_not_offered(client: StashBoxClient, wanted: SceneFilter) -> None:
    with pytest.raises(NotOffered, match="one performer or one site"):
        client.list_scenes(wanted)


@pytest.mark.parametrize(
    "act",
    [
        StashBoxClient.read_favorite_performers,
        StashBoxClient.read_favorite_studios,
        StashBoxClient.read_tag_list,
        lambda client: client.set_favorite_performer("p", True),
        lambda client: client.search_tags("x"),
    ],
)
def test_what_tpdb_does_not_have_is_said_and_never_empty(
    client: StashBoxClient, act: Callable[[StashBoxClient], object]
) -> None:
    with pytest.raises(NotOffered, match="Box does not offer"):
        act(client)


def test_searches_tpdb_has_work(world: World, client: StashBoxClient) -> None:
    world.add_performer("Ann Moss")
    (people,) = client.search_many_performers(["moss"])
    assert [each.name for each in require_hits(people["moss"])] == ["Ann Moss"]
    world.add_studio("Trail")
    (found,) = client.search_many_studios(["Trail", "Path"])
    assert {term: [each.name for each in require_hits(hits)] for term, hits in found.items()} == {
        "Trail": ["Trail"],
        "Path": [],
    }


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "unauthorized"}, AuthRejected),
        ({"kind": "rate_limited", "as_json": True}, RateLimited),
        ({"kind": "truncated"}, BadReply),
        ({"kind": "answer", "content": '{"data":null,"meta":{}}', **JSON}, BadReply),
        ({"kind": "answer", "content": "[]", **JSON}, BadReply),
    ],
    ids=str,
)
def test_a_failing_rest_interface_is_an_error(
    world: World, tpdb: Tpdb, client: StashBoxClient, fault: dict[str, Any], error: type[Exception]
) -> None:
    tpdb.rest.faults.add(**fault)
    with pytest.raises(error, match="Box"):
        client.list_scenes(fill(world, 1)[0]).read_page()


def test_a_site_that_is_not_there_is_an_error(client: StashBoxClient) -> None:
    with pytest.raises(NotFound):
        client.list_scenes(SceneFilter(network="01693880-d0c0-7c88-87a6-d529d3ba2fe6")).read_page()

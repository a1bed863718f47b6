"""Lists of scenes: filters, pages, and no page that is missing without an error."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import SiteLink as SandboxLink
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import BadReply, GraphQLFailed, ServerFailed, UsageError
from shared.stash_box import NotOffered, SceneFilter, StashBoxClient
from tests.shared.stash_box.conftest import Connect, read_pages


class Cast:
    """Scenes A to E with the records that filters name."""

    def __init__(self, world: World) -> None:
        ann, ben = world.add_performer("Ann"), world.add_performer("Ben")
        network = world.add_studio("Network")
        child, other = world.add_studio("Child", parent=network), world.add_studio("Other")
        hill, lake = world.add_tag("Hill"), world.add_tag("Lake")
        home = world.add_site("Home")
        world.add_scene("A", performers=[ann, ben], tags=[hill], studio=network, release_date="2024-01-01")
        world.add_scene("B", performers=[ann], tags=[hill, lake], studio=child, release_date="2023-01-01")
        world.add_scene("C", performers=[ben], tags=[lake], studio=other, release_date="2022-01-01", code="C-1")
        world.add_scene("D", release_date="2021-01-01", links=[SandboxLink("https://d.example/", home.id)])
        world.accounts["sandbox-box-key"].performers.add(ben.id)
        self.ids = {each.name: each.id for each in (ann, ben, network, child, other, hill, lake)}

    def fill(self, conditions: dict[str, Any]) -> SceneFilter:
        """Return a filter with ids in place of names."""
        values = {name: self._fill(value) for name, value in conditions.items()}
        return SceneFilter(**values)

    def _fill(self, value: Any) -> Any:
        return [self.ids[each] for each in value] if isinstance(value, list) else self.ids.get(value, value)


def titles(client: StashBoxClient, wanted: SceneFilter, **order: Any) -> str:
    pages = read_pages(client.list_scenes(wanted, **order))
    return "".join(scene.title or "" for page in pages for scene in page.scenes)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"any_performers": ["Ann"]}, "AB"),
        ({"any_performers": ["Ann", "Ben"]}, "ABC"),
        ({"all_performers": ["Ann", "Ben", "Ann"]}, "A"),
        ({"no_performers": ["Ben"]}, "BD"),
        ({"any_performers": ["Ann"], "no_performers": ["Ben"]}, "B"),
        ({"any_studios": ["Network"]}, "A"),
        ({"no_studios": ["Network"]}, "BCD"),
        ({"network": "Network"}, "AB"),
        ({"network": "Network", "no_studios": ["Child"]}, "A"),
        ({"any_tags": ["Hill"], "no_tags": ["Lake"]}, "A"),
        ({"all_tags": ["Hill", "Lake"]}, "B"),
        ({"all_tags": ["Lake"], "any_tags": ["Hill"]}, "B"),
        ({"after": "2022-01-01"}, "AB"),
        ({"before": "2022-01-01"}, "D"),
        ({"after": "2021-06-01", "before": "2023-06-01"}, "BC"),
        ({"title": "a"}, "A"),
        ({"code": "C-1"}, "C"),
        ({"url": "https://d.example/"}, "D"),
        ({"liked": "PERFORMER"}, "AC"),
        ({"everything": True}, "ABCD"),
        ({"any_performers": ["Ann"], "any_tags": ["Lake"]}, "B"),
    ],
    ids=str,
)
def test_every_condition_holds_even_those_the_box_cannot_combine(
    world: World, client: StashBoxClient, conditions: dict[str, Any], expected: str
) -> None:
    assert titles(client, Cast(world).fill(conditions)) == expected


@pytest.mark.parametrize("wanted", [SceneFilter(), SceneFilter(any_tags=[]), SceneFilter(title="x", all_performers=())])
def test_what_would_list_the_whole_box_is_a_mistake(box: StashBox, client: StashBoxClient, wanted: SceneFilter) -> None:
    with pytest.raises(UsageError, match="whole box"):
        client.list_scenes(wanted)
    assert box.server.traffic.total == 0


@pytest.mark.parametrize(
    ("sort", "direction", "expected"), [("TITLE", "ASC", "ABCD"), ("TITLE", "DESC", "DCBA"), ("DATE", "ASC", "DCBA")]
)
def test_the_order_is_the_boxs(world: World, client: StashBoxClient, sort: str, direction: str, expected: str) -> None:
    assert titles(client, Cast(world).fill({"everything": True}), sort=sort, direction=direction) == expected


def fill(world: World, count: int) -> SceneFilter:
    tag = world.add_tag("Hill")
    for number in range(count):
        world.add_scene(f"{number:03d}", tags=[tag])
    return SceneFilter(any_tags=[tag.id])


def test_a_page_says_what_it_holds_and_whether_more_follow(world: World, client: StashBoxClient) -> None:
    scenes = client.list_scenes(fill(world, 25), sort="TITLE", direction="ASC", per_page=10)
    first, third = scenes.read_page(1), scenes.read_page(3)
    assert (first.total, first.has_more, len(first.scenes)) == (25, True, 10)
    assert (third.total, third.has_more, [scene.title for scene in third.scenes]) == (
        None,
        False,
        ["020", "021", "022", "023", "024"],
    )


def test_scenes_are_counted_once_and_every_page_is_asked_once(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    pages = list(read_pages(client.list_scenes(fill(world, 250))))
    counted = ["count" in request.json()["query"] for request in box.server.traffic.requests()]
    assert [page.total for page in pages] == [250, None, None] and counted == [True, False, False]


def test_an_empty_list_is_one_page_without_scenes(world: World, client: StashBoxClient) -> None:
    (page,) = read_pages(client.list_scenes(fill(world, 0)))
    assert (page.scenes, page.total, page.has_more) == ((), 0, False)


def test_a_page_that_fails_ends_with_its_error_and_the_pages_before_stay(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    box.server.faults.add("unauthorized", on=[3])
    seen = 0
    with pytest.raises(Exception, match="API key"):
        for page in read_pages(client.list_scenes(fill(world, 500))):
            seen += len(page.scenes)
    assert seen == 200


def test_a_list_can_be_taken_up_at_a_later_page(world: World, client: StashBoxClient) -> None:
    page = client.list_scenes(fill(world, 250), sort="TITLE", direction="ASC").read_page(3)
    assert [scene.title for scene in page.scenes] == [f"{number}" for number in range(200, 250)]


def test_a_page_too_large_for_the_box_is_put_together_from_smaller_ones(
    world: World, box: StashBox, client: StashBoxClient
) -> None:
    box.server.faults.add("server_error", status=504, body='"per_page":(100|50)')
    scenes = client.list_scenes(fill(world, 230), sort="TITLE", direction="ASC")
    assert [scene.title for scene in scenes.read_page(2).scenes] == [f"{number}" for number in range(100, 200)]
    box.server.traffic.clear()
    assert len(scenes.read_page(3).scenes) == 30
    assert [request.json()["variables"]["input"]["per_page"] for request in box.server.traffic.requests()] == [25, 25]


def test_a_box_that_fails_with_any_page_is_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("server_error", status=504)
    with pytest.raises(ServerFailed):
        client.list_scenes(fill(world, 10)).read_page()


def test_a_partial_page_is_an_error(world: World, box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("partial")
    with pytest.raises(GraphQLFailed):
        client.list_scenes(fill(world, 10), per_page=25).read_page()


@pytest.mark.parametrize(
    "content",
    ['{"data":{"found":null}}', '{"data":{"found":{"scenes":null}}}', '{"data":{"found":{"count":1,"scenes":[null]}}}'],
)
def test_a_page_without_its_rows_is_an_error(world: World, box: StashBox, client: StashBoxClient, content: str) -> None:
    box.server.faults.add("answer", content=content, content_type="application/json")
    with pytest.raises(BadReply):
        client.list_scenes(fill(world, 1), per_page=25).read_page()


def test_a_scene_has_everything_shown_of_it(world: World, client: StashBoxClient) -> None:
    ann, trail, home = world.add_performer("Ann"), world.add_studio("Trail"), world.add_site("Home")
    links = [SandboxLink("https://s.example/", home.id)]
    details: dict[str, Any] = {
        "details": "Up.",
        "code": "S-1",
        "duration": 60,
        "director": "Ben",
        "release_date": "2024-05",
    }
    world.add_scene("S", performers=[ann], studio=trail, links=links, images=[world.add_picture()], **details)
    (scene,) = client.list_scenes(SceneFilter(title="S")).read_page().scenes
    assert (scene.details, scene.code, scene.duration, scene.director, scene.date) == tuple(details.values())
    assert (scene.performers[0].performer.name, scene.studio and scene.studio.name) == ("Ann", "Trail")
    assert (scene.links[0].site, scene.images[0].width) == ("HOME", 600)


def test_an_old_box_shows_padded_dates_and_cannot_look_for_codes(
    world: World, old_box: StashBox, connect: Connect
) -> None:
    world.add_scene("S", release_date="2024")
    client = connect(old_box)
    (scene,) = client.list_scenes(SceneFilter(title="S")).read_page().scenes
    assert scene.date == "2024-01-01"
    with pytest.raises(NotOffered, match="scene codes"):
        client.list_scenes(SceneFilter(code="C-1"))

"""queryScenes and the fingerprint lookup behave as the real box's, gaps included."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Fingerprint, Performer, SiteLink, Studio, Tag
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read

TITLES = "query($i:SceneQueryInput!){queryScenes(input:$i){count scenes{title}}}"
PRINTS = "query($f:[[FingerprintQueryInput!]!]!){findScenesBySceneFingerprints(fingerprints:$f){title}}"


class Cast:
    """Two performers, three studios, two tags and the scenes A to F they are in."""

    def __init__(self, world: World) -> None:
        self.ann: Performer = world.add_performer("Ann")
        self.ben: Performer = world.add_performer("Ben")
        self.network: Studio = world.add_studio("Network")
        self.child: Studio = world.add_studio("Child", parent=self.network)
        self.grandchild: Studio = world.add_studio("Grandchild", parent=self.child)
        self.hill: Tag = world.add_tag("Hill")
        self.lake: Tag = world.add_tag("Lake")
        home = world.add_site("Home")
        both = [self.ann, self.ben]
        world.add_scene("A", performers=both, tags=[self.hill], release_date="2024-02-01", duration=90)
        world.add_scene("B", performers=[self.ann], studio=self.child, release_date="2024", code="X-1")
        world.add_scene("C", studio=self.network, tags=[self.hill, self.lake], duration=30)
        world.add_scene("D", studio=self.grandchild, release_date="2023-05-05")
        world.add_scene("E", links=[SiteLink("https://e.example/1", home.id)], release_date="2020-01-01")
        gone = world.add_scene("Gone", performers=both, release_date="2025-01-01")
        world.delete(gone)

    def fill(self, value: Any) -> Any:
        """Replace the names of this class by ids."""
        if isinstance(value, dict):
            return {key: self.fill(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.fill(each) for each in value]
        return getattr(self, value).id if isinstance(value, str) and hasattr(self, value) else value


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


def ids(field: str, modifier: str, *names: str) -> dict[str, Any]:
    return {field: {"value": list(names), "modifier": modifier}}


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({}, "CABDE"),
        (ids("performers", "INCLUDES", "ann"), "AB"),
        (ids("performers", "INCLUDES", "ann", "ben"), "AB"),
        (ids("performers", "INCLUDES_ALL", "ann", "ben"), "A"),
        (ids("performers", "INCLUDES_ALL", "ann", "ann"), ""),
        (ids("performers", "EXCLUDES", "ben"), "CBDE"),
        (ids("performers", "INCLUDES"), "CABDE"),
        ({"performers": {"value": None, "modifier": "INCLUDES"}}, "CABDE"),
        (ids("tags", "INCLUDES_ALL", "hill", "lake"), "C"),
        ({**ids("tags", "INCLUDES", "hill"), **ids("performers", "INCLUDES", "ann")}, "A"),
        (ids("studios", "INCLUDES", "network"), "C"),
        (ids("studios", "EQUALS", "child", "network"), "B"),
        (ids("studios", "EXCLUDES", "network"), "ABDE"),
        (ids("studios", "NOT_EQUALS", "network"), "BD"),
        (ids("studios", "IS_NULL", "ann"), "AE"),
        (ids("studios", "NOT_NULL"), "CABDE"),
        ({"parentStudio": "network"}, "CB"),
        ({"title": "b"}, "B"),
        ({"title": "_"}, "CABDE"),
        ({"text": "c"}, "C"),
        ({"url": "https://e.example/1"}, "E"),
        ({"url": "e.example"}, ""),
        ({"code": {"value": "X-1", "modifier": "EQUALS"}}, "B"),
        ({"date": {"value": "2024-01-01", "modifier": "GREATER_THAN"}}, "A"),
        ({"date": {"value": "2023-05-05", "modifier": "EQUALS"}}, "D"),
        ({"date": {"value": "x", "modifier": "IS_NULL"}}, "C"),
        ({"production_date": {"value": "2024", "modifier": "EQUALS"}}, "CABDE"),
        ({"alias": {"value": "nobody", "modifier": "EQUALS"}}, "CABDE"),
        ({"has_fingerprint_submissions": True}, ""),
        ({"sort": "TITLE"}, "EDCBA"),
        ({"sort": "TITLE", "direction": "ASC"}, "ABCDE"),
        ({"direction": "ASC"}, "EDBAC"),
        ({"sort": "DURATION"}, "AC"),
        ({"sort": "DURATION", "direction": "ASC"}, "CA"),
        ({"sort": "CREATED_AT", "per_page": 2}, "ED"),
        ({"page": 2, "per_page": 2}, "BD"),
        ({"page": 9, "per_page": 2}, ""),
        ({"page": -3, "per_page": 2}, "CA"),
    ],
    ids=str,
)
def test_filters_and_orders(box: StashBox, cast: Cast, given: dict[str, Any], titles: str) -> None:
    found = read(box, TITLES, i=cast.fill(given))
    shown = "".join(scene["title"] for scene in found["scenes"])
    assert shown[: len(titles)] == titles if given.get("sort") == "DURATION" else shown == titles


@pytest.mark.parametrize("field", ["performers", "tags", "studios"])
def test_a_modifier_that_does_not_fit_is_an_error(box: StashBox, cast: Cast, field: str) -> None:
    modifier = "INCLUDES_ALL" if field == "studios" else "EQUALS"
    reply = ask(box, TITLES, i=cast.fill(ids(field, modifier, "ann")))
    assert reply.status_code == 200 and "unsupported modifier" in reply.json()["errors"][0]["message"]


def test_per_page_below_one_means_25_and_there_is_no_largest_page(box: StashBox, world: World) -> None:
    for number in range(130):
        world.add_scene(f"{number}")
    sizes = [len(read(box, TITLES, i={"per_page": size})["scenes"]) for size in (-1, 0, 120, 1000)]
    assert sizes == [25, 25, 120, 130]


@pytest.mark.parametrize(("like", "titles"), [("PERFORMER", "AB"), ("STUDIO", "D"), ("ALL", "ABD")])
def test_scenes_of_favorites(box: StashBox, cast: Cast, like: str, titles: str) -> None:
    user = box.world.accounts[box.key]
    user.performers.add(cast.ann.id)
    user.studios.add(cast.grandchild.id)
    found = read(box, TITLES, i={"favorites": like})
    assert "".join(scene["title"] for scene in found["scenes"]) == titles


def test_a_merged_performer_has_no_scenes_any_more(box: StashBox, cast: Cast, world: World) -> None:
    world.merge(cast.ben, into=cast.ann)
    assert read(box, TITLES, i=cast.fill(ids("performers", "INCLUDES", "ben")))["count"] == 0
    assert read(box, TITLES, i=cast.fill(ids("performers", "INCLUDES", "ann")))["count"] == 2


def test_trending_ignores_the_direction_and_counts_trending_scenes_only(box: StashBox, world: World) -> None:
    for votes in (9, 1, 20):
        world.add_scene(f"{votes}", fingerprints=[Fingerprint(votes, "OSHASH", 60, votes)])
    for direction in ("ASC", "DESC"):
        found = read(box, TITLES, i={"sort": "TRENDING", "direction": direction})
        assert (found["count"], [scene["title"] for scene in found["scenes"]]) == (2, ["20", "9"])


@pytest.mark.parametrize(("shift", "second"), [(0, ["2", "3"]), (1, ["1", "2"]), (-1, ["3", "4"])])
def test_rows_may_move_between_pages(box: StashBox, world: World, shift: int, second: list[str]) -> None:
    for number in range(6):
        world.add_scene(f"{number}")
    box.quirks.row_shift = shift
    given = {"sort": "TITLE", "direction": "ASC", "per_page": 2, "page": 2}
    assert [scene["title"] for scene in read(box, TITLES, i=given)["scenes"]] == second


def hashes(*texts: str, algorithm: str = "OSHASH") -> list[dict[str, str]]:
    return [{"hash": text, "algorithm": algorithm} for text in texts]


@pytest.fixture
def printed(world: World) -> World:
    world.add_scene("One", fingerprints=[Fingerprint(0xAB, "OSHASH", 60), Fingerprint(0xF0, "PHASH", 60)])
    world.add_scene("Two", fingerprints=[Fingerprint(0xAB, "OSHASH", 60)])
    world.delete(world.add_scene("Gone", fingerprints=[Fingerprint(0xCD, "OSHASH", 60)]))
    return world


@pytest.mark.parametrize(
    ("groups", "titles"),
    [
        ([hashes("00000000000000ab"), hashes("cd"), hashes("AB", "ab")], [["One", "Two"], [], ["One", "Two"]]),
        ([hashes("f0", algorithm="PHASH")], [["One"]]),
        ([hashes("f1", algorithm="PHASH")], [[]]),
        ([hashes("ab", algorithm="MD5")], [[]]),
        ([hashes("0123456789abcdef0123456789abcdef")], [[]]),
        ([[]], [[]]),
        ([], []),
    ],
    ids=str,
)
def test_fingerprint_groups_answer_in_their_order(
    box: StashBox, printed: World, groups: list[Any], titles: list[list[str]]
) -> None:
    found = read(box, PRINTS, f=groups)
    assert [[scene["title"] for scene in group] for group in found] == titles


def test_a_near_perceptual_hash_matches_where_the_box_allows_it(box: StashBox, printed: World) -> None:
    box.quirks.phash_distance, box.quirks.adds_null_rows = 1, True
    assert read(box, PRINTS, f=[hashes("f1", algorithm="PHASH")]) == [[{"title": "One"}, None]]


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ([hashes("ab")] * 41, "too many scenes"),
        ([hashes("ab"), hashes("xyz")], 'invalid fingerprint hash: strconv.ParseUint: parsing "xyz": invalid syntax'),
    ],
    ids=["41 groups", "not hex"],
)
def test_a_bad_fingerprint_request_fails_as_a_whole(
    box: StashBox, printed: World, groups: list[Any], message: str
) -> None:
    reply = ask(box, PRINTS, f=groups).json()
    assert (reply["data"], reply["errors"][0]["message"]) == (None, message)


def test_fuzzy_dates_are_raw_and_old_boxes_pad_them(box: StashBox, old_box: StashBox, world: World) -> None:
    dates = ["2019", "2019-05", "2019-05-06", None]
    scenes = [world.add_scene("S", release_date=date) for date in dates]
    found = [read(box, "query($id:ID!){findScene(id:$id){date release_date}}", id=scene.id) for scene in scenes]
    assert [each["release_date"] for each in found] == dates
    assert [each["date"] for each in found] == dates
    padded = [read(old_box, "query($id:ID!){findScene(id:$id){date}}", id=scene.id)["date"] for scene in scenes]
    assert padded == ["2019-01-01", "2019-05-01", "2019-05-06", None]


@pytest.mark.parametrize(
    ("given", "titles"),
    [
        ({"code": {"value": "x-", "modifier": "INCLUDES"}}, "B"),
        ({"code": {"value": "X-1", "modifier": "GREATER_THAN"}}, "CABDE"),
        ({"fingerprints": {"value": [], "modifier": "INCLUDES"}}, "CABDE"),
    ],
)
def test_filters_that_do_nothing_or_find_parts(box: StashBox, cast: Cast, given: dict[str, Any], titles: str) -> None:
    found = read(box, TITLES, i=given)
    assert "".join(scene["title"] for scene in found["scenes"]) == titles


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"parentStudio": ""}, 'ERROR: invalid input syntax for type uuid: "" (SQLSTATE 22P02)'),
        ({"parentStudio": "zz"}, 'ERROR: invalid input syntax for type uuid: "zz" (SQLSTATE 22P02)'),
        ({"date": {"value": "2019", "modifier": "INCLUDES"}}, "unsupported modifier INCLUDES for scenes.date"),
    ],
)
def test_a_list_fails_at_its_fields(box: StashBox, given: dict[str, Any], message: str) -> None:
    reply = ask(box, "query($i:SceneQueryInput!){found:queryScenes(input:$i){count}}", i=given).json()
    error = {"message": message, "path": ["found", "count"], "locations": [{"line": 1, "column": 56}]}
    assert reply == {"errors": [error], "data": None}


def test_a_question_about_few_of_many_scenes_is_quick(box: StashBox, world: World) -> None:
    rare = world.add_tag("Rare")
    for number in range(5000):
        world.add_scene(f"{number}", tags=[rare] if number % 1000 == 0 else [])
    assert read(box, TITLES, i={"tags": {"value": [rare.id], "modifier": "INCLUDES"}})["count"] == 5


def test_equal_titles_have_no_order_so_pages_overlap_and_equal_dates_have_one(box: StashBox, world: World) -> None:
    for _ in range(60):
        world.add_scene("Same", release_date="2024-01-01")
    query = "query($i:SceneQueryInput!){queryScenes(input:$i){scenes{id}}}"

    def count_distinct(sort: str) -> int:
        pages = [read(box, query, i={"sort": sort, "per_page": 20, "page": page})["scenes"] for page in (1, 2, 3)]
        return len({scene["id"] for page in pages for scene in page})

    assert count_distinct("TITLE") < 60 == count_distinct("DATE")

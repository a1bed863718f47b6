"""Effects of mutations that the recorded conversations do not show."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.harness.sandbox import Calendar, Failed, RunningStash

MakeStash = Callable[..., RunningStash]
KINDS = ["Tag", "Performer", "Studio", "Scene"]
NAMES = {"Scene": "title"}


def create(stash: RunningStash, kind: str, **fields: object) -> str:
    """Create an object with a name; return its id."""
    values = {NAMES.get(kind, "name"): "Green Hill", **fields}
    document = f"mutation($it: {kind}CreateInput!) {{ {kind.lower()}Create(input: $it) {{ id }} }}"
    found: str = stash.ask(document, it=values)["id"]
    return found


def update(stash: RunningStash, kind: str, **fields: object) -> object:
    """Change an object; return its `updated_at`."""
    document = f"mutation($it: {kind}UpdateInput!) {{ {kind.lower()}Update(input: $it) {{ updated_at }} }}"
    return stash.ask(document, it=fields)["updated_at"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_update_sets_the_time_of_change_even_when_nothing_changed(
    kind: str, make_stash: MakeStash, calendar: Calendar
) -> None:
    stash = make_stash(now=calendar.now)
    made = create(stash, kind)
    calendar.pass_time(hours=1)
    assert update(stash, kind, id=made) == "2024-05-01T13:00:00Z"


def test_times_carry_the_zone_of_the_server(make_stash: MakeStash, calendar: Calendar) -> None:
    stash = make_stash(now=calendar.now, utc_offset=timedelta(hours=-5))
    create(stash, "Tag")
    assert stash.ask("{ findTags { tags { created_at } } }")["tags"] == [{"created_at": "2024-05-01T07:00:00-05:00"}]


@pytest.mark.parametrize(
    ("sent", "kept"), [({}, ["a", "b"]), ({"urls": []}, []), ({"urls": None}, []), ({"urls": ["c"]}, ["c"])]
)
def test_absent_lists_stay_and_null_or_empty_ones_are_emptied(
    sent: dict[str, list[str] | None], kept: list[str], stash: RunningStash
) -> None:
    scene = create(stash, "Scene", urls=["a", "b"])
    update(stash, "Scene", id=scene, **sent)
    assert stash.ask("{ findScenes { scenes { urls } } }")["scenes"] == [{"urls": kept}]


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize(("profile", "is_kept"), [("0.30", True), ("0.31", False)])
def test_an_empty_cover_removes_the_cover_since_0_31(
    make_stash: MakeStash, profile: str, is_kept: bool, nothing: str | None
) -> None:
    stash = make_stash(profile=profile)
    made = create(stash, "Scene", cover_image="data:image/png;base64,AAAA")
    update(stash, "Scene", id=made, cover_image=nothing)
    (row,) = stash.ask('mutation { querySQL(sql: "SELECT cover_blob FROM scenes") { rows } }')["rows"]
    assert (row[0] is not None) is is_kept


def test_a_refused_change_changes_nothing(stash: RunningStash) -> None:
    scene = create(stash, "Scene", title="Before")
    with pytest.raises(Failed, match="FOREIGN KEY constraint failed"):
        update(stash, "Scene", id=scene, title="After", tag_ids=["77"])
    assert stash.ask("{ findScenes { scenes { title } } }")["scenes"] == [{"title": "Before"}]


def test_one_bad_scene_of_many_takes_the_others_back(stash: RunningStash) -> None:
    scene = create(stash, "Scene", title="Before")
    many = "mutation($many: [SceneUpdateInput!]!) { scenesUpdate(input: $many) { id } }"
    stash.refusals(many, many=[{"id": scene, "title": "After"}, {"id": 77, "title": "Nobody"}])
    assert stash.ask("{ findScenes { scenes { title } } }")["scenes"] == [{"title": "Before"}]


def test_each_mutation_of_a_document_is_kept_on_its_own(stash: RunningStash) -> None:
    stash.refusals('mutation { a: tagCreate(input: {name: "A"}) { id } b: tagCreate(input: {name: "a"}) { id } }')
    assert stash.ask("{ findTags { count } }")["count"] == 1


def test_a_scene_has_one_id_of_a_box_and_a_performer_may_have_two(stash: RunningStash) -> None:
    links = [{"endpoint": "https://box.example/graphql", "stash_id": each} for each in ("one", "two")]
    create(stash, "Performer", stash_ids=links)
    with pytest.raises(Failed, match="UNIQUE constraint failed: scene_stash_ids"):
        create(stash, "Scene", stash_ids=links)


def test_merging_tags_moves_everything_and_leaves_the_name_as_alias(stash: RunningStash) -> None:
    kept, gone = create(stash, "Tag", name="Grass"), create(stash, "Tag", name="Lawn", aliases=["Meadow"])
    create(stash, "Scene", tag_ids=[gone])
    merge = "mutation($from: [ID!]!, $to: ID!) { tagsMerge(input: {source: $from, destination: $to}) { id } }"
    stash.ask(merge, **{"from": [gone], "to": kept})
    fields = "{ findTags { tags { id aliases scene_count } } }"
    assert stash.ask(fields)["tags"] == [{"id": kept, "aliases": ["Lawn", "Meadow"], "scene_count": 1}]


def test_writers_at_the_same_time_wait_for_each_other(stash: RunningStash) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: create(stash, "Tag", name=f"Tag {number}"), range(40)))
    assert len(set(made)) == 40


@pytest.mark.parametrize(
    ("kind", "plural"),
    [("Image", "images"), ("Gallery", "galleries"), ("Group", "groups"), ("SceneMarker", "scene_markers")],
)
def test_a_bulk_change_takes_tags_off_every_kind_of_object(kind: str, plural: str, stash: RunningStash) -> None:
    """From Stash's resolvers: the tags of markers are those of the list, without the primary tag."""
    gone, kept = (stash.stock.add_tag(name) for name in ("Gone", "Kept"))
    scene = stash.stock.add_scene("Hill")
    number = {
        "Image": lambda: stash.stock.add_image("Hill", tags=[gone, kept]),
        "Gallery": lambda: stash.stock.add_gallery("Hill", tags=[gone, kept]),
        "Group": lambda: stash.stock.add_group("Hill", tags=[gone, kept]),
        "SceneMarker": lambda: stash.stock.add_marker(scene, "Hill", kept, tags=[gone]),
    }[kind]()
    change = {"ids": [number], "tag_ids": {"ids": [gone], "mode": "REMOVE"}}
    stash.ask(f"mutation($it: Bulk{kind}UpdateInput!) {{ bulk{kind}Update(input: $it) {{ id }} }}", it=change)
    found = stash.ask(
        f"{{ find{'Galleries' if kind == 'Gallery' else kind + 's'} {{ {plural} {{ tags {{ name }} }} }} }}"
    )
    left = [] if kind == "SceneMarker" else [{"name": "Kept"}]
    assert found[plural] == [{"tags": left}]


def test_the_primary_tag_of_a_marker_counts_in_the_filter_by_tags(stash: RunningStash) -> None:
    """From `tagsCriterionHandler` of Stash's scene marker filter."""
    primary = stash.stock.add_tag("Primary")
    marker = stash.stock.add_marker(stash.stock.add_scene("Hill"), "Top", primary)
    query = "query($f: SceneMarkerFilterType) { findSceneMarkers(scene_marker_filter: $f) { scene_markers { id } } }"
    found = stash.ask(query, f={"tags": {"value": [str(primary)], "modifier": "INCLUDES"}})
    assert found["scene_markers"] == [{"id": str(marker)}]


@pytest.mark.parametrize(("kind", "many"), [("Image", "Images"), ("Gallery", "Galleries")])
def test_images_and_galleries_are_given_to_performers_and_studios(kind: str, many: str, stash: RunningStash) -> None:
    performer, studio = stash.stock.add_performer("Ann Example"), stash.stock.add_studio("Hill Films")
    number = stash.stock.add_image("Hill") if kind == "Image" else stash.stock.add_gallery("Hill")
    change = {"ids": [number], "studio_id": studio, "performer_ids": {"ids": [performer], "mode": "ADD"}}
    stash.ask(f"mutation($it: Bulk{kind}UpdateInput!) {{ bulk{kind}Update(input: $it) {{ id }} }}", it=change)
    query = f"query($f: {kind}FilterType) {{ find{many}({kind.lower()}_filter: $f) {{ count }} }}"
    for name, owner in (("performers", performer), ("studios", studio)):
        for modifier, count in (("INCLUDES", 1), ("EXCLUDES", 0)):
            assert stash.ask(query, f={name: {"value": [str(owner)], "modifier": modifier}})["count"] == count

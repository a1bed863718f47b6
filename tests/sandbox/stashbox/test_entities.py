"""Performers, studios, tags, searches and merges, as a client sees them."""

from __future__ import annotations

from typing import Any, Callable

import pytest

from sandbox.stashbox.model import BodyMark, SiteLink, Target
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read

PERFORMERS = "query($i:PerformerQueryInput!){queryPerformers(input:$i){count performers{name}}}"
STUDIOS = "query($i:StudioQueryInput!){queryStudios(input:$i){count studios{name}}}"
TAGS = "query($i:TagQueryInput!){queryTags(input:$i){count tags{name}}}"


def names(found: dict[str, Any]) -> list[str]:
    (rows,) = (value for key, value in found.items() if key != "count")
    return [row["name"] for row in rows]


@pytest.fixture
def people(world: World) -> World:
    site = world.add_site("Home")
    world.add_performer("Ann Moss", gender="FEMALE", birth_date="1990-05", country="DK", disambiguation="guide")
    world.add_performer("Ben Reed", birth_date="1980-01-02", links=[SiteLink("https://ben.example/", site.id)])
    world.add_performer("Cai Moss", gender="MALE", aliases=["Kay"], height=180)
    world.delete(world.add_performer("Dead Entry"))
    return world


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["Cai Moss", "Ben Reed", "Ann Moss"]),
        ({"sort": "NAME", "direction": "ASC"}, ["Ann Moss", "Ben Reed", "Cai Moss"]),
        ({"sort": "BIRTHDATE"}, ["Cai Moss", "Ann Moss", "Ben Reed"]),
        ({"name": "moss"}, ["Cai Moss", "Ann Moss"]),
        ({"name": '"Ann Moss"'}, []),
        ({"names": "GUIDE"}, ["Ann Moss"]),
        ({"alias": "Kay"}, ["Cai Moss", "Ben Reed", "Ann Moss"]),
        ({"height": {"value": 180, "modifier": "EQUALS"}}, ["Cai Moss", "Ben Reed", "Ann Moss"]),
        ({"url": "https://ben.example/"}, ["Ben Reed"]),
        ({"gender": "FEMALE"}, ["Ann Moss"]),
        ({"gender": "UNKNOWN"}, ["Ben Reed"]),
        ({"country": {"value": "DK", "modifier": "EQUALS"}}, ["Ann Moss"]),
        ({"birth_year": {"value": 1985, "modifier": "LESS_THAN"}}, ["Ben Reed"]),
        ({"birthdate": {"value": "1990-05", "modifier": "EQUALS"}}, ["Ann Moss"]),
        ({"is_favorite": True}, []),
        ({"is_favorite": False, "per_page": 1}, ["Cai Moss"]),
    ],
    ids=str,
)
def test_performer_filters(box: StashBox, people: World, given: dict[str, Any], expected: list[str]) -> None:
    assert names(read(box, PERFORMERS, i=given)) == expected


def test_performers_by_company(box: StashBox, world: World) -> None:
    ann, ben, studio = world.add_performer("Ann"), world.add_performer("Ben"), world.add_studio("Trails")
    world.add_scene("Both", performers=[ann, ben], studio=studio)
    assert names(read(box, PERFORMERS, i={"performed_with": ann.id})) == ["Ben"]
    assert sorted(names(read(box, PERFORMERS, i={"studio_id": studio.id}))) == ["Ann", "Ben"]


@pytest.fixture
def houses(world: World) -> World:
    network = world.add_studio("Network", aliases=["The Net"])
    world.add_studio("Child", parent=network)
    world.add_studio("Alone")
    return world


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["Alone", "Child", "Network"]),
        ({"name": "net"}, ["Network"]),
        ({"names": "net"}, ["Child", "Network"]),
        ({"has_parent": True}, ["Child"]),
        ({"is_favorite": True}, []),
        ({"sort": "CREATED_AT", "direction": "DESC"}, ["Alone", "Child", "Network"]),
    ],
    ids=str,
)
def test_studio_filters(box: StashBox, houses: World, given: dict[str, Any], expected: list[str]) -> None:
    assert names(read(box, STUDIOS, i=given)) == expected


def test_studios_below_a_network(box: StashBox, houses: World) -> None:
    network = next(each for each in houses.studios.values() if each.name == "Network")
    given = {"parent": {"value": [network.id], "modifier": "EQUALS"}}
    assert names(read(box, STUDIOS, i=given)) == ["Child"]
    found = read(box, "query($id:ID!){findStudio(id:$id){sub_studios{count} child_studios{name}}}", id=network.id)
    assert found == {"sub_studios": {"count": 1}, "child_studios": [{"name": "Child"}]}


@pytest.fixture
def labels(world: World) -> World:
    season = world.add_category("Season")
    world.add_tag("Snow", category=season, aliases=["White Stuff"])
    world.add_tag("Snow_Day")
    world.add_tag("White")
    return world


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["Snow", "Snow_Day", "White"]),
        ({"name": "snow"}, ["Snow", "Snow_Day"]),
        ({"name": "snow_d"}, ["Snow_Day"]),
        ({"name": "white"}, ["White"]),
        ({"names": "white"}, ["Snow", "White"]),
        ({"text": "nothing"}, ["Snow", "Snow_Day", "White"]),
        ({"per_page": 1, "page": 3}, ["White"]),
    ],
    ids=str,
)
def test_tag_filters(box: StashBox, labels: World, given: dict[str, Any], expected: list[str]) -> None:
    assert names(read(box, TAGS, i=given)) == expected


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('{findTag(name:"snow"){name}}', "Snow"),
        ('{findTag(name:"white stuff"){name}}', None),
        ('{findTagOrAlias(name:"white stuff"){name}}', "Snow"),
        ('{findTagOrAlias(name:"WHITE"){name}}', "White"),
    ],
)
def test_exact_names(box: StashBox, labels: World, query: str, name: str | None) -> None:
    found = read(box, query)
    assert (found and found["name"]) == name


def test_categories_are_listed_by_name(box: StashBox, labels: World) -> None:
    labels.add_category("Gear")
    assert names(read(box, "{queryTagCategories{count tag_categories{name}}}")) == ["Gear", "Season"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('{searchPerformer(term:"moss"){name}}', {"Ann Moss", "Cai Moss"}),
        ('{searchPerformer(term:"kay"){name}}', {"Cai Moss"}),
        ('{searchPerformer(term:"ann muss"){name}}', {"Ann Moss"}),
        ('{searchPerformer(term:"https://BEN.example/"){name}}', {"Ben Reed"}),
        ('{searchPerformer(term:"moss",limit:1){name}}', {"Ann Moss"}),
        ('{searchPerformer(term:"dead"){name}}', set()),
    ],
)
def test_searching_performers(box: StashBox, people: World, query: str, expected: set[str]) -> None:
    found = {each["name"] for each in read(box, query)}
    assert found == expected or (len(expected) == 1 == len(found) and found <= {"Ann Moss", "Cai Moss"})


def test_an_id_is_searched_among_the_deleted_too(box: StashBox, people: World) -> None:
    dead = next(each for each in people.performers.values() if each.deleted)
    assert read(box, "query($t:String!){searchPerformer(term:$t){name}}", t=dead.id) == [{"name": "Dead Entry"}]


def test_scene_search_takes_any_word_and_ranks_by_their_number(box: StashBox, world: World) -> None:
    for title in ("Hill at Dawn", "Hill", "Lake at Dawn", "Forest"):
        world.add_scene(title)
    found = read(box, '{searchScenes(term:"hill at dawn"){count scenes{title}}}')
    assert found["count"] == 3 and found["scenes"][0]["title"] == "Hill at Dawn"


def test_facets_count_genders(box: StashBox, people: World) -> None:
    found = read(box, '{searchPerformers(term:"moss",filter:{gender:MALE}){count facets{genders{gender count}}}}')
    assert found == {"count": 1, "facets": {"genders": [{"gender": "MALE", "count": 1}]}}


def test_nothing_known_is_null_or_empty_as_the_schema_says(box: StashBox, world: World) -> None:
    bare = world.add_performer("Bare")
    fields = "tattoos piercings{location} aliases images{id} measurements{cup_size} birthdate{date} merged_ids age"
    fields = fields.replace("tattoos", "tattoos{location}")
    found = read(box, f"query($id:ID!){{findPerformer(id:$id){{{fields}}}}}", id=bare.id)
    assert found == {
        "tattoos": None,
        "piercings": None,
        "aliases": [],
        "images": [],
        "measurements": {"cup_size": None},
        "birthdate": None,
        "merged_ids": [],
        "age": None,
    }


def test_body_marks_and_links_are_shown(box: StashBox, world: World) -> None:
    site = world.add_site("Wiki")
    one = world.add_performer("One", tattoos=[BodyMark("Arm")], links=[SiteLink("https://wiki.example/1", site.id)])
    found = read(box, "query($id:ID!){findPerformer(id:$id){tattoos{location} urls{url type site{name}}}}", id=one.id)
    link = {"url": "https://wiki.example/1", "type": "WIKI", "site": {"name": "Wiki"}}
    assert found == {"tattoos": [{"location": "Arm"}], "urls": [link]}


def test_a_performer_merge_moves_scenes_likes_and_redirects(box: StashBox, world: World) -> None:
    first, second, third = (world.add_performer(name) for name in ("First", "Second", "Third"))
    scene = world.add_scene("S", performers=[first])
    world.accounts[box.key].performers.add(first.id)
    world.merge(first, into=second)
    world.merge(second, into=third)
    found = read(box, "query($id:ID!){findPerformer(id:$id){deleted merged_into_id}}", id=first.id)
    assert found == {"deleted": True, "merged_into_id": third.id}
    assert third.merged_ids == [first.id, second.id] and world.accounts[box.key].performers == {third.id}
    shown = read(box, "query($id:ID!){findScene(id:$id){performers{as performer{name}}}}", id=scene.id)
    assert shown["performers"] == [{"as": "First", "performer": {"name": "Third"}}]


@pytest.mark.parametrize("kind", ["Studio", "Tag", "Scene"])
def test_other_merges_show_only_in_the_edits(box: StashBox, world: World, kind: str) -> None:
    makers: dict[str, Callable[[str], Target]] = {
        "Studio": world.add_studio,
        "Tag": world.add_tag,
        "Scene": world.add_scene,
    }
    old, new = makers[kind]("Old"), makers[kind]("New")
    world.merge(old, into=new)
    query = (
        "query($i:EditQueryInput!){queryEdits(input:$i){count edits{target{...on %s{id}} merge_sources{...on %s{id}}}}}"
    )
    given = {"target_type": kind.upper(), "target_id": old.id, "operation": "MERGE", "applied": True}
    found = read(box, query % (kind, kind), i=given)
    assert found == {"count": 1, "edits": [{"target": {"id": new.id}, "merge_sources": [{"id": old.id}]}]}


def test_edits_of_an_id_need_its_kind(box: StashBox, world: World) -> None:
    tag = world.add_tag("T")
    reply = ask(box, "query($i:EditQueryInput!){queryEdits(input:$i){count}}", i={"target_id": tag.id})
    assert "TargetType is required" in reply.json()["errors"][0]["message"]


def test_a_merged_tag_moves_on_scenes_without_touching_their_time(box: StashBox, world: World) -> None:
    old, new = world.add_tag("Old", aliases=["Ancient"]), world.add_tag("New")
    scene = world.add_scene("S", tags=[old])
    updated = scene.updated
    world.merge(old, into=new)
    assert (scene.tag_ids, scene.updated, old.aliases) == ([new.id], updated, ["Ancient"])
    world.delete(new)
    assert (scene.tag_ids, scene.updated) == ([], updated)


def test_a_merged_scene_keeps_its_tags_and_a_deleted_one_loses_them(box: StashBox, world: World) -> None:
    tag = world.add_tag("T")
    merged, kept, gone = (world.add_scene(title, tags=[tag]) for title in "ABC")
    world.merge(merged, into=kept)
    world.delete(gone)
    tags = "query($id:ID!){findScene(id:$id){deleted tags{name}}}"
    assert read(box, tags, id=merged.id) == {"deleted": True, "tags": [{"name": "T"}]}
    assert read(box, tags, id=gone.id) == {"deleted": True, "tags": []}


def test_a_forgotten_entity_was_never_there(box: StashBox, world: World) -> None:
    scene = world.add_scene("S")
    world.forget(scene)
    assert read(box, "query($id:ID!){findScene(id:$id){id}}", id=scene.id) is None


def test_unlike_things_cannot_be_merged(world: World) -> None:
    with pytest.raises(TypeError):
        world.merge(world.add_tag("T"), into=world.add_studio("S"))


def test_a_performers_own_list_of_scenes_is_short(box: StashBox, world: World) -> None:
    ann, studio = world.add_performer("Ann"), world.add_studio("Trails")
    for number in range(12):
        world.add_scene(f"{number}", performers=[ann], studio=studio if number == 0 else None)
    found = read(
        box,
        "query($id:ID!,$s:ID!){findPerformer(id:$id){scene_count scenes{id} "
        "some:scenes(input:{studio_id:$s}){title} studios{studio{name} scene_count}}}",
        id=ann.id,
        s=studio.id,
    )
    assert (found["scene_count"], len(found["scenes"]), found["some"]) == (12, 10, [{"title": "0"}])
    assert found["studios"] == [{"studio": {"name": "Trails"}, "scene_count": 1}]

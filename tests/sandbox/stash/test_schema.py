"""Each release has its own schema, all of it is answered, and other programs can read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from graphql import (
    GraphQLObjectType,
    build_client_schema,
    find_breaking_changes,
    get_introspection_query,
    get_named_type,
    is_required_argument,
)

from sandbox.stash.files.disk import VideoFile
from sandbox.stash.graph.registry import REGISTRY
from sandbox.stash.profiles import PROFILES, build_schema
from sandbox.stash.stocking import StashId
from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
ROOTS = ("Query", "Mutation", "Subscription")
LINK = StashId("https://box.example/graphql", "0001")
SHOWN = {
    "findScenes": "scenes",
    "findPerformers": "performers",
    "findStudios": "studios",
    "findTags": "tags",
    "findGroups": "groups",
    "findSceneMarkers": "scene_markers",
    "findImages": "images",
    "findGalleries": "galleries",
}
NEWS = [
    ("0.28", "{ findTags { tags { stash_ids { endpoint } } } }", "0.30"),
    ("0.30", "mutation { studioUpdate(input: {id: 1, custom_fields: {full: {}}}) { id } }", "0.31"),
    ("0.28", "{ findTags(tag_filter: {stash_id_endpoint: {modifier: IS_NULL}}) { count } }", "0.30"),
    ("0.28", "mutation { bulkStudioUpdate(input: {ids: []}) { id } }", "0.30"),
    ("0.25", "{ findGroups { count } }", "0.28"),
    ("0.25", "mutation { bulkTagUpdate(input: {ids: []}) { id } }", "0.28"),
    ("0.25", "mutation { bulkGroupUpdate(input: {ids: []}) { id } }", "0.28"),
    ("0.28", "mutation { bulkSceneMarkerUpdate(input: {ids: []}) { id } }", "0.30"),
]


def select_everything(kind: GraphQLObjectType, depth: int) -> str:
    """Return a selection of all fields, and of their fields down to a depth."""
    chosen = []
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        if not isinstance(below, GraphQLObjectType):
            chosen.append(name)
        elif depth:
            chosen.append(f"{name} {select_everything(below, depth - 1)}")
    return "{ __typename " + " ".join(chosen) + " }"


def stock_one_of_each(stash: RunningStash) -> None:
    """Add one object of each kind, linked with each other."""
    tag = stash.stock.add_tag("Grass", parents=[stash.stock.add_tag("Plants")], stash_ids=[LINK])
    studio = stash.stock.add_studio("Hill Films", parent=stash.stock.add_studio("Films"), stash_ids=[LINK])
    performer = stash.stock.add_performer("Ann Hill", tags=[tag], stash_ids=[LINK])
    file = VideoFile("/media/hill.mp4")
    scene = stash.stock.add_scene("Up", file=file, studio=studio, tags=[tag], performers=[performer], stash_ids=[LINK])
    marker = {"title": "Top", "seconds": 3, "scene_id": scene, "primary_tag_id": tag, "tag_ids": [tag]}
    stash.stock.add_image("Top", tags=[tag])
    stash.stock.add_gallery("Hills", tags=[tag])
    stash.ask("mutation($it: SceneMarkerCreateInput!) { sceneMarkerCreate(input: $it) { id } }", it=marker)


@pytest.mark.parametrize("release", PROFILES)
def test_every_field_of_every_object_can_be_asked_for(release: str, make_stash: MakeStash) -> None:
    stash = make_stash(profile=release)
    query = build_schema(release).query_type
    stock_one_of_each(stash)
    assert query is not None
    for name in SHOWN:
        if name in query.fields:
            kind = get_named_type(query.fields[name].type)
            assert isinstance(kind, GraphQLObjectType)
            assert stash.ask(f"{{ {name} {select_everything(kind, 2)} }}")["count"] >= 0


@pytest.mark.parametrize("release", PROFILES)
def test_every_root_field_has_an_answer(release: str) -> None:
    roots = [build_schema(release).type_map[name] for name in ROOTS]
    fields = {(root.name, name) for root in roots if isinstance(root, GraphQLObjectType) for name in root.fields}
    assert fields - set(REGISTRY.resolvers) == set()


@pytest.mark.parametrize("release", PROFILES)
def test_the_introspection_of_an_independent_client_gives_the_same_schema(release: str, make_stash: MakeStash) -> None:
    answer = make_stash(profile=release).post(get_introspection_query()).json()
    read, own = build_client_schema(answer["data"]), build_schema(release)
    assert find_breaking_changes(own, read) + find_breaking_changes(read, own) == []


@pytest.mark.parametrize(("older", "document", "newer"), NEWS)
def test_an_older_release_really_lacks_what_came_later(
    older: str, document: str, newer: str, make_stash: MakeStash
) -> None:
    refused = make_stash(profile=older).post(document)
    assert (refused.status_code, refused.json()["data"]) == (422, None)
    assert make_stash(profile=newer).post(document).status_code == 200


def test_an_unknown_release_names_the_known(make_stash: MakeStash) -> None:
    with pytest.raises(ValueError, match=r"0\.25, 0\.28, 0\.30, 0\.31"):
        make_stash(profile="0.1")

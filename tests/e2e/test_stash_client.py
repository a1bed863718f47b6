"""Our Stash client and StashInterface itself, against the sandbox every day and against a real Stash on `./dev e2e`."""

from __future__ import annotations

import base64
import itertools
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

import pytest
from stashapi.stashapp import StashInterface  # type: ignore[import-untyped]

from sandbox.pictures import draw_picture
from shared.errors import GraphQLFailed, NotFound, Refused
from shared.stash import StashAddress, StashClient, is_placeholder
from shared.stash.filters import both, linked_to, not_linked_to, parse_time, updated_since
from shared.stash.links import add_link, find_ids
from tests.e2e.stash import StashUnderTest

BOX, OTHER = "https://box.example/graphql", "https://other.example/graphql"
GONE = 987_654_321
names = (f"Item {uuid.uuid4().hex[:8]} {number}" for number in itertools.count())


def make_link(endpoint: str = BOX) -> dict[str, str]:
    return {"endpoint": endpoint, "stash_id": str(uuid.uuid4())}


@pytest.fixture
def client(stash: StashUnderTest) -> Iterator[StashClient]:
    made = StashClient(StashAddress(stash.url, api_key=stash.headers.get("ApiKey", "")))
    yield made
    made.close()


@pytest.fixture
def scenes(client: StashClient) -> list[int]:
    """Three new scenes, each linked to a box."""
    return [int(client.scenes.create({"title": next(names), "stash_ids": [make_link()]})["id"]) for _ in range(3)]


@pytest.fixture
def tags(client: StashClient) -> list[int]:
    """Three new tags."""
    return [int(client.tags.create({"name": next(names)})["id"]) for _ in range(3)]


def read_tags(client: StashClient, scene: int) -> set[int]:
    row = client.scenes.get(scene, "tags { id }")
    return {int(tag["id"]) for tag in (row or {})["tags"]}


def test_a_snapshot_has_every_id_in_order(client: StashClient, scenes: list[int]) -> None:
    ids = client.scenes.ids()
    assert ids == sorted(ids)
    assert set(scenes) <= set(ids)
    assert client.scenes.count() == len(ids)


def test_deleted_scenes_are_left_out_and_the_order_is_kept(client: StashClient, scenes: list[int]) -> None:
    first, second, third = scenes
    rows = list(client.scenes.stream([third, GONE, first, first, second], "title", size=4))
    assert [[int(row["id"]) for row in piece] for piece in rows] == [[third, first], [second]]


def test_links_are_found_by_box_and_id(client: StashClient, scenes: list[int]) -> None:
    rows = client.scenes.read(scenes, "stash_ids { endpoint stash_id }")
    wanted = {find_ids(row["stash_ids"], BOX)[0]: number for number, row in rows.items()}
    found = client.scenes.find_linked(BOX, [*wanted, str(uuid.uuid4())])
    assert {stash_id: int(same[0]["id"]) for stash_id, same in found.items()} == wanted
    assert client.scenes.find_linked(OTHER, list(wanted)) == {}


def test_filters_tell_linked_from_unlinked(client: StashClient, scenes: list[int]) -> None:
    assert set(scenes) <= set(client.scenes.ids(linked_to(BOX)))
    assert set(scenes) <= set(client.scenes.ids(not_linked_to(OTHER)))
    assert set(client.scenes.ids(both(linked_to(BOX), {"organized": False}))) == set(client.scenes.ids(linked_to(BOX)))
    assert not set(scenes) & set(client.scenes.ids(linked_to(f"{BOX}/")))


@pytest.mark.parametrize(
    "kind",
    [
        "performers",
        pytest.param("studios", marks=pytest.mark.since("0.26")),
        pytest.param("tags", marks=pytest.mark.since("0.26")),
    ],
)
def test_favorites_are_found_for_every_kind(client: StashClient, kind: str) -> None:
    shelf = getattr(client, kind)
    liked, other = (int(shelf.create({"name": next(names), "favorite": liked})["id"]) for liked in (True, False))
    assert {liked, other} & set(shelf.ids(shelf.favorites)) == {liked}


def test_changes_are_found_by_time(client: StashClient, scenes: list[int]) -> None:
    before = parse_time(client.scenes.update(scenes[0], {"details": "x"}, "updated_at")["updated_at"])
    assert set(scenes) <= set(client.scenes.ids(updated_since(datetime.now(timezone.utc))))
    assert before <= datetime.now(timezone.utc)


def test_an_update_leaves_alone_what_it_was_not_given(client: StashClient, scenes: list[int], tags: list[int]) -> None:
    client.scene_tags.add(scenes[:1], tags)
    client.scenes.update(scenes[0], {"details": "new"})
    row: Any = client.scenes.get(scenes[0], "details tags { id } stash_ids { endpoint }")
    assert (row["details"], len(row["tags"]), len(row["stash_ids"])) == ("new", 3, 1)


@pytest.mark.parametrize("kind", ["scenes", "performers", "studios", "tags"])
def test_a_new_link_keeps_the_others_and_their_times(client: StashClient, kind: str) -> None:
    able, shelf = client.capabilities(), getattr(client, kind)
    if kind == "tags" and not able.has_tag_links:
        pytest.skip("tags have no links in this version")
    name = "title" if kind == "scenes" else "name"
    number = int(shelf.create({name: next(names), "stash_ids": [make_link(OTHER), make_link()]})["id"])
    before = shelf.get(number, able.link_fields)["stash_ids"]
    kept = [link for link in before if link["endpoint"] == OTHER]
    changes = {"stash_ids": add_link(kept, BOX, "new-id")}
    after = shelf.update(number, changes, able.link_fields)["stash_ids"]
    assert find_ids(after, BOX) == ["new-id"]
    assert [link for link in after if link["endpoint"] == OTHER] == [
        link for link in before if link["endpoint"] == OTHER
    ]


@pytest.mark.parametrize("kind", ["scenes", "performers", "studios", "tags"])
def test_what_is_gone_is_none_or_not_found(client: StashClient, kind: str) -> None:
    shelf = getattr(client, kind)
    assert (shelf.get(GONE, "created_at"), shelf.read([GONE], "created_at")) == (None, {})
    with pytest.raises(NotFound, match=f"{GONE} any more"):
        shelf.update(GONE, {"details" if kind != "tags" else "description": "x"})


def test_tags_are_added_and_removed_in_bulk(client: StashClient, scenes: list[int], tags: list[int]) -> None:
    assert client.scene_tags.add([*scenes, GONE], tags[:2]) == (scenes, [GONE])
    client.scene_tags.add(scenes, tags[1:])
    client.scene_tags.remove(scenes[:2], tags[:1])
    assert [read_tags(client, scene) for scene in scenes] == [{*tags[1:]}, {*tags[1:]}, {*tags}]


def test_a_tag_that_is_gone_fails_without_a_half_change(
    client: StashClient, scenes: list[int], tags: list[int]
) -> None:
    with pytest.raises(GraphQLFailed):
        client.scene_tags.add(scenes, [tags[0], GONE])
    assert read_tags(client, scenes[0]) == set()


def test_merged_tags_live_on_as_aliases(client: StashClient, scenes: list[int], tags: list[int]) -> None:
    source, destination = tags[:2]
    client.scene_tags.add(scenes, [source])
    name = (client.tags.get(source, "name") or {})["name"]
    client.merge_tags_into(destination, [source])
    assert (client.tags.get(destination, "aliases") or {})["aliases"] == [name]
    assert (client.tags.get(source, "name"), read_tags(client, scenes[0])) == (None, {destination})


def test_performers_are_merged_where_stash_can(client: StashClient) -> None:
    if not client.capabilities().has_performer_merge:
        pytest.skip("this version cannot merge performers")
    destination, source = (int(client.performers.create({"name": next(names)})["id"]) for _ in range(2))
    client.merge_performers_into(destination, [source])
    assert client.performers.read([destination, source], "").keys() == {destination}


def test_a_taken_name_is_an_error_with_stashs_words(client: StashClient, tags: list[int]) -> None:
    name = (client.tags.get(tags[0], "name") or {})["name"]
    with pytest.raises(GraphQLFailed, match=f"while creating the tag {name}: tag with name '{name}' already exists"):
        client.tags.create({"name": name})


def test_an_unknown_field_is_named(client: StashClient) -> None:
    with pytest.raises(Refused, match='"nope"'):
        client.scenes.page("nope")


def test_settings_of_one_plugin_are_changed_one_by_one(client: StashClient) -> None:
    plugin = f"e2e{uuid.uuid4().hex[:8]}"
    assert client.read_plugin_settings(plugin) == {}
    client.write_plugin_settings(plugin, {"pageSize": 50, "isOn": True})
    client.write_plugin_settings(plugin, {"pageSize": None, "name": "x"})
    assert client.read_plugin_settings(plugin) == {"isOn": True, "name": "x"}


def test_the_configuration_is_readable(client: StashClient) -> None:
    assert all(box.endpoint for box in client.read_boxes())
    assert isinstance(client.read_excluded_tag_patterns(), list)
    assert all(library.path for library in client.read_library_folders())
    assert isinstance(client.read_scan_defaults(), dict)


def test_a_scan_is_a_job_of_the_queue(client: StashClient, stash: StashUnderTest) -> None:
    job_id = client.metadata_scan([])
    assert {job["id"] for job in client.job_queue()} <= {job_id}
    stash.finish(job_id)
    assert job_id not in [job["id"] for job in client.job_queue() if job["status"] in ("READY", "RUNNING")]


def test_a_picture_comes_back_as_it_went_in(client: StashClient) -> None:
    data = draw_picture("jo", 64, 48, "png")
    image = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    number = int(client.performers.create({"name": next(names), "image": image})["id"])
    url = (client.performers.get(number, "image_path") or {})["image_path"]
    assert (client.download_picture(url), is_placeholder(url)) == ((data, "image/png"), False)


def test_without_a_picture_there_is_a_placeholder(client: StashClient) -> None:
    number = int(client.performers.create({"name": next(names)})["id"])
    assert is_placeholder((client.performers.get(number, "image_path") or {})["image_path"])


@pytest.fixture
def interface(stash: StashUnderTest) -> Any:
    """The client of stashapp-tools, which is independent of ours."""
    address = urlsplit(stash.url)
    conn = {
        "Scheme": address.scheme,
        "Host": address.hostname,
        "Port": address.port,
        "ApiKey": stash.headers.get("ApiKey", ""),
    }
    return StashInterface(conn)


def test_stashinterface_sees_what_our_client_wrote(interface: Any, client: StashClient, scenes: list[int]) -> None:
    tag = interface.create_tag({"name": next(names)})
    assert (client.tags.get(int(tag["id"]), "name") or {})["name"] == tag["name"]
    client.scene_tags.add(scenes[:1], [int(tag["id"])])
    found = interface.find_scenes(f={"tags": {"value": [tag["id"]], "modifier": "INCLUDES"}})
    assert [int(scene["id"]) for scene in found] == scenes[:1]
    assert found[0]["stash_ids"][0]["endpoint"] == BOX
    interface.destroy_tag(tag["id"])
    assert client.tags.get(int(tag["id"]), "name") is None


def test_both_clients_read_the_same_version(interface: Any, client: StashClient) -> None:
    version = interface.version
    assert client.read_release().text.startswith(f"v{version.major}.{version.minor}.{version.patch}")

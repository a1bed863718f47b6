"""Shelves from the dialog to Plex: what a preview shows is made, updated, kept, undone and removed."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from plexsync.shelves.plan import LABEL

from sandbox.plex.pictures import draw_composite
from sandbox.stash.files.disk import VideoFile
from tests.stash2plex.pair import picture
from tests.stash2plex.shelves.shelf_pair import ShelfPair, draw_tag


def test_a_preview_writes_nothing_and_the_applied_shelf_is_a_labelled_collection(shelves: ShelfPair) -> None:
    shelves.add_matched(3, tags=["Water"])
    shelf = shelves.save_tag(title="By the {name}", sort="title", places=["recommended", "home"])
    shelves.pair.forget_requests()
    plan = shelves.preview(shelf)
    assert (shelves.pair.list_writes(), shelves.show()) == ([], {})
    assert plan["message"] == "1 collection compared, 1 to write. Nothing was written."
    assert [row["field"] for row in shelves.list_rows(plan["plan_id"])] == ["shelf", "shelf.sort", "places"] + [
        "members"
    ] * 3
    shelves.apply(plan["plan_id"])
    assert shelves.show() == {"By the Water": ["Scene 000", "Scene 001", "Scene 002"]}
    (made,) = shelves.connect().collections()
    hub = made.visibility()
    assert [each.tag for each in made.reload().labels] == [LABEL]
    assert (made.collectionSort, hub.promotedToRecommended, hub.promotedToOwnHome, hub.promotedToSharedHome) == (
        1,
        True,
        True,
        False,
    )
    card = shelves.find_card(shelf)
    assert (card["approved"], card["scenes"], card["collections"][0]["size"]) == (True, 3, 3)


def test_the_dialog_tells_performers_of_the_same_name_apart(shelves: ShelfPair) -> None:
    for note in ("cellist", "dancer"):
        shelves.pair.stock.add_performer("Ada Sample", disambiguation=note)
    found = shelves.pair.plugin.operation("shelf_sources", kind="performer", text="Ada")
    assert {each["name"] for each in found["sources"]} == {"Ada Sample (cellist)", "Ada Sample (dancer)"}


def test_an_update_sends_only_what_changed_and_reads_no_members_if_nothing_did(shelves: ShelfPair) -> None:
    (first, _), *_ = shelves.add_matched(4, tags=["Water"])
    shelves.make(shelves.save_tag())
    shelves.pair.forget_requests()
    assert shelves.run("update_shelves")["message"] == "1 seen: 1 unchanged."
    assert [each.path for each in shelves.pair.list_requests()] == [
        "/",
        "/library/sections",
        "/library/sections/1/all",
        "/library/metadata/5",
    ]
    shelves.pair.edit_scene(first, tags=["Fire"])
    shelves.add_matched(1, start=4, tags=["Water"])
    shelves.pair.forget_requests()
    shelves.run("update_shelves")
    assert [(each.method, each.path) for each in shelves.pair.list_writes()] == [
        ("PUT", "/library/collections/5/items"),
        ("DELETE", "/library/collections/5/items/1"),
    ]
    assert shelves.show() == {"Water": ["Scene 001", "Scene 002", "Scene 003", "Scene 004"]}


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("studio", "{name} by {parent}", "Acme by Conglomerate"),
        ("performer", "{name}", "Ann"),
        ("group", "{name}: {library}", "Trilogy: Videos"),
        ("organized", "{name}", "Organized"),
    ],
)
def test_each_kind_of_source_fills_its_collection(shelves: ShelfPair, kind: str, title: str, expected: str) -> None:
    stock = shelves.pair.stock
    network = stock.add_studio("Conglomerate")
    ids: dict[str, Any] = {
        "studio": stock.add_studio("Acme", parent=network),
        "performer": shelves.pair.find_or_add("performer", "Ann"),
        "group": stock.add_group("Trilogy"),
        "organized": None,
    }
    shelves.pair.add_item("/data/in.mp4"), shelves.pair.add_item("/data/out.mp4")
    inside = stock.add_scene(
        "In",
        file=VideoFile("/data/in.mp4", size=50_000_000, duration=1200),
        studio=ids["studio"],
        performers=[ids["performer"]],
        organized=True,
    )
    shelves.pair.edit_scene(inside, groups=[{"group_id": str(ids["group"])}])
    shelves.pair.sync(inside, shelves.pair.add_scene("Out", "/data/out.mp4"))
    shelves.make(shelves.save(kind, ids[kind], title=title))
    assert shelves.show() == {expected: ["In"]}


def test_what_people_do_in_plex_to_a_shelf_stays(shelves: ShelfPair) -> None:
    added = shelves.add_matched(3, tags=["Water"])
    shelves.add_matched(1, start=9)
    shelf = shelves.save_tag(places=["recommended"])
    shelves.make(shelf)
    section = shelves.connect()
    (made,) = section.collections()
    made.addItems(section.get("Scene 009")).removeItems(section.get("Scene 000"))
    made.editTitle("My water").sortUpdate("alpha")
    made.visibility().demoteRecommended()
    for step in range(2):
        shelves.run("update_shelves")
        assert shelves.show() == {"My water": ["Scene 001", "Scene 002", "Scene 009"]}, step
        shelves.pair.edit_scene(added[1][0], title=f"Scene 001 {step}")
    shelves.pair.edit_scene(added[1][0], tags=["Fire"])
    shelves.run("update_shelves")
    assert shelves.show() == {"My water": ["Scene 002", "Scene 009"]}
    assert (made.visibility().promotedToRecommended, made.reload().collectionSort) == (False, 1)
    shelves.save("tag", shelves.pair.find_or_add("tag", "Water"), shelf_id=shelf, title="{name} again")
    shelves.run("update_shelves")
    assert "Water again" in shelves.show()


def test_a_person_s_collection_of_the_same_title_is_refused_by_name_and_not_touched(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    section = shelves.connect()
    section.createCollection("water", items=[section.get("Scene 000")])
    shelf = shelves.save_tag()
    plan = shelves.preview(shelf)
    assert "1 collection compared, 0 to write" in plan["message"]
    (row,) = shelves.list_rows(plan["plan_id"])
    assert 'a collection "water"' in row["message"] and "another title" in row["message"]
    shelves.apply(plan["plan_id"])
    assert shelves.show() == {"water": ["Scene 000"]}
    assert "another title" in shelves.find_card(shelf)["problem"]


def test_a_filter_that_cannot_be_translated_is_refused_by_its_name(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"], organized=True)
    saved = save_filter(shelves, "Odd", {"future_criterion": {"modifier": "EQUALS", "value": 1}})
    fine = save_filter(shelves, "Fine", {"organized": {"modifier": "EQUALS", "value": "true"}})
    found = {each["name"]: each for each in shelves.pair.plugin.operation("saved_filters")["filters"]}
    assert found["Fine"]["problem"] is None and "future criterion" in found["Odd"]["problem"]
    tried = shelves.pair.plugin.operation("shelf_try", kind="filter", source_id=saved)
    assert '"Odd"' in tried["problem"]
    shelf = shelves.save("filter", fine)
    shelves.make(shelf)
    assert shelves.show() == {"Fine": ["Scene 000", "Scene 001"]}


def test_removing_a_shelf_takes_back_exactly_what_it_made(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.state.options.allow_deletion = True
    shelf = shelves.save_tag(places=["home"])
    shelves.make(shelf)
    job = shelves.pair.plugin.operation("shelf_remove", shelf_id=shelf)
    shelves.pair.plugin.wait_for(job["job_id"])
    assert (shelves.show(), shelves.state.hubs) == ({}, {})
    assert shelves.pair.plugin.operation("shelves_list")["shelves"] == []
    assert len(shelves.connect().all()) == 2
    shelves.undo_last()
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}
    assert shelves.find_card(shelf)["approved"]
    shelves.run("update_shelves")
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}


def test_a_removed_shelf_leaves_what_a_person_put_into_its_collection(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.add_matched(1, start=9)
    shelf = shelves.save_tag(places=["home"])
    shelves.make(shelf)
    section = shelves.connect()
    (made,) = section.collections()
    made.addItems(section.get("Scene 009"))
    shelves.run("remove_shelf", shelf_id=shelf)
    assert (shelves.show(), made.reload().labels, shelves.state.hubs) == ({"Water": ["Scene 009"]}, [], {})
    run = shelves.pair.plugin.operation("history_list")["runs"][0]
    rows = shelves.pair.plugin.operation("history_changes", run_id=run["id"])["changes"]
    assert "somebody else put 1 item" in str(rows[0]["message"])


def test_where_plex_deletes_no_media_a_removed_shelf_is_emptied_and_says_how_to_go_on(shelves: ShelfPair) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelf = shelves.save_tag()
    shelves.make(shelf)
    assert "1 with a value that failed" in shelves.run("remove_shelf", shelf_id=shelf)["message"]
    assert shelves.show() == {"Water": []}
    card = shelves.find_card(shelf)
    assert (card["approved"], "Allow media deletion" in card["problem"]) == (False, True)
    shelves.state.options.allow_deletion = True
    shelves.run("remove_shelf", shelf_id=shelf)
    assert (shelves.show(), shelves.pair.plugin.operation("shelves_list")["shelves"]) == ({}, [])


@pytest.mark.parametrize(("may_delete", "left"), [(True, {}), (False, {"Water": []})])
def test_an_undone_shelf_is_not_made_again_by_itself(
    shelves: ShelfPair, may_delete: bool, left: dict[str, list[str]]
) -> None:
    shelves.add_matched(2, tags=["Water"])
    shelves.state.options.allow_deletion = may_delete
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.undo_last()
    assert "first preview" in shelves.run("update_shelves")["message"]
    assert shelves.show() == left
    shelves.make(shelf)
    assert shelves.show() == {"Water": ["Scene 000", "Scene 001"]}


def test_an_undone_update_stays_undone(shelves: ShelfPair) -> None:
    (first, _), *_ = shelves.add_matched(2, tags=["Water"])
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.pair.edit_scene(first, tags=["Fire"])
    shelves.add_matched(1, start=5, tags=["Water"])
    shelves.save_tag(shelf_id=shelf, title="{name}!", sort="title")
    shelves.run("update_shelves")
    assert shelves.show() == {"Water!": ["Scene 001", "Scene 005"]}
    shelves.undo_last()
    for _ in range(2):
        assert {title: sorted(names) for title, names in shelves.show().items()} == {
            "Water": ["Scene 000", "Scene 001"]
        }
        shelves.run("update_shelves")


def test_nothing_is_written_before_start_syncing_was_pressed(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    shelves.pair.store.kv.put("sync.started", "")
    shelf = shelves.save_tag()
    plan = shelves.preview(shelf)
    shelves.pair.forget_requests()
    for result in (
        shelves.apply(plan["plan_id"]),
        shelves.run("update_shelves"),
        shelves.run("remove_shelf", shelf_id=shelf),
    ):
        assert (result["state"], "press Start syncing" in result["message"]) == ("failed", True)
    assert (shelves.pair.list_writes(), shelves.show()) == ([], {})


def test_the_poster_of_the_source_is_sent_once_and_again_only_if_it_changed(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    tag = shelves.pair.find_or_add("tag", "Water")
    draw_tag(shelves, tag, "first")
    shelf = shelves.save_tag(poster="source")
    shelves.make(shelf)
    (made,) = (item for item in shelves.state.items.values() if item.collection)
    uploads = shelves.pair.list_requests("POST", "posters")
    assert (len(uploads), uploads[0].body) == (1, picture("first"))
    shelves.run("update_shelves")
    assert len(shelves.pair.list_requests("POST", "posters")) == 1
    draw_tag(shelves, tag, "second")
    shelves.run("update_shelves")
    assert len(shelves.pair.list_requests("POST", "posters")) == 2
    own = shelves.connect().collections()[0]
    own.setPoster(own.posters()[0])  # a person chooses the former one
    draw_tag(shelves, tag, "third")
    shelves.run("update_shelves")
    assert made.selected_picture("posters") is made.pictures["posters"][0]
    assert "poster was changed in Plex" in shelves.find_card(shelf)["problem"]


def test_posters_from_an_address_or_the_disk_are_sent_and_a_bad_one_stops_nothing_else(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    tag = shelves.pair.find_or_add("tag", "Water")
    draw_tag(shelves, tag, "first")
    address = f"{shelves.pair.plugin.stash.server.url}/tag/{tag}/image"
    shelf = shelves.save_tag(poster="address", address=address)
    shelves.make(shelf)
    own = base64.b64encode(picture("own")).decode()
    shelves.save_tag(shelf_id=shelf, poster="own", picture=own)
    shelves.run("update_shelves")
    shelves.save_tag(shelf_id=shelf, poster="own", title="{name}!")  # the picture stays without being sent again
    shelves.run("update_shelves")
    uploads = [each.body for each in shelves.pair.list_requests("POST", "posters")]
    assert uploads == [picture("first"), picture("own")]
    shelves.save_tag(shelf_id=shelf, poster="address", address=f"{shelves.pair.plex.url}/nothing.png", title="Sea")
    result = shelves.run("update_shelves")
    assert (result["state"], list(shelves.show())) == ("partial", ["Sea"])
    assert "Choose another picture" in shelves.find_card(shelf)["problem"]
    shelves.save_tag(shelf_id=shelf, title="Sea")
    shelves.run("update_shelves")
    (made,) = (item for item in shelves.state.items.values() if item.collection)
    assert (made.selected_picture("posters"), "thumb" in made.locks) == (None, False)
    key = str(made.rating_key)
    assert f"/library/collections/{key}/composite/" in shelves.connect().collections()[0].thumb
    shown = shelves.pair.plugin.operation("plex_pictures", rating_keys=[key], collages=True)["pictures"][key]
    assert base64.b64decode(shown["data"]) == draw_composite(shelves.state, made)
    assert shelves.pair.plugin.operation("plex_pictures", rating_keys=[key])["pictures"] == {}


def test_a_shelf_with_another_source_waits_for_a_new_preview(shelves: ShelfPair) -> None:
    shelves.add_matched(1, tags=["Water"])
    shelves.add_matched(1, start=5, tags=["Fire"], organized=True)
    shelf = shelves.save_tag()
    shelves.make(shelf)
    shelves.save_tag("Fire", shelf_id=shelf)
    assert "first preview" in shelves.run("update_shelves")["message"]
    assert shelves.show() == {"Water": ["Scene 000"]}
    shelves.make(shelf)
    assert shelves.show() == {"Fire": ["Scene 005"]}
    shelves.save("organized", shelf_id=shelf, title="Fire")  # the same scene under the same title
    assert not shelves.find_card(shelf)["approved"]
    shelves.preview(shelf)
    assert shelves.find_card(shelf)["approved"]


def test_the_list_says_that_only_organized_scenes_are_sent(shelves: ShelfPair) -> None:
    assert shelves.pair.plugin.operation("shelves_list")["organized_only"] is False
    shelves.pair.change_settings(organized_only=True)
    assert shelves.pair.plugin.operation("shelves_list")["organized_only"] is True


def save_filter(shelves: ShelfPair, name: str, conditions: dict[str, Any]) -> int:
    """Save a filter in Stash's list of scenes and return its id."""
    values = {"mode": "SCENES", "name": name, "find_filter": {"q": ""}, "object_filter": conditions, "ui_options": {}}
    answer = shelves.pair.stash.ask(
        "mutation Save($input: SaveFilterInput!) { row: saveFilter(input: $input) { id } }", {"input": values}
    )
    return int(answer["row"]["id"])

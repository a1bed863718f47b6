"""Previews of single scenes: what they show, applying them, and undoing the sync."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stash2plex.pair import Pair


def rows_of(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what the rows say, without their ids."""
    return [(row["item"]["id"], row["field"], row["action"], row["before"], row["after"]) for row in changes]


def add_filled_scene(pair: Pair) -> tuple[int, Any]:
    """Add a scene with every field filled, and its item."""
    details: dict[str, Any] = {
        "studio": "Acme",
        "details": "Text",
        "date": "2024-03-01",
        "rating": 50,
    }
    return pair.add_scene_and_item("New", **details, picture="cover", performers=["Ann Example"], tags=["Sun"])


def test_a_preview_writes_nothing_and_shows_what_is_written_then(pair: Pair) -> None:
    scene, _ = add_filled_scene(pair)
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    assert (pair.list_writes(), preview["counts"]) == ([], {"skipped": 0, "stale": 1})
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    done = pair.plugin.operation("history_changes", run_id=run["id"], page_size=100)["changes"]
    assert sorted(map(str, rows_of(preview["changes"]))) == sorted(map(str, rows_of(done)))
    assert {row["outcome"] for row in done} == {"changed"}


def test_a_preview_is_applied_with_its_pictures(pair: Pair) -> None:
    scene, item = add_filled_scene(pair)
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    run = pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])["run"]
    assert (run["state"], item.title, item.tag_names("actor")) == ("finished", "New", ["Ann Example"])
    assert item.selected_picture("posters") and {"title", "thumb", "genre"} <= item.locks
    assert pair.plugin.operation("scene_badge", scene_id=scene)["badge"] == "synced"
    pair.forget_requests()
    pair.sync(scene)
    assert pair.list_requests("PUT", "/library/sections") == []


def test_only_ticked_rows_are_applied_and_only_their_locks_are_set(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New", details="Text")
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    others = [row["id"] for row in preview["changes"] if row["field"] != "summary"]
    pair.plugin.operation("plan_select", plan_id=preview["plan_id"], only=others, selected=False)
    pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])
    assert (item.title, item.fields["summary"], item.locks) == ("beach", "Text", set())


def test_what_changed_since_the_preview_is_a_conflict(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    item.fields["title"] = "Somebody's"
    run = pair.plugin.operation("plan_apply", plan_id=preview["plan_id"])["run"]
    assert (item.title, run["totals"]["conflict_in_part"]) == ("Somebody's", 1)


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_undoing_the_last_sync_restores_values_locks_and_pictures(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = add_filled_scene(pair)
    item.fields.update(summary="Before", studio="Old")
    item.tags = {kind: [make_tag(name)] for kind, name in (("genre", "Holiday"), ("actor", "Cy Person"))}
    item.locks = {"tagline"}
    before = (dict(item.fields), item.tag_names("genre"), item.tag_names("actor"), set(item.locks))
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    result = pair.plugin.operation("history_undo", plan_id=undo["plan_id"])["run"]
    after = {name: value for name, value in item.fields.items() if value}
    assert (after, item.tag_names("genre"), item.tag_names("actor"), item.locks - {"thumb", "art"}) == before
    assert (result["state"], item.selected_picture("posters")) == ("finished", None)


def make_tag(name: str) -> Any:
    """Return a tag of the sandbox's Plex."""
    from sandbox.plex.model import TagValue

    return TagValue(name)


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_undoing_one_save_restores_genres_and_labels_in_their_order(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    pair.change_settings(sync_labels=True)
    names = ["Beach", "Outdoor", "Sun"]
    scene, item = pair.add_scene_and_item("New", tags=names)
    pair.sync(scene)
    pair.edit_scene(scene, tags=["Rain"])
    pair.sync(scene)
    (run,) = pair.plugin.operation("history_list")["runs"]
    rows = pair.plugin.operation("history_changes", run_id=run["id"], page_size=100)["changes"]
    second = [row["id"] for row in rows if row["action"] == "remove" or row["after"] == "Rain"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"], only=second)
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert (item.tag_names("genre"), item.tag_names("label")) == (names, names)


def test_undo_leaves_alone_what_was_edited_since(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New", tags=["Sun"])
    pair.sync(scene)
    item.fields["title"] = "Somebody's"
    item.tags["genre"].append(make_tag("Holiday"))
    (run,) = pair.plugin.operation("history_list")["runs"]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])
    assert (undo["conflict"], item.title, item.tag_names("genre")) == (1, "Somebody's", ["Holiday"])

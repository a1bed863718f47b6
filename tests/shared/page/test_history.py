"""The history tab, asked as the page asks: through Stash, with ids as text."""

from __future__ import annotations

import re

import pytest

from shared.errors import GraphQLFailed
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf

TOTALS = {"seen": 3, "changed": 3, "unchanged": 0, "skipped": 0, "conflict": 0, "failed": 0}


def undo(plugin: InstalledPlugin, run_id: str, **args: object) -> dict[str, object]:
    """Undo a run, or some of its changes, after a preview, and return the run of the undo."""
    plan = plugin.operation("history_undo", run_id=run_id, preview=True, **args)
    run: dict[str, object] = plugin.operation("history_undo", plan_id=plan["plan_id"])["run"]
    return run


def test_before_anything_was_done_the_history_is_empty(plugin: InstalledPlugin) -> None:
    assert plugin.operation("history_list") == {"runs": [], "count": 0}


def test_a_run_is_listed_with_totals_that_add_up(plugin: InstalledPlugin, run_id: str) -> None:
    (run,) = plugin.operation("history_list")["runs"]
    assert (run["title"], run["kind"], run["state"], run["undoable"]) == ("Rename books", "task", "finished", 3)
    assert run["totals"] == TOTALS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", run["started_at"])


def test_the_newest_run_comes_first_and_pages_are_kept(plugin: InstalledPlugin, run_id: str) -> None:
    plugin.run_task("rename", title="Newer")
    page = plugin.operation("history_list", page=2, page_size=1)
    assert (page["runs"][0]["id"], page["count"]) == (run_id, 2)


def test_the_changes_of_a_run_are_listed_one_by_one(plugin: InstalledPlugin, run_id: str) -> None:
    found = plugin.operation("history_changes", run_id=run_id, page=1, page_size=2)
    assert found["count"] == 3
    change = found["changes"][0]
    assert change.pop("id").isdigit()
    assert change == {
        "item": {"kind": "book", "id": "a", "label": "Book a"},
        "field": "title",
        "action": "set",
        "before": "One",
        "after": "New",
        "source": "user",
        "reason": "",
        "original_reason": "",
        "outcome": "changed",
        "message": None,
        "undoable": True,
        "can_undo": True,
        "selected": True,
        "pictures": [],
    }


def test_a_run_with_failures_is_done_in_part_and_says_which(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(a="forbidden", b="Two")
    plugin.run_task("rename", title="forbidden")
    (run,) = plugin.operation("history_list")["runs"]
    (failed,) = plugin.operation("history_changes", run_id=run["id"], outcome="failed")["changes"]
    assert run["state"] == "partial"
    assert failed["message"] == "The shelf does not allow this title for Book b."


def test_a_run_in_which_everything_failed_is_failed(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plugin.run_task("rename", title="forbidden")
    assert plugin.operation("history_list")["runs"][0]["state"] == "failed"


def test_undo_is_shown_before_it_is_done(plugin: InstalledPlugin, shelf: Shelf, run_id: str) -> None:
    plan = plugin.operation("history_undo", run_id=run_id, preview=True)
    assert (plan["count"], plan["conflict"]) == (3, 0)
    assert {(change["before"], change["outcome"]) for change in plan["changes"]} == {("New", "planned")}
    assert set(shelf.titles().values()) == {"New"}


def test_undo_puts_everything_back(plugin: InstalledPlugin, shelf: Shelf, run_id: str) -> None:
    run = undo(plugin, run_id)
    assert shelf.titles() == {"a": "One", "b": "Two", "c": "Three"}
    assert (run["kind"], run["undo_of"], run["totals"]) == ("undo", run_id, TOTALS)


def test_what_was_undone_cannot_be_undone_again(plugin: InstalledPlugin, run_id: str) -> None:
    undo(plugin, run_id)
    assert plugin.operation("history_undo", run_id=run_id, preview=True)["count"] == 0
    assert plugin.operation("history_list")["runs"][1]["undoable"] == 0
    assert plugin.operation("history_changes", run_id=run_id, outcome="undone")["count"] == 3


def test_single_changes_can_be_undone(plugin: InstalledPlugin, shelf: Shelf, run_id: str) -> None:
    second = plugin.operation("history_changes", run_id=run_id)["changes"][1]
    undo(plugin, run_id, only=[second["id"]])
    assert shelf.titles() == {"a": "New", "b": "Two", "c": "New"}
    assert plugin.operation("history_list")["runs"][1]["undoable"] == 2


def test_what_was_edited_since_is_announced_and_left_alone(plugin: InstalledPlugin, shelf: Shelf, run_id: str) -> None:
    shelf.put(a="Mine", b="New", c="New")
    assert plugin.operation("history_undo", run_id=run_id, preview=True)["conflict"] == 1
    assert undo(plugin, run_id)["state"] == "partial"
    assert shelf.titles() == {"a": "Mine", "b": "Two", "c": "Three"}


def test_the_preview_of_an_undo_counts_the_edited_items_of_the_whole_run(plugin: InstalledPlugin, shelf: Shelf) -> None:
    books = [f"b{number}" for number in range(450)]
    shelf.put(**dict.fromkeys(books, "Old"))
    plugin.run_task("rename", title="New")
    shelf.put(**{**dict.fromkeys(books, "New"), "b0": "Mine", "b449": "Mine"})
    run_id = plugin.operation("history_list")["runs"][0]["id"]
    plan = plugin.operation("history_undo", run_id=run_id, preview=True)
    assert (plan["count"], plan["conflict"], plan["unchecked"]) == (450, 2, 0)


def test_a_long_undo_is_queued_as_a_task_and_found_by_its_token(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(**{f"b{number}": "Old" for number in range(25)})
    plugin.run_task("rename", title="New")
    plan = plugin.operation("history_undo", run_id=plugin.operation("history_list")["runs"][0]["id"])
    handle = plugin.operation("history_undo", plan_id=plan["plan_id"])
    assert plugin.wait_for(handle["job_id"]).description == "Running plugin task: Sample: Undo: Rename books"
    run = plugin.operation("run_result", run_token=handle["run_token"])["run"]
    assert (run["kind"], run["totals"]["changed"], set(shelf.titles().values())) == ("undo", 25, {"Old"})


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ({"run_id": "999"}, "Run 999 is not in the history any more."),
        ({"run_id": "abc"}, 'an id, which is a whole number from 1, but is "abc".'),
        ({}, 'needs the argument "run_id" or "plan_id".'),
        ({"plan_id": 999}, "Plan 999 is not there any more. Make a new preview."),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(
    plugin: InstalledPlugin, args: dict[str, object], sentence: str
) -> None:
    with pytest.raises(GraphQLFailed, match=re.escape(sentence)):
        plugin.operation("history_undo", **args)


def test_items_of_all_runs_are_found_by_their_name(plugin: InstalledPlugin, run_id: str) -> None:
    plugin.run_task("rename", title="Newer")
    found = plugin.operation("history_search", text="book A")
    assert found["count"] == 2 and found["items"][1]["run_id"] == run_id
    assert (found["items"][0]["item"]["label"], found["items"][0]["fields"]) == ("Book a", ["title"])
    assert plugin.operation("history_search", text="%")["count"] == 0
    assert plugin.operation("history_changes", run_id=run_id, text="book a")["count"] == 1


def test_items_are_listed_by_the_time_when_they_were_written(plugin: InstalledPlugin, run_id: str) -> None:
    everything = plugin.operation("history_search")
    assert everything["count"] == 3
    written = everything["items"][0]["started_at"]
    assert plugin.operation("history_search", since=written)["count"] > 0
    assert plugin.operation("history_search", until="2020-01-01T00:00:00Z")["count"] == 0


def test_an_undo_says_in_the_past_tense_what_it_undid(plugin: InstalledPlugin, run_id: str) -> None:
    undo(plugin, run_id)
    titles = [run["title"] for run in plugin.operation("history_list")["runs"]]
    assert titles == ["Undid 3 changes: Rename books", "Rename books"]

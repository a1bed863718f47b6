"""The operations for plans: shown, changes deselected, applied."""

from __future__ import annotations

import pytest

from shared.errors import GraphQLFailed
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf


@pytest.fixture
def plan_id(plugin: InstalledPlugin, shelf: Shelf) -> int:
    return int(plugin.operation("plan_books", title="New")["plan_id"])


def test_a_plan_is_listed_change_by_change(plugin: InstalledPlugin, plan_id: int) -> None:
    plan = plugin.operation("plan_list", plan_id=plan_id, page_size=2)
    assert (plan["title"], plan["state"], plan["items"], plan["count"]) == ("Rename books", "open", 3, 3)
    assert [change["outcome"] for change in plan["changes"]] == ["planned", "planned"]


def test_a_small_plan_is_applied_at_once(plugin: InstalledPlugin, shelf: Shelf, plan_id: int) -> None:
    run = plugin.operation("plan_apply", plan_id=str(plan_id))["run"]
    assert (run["kind"], run["state"], run["totals"]["changed"]) == ("operation", "finished", 3)
    assert set(shelf.titles().values()) == {"New"}


def test_deselected_changes_are_not_made(plugin: InstalledPlugin, shelf: Shelf, plan_id: int) -> None:
    first = plugin.operation("plan_list", plan_id=plan_id)["changes"][0]
    assert plugin.operation("plan_select", plan_id=plan_id, only=[first["id"]], selected=False) == {"count": 1}
    plugin.operation("plan_apply", plan_id=plan_id)
    assert shelf.titles() == {"a": "One", "b": "New", "c": "New"}


def test_the_rest_of_a_partly_applied_plan_stays(plugin: InstalledPlugin, shelf: Shelf, plan_id: int) -> None:
    first = plugin.operation("plan_list", plan_id=plan_id)["changes"][0]
    plugin.operation("plan_select", plan_id=plan_id, selected=False)
    plugin.operation("plan_select", plan_id=plan_id, only=[first["id"]], selected=True)
    run = plugin.operation("plan_apply", plan_id=plan_id)["run"]
    assert (run["totals"]["changed"], run["totals"]["seen"]) == (1, 1)
    plan = plugin.operation("plan_list", plan_id=plan_id)
    assert (plan["state"], plan["open"], plan["selected"]) == ("open", 2, 0)
    plugin.operation("plan_select", plan_id=plan_id, selected=True)
    assert plugin.operation("plan_apply", plan_id=plan_id)["run"]["totals"]["changed"] == 2
    assert shelf.titles() == {"a": "New", "b": "New", "c": "New"}


def test_some_changes_of_a_large_plan_are_applied_at_once(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(**{f"b{number}": "Old" for number in range(25)})
    plan_id = plugin.operation("plan_books", title="New")["plan_id"]
    first = plugin.operation("plan_list", plan_id=plan_id)["changes"][0]
    plugin.operation("plan_select", plan_id=plan_id, selected=False)
    plugin.operation("plan_select", plan_id=plan_id, only=[first["id"]], selected=True)
    assert plugin.operation("plan_apply", plan_id=plan_id)["run"]["totals"]["changed"] == 1


def test_a_plan_says_which_changes_are_selected_and_how_many(plugin: InstalledPlugin, plan_id: int) -> None:
    first = plugin.operation("plan_list", plan_id=plan_id)["changes"][0]
    plugin.operation("plan_select", plan_id=plan_id, only=[first["id"]], selected=False)
    plan = plugin.operation("plan_list", plan_id=plan_id)
    assert (plan["selected"], [change["selected"] for change in plan["changes"]]) == (2, [False, True, True])


def test_only_the_items_that_a_filter_finds_are_deselected(plugin: InstalledPlugin, plan_id: int) -> None:
    assert plugin.operation("plan_select", plan_id=plan_id, fitting={"text": "One"}, selected=False) == {"count": 1}
    items = plugin.operation("plan_items", plan_id=plan_id)["items"]
    selected = {row["before"]: row["selected"] for item in items for row in item["changes"]}
    assert selected == {"One": False, "Two": True, "Three": True}


def test_a_large_plan_is_queued(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(**{f"b{number}": "Old" for number in range(25)})
    plan_id = plugin.operation("plan_books", title="New")["plan_id"]
    handle = plugin.operation("plan_apply", plan_id=plan_id)
    plugin.wait_for(handle["job_id"])
    assert set(shelf.titles().values()) == {"New"}


def test_a_task_that_achieved_nothing_is_a_failure(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(**{f"b{number}": "Old" for number in range(25)})
    handle = plugin.operation("plan_apply", plan_id=plugin.operation("plan_books", title="forbidden")["plan_id"])
    plugin.wait_for(handle["job_id"])
    run = plugin.operation("run_result", run_token=handle["run_token"])["run"]
    assert run["state"] == "failed"
    assert run["message"] == '"Rename books" failed: 25 seen: 25 failed. The history says why.'


def test_a_service_that_is_down_is_no_empty_result(plugin: InstalledPlugin, shelf: Shelf, plan_id: int) -> None:
    shelf.put(down="yes")
    with pytest.raises(GraphQLFailed, match="The shelf cannot be reached"):
        plugin.operation("plan_apply", plan_id=plan_id)
    assert plugin.operation("history_list")["runs"][0]["message"] == "The shelf cannot be reached."


@pytest.mark.parametrize("name", ["plan_list", "plan_select", "plan_apply"])
def test_a_plan_that_is_gone_is_named(plugin: InstalledPlugin, name: str) -> None:
    with pytest.raises(GraphQLFailed, match="Plan 7 is not there any more"):
        plugin.operation(name, plan_id=7)


def test_a_plan_is_reviewed_item_by_item(plugin: InstalledPlugin, plan_id: int) -> None:
    found = plugin.operation("plan_items", plan_id=plan_id, page_size=2)
    assert (found["count"], found["open"], [len(item["changes"]) for item in found["items"]]) == (3, 3, [1, 1])
    assert found["fields"] == [{"field": "title", "open": 3, "selected": 3}]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"field": "title"}, 3),
        ({"field": "studio"}, 0),
        ({"text": "One"}, 1),
        ({"text": "%"}, 0),
        ({"only": "conflict"}, 0),
    ],
)
def test_the_review_is_narrowed_by_filters(
    plugin: InstalledPlugin, plan_id: int, wanted: dict[str, str], count: int
) -> None:
    assert plugin.operation("plan_items", plan_id=plan_id, **wanted)["count"] == count


def test_a_whole_field_is_deselected(plugin: InstalledPlugin, plan_id: int) -> None:
    assert plugin.operation("plan_select", plan_id=plan_id, field="title", selected=False) == {"count": 3}
    assert plugin.operation("plan_items", plan_id=plan_id)["selected"] == 0


def test_one_item_of_a_plan_is_applied(plugin: InstalledPlugin, shelf: Shelf, plan_id: int) -> None:
    first = plugin.operation("plan_items", plan_id=plan_id)["items"][0]
    run = plugin.operation("plan_apply", plan_id=plan_id, items=[first["id"]])["run"]
    assert (run["totals"]["changed"], run["undone"]) == (1, 0)
    assert shelf.titles() == {"a": "New", "b": "Two", "c": "Three"}
    assert plugin.operation("plan_items", plan_id=plan_id)["open"] == 2


def test_an_undone_run_says_how_many_changes_were_undone(plugin: InstalledPlugin, plan_id: int) -> None:
    run = plugin.operation("plan_apply", plan_id=plan_id)["run"]
    undo = plugin.operation("history_undo", run_id=run["id"], preview=True)
    plugin.operation("history_undo", plan_id=undo["plan_id"])
    shown = next(each for each in plugin.operation("history_list")["runs"] if each["id"] == run["id"])
    assert (shown["undone"], shown["undoable"]) == (3, 0)


def test_a_flag_given_as_text_deselects_a_change(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plan_id = plugin.operation("plan_books", title="New")["plan_id"]
    plugin.operation("plan_select", plan_id=plan_id, selected="false")
    assert plugin.operation("plan_list", plan_id=plan_id)["selected"] == 0

"""The merge dialog: preselected decisions, conflicts of names, and the plan of a choice."""

from __future__ import annotations

from typing import Any

from sandbox.stashbox.model import Tag
from tests.tagManager.conftest import Bench


def merge(bench: Bench, tag: int, rain: Tag, merge: list[int] | None = None, **choice: Any) -> Any:
    """Plan a choice of the dialog and apply the plan unless there are conflicts; return the answer."""
    answer = bench.operate_on("merge_plan", tag, rain, choice=choice, merge=merge or [])
    if answer["plan_id"]:
        run = bench.operate("plan_apply", plan_id=answer["plan_id"])["run"]
        assert run["totals"]["failed"] == 0
    return answer


def test_the_old_name_becomes_an_alias_and_duplicates_are_dropped(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Old", aliases=["Mine"])
    merge(fetched, tag, rain, name="take_alias", aliases=["Mine", "rain", "mine", " "], description="take")
    row = fetched.show_tag(tag)
    assert (row["name"], sorted(row["aliases"]), row["description"]) == ("Rain", ["Mine", "Old"], "Water from above")


def test_a_taken_name_is_a_conflict_before_anything_is_written(fetched: Bench, rain: Tag) -> None:
    holder, tag = fetched.add_tag("RAIN"), fetched.add_tag("Wet")
    (conflict,) = merge(fetched, tag, rain, name="take", aliases=[])["conflicts"]
    assert (conflict["field"], conflict["holder"]["id"]) == ("name", holder)
    assert conflict["options"] == ["merge", "keep", "open"]
    assert fetched.links_of(tag) == []


def test_all_conflicts_of_aliases_are_returned_at_once(fetched: Bench, rain: Tag) -> None:
    fetched.add_tag("Drizzle")
    fetched.add_tag("Hat", aliases=["Shower"])
    fetched.add_tag("Cap")
    tag = fetched.add_tag("Wet")
    conflicts = merge(fetched, tag, rain, aliases=["Drizzle", "Shower", "cap", "Free"])["conflicts"]
    assert [each["value"] for each in conflicts] == ["Drizzle", "Shower", "cap"]
    assert merge(fetched, tag, rain, aliases=["Free"])["conflicts"] == []
    assert fetched.show_tag(tag)["aliases"] == ["Free"]


def test_the_tag_that_has_the_name_can_be_merged_first(fetched: Bench, rain: Tag) -> None:
    holder, tag = fetched.add_tag("Rain"), fetched.add_tag("Wet")
    merge(fetched, tag, rain, merge=[holder], name="take_alias", aliases=["Drizzle"])
    assert fetched.stash.tags.get(holder, "") is None
    assert fetched.show_tag(tag)["name"] == "Rain"
    assert fetched.links_of(tag) == [rain.id]


def test_the_dialog_starts_with_what_the_settings_prefer(fetched: Bench, rain: Tag) -> None:
    fetched.plugin.save_settings(preferStashBoxName=True)
    shown = fetched.operate_on("merge_show", fetched.add_tag("Wet"), rain)
    assert (shown["chosen"]["name"], shown["chosen"]["description"]) == ("take_alias", "take")
    assert shown["conflicts"] == []


def test_the_dialog_names_the_link_that_the_new_one_replaces(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet", fetched.world.add_tag("Fog"))
    fetched.task("refresh_tags")
    assert fetched.operate_on("merge_show", tag, rain)["replaces"] == ["Fog"]


def test_a_saved_dialog_can_be_undone_whole(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Old", aliases=["Mine"])
    before = fetched.show_tag(tag)
    answer = fetched.operate_on(
        "merge_plan", tag, rain, choice={"name": "take_alias", "aliases": ["Drizzle"], "description": "take"}
    )
    run = fetched.operate("plan_apply", plan_id=answer["plan_id"])["run"]
    fetched.undo(run["id"])
    assert fetched.show_tag(tag) == before


def test_the_plan_and_the_history_say_that_a_merge_cannot_be_undone(fetched: Bench, rain: Tag) -> None:
    """Only what can be undone is offered for an undo."""
    tag, holder = fetched.add_tag("Wet"), fetched.add_tag("Drizzle")
    choice = {"name": "take_alias", "aliases": ["Drizzle"]}
    plan_id = fetched.operate_on("merge_plan", tag, rain, choice=choice, merge=[holder])["plan_id"]
    undo = fetched.plugin.operation("plan_list", plan_id=plan_id)["undo"]
    assert (undo["kind"], undo["count"]) == ("some", 1)
    run = fetched.plugin.operation("plan_apply", plan_id=plan_id)["run"]
    changes = fetched.plugin.operation("history_changes", run_id=run["id"])["changes"]
    assert [change["undoable"] for change in changes if change["field"] == "merged"] == [False]
    assert run["undoable"] == len(changes) - 1

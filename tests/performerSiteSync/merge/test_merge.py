"""Merges: the preview, the effect in one step and in several, interruptions, and the undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.server import StashBox
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench

HERE, THERE = "https://one.invalid/graphql", "https://two.invalid/graphql"


@pytest.fixture(params=["0.31", "0.28"])
def ways(request: pytest.FixtureRequest, folder: Path, box: StashBox) -> Iterator[Bench]:
    """Return a bench with a Stash that has its own merge of performers, and one with a Stash that lacks it."""
    with install_plugin(folder, profile=request.param) as plugin:
        yield Bench(plugin, box)


def make_two(bench: Bench) -> tuple[int, int]:
    """Add a performer twice; the source has values, scenes and links that the destination lacks. Return both ids."""
    tags = [bench.stock.add_tag(name) for name in ("One", "Two")]
    stays = bench.stock.add_performer("Mira Moss", tags=tags[:1], country="NO", stash_ids=[StashId(HERE, "a")])
    facts: dict[str, Any] = {
        "birthdate": "1990-05-03",
        "country": "SE",
        "favorite": True,
        "weight": 60,
        "picture": "mira",
    }
    links = [StashId(HERE, "b"), StashId(THERE, "c", "2020-01-01T00:00:00Z")]
    goes = bench.stock.add_performer("M Moss", aliases=["Em"], tags=tags, stash_ids=links, **facts)
    bench.stock.add_scene("Hers", performers=[goes])
    bench.stock.add_scene("Both", performers=[goes, stays])
    bench.stock.add_scene("Other", performers=[stays])
    return goes, stays


def scenes_of(bench: Bench, number: int, what: str = "performers") -> set[str]:
    """Return the titles of an object's scenes."""
    where = {what: {"value": [str(number)], "modifier": "INCLUDES"}}
    return {row["title"] for row in bench.stash.scenes.page("title", where).rows}


def merge(bench: Bench, source: int, destination: int, kind: str = "performer") -> dict[str, Any]:
    """Merge as the page does: preview, apply, wait; returns the preview."""
    preview = bench.operate("merge_preview", kind=kind, source=source, destination=destination)
    apply(bench, preview["plan_id"])
    return dict(preview)


def apply(bench: Bench, plan_id: str) -> None:
    """Apply a plan and wait for the task; changes that are applied already stay as they are."""
    bench.plugin.wait_for(bench.operate("plan_apply", plan_id=plan_id)["job_id"])


def last_run(bench: Bench) -> str:
    """Return the id of the newest run."""
    return str(bench.operate("history_list")["runs"][0]["id"])


def undo_last(bench: Bench) -> None:
    """Undo the newest run as the page does."""
    undo(bench, last_run(bench))


def undo(bench: Bench, run_id: str) -> None:
    """Undo a run as the page does."""
    plan = bench.operate("history_undo", run_id=run_id, preview=True)
    bench.plugin.wait_for(bench.operate("history_undo", plan_id=plan["plan_id"])["job_id"])


WHOLE = "name alias_list birthdate country favorite weight tags { name } stash_ids { endpoint stash_id } image_path"


def whole(bench: Bench, number: int) -> dict[str, Any]:
    """Return all values of a performer that an undo of a merge brings back."""
    row = bench.stash.performers.get(number, WHOLE) or {}
    plain = {name: row.get(name) for name in ("name", "alias_list", "birthdate", "country", "favorite", "weight")}
    tags = sorted(tag["name"] for tag in row.get("tags", ()))
    links = sorted((link["endpoint"], link["stash_id"]) for link in row.get("stash_ids", ()))
    return {**plain, "tags": tags, "links": links, "has_picture": "default=true" not in row.get("image_path", "")}


def test_a_merge_moves_everything_and_fills_what_was_empty(ways: Bench) -> None:
    goes, stays = make_two(ways)
    preview = merge(ways, goes, stays)
    assert (preview["moves"]["scenes"], preview["source"]["id"]) == (2, str(goes))
    assert ways.stash.performers.ids() == [stays]
    assert whole(ways, stays) == {
        "name": "Mira Moss",
        "alias_list": ["Em", "M Moss"],
        "birthdate": "1990-05-03",
        "country": "NO",
        "favorite": True,
        "weight": 60,
        "tags": ["One", "Two"],
        "links": [(HERE, "a"), (THERE, "c")],
        "has_picture": True,
    }
    assert scenes_of(ways, stays) == {"Hers", "Both", "Other"}


def test_tags_deselected_in_the_preview_do_not_move(ways: Bench) -> None:
    goes, stays = make_two(ways)
    plan = ways.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    deselect_tags(ways, plan)
    apply(ways, plan)
    assert whole(ways, stays)["tags"] == ["One"]


def deselect_tags(bench: Bench, plan: str) -> None:
    """Deselect the tag changes of a plan, as the page does."""
    rows = bench.operate("plan_list", plan_id=plan)["changes"]
    tags = [row["id"] for row in rows if row["field"] == "tag_ids"]
    bench.operate("plan_select", plan_id=plan, only=tags, selected=False)


GO_ON: dict[str, Callable[[Bench, str], object]] = {
    "an open page": lambda bench, plan: bench.operate("heartbeat"),
    "applying again": apply,
    "an update": lambda bench, plan: bench.sync(),
}


@pytest.mark.parametrize("goes_on", GO_ON)
def test_a_merge_killed_before_deselected_tags_were_removed_is_finished(bench: Bench, goes_on: str) -> None:
    goes, stays = make_two(bench)
    before, server = whole(bench, stays), bench.plugin.stash.server
    plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    deselect_tags(bench, plan)
    server.faults.add("hang", operation="Update")
    job = bench.operate("plan_apply", plan_id=plan)["job_id"]
    server.traffic.wait_for_requests(1, "Update", seconds=60)
    bench.plugin.stash.services.jobs.stop(int(job))
    bench.plugin.wait_for(job)
    server.faults.clear()
    assert (bench.stash.performers.ids(), whole(bench, stays)["tags"]) == ([stays], ["One", "Two"])
    GO_ON[goes_on](bench, plan)
    assert whole(bench, stays)["tags"] == ["One"]
    run = next(
        each for each in bench.operate("history_list")["runs"] if each["title"] == "Merged M Moss into Mira Moss"
    )
    assert (run["state"], "taken away later" in str(bench.operate("history_changes", run_id=run["id"]))) == (
        "finished",
        True,
    )
    undo(bench, run["id"])
    assert (len(bench.stash.performers.ids()), whole(bench, stays)) == (2, before)


def test_a_merge_whose_answer_was_lost_removes_deselected_tags_at_the_next_beat(bench: Bench) -> None:
    goes, stays = make_two(bench)
    plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    deselect_tags(bench, plan)
    bench.plugin.stash.server.faults.add("lost_reply", operation="MergePerformers", times=1)
    apply(bench, plan)
    bench.operate("heartbeat")
    assert (bench.stash.performers.ids(), whole(bench, stays)["tags"]) == ([stays], ["One"])
    bench.stash.performers.update(stays, {"tag_ids": bench.stash.tags.ids()})
    bench.operate("heartbeat")
    assert whole(bench, stays)["tags"] == ["One", "Two"]


def test_a_merge_killed_before_it_started_waits_for_a_person(bench: Bench) -> None:
    goes, stays = make_two(bench)
    server = bench.plugin.stash.server
    plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    server.faults.add("reset", operation="MergePerformers", times=5)
    apply(bench, plan)
    server.faults.clear()
    bench.operate("heartbeat")
    assert bench.stash.performers.count() == 2
    apply(bench, plan)
    assert bench.stash.performers.ids() == [stays]


def test_an_undone_merge_restores_all_but_the_id(ways: Bench) -> None:
    goes, stays = make_two(ways)
    before = whole(ways, goes), whole(ways, stays)
    preview = merge(ways, goes, stays)
    undo_last(ways)
    (back,) = [number for number in ways.stash.performers.ids() if number != stays]
    assert (whole(ways, back), whole(ways, stays)) == before
    assert (scenes_of(ways, back), scenes_of(ways, stays)) == ({"Hers", "Both"}, {"Both", "Other"})
    assert any("new number" in each for each in preview["warnings"])
    undo = ways.operate("plan_list", plan_id=preview["plan_id"])["undo"]
    assert undo == {"kind": "some", "count": 0, "limits": preview["warnings"]}
    undo_last(ways)
    assert (ways.stash.performers.ids(), scenes_of(ways, stays)) == ([stays], {"Hers", "Both", "Other"})


@pytest.mark.parametrize(("step", "kind"), [("Update", "reset"), ("Move", "lost_reply"), ("Destroy", "lost_reply")])
def test_an_interrupted_merge_and_undo_resume_where_they_were(
    folder: Path, box: StashBox, step: str, kind: str
) -> None:
    with install_plugin(folder, profile="0.28") as plugin:
        bench, faults = Bench(plugin, box), plugin.stash.server.faults
        goes, stays = make_two(bench)
        before = whole(bench, goes), whole(bench, stays)
        plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
        faults.add(kind, operation=step, times=1)
        for _ in range(2):
            apply(bench, plan)
        assert (bench.stash.performers.ids(), scenes_of(bench, stays)) == ([stays], {"Hers", "Both", "Other"})
        undo = bench.operate("history_undo", run_id=last_run(bench), preview=True)["plan_id"]
        faults.add(kind, operation="Create" if step == "Destroy" else step, times=1)
        for _ in range(2):
            apply(bench, undo)
        (back,) = [number for number in bench.stash.performers.ids() if number != stays]
        assert (whole(bench, back), whole(bench, stays)) == before
        assert (scenes_of(bench, back), scenes_of(bench, stays)) == ({"Hers", "Both"}, {"Both", "Other"})


def test_a_merge_preview_writes_nothing_and_warns_of_losses(bench: Bench) -> None:
    goes, stays = make_two(bench)
    preview = bench.operate("merge_preview", source=goes, destination=stays)
    assert (bench.stash.performers.count(), preview["way"]) == (2, "stash")
    assert any("a stays, b goes with M Moss" in each for each in preview["warnings"])


def test_a_merge_warning_names_the_box_by_its_name_in_stash(bench: Bench) -> None:
    one, other = bench.world.add_performer("Mira"), bench.world.add_performer("Mira Two")
    preview = bench.operate("merge_preview", source=bench.own(one), destination=bench.own(other))
    assert any(f"id at StashDB: {other.id} stays" in each for each in preview["warnings"])


def test_studios_are_merged_in_steps_with_undo(bench: Bench) -> None:
    stays, goes = bench.stock.add_studio("Network"), bench.stock.add_studio("Net Work", aliases=["NW"])
    child = bench.stock.add_studio("Child", parent=goes)
    bench.stock.add_scene("Hers", studio=goes)
    merge(bench, goes, stays, "studio")
    now = bench.show(stays, "studio")
    assert (now["aliases"], bench.show(child, "studio")["parent_studio"]["id"]) == (["NW", "Net Work"], str(stays))
    assert (scenes_of(bench, stays, "studios"), bench.stash.studios.count()) == ({"Hers"}, 2)
    undo_last(bench)
    (back,) = set(bench.stash.studios.ids()) - {stays, child}
    assert (bench.show(back, "studio")["aliases"], bench.show(stays, "studio")["aliases"]) == (["NW"], [])
    assert bench.show(child, "studio")["parent_studio"]["id"] == str(back)
    assert scenes_of(bench, back, "studios") == {"Hers"}


def test_a_parent_merges_into_its_sub_studio_with_undo(bench: Bench) -> None:
    top = bench.stock.add_studio("Top")
    goes = bench.stock.add_studio("Network", parent=top)
    stays, child = (bench.stock.add_studio(name, parent=goes) for name in ("Site", "Child"))
    merge(bench, goes, stays, "studio")
    parents = [bench.show(each, "studio")["parent_studio"]["id"] for each in (stays, child)]
    assert parents == [str(top), str(stays)]
    undo_last(bench)
    (back,) = set(bench.stash.studios.ids()) - {top, stays, child}
    parents = [bench.show(each, "studio")["parent_studio"]["id"] for each in (back, stays, child)]
    assert parents == [str(top), str(back), str(back)]


def test_merging_a_pair_merged_at_the_box_closes_its_conflict(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    first, second = bench.own(old), bench.own(new)
    bench.world.merge(old, new)
    bench.sync()
    merge(bench, first, second)
    assert (bench.sync()["run"]["conflict"], bench.operate("conflicts")["count"]) == (0, 0)
    assert bench.links_of(second) == [new.id]


def test_a_merged_pair_is_no_duplicate(bench: Bench) -> None:
    goes, stays = (bench.stock.add_performer("Cy Moss", disambiguation=word) for word in ("", "x"))
    bench.operate("duplicates", refresh=True)
    merge(bench, goes, stays)
    assert bench.operate("duplicates")["count"] == 0

"""Duplicates and merging: who may be there twice, what a merge would do, what it did, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from performers.merge.duplicate_evidence import ComparedEntity, find_pairs

from sandbox.stash.stocking import StashId
from sandbox.stashbox.server import StashBox
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench

HERE, THERE = "https://one.invalid/graphql", "https://two.invalid/graphql"
DAY = "1990-01-01"
PLAIN = ComparedEntity(0, "", "", (), (), "", "", ())


@pytest.fixture(params=["0.31", "0.28"])
def ways(request: pytest.FixtureRequest, folder: Path, box: StashBox) -> Iterator[Bench]:
    """A Stash that merges by itself, and one that has to be helped."""
    with install_plugin(folder, profile=request.param) as plugin:
        yield Bench(plugin, box)


def make_two(bench: Bench) -> tuple[int, int]:
    """Somebody twice: the second has scenes, a picture, tags and links the first lacks, and a scene of both."""
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
    """The titles of somebody's scenes."""
    where = {what: {"value": [str(number)], "modifier": "INCLUDES"}}
    return {row["title"] for row in bench.stash.scenes.page("title", where).rows}


def merge(bench: Bench, source: int, destination: int, kind: str = "performer") -> dict[str, Any]:
    """Merge as the page does: preview, apply, wait."""
    preview = bench.operate("merge_preview", kind=kind, source=source, destination=destination)
    apply(bench, preview["plan_id"])
    return dict(preview)


def apply(bench: Bench, plan_id: str) -> None:
    """Apply a plan, as often as it takes; what is applied already stays as it is."""
    bench.plugin.wait_for(bench.operate("plan_apply", plan_id=plan_id)["job_id"])


def last_run(bench: Bench) -> str:
    """The newest run."""
    return str(bench.operate("history_list")["runs"][0]["id"])


def undo_last(bench: Bench) -> None:
    """Take the last run back as the page does."""
    undo(bench, last_run(bench))


def undo(bench: Bench, run_id: str) -> None:
    """Take a run back as the page does."""
    plan = bench.operate("history_undo", run_id=run_id, preview=True)
    bench.plugin.wait_for(bench.operate("history_undo", plan_id=plan["plan_id"])["job_id"])


WHOLE = "name alias_list birthdate country favorite weight tags { name } stash_ids { endpoint stash_id } image_path"


def whole(bench: Bench, number: int) -> dict[str, Any]:
    """All that matters of somebody, without what a merge cannot bring back."""
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


def test_tags_ticked_off_in_the_preview_do_not_move(ways: Bench) -> None:
    goes, stays = make_two(ways)
    plan = ways.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    tick_off_tags(ways, plan)
    apply(ways, plan)
    assert whole(ways, stays)["tags"] == ["One"]


def tick_off_tags(bench: Bench, plan: str) -> None:
    """The tag of the source is not to come along."""
    rows = bench.operate("plan_list", plan_id=plan)["changes"]
    tags = [row["id"] for row in rows if row["field"] == "tag_ids"]
    bench.operate("plan_select", plan_id=plan, only=tags, selected=False)


GO_ON: dict[str, Callable[[Bench, str], object]] = {
    "an open page": lambda bench, plan: bench.operate("heartbeat"),
    "applying again": apply,
    "an update": lambda bench, plan: bench.sync(),
}


@pytest.mark.parametrize("goes_on", GO_ON)
def test_a_merge_that_was_killed_before_ticked_off_tags_were_gone_is_finished_and_says_so(
    bench: Bench, goes_on: str
) -> None:
    goes, stays = make_two(bench)
    before, server = whole(bench, stays), bench.plugin.stash.server
    plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    tick_off_tags(bench, plan)
    server.faults.add("hang", operation="Update")
    job = bench.operate("plan_apply", plan_id=plan)["job_id"]
    server.traffic.wait_for_requests(1, "Update", seconds=60)
    bench.plugin.stash.services.jobs.stop(int(job))
    bench.plugin.wait_for(job)
    server.faults.clear()
    assert (bench.stash.performers.ids(), whole(bench, stays)["tags"]) == ([stays], ["One", "Two"])
    GO_ON[goes_on](bench, plan)
    assert whole(bench, stays)["tags"] == ["One"]
    run = next(each for each in bench.operate("history_list")["runs"] if each["title"] == "Merge M Moss into Mira Moss")
    assert (run["state"], "taken away later" in str(bench.operate("history_changes", run_id=run["id"]))) == (
        "finished",
        True,
    )
    undo(bench, run["id"])
    assert (len(bench.stash.performers.ids()), whole(bench, stays)) == (2, before)


def test_a_merge_whose_answer_was_lost_drops_ticked_off_tags_with_the_next_beat_and_only_then(bench: Bench) -> None:
    goes, stays = make_two(bench)
    plan = bench.operate("merge_preview", source=goes, destination=stays)["plan_id"]
    tick_off_tags(bench, plan)
    bench.plugin.stash.server.faults.add("lost_reply", operation="MergePerformers", times=1)
    apply(bench, plan)
    bench.operate("heartbeat")
    assert (bench.stash.performers.ids(), whole(bench, stays)["tags"]) == ([stays], ["One"])
    bench.stash.performers.update(stays, {"tag_ids": bench.stash.tags.ids()})
    bench.operate("heartbeat")
    assert whole(bench, stays)["tags"] == ["One", "Two"]


def test_a_merge_that_was_killed_before_it_happened_waits_for_a_person(bench: Bench) -> None:
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


def test_a_merge_is_taken_back_but_for_the_number(ways: Bench) -> None:
    goes, stays = make_two(ways)
    before = whole(ways, goes), whole(ways, stays)
    preview = merge(ways, goes, stays)
    undo_last(ways)
    (back,) = [number for number in ways.stash.performers.ids() if number != stays]
    assert (whole(ways, back), whole(ways, stays)) == before
    assert (scenes_of(ways, back), scenes_of(ways, stays)) == ({"Hers", "Both"}, {"Both", "Other"})
    assert any("new number" in each for each in preview["warnings"])
    undo_last(ways)
    assert (ways.stash.performers.ids(), scenes_of(ways, stays)) == ([stays], {"Hers", "Both", "Other"})


@pytest.mark.parametrize(("step", "kind"), [("Update", "reset"), ("Move", "lost_reply"), ("Destroy", "lost_reply")])
def test_a_merge_and_its_undo_that_break_off_go_on_where_they_were(
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


def test_a_preview_writes_nothing_and_tells_what_is_lost(bench: Bench) -> None:
    goes, stays = make_two(bench)
    preview = bench.operate("merge_preview", source=goes, destination=stays)
    assert (bench.stash.performers.count(), preview["way"]) == (2, "stash")
    assert any("a stays, b goes with M Moss" in each for each in preview["warnings"])


def test_a_merge_names_the_box_whose_id_goes_as_people_call_it(bench: Bench) -> None:
    one, other = bench.world.add_performer("Mira"), bench.world.add_performer("Mira Two")
    preview = bench.operate("merge_preview", source=bench.own(one), destination=bench.own(other))
    assert any(f"id at StashDB: {other.id} stays" in each for each in preview["warnings"])


def test_sites_are_merged_in_steps_and_taken_back(bench: Bench) -> None:
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


def test_a_site_takes_the_place_of_its_own_parent_and_gives_it_back(bench: Bench) -> None:
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


def test_two_that_the_box_merged_are_merged_here_and_nothing_is_left_to_ask(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    first, second = bench.own(old), bench.own(new)
    bench.world.merge(old, new)
    bench.sync()
    merge(bench, first, second)
    assert (bench.sync()["run"]["conflict"], bench.operate("conflicts")["count"]) == (0, 0)
    assert bench.links_of(second) == [new.id]


def test_duplicates_are_ranked_and_dismissed_ones_stay_away_until_taken_back(bench: Bench) -> None:
    twins = [bench.stock.add_performer(name, stash_ids=[StashId(HERE, "a")]) for name in ("Ann Reed", "Bea Reed")]
    for word in "12":
        bench.stock.add_performer("Cy Moss", disambiguation=word, birthdate="1990-05-03")
    bench.stock.add_performer("Nobody Else")
    assert bench.operate("duplicates")["made_at"] is None
    bench.task("find_duplicates")
    first, second = bench.operate("duplicates")["duplicates"]
    assert ({each["id"] for each in first["people"]}, first["evidence"]) == (
        {str(each) for each in twins},
        [f"Both have the id a at {HERE}."],
    )
    assert "The same birth date, 1990-05-03." in second["evidence"]
    bench.operate("duplicate_dismiss", key=first["key"])
    bench.task("find_duplicates")
    assert bench.operate("duplicates")["count"] == 1
    bench.operate("decision_take_back", key=bench.operate("decisions")["decisions"][0]["key"])
    assert bench.operate("duplicates")["count"] == 2


def test_a_merged_pair_is_no_duplicate_any_more(bench: Bench) -> None:
    goes, stays = (bench.stock.add_performer("Cy Moss", disambiguation=word) for word in ("", "x"))
    bench.operate("duplicates", refresh=True)
    merge(bench, goes, stays)
    assert bench.operate("duplicates")["count"] == 0


def test_pairs_of_which_one_was_deleted_are_neither_shown_nor_counted(bench: Bench) -> None:
    for name in ("Cy Moss", "Dee Moss"):
        gone = [bench.stock.add_performer(name, disambiguation=word) for word in ("", "x")]
    bench.operate("duplicates", refresh=True)
    bench.stash.ask("mutation Gone($id: ID!) { performerDestroy(input: {id: $id}) }", {"id": str(gone[0])})
    assert bench.operate("duplicates")["count"] == 1
    assert bench.operate("overview")["attention"]["duplicate"] == 1


def test_ten_thousand_are_compared_without_a_request_for_each(bench: Bench) -> None:
    with bench.plugin.stash.services.library.write() as db:
        rows = [(f"Name {each % 9990}", str(each), f"19{each % 90:02}-01-01") for each in range(10_000)]
        sql = (
            "INSERT INTO performers (name, disambiguation, birthdate, created_at, updated_at) VALUES (?, ?, ?, '', '')"
        )
        for row in rows:
            db.run(sql, row)
    before = len(bench.plugin.stash.server.traffic.requests())
    assert bench.task("find_duplicates", kind="performer")["counts"] == {"performer": 10}
    assert len(bench.plugin.stash.server.traffic.requests()) - before < 30


@pytest.mark.parametrize(
    ("one", "other", "is_pair"),
    [
        ({"name": "Ann"}, {"name": "ann"}, True),
        ({"name": "Ann", "birthdate": DAY}, {"name": "Ann", "birthdate": "1980-01-01"}, False),
        ({"name": "Ann", "gender": "MALE"}, {"name": "Ann", "gender": "FEMALE"}, False),
        ({"name": "Ann", "links": [(HERE, "a")]}, {"name": "Ann", "links": [(HERE, "b")]}, False),
        ({"name": "Ann", "aliases": ["Bea"]}, {"name": "Bea"}, False),
        (
            {"name": "Ann", "aliases": ["Bea"], "birthdate": DAY},
            {"name": "Bea", "birthdate": DAY},
            True,
        ),
        ({"name": "Ann", "urls": ["https://www.x.invalid/a/"]}, {"name": "Bea", "urls": ["http://x.invalid/a"]}, True),
        ({"name": "Ann", "birthdate": DAY}, {"name": "Bea", "birthdate": DAY}, False),
    ],
)
def test_what_makes_two_a_pair(one: dict[str, Any], other: dict[str, Any], is_pair: bool) -> None:
    entities = [PLAIN._replace(number=number, **facts) for number, facts in ((1, one), (2, other))]
    assert bool(find_pairs(entities)) == is_pair


def test_what_many_share_makes_no_pairs() -> None:
    crowd = [PLAIN._replace(number=each, name=f"N{each}", urls=["https://x.invalid"]) for each in range(50)]
    assert find_pairs(crowd) == []

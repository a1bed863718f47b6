"""How complete performers and studios are: counted by a task, sorted by the page."""

from __future__ import annotations

from typing import Any

import pytest
from missing.schema import MIGRATIONS

from sandbox.stashbox.model import Performer
from shared.state.store import Store
from tests.missingScenes.conftest import Bench


def count(bench: Bench) -> Any:
    bench.plugin.run_task("completeness", run_token="count")
    return bench.plugin.operation("run_result", run_token="count")["run"]


def listed(bench: Bench, **args: Any) -> list[tuple[str, int, int]]:
    rows = bench.plugin.operation("list_completeness", **args)["rows"]
    return [(row["name"], row["owned"], row["total"]) for row in rows]


@pytest.fixture
def counted(bench: Bench, mira: Performer, local_mira: str) -> None:
    """Add Mira with 2 of 3 scenes, Hill Films with 1 of 5, and an unlinked performer; count them."""
    scenes = bench.add_scenes(3, mira)
    hills = bench.world.add_studio("Hill Films")
    others = bench.add_scenes(5, studio=hills)
    studio = bench.add_local("studio", "Hill Films", hills.id, favorite=True)
    bench.add_local("performer", "Nobody Known")
    for number in bench.own(*scenes[:2]):
        bench.stash.scenes.update(int(number), {"performer_ids": [local_mira]})
    (first,) = bench.own(others[0])
    bench.stash.scenes.update(int(first), {"studio_id": studio})
    assert count(bench)["message"] == "Checked performers and studios: 2."


@pytest.mark.usefixtures("counted")
def test_owned_and_total_are_counted_for_every_linked_entity(bench: Bench) -> None:
    assert listed(bench, sort="name") == [("Hill Films", 1, 5), ("Mira Mosswick", 2, 3)]


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    ("args", "names"),
    [
        ({"sort": "share", "descending": True}, ["Mira Mosswick", "Hill Films"]),
        ({"sort": "missing", "descending": True}, ["Hill Films", "Mira Mosswick"]),
        ({"kind": "performer"}, ["Mira Mosswick"]),
        ({"favorites": True}, ["Hill Films"]),
        ({"text": "mira"}, ["Mira Mosswick"]),
        ({"sort": "name", "page": 2, "page_size": 1}, ["Mira Mosswick"]),
    ],
)
def test_the_table_is_sorted_filtered_and_paged(bench: Bench, args: dict[str, Any], names: list[str]) -> None:
    assert [name for name, _, _ in listed(bench, **args)] == names


@pytest.mark.usefixtures("counted")
def test_an_unlinked_entity_leaves_the_table(bench: Bench, local_mira: str) -> None:
    bench.stash.performers.update(int(local_mira), {"stash_ids": []})
    count(bench)
    assert [name for name, _, _ in listed(bench)] == ["Hill Films"]


@pytest.mark.usefixtures("counted")
def test_one_request_counts_forty(bench: Bench) -> None:
    for number in range(45):
        performer = bench.world.add_performer(f"P{number}")
        bench.add_local("performer", f"P{number}", performer.id)
        bench.add_scenes(1, performer)
    bench.box.server.traffic.clear()
    count(bench)
    assert bench.box.server.traffic.total == 3


@pytest.mark.usefixtures("counted")
def test_a_stash_that_refuses_the_quick_look_up_counts_with_filters(bench: Bench) -> None:
    bench.refuse_sql()
    count(bench)
    assert listed(bench, sort="name") == [("Hill Films", 1, 5), ("Mira Mosswick", 2, 3)]


def age(bench: Bench, days: float) -> None:
    """Make all counts so many days old."""
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    with store.write() as db:
        db.execute("UPDATE completeness SET checked = checked - ?", (days * 86400,))
    store.close()


def beat(bench: Bench) -> int:
    """Send the heartbeat of an open page and return the number of tasks it started."""
    traffic = bench.plugin.stash.server.traffic
    before = len(traffic.requests("runPluginTask"))
    bench.operate("heartbeat")
    bench.plugin.stash.services.jobs.wait_until_idle()
    return len(traffic.requests("runPluginTask")) - before


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("days", "setting", "started"), [(1, 7, 0), (8, 7, 1), (8, 10, 0), (8, 0, 0)])
def test_an_open_page_counts_again_when_the_last_count_is_old(
    bench: Bench, mira: Performer, days: int, setting: int, started: int
) -> None:
    bench.plugin.save_settings(completenessDays=setting)
    bench.add_scenes(1, mira)
    age(bench, days)
    assert (beat(bench), beat(bench)) == (started, 0)
    assert listed(bench, kind="performer") == [("Mira Mosswick", 2, 3 + started)]


def test_an_open_page_never_starts_the_first_count(bench: Bench, local_mira: str) -> None:
    assert (local_mira, beat(bench)) == (local_mira, 0)


def test_a_page_that_opens_meanwhile_sees_how_far_the_count_is(bench: Bench, mira: Performer, local_mira: str) -> None:
    stuck = bench.box.server.faults.add("hang")
    job = bench.stash.run_plugin_task("missingScenes", args={"mode": "completeness"})
    bench.box.server.traffic.wait_for_requests(1)
    table = bench.operate("list_completeness")
    assert (table["running"], table["progress"]) == (True, {"done": 0, "total": 1})
    bench.box.server.faults.remove(stuck)
    bench.plugin.wait_for(job)
    assert bench.operate("list_completeness")["progress"] is None


@pytest.mark.usefixtures("counted")
def test_a_killed_count_leaves_the_counts_and_the_next_one_is_whole(bench: Bench) -> None:
    known = listed(bench)
    stuck = bench.box.server.faults.add("hang")
    bench.box.server.traffic.clear()
    job = bench.stash.run_plugin_task("missingScenes", args={"mode": "completeness"})
    bench.box.server.traffic.wait_for_requests(1)
    bench.stop_job(job)
    bench.plugin.wait_for(job)
    bench.box.server.faults.remove(stuck)
    assert (listed(bench), len(known)) == (known, 2)
    assert count(bench)["message"] == "Checked performers and studios: 2."


def test_a_merged_performer_is_counted_under_the_new_id(bench: Bench, mira: Performer, local_mira: str) -> None:
    another = bench.world.add_performer("Another")
    (first, *_) = bench.add_scenes(3, another)
    for number in bench.own(first):
        bench.stash.scenes.update(int(number), {"performer_ids": [local_mira]})
    bench.world.merge(mira, into=another)
    count(bench)
    assert listed(bench) == [("Mira Mosswick", 1, 3)]


def test_an_entity_without_scenes_and_a_deleted_one_have_different_messages(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    gone = bench.world.add_performer("Gone")
    bench.add_local("performer", "Gone", gone.id)
    bench.world.delete(gone)
    count(bench)
    messages = {row["name"]: row["message"] for row in bench.operate("list_completeness")["rows"]}
    assert messages["Mira Mosswick"] == "The box lists no scenes here."
    assert "was deleted at StashDB" in messages["Gone"]


def test_a_list_that_was_read_to_its_end_corrects_the_count(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.own(*bench.add_scenes(3, mira)[:2])  # they carry no performer in Stash
    count(bench)
    assert listed(bench) == [("Mira Mosswick", 0, 3)]
    bench.find(local_mira, text="nothing like it")
    assert listed(bench) == [("Mira Mosswick", 2, 3)]


def test_a_box_that_is_down_is_reported_and_saved_counts_stay(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(3, mira)
    count(bench)
    bench.box.stop()
    run = count(bench)
    assert run["state"] == "failed"
    assert "connection was refused" in run["message"]
    assert listed(bench) == [("Mira Mosswick", 0, 3)]


@pytest.mark.parametrize("refuses_sql", [False, True])
def test_links_in_another_spelling_of_the_endpoint_count(bench: Bench, mira: Performer, refuses_sql: bool) -> None:
    def spell(stash_id: str) -> list[dict[str, str]]:
        return [{"endpoint": f"{bench.box.endpoint}/", "stash_id": stash_id}]

    scene, _ = bench.add_scenes(2, mira)
    local = bench.stash.performers.create({"name": "Mira", "stash_ids": spell(mira.id)})
    bench.stash.scenes.create({"title": "x", "stash_ids": spell(scene.id), "performer_ids": [local["id"]]})
    if refuses_sql:
        bench.refuse_sql()
    count(bench)
    assert listed(bench) == [("Mira", 1, 2)]


@pytest.mark.usefixtures("counted")
def test_each_day_with_a_check_is_one_point_of_growth(bench: Bench) -> None:
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    try:
        store.kv.put("completeness.growth", [{"day": "2026-01-01", "owned": 1, "total": 3}])
        count(bench)
        count(bench)
        points = bench.plugin.operation("overview")["completeness"]["growth"]
    finally:
        store.close()
    assert [(each["owned"], each["total"]) for each in points] == [(1, 3), (2, 3)]

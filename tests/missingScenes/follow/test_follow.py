"""Following: only what comes from now on, by rules, to Wanted or to Whisparr, once, and with a preview."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from missing.schema import MIGRATIONS

from sandbox.notify.server import MessageServices
from sandbox.stashbox.model import Performer, Scene
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed
from shared.state.store import Store
from tests.missingScenes.conftest import Bench

DAY = "2026-05-{:02d}T08:00:00Z"


@pytest.fixture(autouse=True)
def old_scenes(bench: Bench, mira: Performer) -> list[Scene]:
    """Add scenes that the box had before anyone was followed."""
    return [add(bench, mira, f"Old {each}", created=f"2026-0{each}-01T08:00:00Z") for each in range(1, 5)]


def add(bench: Bench, mira: Performer, title: str, day: int = 1, **values: Any) -> Scene:
    """Add a scene that the box got on a day of May, released on that day."""
    created = values.pop("created", DAY.format(day))
    known = {"performers": (mira,), "release_date": created[:10], "duration": 1800}
    return bench.world.add_scene(title, created=created, **{**known, **values})


def follow(bench: Bench, local_id: str, kind: str = "performer", **rules: Any) -> Any:
    return bench.operate("follow_entity", kind=kind, entity_id=local_id, rules=rules)["follow"]


def titles(bench: Bench, name: str = "wanted") -> list[str]:
    """Return the titles on a list of Missing Scenes, or of what waits."""
    if name in ("wanted", "ignored"):
        return sorted(each["title"] for each in bench.operate("list_marked", list=name)["scenes"])
    return sorted(each["title"] for each in bench.operate("list_follows")[name])


@contextlib.contextmanager
def open_store(bench: Bench) -> Iterator[Store]:
    with contextlib.closing(Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)) as store:
        yield store


def test_only_what_comes_from_now_on_is_wanted_and_only_once(bench: Bench, mira: Performer, local_mira: str) -> None:
    follow(bench, local_mira)
    bench.task("follow")
    assert titles(bench) == []
    new = [add(bench, mira, f"New {each}", each) for each in (1, 2)]
    add(bench, mira, "Back catalog", 2, release_date="2009-01-01")
    bench.own(add(bench, mira, "Owned", 3))
    assert bench.task("follow")["count"] == 2
    assert titles(bench) == ["New 1", "New 2"]
    card = {"id": new[0].id, "title": "New 1"}
    bench.operate("mark_scenes", list="wanted", is_on=False, endpoint=bench.box.endpoint, scenes=[card])
    before = bench.asked("queryScenes")
    bench.task("follow")
    assert (titles(bench), bench.asked("queryScenes") - before) == (["New 2"], 1)


def test_many_are_read_with_one_request_and_a_scene_of_two_comes_once(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    ben = bench.world.add_performer("Ben", gender="MALE")
    local_ben = bench.add_local("performer", "Ben", ben.id)
    follow(bench, local_mira)
    follow(bench, local_ben, way="ask")
    bench.task("follow")
    add(bench, mira, "Of both", 1, performers=(mira, ben))
    add(bench, mira, "Of Ben", 2, performers=(ben,))
    before = bench.asked("queryScenes")
    bench.task("follow")
    assert bench.asked("queryScenes") - before == 1
    assert (titles(bench), titles(bench, "asks")) == (["Of both"], ["Of Ben"])


def test_a_studio_is_followed_with_its_sub_studios_if_asked(bench: Bench, mira: Performer) -> None:
    network = bench.world.add_studio("Hill Network")
    below = bench.world.add_studio("Hill Films", parent=network)
    local = bench.add_local("studio", "Hill Network", network.id)
    follow(bench, local, "studio")
    add(bench, mira, "Below", 1, studio=below)
    bench.task("follow")
    assert titles(bench) == []
    follow(bench, local, "studio", network=True)
    bench.task("follow")
    assert titles(bench) == ["Below"]


def test_what_exceeds_the_week_waits_with_its_time_and_can_be_brought_by_a_click(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira, per_week=1)
    for day in (3, 1, 2):
        add(bench, mira, f"New {day}", day)
    bench.task("follow")
    assert (titles(bench), titles(bench, "waits")) == (["New 1"], ["New 2", "New 3"])
    shown = bench.operate("list_follows")
    assert shown["follows"][0]["next_place"]
    assert {each["state"] for each in shown["waits"]} == {"limit"}
    run = bench.operate("decide_followed", scenes=shown["waits"][:1], decision="accept")["runs"][0]
    assert len(titles(bench)) == 2
    bench.undo(run["id"])
    bench.task("follow")
    assert titles(bench) == ["New 1"]
    with open_store(bench) as store, store.write() as db:  # a week later
        db.execute("UPDATE follow_scenes SET decided = decided - 8 * 86400 WHERE state = 'came'")
    bench.task("follow")
    assert len(titles(bench)) == 2


def test_two_pages_that_accept_the_same_scenes_at_once_bring_each_scene_once(
    bench: Bench, mira: Performer, local_mira: str, whisparr: WhisparrDouble
) -> None:
    follow(bench, local_mira, way="ask", target="whisparr")
    new = [add(bench, mira, f"New {each}", each) for each in (1, 2, 3)]
    know_box(whisparr.state, new)
    bench.task("follow")
    asks = bench.operate("list_follows")["asks"]
    with ThreadPoolExecutor(2) as pages:
        both = [pages.submit(bench.operate, "decide_followed", scenes=asks, decision="accept") for _ in range(2)]
        answers = [each.result() for each in both]
    assert [each["problems"] for each in answers] == [{}, {}]
    assert sorted(each.foreign_id for each in whisparr.state.movies.values()) == sorted(each.id for each in new)
    assert sum(run["totals"]["changed"] for answer in answers for run in answer["runs"]) == 3
    assert titles(bench, "asks") == []


def test_scenes_that_need_a_click_wait_for_it_and_a_skip_is_remembered(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira, way="ask")
    for day in (1, 2):
        add(bench, mira, f"New {day}", day)
    bench.task("follow")
    notices = {each["key"]: each["text"] for each in bench.operate("heartbeat")["notices"]}
    assert notices["followed"].startswith("2 new scenes wait for your decision")
    skipped, accepted = bench.operate("list_follows")["asks"]
    bench.operate("decide_followed", scenes=[skipped], decision="skip")
    bench.operate("decide_followed", scenes=[accepted], decision="accept")
    bench.task("follow")
    assert (titles(bench), titles(bench, "asks")) == ([accepted["title"]], [])
    bench.operate("decide_followed", scenes=[skipped], decision="ask_again")
    assert titles(bench, "asks") == [skipped["title"]]
    bench.own(bench.world.scenes[skipped["id"]])
    bench.task("follow")
    assert titles(bench, "asks") == []


def test_unfollowing_leaves_what_came_and_forgets_what_waits(bench: Bench, mira: Performer, local_mira: str) -> None:
    followed = follow(bench, local_mira, per_week=1)
    for day in (1, 2):
        add(bench, mira, f"New {day}", day)
    bench.task("follow")
    assert bench.operate("unfollow", follow_id=followed["id"]) == {"follows": 0}
    bench.task("follow")
    assert (titles(bench), titles(bench, "waits")) == (["New 1"], [])
    assert follow(bench, local_mira)["id"]
    bench.task("follow")
    assert titles(bench) == ["New 1"]


def test_whisparr_gets_new_scenes_by_the_same_plan_as_a_click_and_an_undo_takes_them_back(
    bench: Bench, mira: Performer, local_mira: str, whisparr: WhisparrDouble
) -> None:
    follow(bench, local_mira, target="whisparr")
    new, excluded = add(bench, mira, "New", 1), add(bench, mira, "Excluded", 2)
    whisparr.state.exclude(excluded.id, "Excluded")
    bench.task("follow")
    assert [each.foreign_id for each in whisparr.state.movies.values()] == [new.id]
    counts = bench.operate("list_follows")["follows"][0]["counts"]
    assert (counts["came"], counts["left_out"]) == (1, 1)
    (run,) = bench.operate("history_list")["runs"]
    bench.undo(run["id"])
    bench.task("follow")
    assert whisparr.state.movies == {}


@pytest.mark.parametrize("trouble", ["down", "scene unknown"])
def test_a_scene_waits_while_whisparr_cannot_take_it_is_told_and_is_tried_again_by_itself(
    bench: Bench, mira: Performer, local_mira: str, whisparr: WhisparrDouble, trouble: str
) -> None:
    follow(bench, local_mira, target="whisparr", per_week=1)
    for day in (1, 2):
        add(bench, mira, f"New {day}", day)
    whisparr.state.catalogue = {} if trouble == "scene unknown" else None
    fault = whisparr.server.faults.add("server_error") if trouble == "down" else None
    problems = bench.task("follow")["problems"]
    assert "Whisparr" in problems["Mira Mosswick"]
    whisparr.state.catalogue = None
    if fault:
        whisparr.server.faults.remove(fault)
    notices = {each["key"]: each["text"] for each in bench.operate("heartbeat")["notices"]}
    assert notices["followed.waiting"].startswith("1 new scene waits and will be tried again: ")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert len(whisparr.state.movies) == 1
    assert titles(bench, "waits") == ["New 2"]


def test_a_process_that_was_killed_while_it_added_brings_nothing_twice(
    bench: Bench, mira: Performer, local_mira: str, whisparr: WhisparrDouble
) -> None:
    follow(bench, local_mira, target="whisparr")
    add(bench, mira, "New", 1)
    bench.task("follow")
    with open_store(bench) as store, store.write() as db:  # as the killed process had left it
        db.execute("UPDATE follow_scenes SET state = 'bringing', run = (SELECT max(id) FROM journal_runs)")
        db.execute("UPDATE journal_rows SET outcome = 'intent'")
        db.execute("UPDATE journal_items SET outcome = ''")
        db.execute("UPDATE journal_runs SET state = 'running', ended = NULL")
    bench.task("follow")
    assert len(whisparr.state.movies) == 1
    assert bench.operate("list_follows")["follows"][0]["counts"]["came"] == 1


def test_scenes_that_a_killed_process_had_not_begun_come_later_even_if_another_run_came_between(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira)
    other = add(bench, mira, "Other", 1, performers=())
    first, second = (add(bench, mira, f"New {day}", day) for day in (1, 2))
    bench.task("follow")
    with open_store(bench) as store, store.write() as db:  # as the killed process had left it
        db.execute("UPDATE follow_scenes SET state = 'bringing', run = (SELECT max(id) FROM journal_runs)")
        begun = "CASE WHEN (SELECT item_id FROM journal_items i WHERE i.id = item) LIKE ? THEN 'intent' ELSE '' END"
        db.execute(f"UPDATE journal_rows SET outcome = {begun}", (f"{first.id}%",))
        db.execute("UPDATE journal_items SET outcome = ''")
        db.execute("UPDATE marks SET is_on = 0 WHERE scene_id = ?", (second.id,))
        db.execute("UPDATE journal_runs SET state = 'running', ended = NULL")
    card = {"id": other.id, "title": "Other"}
    bench.operate("mark_scenes", list="wanted", is_on=True, endpoint=bench.box.endpoint, scenes=[card])
    bench.task("follow")
    assert titles(bench) == ["New 1", "New 2", "Other"]
    assert bench.operate("list_follows")["follows"][0]["counts"]["came"] == 2


def test_a_box_that_fails_midway_is_read_again_from_the_same_place(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira)
    for day in range(1, 29):
        for hour in range(5):
            add(bench, mira, f"New {day} {hour}", day, created=f"2026-05-{day:02d}T0{hour}:00:00Z")
    fault = bench.box.server.faults.add("server_error", operation="queryScenes", after=1)
    assert "StashDB" in bench.task("follow")["problems"]
    assert bench.operate("list_follows")["follows"][0]["problem"]
    bench.box.server.faults.remove(fault)
    bench.task("follow")
    shown = bench.operate("list_follows")["follows"][0]
    assert (shown["counts"]["came"], shown["problem"]) == (140, None)


def test_a_merged_performer_is_followed_under_the_new_id_and_a_deleted_one_is_told(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira)
    other = bench.world.add_performer("Mira M.")
    bench.world.merge(mira, other)
    add(bench, other, "New", 1)
    bench.task("follow")
    assert titles(bench) == ["New"]
    bench.world.delete(other)
    with open_store(bench) as store:  # a week later
        store.kv.delete("follow.looked_up")
    bench.task("follow")
    assert "was deleted at StashDB" in bench.operate("list_follows")["follows"][0]["problem"]


def test_new_scenes_of_favorites_and_of_followed_ones_are_one_message(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    ben = bench.world.add_performer("Ben")
    bench.add_local("performer", "Ben", ben.id, favorite=True)
    services = MessageServices()
    with services.server:
        bench.plugin.save_settings(notifyService="ntfy", notifyAddress=services.url, notifyChannel="stash")
        follow(bench, local_mira)
        bench.task("news")
        add(bench, mira, "Followed", 1)
        bench.world.add_scene("Favorite", performers=(ben,), created="2100-01-01T00:00:00Z")
        assert bench.task("news")["count"] == 2
    assert [each.body["title"] for each in services.taken] == ["2 new scenes of your favorites and of those you follow"]
    assert titles(bench) == ["Followed"]


def test_the_preview_tells_what_the_rules_would_have_brought_and_reads_the_list_once(
    bench: Bench, mira: Performer, local_mira: str, old_scenes: list[Scene]
) -> None:
    today = datetime.datetime.now(datetime.timezone.utc)
    for days, title, length in (
        (1, "Yesterday", 1800),
        (200, "Spring", 1800),
        (300, "Short", 60),
        (400, "Long ago", 1),
    ):
        moment = (today - datetime.timedelta(days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        add(bench, mira, title, created=moment, duration=length)
    rules = {"min_minutes": 10, "per_week": 1}
    for each in old_scenes:
        bench.world.delete(each)
    asked = {"kind": "performer", "entity_id": local_mira, "rules": rules}
    shown = bench.operate("preview_follow", **asked)
    assert shown["is_whole"]
    assert [each["title"] for each in shown["scenes"]] == ["Yesterday", "Spring"]
    assert (shown["count"], shown["left_out"]["short"], shown["came"], shown["waiting"]) == (2, 1, 2, 0)
    before = bench.asked()
    assert bench.operate("preview_follow", **{**asked, "rules": {}})["count"] == 3
    assert bench.asked() == before
    assert bench.operate("list_follows")["follows"] == []


def test_who_is_not_linked_or_goes_nowhere_cannot_be_followed_and_the_reason_is_told(
    bench: Bench, local_mira: str
) -> None:
    stranger = bench.add_local("performer", "Stranger")
    with pytest.raises(GraphQLFailed, match="is not linked to StashDB yet"):
        follow(bench, stranger)
    with pytest.raises(GraphQLFailed, match="This Whisparr is not set up"):
        follow(bench, local_mira, target="whisparr")
    shown = bench.operate("show_follow", kind="performer", entity_id=local_mira)
    assert (shown["follow"], shown["whisparrs"], shown["entity"]["name"]) == (None, [], "Mira Mosswick")


def test_a_day_after_the_last_check_an_open_page_starts_it(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.plugin.save_settings(lookForNews=False)
    follow(bench, local_mira)
    add(bench, mira, "New", 1)
    bench.operate("heartbeat")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert titles(bench) == []
    with open_store(bench) as store:
        store.kv.put("follow.checked", store.clock.now() - 90_000)
    bench.operate("run_due")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert titles(bench) == ["New"]


def test_announced_scenes_of_followed_ones_are_coming_up_if_the_rules_let_them_through(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    follow(bench, local_mira, min_minutes=10)
    add(bench, mira, "Soon", 1, release_date="2199-06-01")
    add(bench, mira, "Soon and short", 1, release_date="2199-06-02", duration=60)
    bench.own(add(bench, mira, "Soon and owned", 1, release_date="2199-06-03"))
    answer = bench.operate("list_coming", today="2199-01-01")
    assert ([each["title"] for each in answer["scenes"]], answer["problems"]) == (["Soon"], {})

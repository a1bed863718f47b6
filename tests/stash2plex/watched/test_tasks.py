"""Taking plays, positions and stars from Plex into Stash, with plexapi as the other client of Plex."""

from __future__ import annotations

import json
import random
import subprocess
import time
from typing import Any

import pytest
from plexapi.server import PlexServer
from plexsync.watched.store import STARTED

from sandbox.plex.model import GUEST, PlexMovie
from sandbox.plex.watching import play_item, rate, stop_item
from tests.harness.process import document, start_plugin, task
from tests.stash2plex.pair import Pair

DAY = 86_400
START = 1_700_000_000
READ = "query Read($id: ID!) { scene: findScene(id: $id) { rating100 play_history play_count resume_time } }"


@pytest.fixture
def watching(pair: Pair) -> Pair:
    """Return a pair that takes everything and has matched its scenes."""
    pair.change_settings(take_plays=True, take_positions=True, take_stars=True)
    return pair


def add_matched(pair: Pair, number: int = 1) -> list[tuple[int, PlexMovie]]:
    """Add scenes with their items, and match them."""
    added = [pair.add_scene_and_item(f"Scene {each}", f"/data/{each}.mp4") for each in range(number)]
    pair.sync(*(scene for scene, _ in added))
    return added


def take(pair: Pair, mode: str = "take_watched") -> dict[str, Any]:
    """Run a task of this feature to its end and return its result."""
    pair.plugin.run_task(mode, run_token="token-take")
    found: dict[str, Any] = pair.store.kv.get("task_results", object)["token-take"]
    return found


def read_scene(pair: Pair, scene: int) -> dict[str, Any]:
    """Return what Stash knows about the watching of a scene."""
    row: dict[str, Any] = pair.stash.ask(READ, {"id": str(scene)})["scene"]
    return row


def connect(pair: Pair) -> Any:
    """Return plexapi's client of the same Plex."""
    server_class: Any = PlexServer
    return server_class(pair.plex.url, pair.plex.token)


def undo_last(pair: Pair) -> None:
    """Undo the newest run of the history."""
    run = pair.plugin.operation("history_list")["runs"][0]
    undo = pair.plugin.operation("history_undo", run_id=run["id"])
    pair.plugin.operation("history_undo", plan_id=undo["plan_id"])


def test_plays_of_the_chosen_account_are_taken_once_and_undone_exactly(watching: Pair) -> None:
    ((scene, item), (marked, mark)) = add_matched(watching, 2)
    own = START + 5 * DAY
    watching.stash.ask(f'mutation {{ sceneAddPlay(id: {scene}, times: ["2024-02-01T10:00:00Z"]) {{ count }} }}')
    for at, account in ((START, 1), (own, 1), (START + DAY, GUEST)):
        play_item(watching.plex.state, item, at, account)
    client = connect(watching)
    client.fetchItem(mark.rating_key).markPlayed()
    assert [each.viewedAt.timestamp() for each in client.history(accountID=1)] == [own, START]
    take(watching)
    taken = read_scene(watching, scene)["play_history"]
    assert taken == ["2024-02-01T10:00:00Z", "2023-11-19T22:13:20Z", "2023-11-14T22:13:20Z"]
    assert read_scene(watching, marked)["play_count"] == 1
    take(watching)
    again = take(watching)
    assert (again["state"], again["message"]) == ("finished", "1 seen: 1 unchanged.")
    assert (read_scene(watching, scene)["play_history"], read_scene(watching, marked)["play_count"]) == (taken, 1)
    undo_last(watching)
    take(watching)
    assert read_scene(watching, scene)["play_history"] == ["2024-02-01T10:00:00Z"]
    assert read_scene(watching, marked)["play_count"] == 0


def test_a_preview_writes_nothing_and_its_ticked_rows_can_be_applied(watching: Pair) -> None:
    ((scene, item),) = add_matched(watching)
    stop_item(watching.plex.state, item, START, 300)
    rate(watching.plex.state, item, "8", START)
    found = take(watching, "preview_watched")
    assert "planned" in found["message"] and read_scene(watching, scene)["rating100"] is None
    watching.plugin.operation("plan_apply", plan_id=found["plan_id"])
    after = read_scene(watching, scene)
    assert (after["rating100"], after["resume_time"]) == (80, 300)
    watching.stash.ask(f"mutation {{ sceneSaveActivity(id: {scene}, resume_time: 500) }}")
    take(watching)
    assert read_scene(watching, scene)["resume_time"] == 500


def test_stars_go_both_ways_and_come_to_rest(watching: Pair) -> None:
    ((scene, item),) = add_matched(watching)
    client = connect(watching)

    def settle() -> tuple[int | None, str]:
        take(watching)
        watching.sync(scene)
        return read_scene(watching, scene)["rating100"], item.fields.get("userRating", "")

    client.fetchItem(item.rating_key).rate(8.0)
    assert settle() == (80, "8.0")
    watching.edit_scene(scene, rating100=60)
    assert settle() == (60, "6")
    watching.forget_requests()
    assert (settle(), watching.list_writes()) == ((60, "6"), [])
    rate(watching.plex.state, item, "", int(time.time()))
    assert settle() == (None, "")


@pytest.mark.parametrize(("rule", "stars"), [("ask", (40, "9")), ("plex", (90, "9")), ("stash", (40, "4"))])
def test_stars_that_both_changed_follow_the_rule(watching: Pair, rule: str, stars: tuple[int, str]) -> None:
    watching.change_settings(star_conflicts=rule)
    ((scene, item),) = add_matched(watching)
    watching.edit_scene(scene, rating100=60)
    watching.sync(scene)
    watching.edit_scene(scene, rating100=40)
    rate(watching.plex.state, item, "9", START)
    message = take(watching)["message"]
    watching.work_step()
    assert (read_scene(watching, scene)["rating100"], item.fields["userRating"]) == stars
    assert ("conflict" in message) == (rule == "ask")
    assert "conflict" not in take(watching)["message"]


def test_a_play_that_stash_refused_is_taken_by_the_next_run(watching: Pair) -> None:
    added = add_matched(watching, 2)
    for scene, item in added:
        play_item(watching.plex.state, item, START + scene * DAY)
    watching.plugin.stash.server.faults.add("graphql_error", body="sceneAddPlay", times=1)
    assert "1 failed" in take(watching)["message"]
    take(watching)
    assert [read_scene(watching, scene)["play_count"] for scene, _ in added] == [1, 1]


def test_a_scene_matched_later_gets_its_earlier_plays(watching: Pair) -> None:
    add_matched(watching)
    late = watching.add_item("/data/late.mp4")
    for item in watching.plex.state.items.values():
        play_item(watching.plex.state, item, START)
    take(watching)
    scene = watching.add_scene("Late", "/data/late.mp4")
    watching.sync(scene)
    assert late.fields["title"] == "Late"
    take(watching)
    assert read_scene(watching, scene)["play_count"] == 1


def test_another_account_gives_its_plays_only(watching: Pair) -> None:
    ((scene, item),) = add_matched(watching)
    choices = watching.plugin.operation("setting_choices", key="plex_account")["choices"]
    assert [each["value"] for each in choices] == ["owner [1]", f"guest [{GUEST}]"]
    watching.change_settings(plex_account=choices[1]["value"])
    play_item(watching.plex.state, item, START)
    play_item(watching.plex.state, item, START + DAY, GUEST)
    rate(watching.plex.state, item, "8", START)
    assert "only plays" in take(watching)["message"]
    after = read_scene(watching, scene)
    assert (after["play_history"], after["rating100"]) == (["2023-11-15T22:13:20Z"], None)


def test_the_token_of_a_guest_is_refused_before_anything_is_read(watching: Pair) -> None:
    watching.change_settings(plex_token="guest-token")
    result = take(watching)
    assert (result["state"], "not the one of the server's owner" in result["message"]) == ("failed", True)


def test_nothing_is_taken_by_the_schedule_before_a_person_has_done_it_once(watching: Pair) -> None:
    watching.change_settings(take_interval="hourly")
    ((scene, item),) = add_matched(watching)
    play_item(watching.plex.state, item, START)
    watching.plugin.operation("heartbeat")
    watching.wait_for_drain()
    assert read_scene(watching, scene)["play_count"] == 0 and watching.store.kv.get(STARTED, object) is None
    take(watching)
    play_item(watching.plex.state, item, START + DAY)
    watching.plugin.operation("heartbeat")
    watching.wait_for_drain()
    assert read_scene(watching, scene)["play_count"] == 1  # the run by hand set the time of the next one
    watching.store.kv.put("watched.done", 0.0)
    watching.plugin.operation("heartbeat")
    watching.wait_for_drain()
    assert read_scene(watching, scene)["play_count"] == 2


@pytest.mark.parametrize(("kind", "number"), [("hang", 1), ("slow", 1), ("hang", 2), ("slow", 3)])
def test_a_run_killed_at_a_write_loses_and_doubles_no_play(watching: Pair, kind: str, number: int) -> None:
    added = add_matched(watching, 2)
    for scene, item in added:
        play_item(watching.plex.state, item, START + scene * DAY)
        stop_item(watching.plex.state, item, START + scene * DAY, 400)
    server = watching.plugin.stash.server
    fault = server.faults.add(kind, body="mutation", on=[number], seconds=60.0 if kind == "slow" else 0.0)
    sent = document(task("take_watched"), state=watching.plugin.stash.home, port=server.port)
    server.traffic.clear()
    with start_plugin("stash2plex/stash2plex.py") as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(sent).encode())
        process.stdin.close()
        server.traffic.wait_until(lambda log: sum(b"mutation" in each.request.body for each in log) >= number)
        end_process(process)
    server.faults.remove(fault)
    take(watching)
    rows = [read_scene(watching, scene) for scene, _ in added]
    assert [(row["play_count"], row["resume_time"]) for row in rows] == [(1, 400)] * 2


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Kill a process as a power failure does."""
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        stream.close()


def test_days_of_watching_and_rating_on_both_sides_end_equal(watching: Pair) -> None:
    """A model knows who watched and rated what; both programs agree with it in the end."""
    chance = random.Random(7)
    added = add_matched(watching, 40)
    client = connect(watching)
    plays: dict[int, set[int]] = {scene: set() for scene, _ in added}
    stars: dict[int, int] = {}
    for day in range(5):
        for scene, item in chance.sample(added, 12):
            at = START + day * DAY + scene * 300
            if chance.random() < 0.5:
                play_item(watching.plex.state, item, at)
            else:
                watching.stash.ask(
                    "mutation Add($id: ID!, $times: [Timestamp!]) { sceneAddPlay(id: $id, times: $times) { count } }",
                    {"id": str(scene), "times": [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))]},
                )
            plays[scene].add(at)
            stars[scene] = chance.randint(1, 10) * 10
            if chance.random() < 0.5:
                client.fetchItem(item.rating_key).rate(stars[scene] / 10)
            else:
                watching.edit_scene(scene, rating100=stars[scene])
        take(watching)
        watching.sync(*(scene for scene, _ in added))
    for scene, item in added:
        row = read_scene(watching, scene)
        assert len(row["play_history"]) == len(plays[scene])
        assert row["rating100"] == stars.get(scene)
        assert round(float(item.fields.get("userRating", 0)) * 10) == stars.get(scene, 0)


def test_while_nothing_is_chosen_the_tasks_say_where_to_choose(pair: Pair) -> None:
    for mode in ("preview_watched", "take_watched"):
        assert "choose on the Setup tab" in take(pair, mode)["message"]


def test_a_comparison_of_all_forgets_the_plays_of_scenes_and_items_that_are_gone(watching: Pair) -> None:
    (kept, kept_item), (gone, gone_item) = add_matched(watching, 2)
    for item in (kept_item, gone_item):
        play_item(watching.plex.state, item, START)
    take(watching)
    watching.stash.scenes.destroy(gone)
    watching.plex.state.remove_item(gone_item.rating_key)
    watching.plugin.run_task("reconcile_all")
    assert [row["scene_id"] for row in watching.store.read("SELECT scene_id FROM taken_plays")] == [kept]
    assert [row[0] for row in watching.store.read("SELECT rating_key FROM watched_items")] == [
        str(kept_item.rating_key)
    ]


def test_a_run_by_hand_sets_the_time_of_the_next_one(watching: Pair) -> None:
    watching.change_settings(take_interval="daily")
    add_matched(watching)
    take(watching)
    rows = watching.plugin.operation("schedules")["schedules"]
    row = next(each for each in rows if each["mode"] == "take_watched")
    assert (row["started_by"], row["last"] < row["next"]) == ("person", True)

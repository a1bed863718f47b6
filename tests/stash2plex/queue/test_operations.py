"""Operations of the Queue tab."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.stash.jobs import Handle
from tests.stash2plex.pair import Pair

Act = Callable[[Pair, int], object]


def test_rows_of_the_queue_are_listed_skipped_and_cleared(pair: Pair) -> None:
    scenes = [pair.add_scene(f"Title {each}", f"/data/{each}.mp4") for each in range(4)]
    pair.queue_scenes(*scenes)
    listed = pair.plugin.operation("queue_list", state="waiting", page_size=3)
    assert (len(listed["entries"]), listed["count"]) == (3, 4)
    assert pair.plugin.operation("queue_remove", state="waiting", keys=[f"scene:{scenes[0]}"]) == {"count": 1}
    assert pair.plugin.operation("queue_remove", state="waiting") == {"count": 3}


def test_a_retry_without_a_state_tries_all_that_wait_need_a_look_or_were_given_up(pair: Pair) -> None:
    scenes = [pair.add_scene_and_item(f"Title {each}", f"/data/{each}.mp4")[0] for each in range(3)]
    pair.queue_scenes(*scenes)
    with pair.store.write() as db:
        for scene, state in zip(scenes, ("waiting", "parked", "dead")):
            db.execute("UPDATE outbox SET state = ?, due = due + 600 WHERE key = ?", (state, f"scene:{scene}"))
    assert pair.plugin.operation("queue_retry") == {"count": 3}
    pair.wait_for_drain()
    assert sorted(item.title for item in pair.plex.state.items.values()) == ["Title 0", "Title 1", "Title 2"]


def test_a_paused_queue_does_nothing_until_it_is_resumed(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("New")
    assert pair.plugin.operation("queue_pause")["waiting_because"].startswith("Paused by you. Nothing is sent")
    assert (pair.sync(scene)["ended"], item.title) == ("paused", "beach")
    pair.plugin.operation("queue_resume")
    pair.wait_for_drain()
    assert item.title == "New"


def test_the_status_names_the_job_of_stash_it_waits_for(pair: Pair) -> None:
    pair.queue_scenes(pair.add_scene())
    running = {"id": "1", "status": "RUNNING", "description": "Scanning...", "progress": 0.5, "addTime": "x"}
    content = json.dumps({"data": {"jobQueue": [running]}})
    pair.plugin.stash.server.faults.add("answer", body="jobQueue", content=content, content_type="application/json")
    status = pair.plugin.operation("status")
    assert (status["behind"]["progress"], status["waiting_because"]) == (
        0.5,
        "Waiting behind Stash's own work: Scanning...",
    )


def pause(pair: Pair, scene: int) -> None:
    pair.queue_scenes(scene)
    pair.plugin.operation("queue_pause")


def meet_outage(pair: Pair, scene: int) -> None:
    with pair.stop_plex():
        pair.sync(scene)


def give_up(pair: Pair, scene: int) -> None:
    pair.queue_scenes(scene)
    with pair.store.write() as db:
        db.execute("UPDATE outbox SET state = 'dead'")


def wait_for_plex(pair: Pair, scene: int) -> None:
    """Let the scene be parked, because Plex does not have its file."""
    (key,) = pair.plex.state.items
    item = pair.plex.state.items.pop(key)
    pair.sync(scene)
    pair.plex.state.items[key] = item


def be_refused(pair: Pair, scene: int) -> None:
    """Let an error pause the queue."""
    pair.plex.server.faults.add("unauthorized", times=1)
    pair.sync(scene)


def be_new(pair: Pair, scene: int) -> None:
    pair.plugin.operation("queue_step")


def call(name: str, **args: Any) -> Act:
    return lambda pair, scene: pair.plugin.operation(name, **args)


def sync_it(pair: Pair, scene: int) -> None:
    pair.plugin.operation("sync_scenes", scene_ids=[scene])


def link_it(pair: Pair, scene: int) -> None:
    pair.sync(scene)
    pair.plugin.operation("match_link", scene_id=scene, rating_key=next(iter(pair.plex.state.items)))


@pytest.mark.parametrize(
    ("begin", "act"),
    [
        pytest.param(pause, call("queue_resume"), id="go on after a pause"),
        pytest.param(meet_outage, call("queue_resume"), id="go on while Plex counts as down"),
        pytest.param(give_up, call("queue_retry", state="dead"), id="retry what was given up"),
        pytest.param(meet_outage, call("queue_retry", state="waiting"), id="retry what waits for Plex"),
        pytest.param(wait_for_plex, call("queue_retry", state="waiting"), id="retry what Plex did not have"),
        pytest.param(wait_for_plex, call("paths_save", rules=[]), id="save path rules"),
        pytest.param(wait_for_plex, call("libraries_choose", ids=[]), id="choose libraries"),
        pytest.param(wait_for_plex, call("server_confirm", keep=True), id="confirm the server"),
        pytest.param(be_refused, call("settings_save", values={"plex_library": None}), id="save a setting"),
        pytest.param(be_new, sync_it, id="sync a scene"),
        pytest.param(be_new, link_it, id="link a scene"),
    ],
)
def test_what_an_operation_puts_into_the_queue_is_sent_by_a_drain(pair: Pair, begin: Act, act: Act) -> None:
    """No page works on the queue here, so without a drain the scene would wait for the next heartbeat."""
    scene, item = pair.add_scene_and_item("New")
    begin(pair, scene)
    act(pair, scene)
    pair.wait_for_drain()
    assert (pair.count_drains(), pair.outbox.counts()["waiting"], item.title) == (1, 0, "New")


def test_a_retry_in_a_paused_queue_starts_no_drain(pair: Pair) -> None:
    scene = pair.add_scene()
    give_up(pair, scene)
    pair.plugin.operation("queue_pause")
    assert pair.plugin.operation("queue_retry", state="dead") == {"count": 1}
    assert pair.count_drains() == 0


def test_a_drain_that_waits_in_stash_already_is_not_queued_twice(pair: Pair) -> None:
    gate = threading.Event()

    def scan(_: Handle) -> None:
        gate.wait(60)

    pair.plugin.stash.services.jobs.add("Scanning...", scan)
    for number in range(3):
        pair.plugin.operation("sync_scenes", scene_ids=[pair.add_scene(path=f"/data/{number}.mp4")])
    names = [job.description for job in pair.plugin.stash.services.jobs.queued()]
    gate.set()
    assert names == ["Scanning...", "Running plugin task: Stash2Plex: handle saved changes"]

"""New scenes of favorites: found once a day, shown on the page, and told in one message."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from missing.news.message import write_message
from missing.news.store import NewsScene, begin_message
from missing.schema import MIGRATIONS

from sandbox.notify.server import MessageServices
from sandbox.stashbox.model import Performer
from shared.runtime.plugin import Plugin
from shared.state.store import Store
from tests.missingScenes.conftest import Bench


@pytest.fixture
def services(bench: Bench, mira: Performer) -> Iterator[MessageServices]:
    """Open the services, choose ntfy, mark the performer as a favorite, and take the first look."""
    double = MessageServices()
    with double.server:
        bench.plugin.save_settings(notifyService="ntfy", notifyAddress=double.url, notifyChannel="stash")
        bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
        bench.task("news")
        yield double


def add_new(bench: Bench, mira: Performer, title: str) -> Any:
    """Add a scene that the box has had for an hour."""
    created = "2100-01-01T00:00:00Z"  # later than any look
    return bench.world.add_scene(title, performers=(mira,), release_date="2099-12-31", created=created)


@contextlib.contextmanager
def open_store(bench: Bench) -> Iterator[Store]:
    with contextlib.closing(Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)) as store:
        yield store


def notices_of(bench: Bench) -> dict[str, str]:
    return {each["key"]: each["text"] for each in bench.operate("heartbeat")["notices"]}


def test_what_was_there_before_the_first_look_is_not_told(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    bench.world.add_scene("Old", performers=(mira,), created="2001-01-01T00:00:00Z")
    assert bench.task("news")["count"] == 0
    assert services.taken == []


def test_new_scenes_are_told_once_in_one_message_without_titles(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    *_, owned = (add_new(bench, mira, title) for title in ("First", "Second", "Owned"))
    ignored = add_new(bench, mira, "Ignored")
    bench.own(owned)
    cards = [{"id": ignored.id, "title": "Ignored"}]
    bench.operate("mark_scenes", list="ignored", is_on=True, endpoint=bench.box.endpoint, scenes=cards)
    assert bench.task("news")["count"] == 2
    (taken,) = services.taken
    assert taken.body["title"] == "2 new scenes of your favorites"
    assert "First" not in str(taken.body)
    assert "2 new scenes of your favorites" in notices_of(bench)["news"]
    bench.task("news")
    assert len(services.taken) == 1
    bench.plugin.save_settings(notifyTitles=True)
    add_new(bench, mira, "Third")
    bench.task("news")
    assert services.taken[1].body["message"] == "Third · Mira Mosswick · 2099-12-31"
    bench.operate("start_visit")
    assert "news" not in notices_of(bench)


def test_a_message_that_was_refused_waits_and_is_sent_with_the_next(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    services.ntfy_token = "needed"
    add_new(bench, mira, "First")
    bench.task("news")
    assert "waits" in notices_of(bench)["messages"]
    services.ntfy_token = ""
    add_new(bench, mira, "Second")
    bench.task("news")
    assert [each.body["title"] for each in services.taken] == ["2 new scenes of your favorites"]
    assert "messages" not in notices_of(bench)


def test_a_message_whose_answer_was_lost_or_whose_process_was_killed_is_not_sent_twice(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    services.server.faults.add("lost_reply", times=1)
    add_new(bench, mira, "First")
    bench.task("news")
    assert "may not have arrived" in notices_of(bench)["messages"]
    bench.task("news")
    assert len(services.taken) == 1
    add_new(bench, mira, "Second")
    with open_store(bench) as store:  # the killed process had begun this message
        store.connect().execute("UPDATE news SET message = 0")
        begin_message(store)
    bench.task("news")
    assert [each.body["title"] for each in services.taken[1:]] == ["1 new scene of your favorites"]


def test_a_box_that_fails_midway_is_named_and_read_again(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    add_new(bench, mira, "First")
    fault = bench.box.server.faults.add("server_error")
    assert "StashDB" in bench.task("news")["problems"]
    bench.box.server.faults.remove(fault)
    assert bench.task("news")["count"] == 1
    assert len(services.taken) == 1


def test_without_a_service_the_page_still_tells_and_a_later_service_gets_nothing_old(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    bench.plugin.save_settings(notifyService="off")
    add_new(bench, mira, "First")
    bench.task("news")
    assert "1 new scene of your favorites" in notices_of(bench)["news"]
    bench.plugin.save_settings(notifyService="ntfy")
    bench.task("news")
    assert services.taken == []


def test_a_wrong_setting_of_the_messages_is_told_and_the_new_scenes_wait(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    add_new(bench, mira, "First")
    bench.plugin.save_settings(notifyChannel="")
    answer = bench.task("news")
    assert (answer["count"], answer["problems"]) == (1, {"Messages": "Ntfy needs a topic."})
    bench.plugin.save_settings(notifyChannel="stash")
    bench.task("news")
    assert [each.body["title"] for each in services.taken] == ["1 new scene of your favorites"]


def test_a_message_to_a_wrong_address_waits_and_no_notice_tells_it_when_messages_are_off(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    add_new(bench, mira, "First")
    bench.plugin.save_settings(notifyAddress="http://[wrong")
    assert "Messages" in bench.task("news")["problems"]
    assert "waits" in notices_of(bench)["messages"]
    bench.plugin.save_settings(notifyService="off")
    assert "messages" not in notices_of(bench)
    assert services.taken == []


def test_without_a_box_that_has_a_key_the_look_says_so(bench: Bench) -> None:
    bench.configure()
    bench.plugin.run_task("news", run_token="news")
    run = bench.operate("run_result", run_token="news")["run"]
    assert (run["state"], "No stash-box has an API key" in run["message"]) == ("failed", True)


def test_an_open_page_notes_the_first_time_by_itself_and_looks_again_after_a_day(bench: Bench, mira: Performer) -> None:
    jobs = bench.plugin.stash.services.jobs
    bench.operate("heartbeat")
    before = bench.asked()
    bench.operate("heartbeat")
    assert (before, bench.asked()) == (0, 0)
    with open_store(bench) as store, store.write():
        looks = store.kv.get("news.since", object)
        store.kv.put("news.since", {key: [at - 90_000 for at in look] for key, look in looks.items()})
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    bench.plugin.save_settings(lookForNews=False)
    bench.operate("heartbeat")
    jobs.wait_until_idle()
    assert bench.asked("queryScenes") == 0
    bench.plugin.save_settings(lookForNews=True)
    bench.operate("heartbeat")
    jobs.wait_until_idle()
    assert bench.asked("queryScenes") > 0


def test_the_set_up_test_sends_a_message(bench: Bench, services: MessageServices) -> None:
    (test,) = bench.operate("setup_tests", only="messages")["tests"]
    assert (test["state"], services.taken[0].body["title"]) == ("ok", "Missing Scenes: test")


def test_a_message_names_the_number_and_only_on_request_the_scenes() -> None:
    plugin = Plugin(id="p", name="P", description="", settings="")
    scenes = [NewsScene("e", "1", "Up", "2024", "Mira, Ann"), NewsScene("e", "2", "Down", "", "")]
    assert write_message(plugin, scenes, has_titles=False).lines == ()
    assert write_message(plugin, scenes, has_titles=True).lines == ("Up · Mira, Ann · 2024", "Down")
    assert write_message(plugin, scenes[:1], has_titles=False).title == "1 new scene of your favorites"

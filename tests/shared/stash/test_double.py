"""The client against the double of Stash: sessions that age, releases, paths, and writes whose answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.profiles import PROFILES
from sandbox.stash.server import SandboxStash, StashOptions
from sandbox.stash.sessions import CookieSession
from shared.errors import AuthRejected, Unreachable
from shared.runtime.call import StashConnection
from shared.stash import StashAddress, StashClient
from tests.harness.clock import CountingClock

LOGIN = 'mutation { configureGeneral(input: {username: "me", password: "pw-12345"}) { username } }'
HOOK = ("tagManager", "Scene.Update.Post")


class Days:
    """The clocks of the double and of the client, moved together."""

    def __init__(self) -> None:
        self.ours = CountingClock()
        self._start = datetime(2024, 5, 1, tzinfo=timezone.utc)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.ours.monotonic())


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def double(days: Days) -> Iterator[SandboxStash]:
    with SandboxStash(StashOptions(now=days.now)) as running:
        yield running


@pytest.fixture
def start(double: SandboxStash, days: Days) -> Callable[..., StashClient]:
    """A client with the cookie a hook's process gets, against a Stash with a login."""
    StashClient(StashAddress(double.url)).ask(LOGIN)

    def make(**changes: Any) -> StashClient:
        cookie = double.services.sessions.plugin_cookie(CookieSession("me", (HOOK,)))["Value"]
        return StashClient(StashAddress(double.url, **{"cookie": cookie, **changes}), clock=days.ours)

    return make


def read_visits(double: SandboxStash, client: StashClient) -> tuple[tuple[str, str], ...]:
    """Return the list of hooks in the cookie that the client would send next."""
    session = double.services.sessions.read_token(client.http.cookies["session"])
    return session.visited if session else ()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "127.0.0.1", "localhost"])
def test_the_connection_in_a_plugins_input_reaches_stash(double: SandboxStash, host: str) -> None:
    told = {"Scheme": "http", "Host": host, "Port": double.server.port, "SessionCookie": None, "Dir": str(double.home)}
    assert StashClient(StashConnection(told)).capabilities().has("Tag", "name")
    assert (double.home / "plugin_data" / "shared" / "stash-schema.json").exists()


def test_a_task_of_many_hours_keeps_its_session(
    double: SandboxStash, start: Callable[..., StashClient], days: Days
) -> None:
    client, idle = start(), start()
    for _ in range(5):
        days.ours.advance(3000)
        client.scenes.count()
    assert read_visits(double, client) == (HOOK,)
    with pytest.raises(AuthRejected, match="start it again from Stash"):
        idle.scenes.count()


def test_work_elsewhere_does_not_end_the_session(start: Callable[..., StashClient], days: Days) -> None:
    client = start()
    for _ in range(300):
        days.ours.advance(30)
        client.keep_alive()
    assert client.scenes.count() == 0


def test_without_the_cookie_there_is_no_way_in(start: Callable[..., StashClient]) -> None:
    with pytest.raises(AuthRejected):
        start(cookie="forged.cookie").read_release()


def test_a_stash_below_a_path_serves_data_and_pictures() -> None:
    with SandboxStash(StashOptions(prefix="/media/stash")) as double:
        client = StashClient(StashAddress(double.url))
        number = int(client.tags.create({"name": "Rain"})["id"])
        url = (client.tags.get(number, "image_path") or {})["image_path"]
        assert client.download_picture(url).content_type.startswith("image/")


@pytest.mark.parametrize("release", sorted(PROFILES))
def test_requests_fit_the_schema_of_every_release(release: str, tmp_path: Path) -> None:
    with SandboxStash(StashOptions(profile=release)) as double:
        client = StashClient(StashAddress(double.url, dir=str(tmp_path)))
        links = [{"endpoint": "https://box.example/graphql", "stash_id": "a"}]
        scene = int(client.scenes.create({"title": "Hill", "stash_ids": links})["id"])
        row = client.scenes.get(scene, client.capabilities().link_fields) or {}
        assert row["stash_ids"][0]["stash_id"] == "a"
        assert (client.read_boxes(), client.job_queue(), client.read_scan_defaults()) == ([], [], {})
        assert (client.scenes.get(scene, "title") or {})["title"] == "Hill"
        assert double.server.unknown == []


@pytest.mark.parametrize("mode", ["add", "remove"])
def test_a_write_that_happened_though_the_answer_was_lost_is_done_once(double: SandboxStash, mode: str) -> None:
    client = StashClient(StashAddress(double.url))
    tag = int(client.tags.create({"name": "Rain"})["id"])
    before = [] if mode == "add" else [str(tag)]
    scene = int(client.scenes.create({"title": "Hill", "tag_ids": before})["id"])
    double.server.faults.add("lost_reply", operation="bulkSceneUpdate", on=[1])
    assert getattr(client.scene_tags, mode)([scene], [tag]).changed == [scene]
    assert len(double.server.traffic.requests(operation="bulkSceneUpdate")) == 1


def test_a_write_that_did_not_happen_is_an_error(double: SandboxStash) -> None:
    client = StashClient(StashAddress(double.url))
    tag, scene = (
        int(shelf.create({name: "Hill"})["id"]) for shelf, name in ((client.tags, "name"), (client.scenes, "title"))
    )
    double.server.faults.add("reset", operation="bulkSceneUpdate", on=[1])
    with pytest.raises(Unreachable, match="broke off the connection while changing tags"):
        client.scene_tags.add([scene], [tag])


def test_a_stash_that_is_down_is_not_an_empty_library(double: SandboxStash, days: Days) -> None:
    client = StashClient(StashAddress(double.url), clock=days.ours)
    double.server.take_down()
    with pytest.raises(Unreachable, match="Stash at http"):
        client.scenes.ids()
    double.server.bring_up()
    assert client.scenes.ids() == []


@pytest.mark.parametrize("release", sorted(PROFILES))
def test_settings_are_found_under_the_keys_that_the_plugin_declares(release: str) -> None:
    with SandboxStash(StashOptions(profile=release)) as double:
        stash = StashClient(StashAddress(double.url))
        stash.setting_keys = ("plex_url", "plexOwner")
        stash.write_plugin_settings("a", {"plex_url": "x", "plexOwner": "y"})
        stash.write_plugin_settings("a", {"plexOwner": "z"})
        assert stash.read_plugin_settings("a") == {"plex_url": "x", "plexOwner": "z"}
        stash.close()

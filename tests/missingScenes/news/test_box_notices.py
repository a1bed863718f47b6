"""Notices of a stash-box about favorites there: read with one request beside our own look, told once, never marked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from missing.news.message import name_source
from missing.schema import MIGRATIONS

from sandbox.notify.server import MessageServices
from sandbox.stashbox.model import Account, Performer, Scene
from sandbox.stashbox.notifications import PERFORMER_SCENE, STUDIO_SCENE, accept_scene
from shared.errors import GraphQLFailed
from shared.state.store import Store
from tests.harness.state import spoil_column
from tests.missingScenes.conftest import Bench

TIME = "2100-01-{:02d}T00:00:00Z"
NOTICES = "queryNotifications"


@pytest.fixture
def account(bench: Bench, mira: Performer) -> Account:
    """Return the key's user, who subscribed to new scenes of favorites and has one there, but none in Stash."""
    (account,) = bench.world.accounts.values()
    account.subscriptions += [PERFORMER_SCENE, STUDIO_SCENE]
    account.performers.add(mira.id)
    return account


@pytest.fixture
def services(bench: Bench, account: Account) -> Iterator[MessageServices]:
    """Open the services, choose ntfy with titles, and take the first look."""
    del account
    double = MessageServices()
    with double.server:
        bench.plugin.save_settings(
            notifyService="ntfy", notifyAddress=double.url, notifyChannel="stash", notifyTitles=True
        )
        bench.task("news")
        yield double


def add_new(bench: Bench, mira: Performer, title: str, day: int = 2, **values: Any) -> Scene:
    """Let the box accept a new scene that another user added."""
    scene = bench.world.add_scene(
        title, performers=(mira,), release_date="2099-12-31", created=TIME.format(day), **values
    )
    accept_scene(bench.world, scene)
    return scene


def told(services: MessageServices) -> list[tuple[str, str]]:
    return [(each.body["title"], each.body.get("message", "")) for each in services.taken]


def noticed(bench: Bench) -> list[str]:
    return [each["title"] for each in bench.operate("list_follows")["noticed"]]


@contextlib.contextmanager
def open_store(bench: Bench) -> Iterator[Store]:
    with contextlib.closing(Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)) as store:
        yield store


def test_new_scenes_of_favorites_at_the_box_are_told_once_and_shown_with_one_request_more(
    bench: Bench, mira: Performer, services: MessageServices, account: Account
) -> None:
    owned, ignored = (add_new(bench, mira, title) for title in ("Owned", "Ignored"))
    rain = bench.world.add_tag("Rain")
    add_new(bench, mira, "Excluded", tags=(rain,))
    bench.plugin.save_settings(excludedTags=rain.id)
    bench.own(owned)
    cards = [{"id": ignored.id, "title": "Ignored"}]
    bench.operate("mark_scenes", list="ignored", is_on=True, endpoint=bench.box.endpoint, scenes=cards)
    new = add_new(bench, mira, "New")
    before = bench.asked()
    assert (bench.task("news")["count"], bench.asked() - before) == (1, 1)
    assert told(services) == [
        ("1 new scene of your favorites at StashDB", "New · Mira Mosswick · 2099-12-31 · favorite at StashDB")
    ]
    assert noticed(bench) == ["New"]
    notice = {each["key"]: each["text"] for each in bench.operate("heartbeat")["notices"]}["news"]
    assert notice == "1 new scene of your favorites at StashDB since your last visit. See the Following tab."
    bench.task("news")
    assert len(services.taken) == 1
    assert not any(each.is_read for each in account.notices)
    bench.own(new)
    assert noticed(bench) == []


def test_notices_of_before_the_first_reading_are_not_told_and_read_ones_neither(
    bench: Bench, mira: Performer, account: Account
) -> None:
    add_new(bench, mira, "Before")
    bench.task("news")
    add_new(bench, mira, "Read", 3)
    account.notices[0] = account.notices[0]._replace(is_read=True)
    assert bench.task("news")["count"] == 0
    add_new(bench, mira, "New", 3)
    assert bench.task("news")["count"] == 1
    assert noticed(bench) == ["New"]


def test_many_unread_notices_that_were_seen_are_not_read_again(bench: Bench, mira: Performer, account: Account) -> None:
    del account
    bench.task("news")
    for _ in range(150):
        add_new(bench, mira, "Many")
    before = bench.asked(NOTICES)
    assert (bench.task("news")["count"], bench.asked(NOTICES) - before) == (150, 3)
    add_new(bench, mira, "New", 3)
    assert (bench.task("news")["count"], bench.asked(NOTICES) - before) == (1, 5)
    assert (bench.task("news")["count"], bench.asked(NOTICES) - before) == (0, 6)


def test_a_scene_of_a_favorite_in_stash_too_counts_as_one_of_ours(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    other = bench.world.add_studio("Hill Films")
    (account,) = bench.world.accounts.values()
    account.studios.add(other.id)
    add_new(bench, mira, "Of both")
    there = bench.world.add_scene("At the box", studio=other, created=TIME.format(2))
    accept_scene(bench.world, there)
    assert bench.task("news")["count"] == 2
    assert told(services)[0][0] == "2 new scenes of your favorites and of your favorites at StashDB"
    assert noticed(bench) == ["At the box"]


def test_the_box_tells_nothing_of_the_users_own_edits_and_of_scenes_that_are_gone(
    bench: Bench, mira: Performer, services: MessageServices, account: Account
) -> None:
    accept_scene(bench.world, bench.world.add_scene("Own", performers=(mira,), created=TIME.format(2)), account)
    bench.world.delete(add_new(bench, mira, "Deleted"))
    bench.world.forget(add_new(bench, mira, "Removed for good"))  # this notice fails each answer that has it
    for each in range(5):
        add_new(bench, mira, f"New {each}")
    before = bench.asked()
    assert bench.task("news")["count"] == 5
    assert bench.asked() - before <= 24
    assert services.taken[0].body["title"].startswith("5 new scenes")


def test_a_key_that_may_not_read_notices_is_asked_once_a_day(bench: Bench, account: Account) -> None:
    fault = bench.box.server.faults.add("graphql_error", operation=NOTICES, message="not authorized")
    assert bench.task("news")["problems"] == {}
    bench.task("news")
    assert bench.asked(NOTICES) == 1
    bench.box.server.faults.remove(fault)
    with open_store(bench) as store, store.write():
        states = store.kv.get("news.box_notices", object)
        store.kv.put("news.box_notices", {key: {**each, "refused": 1.0} for key, each in states.items()})
    bench.task("news")
    assert bench.asked(NOTICES) == 2


def test_a_box_that_fails_while_its_notices_are_read_is_named_and_nothing_is_lost(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    add_new(bench, mira, "New")
    fault = bench.box.server.faults.add("server_error", operation=NOTICES)
    answer = bench.task("news")
    assert ("StashDB" in answer["problems"], services.taken) == (True, [])
    bench.box.server.faults.remove(fault)
    bench.task("news")
    assert len(services.taken) == 1


def test_a_saved_card_that_cannot_be_read_is_told_once_and_the_tab_opens_again(
    bench: Bench, mira: Performer, services: MessageServices
) -> None:
    del services
    add_new(bench, mira, "New")
    bench.task("news")
    spoil_column(bench.plugin.state_dir, "news", "card", "[5]")
    with pytest.raises(GraphQLFailed, match="A row of the table news "):
        noticed(bench)
    assert noticed(bench) == []


def test_the_setting_turns_the_notices_off(bench: Bench, mira: Performer, services: MessageServices) -> None:
    before = bench.asked(NOTICES)
    bench.plugin.save_settings(boxNotices=False)
    add_new(bench, mira, "New")
    bench.task("news")
    assert (bench.asked(NOTICES) - before, services.taken) == (0, [])


@pytest.mark.parametrize(
    ("has_follows", "sources", "words"),
    [
        (False, [""], "your favorites"),
        (True, [""], "your favorites and of those you follow"),
        (False, ["B", "A"], "your favorites at A and of your favorites at B"),
        (True, ["", "A"], "your favorites, of those you follow and of your favorites at A"),
    ],
)
def test_a_message_names_whose_scenes_it_tells(has_follows: bool, sources: list[str], words: str) -> None:
    assert name_source(has_follows=has_follows, sources=sources) == words

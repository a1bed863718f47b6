"""Objects created in Stash are looked up by the queue if the setting says so, and our own writes start nothing."""

from __future__ import annotations

import pytest
from performers.schema import MIGRATIONS

from sandbox.stashbox.model import Performer
from sandbox.stashbox.server import StashBox
from shared.queue.outbox import Outbox
from shared.state.store import Store
from tests.performerSiteSync.conftest import Bench

CREATE = "mutation Make($input: PerformerCreateInput!) { performerCreate(input: $input) { id } }"


@pytest.fixture
def alert(bench: Bench) -> Bench:
    """Return a bench whose plugin looks up created objects."""
    bench.set(updateOnCreate=True)
    bench.operate("settings_get")
    return bench


def create(bench: Bench, remote: Performer) -> int:
    """Create a performer with its link through Stash's API, as a tagger does."""
    link = {"endpoint": bench.box.endpoint, "stash_id": remote.id}
    data = bench.stash.ask(CREATE, {"input": {"name": remote.name, "stash_ids": [link]}})
    return int(data["performerCreate"]["id"])


def read_queue(bench: Bench) -> Outbox:
    return Outbox(Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS))


def test_a_created_performer_is_filled_in_by_the_queue(alert: Bench) -> None:
    number = create(alert, alert.world.add_performer("Mira", country="NO"))
    alert.task("drain")
    assert alert.show(number)["country"] == "NO"
    assert alert.operate("history_list")["runs"][0]["title"].startswith("Filled in ")


def test_many_created_performers_are_looked_up_together(alert: Bench) -> None:
    numbers = [alert.own(alert.world.add_performer(f"P{each}", country="NO")) for each in range(12)]
    queue = read_queue(alert)
    for number in numbers:
        queue.put(f"performer:{number}")
    alert.task("drain")
    assert {alert.show(number)["country"] for number in numbers} == {"NO"}
    assert (len(alert.operate("history_list")["runs"]), alert.asked("LookUp")) == (1, 1)


def test_a_created_performer_is_left_alone_without_the_setting(bench: Bench) -> None:
    bench.operate("settings_get")
    number = create(bench, bench.world.add_performer("Mira", country="NO"))
    assert (bench.task("drain")["done"], bench.show(number)["country"] or "", bench.asked()) == (0, "", 0)


def test_our_own_updates_queue_nothing(alert: Bench) -> None:
    alert.own(alert.world.add_performer("Mira", country="NO"))
    alert.sync()
    assert len(alert.writes()) == 1
    assert alert.operate("heartbeat")["pending"] == 0


def test_objects_created_by_the_plugin_are_not_looked_up_again(alert: Bench) -> None:
    alert.set(autoCreatePerformers=True)
    liked = alert.world.add_performer("Mira", country="NO")
    alert.world.accounts[alert.box.key].performers.add(liked.id)
    alert.task("favorite_performers")
    asked = alert.asked("LookUp")
    alert.task("drain")
    assert (alert.asked("LookUp"), len(alert.operate("history_list")["runs"])) == (asked, 1)


def test_created_performers_wait_when_no_source_answers(alert: Bench) -> None:
    create(alert, alert.world.add_performer("Mira", country="NO"))
    alert.box.server.stop()
    answer = alert.task("drain")
    assert (answer["done"], answer["left"], answer["ended"]) == (0, 1, "waiting")
    assert alert.operate("heartbeat")["pending"] == 1


def test_a_created_performer_waits_for_the_box_that_is_down(alert: Bench, other: StashBox) -> None:
    alert.configure(alert.box, other)
    remote = other.world.add_performer("Mira", eye_color="GREEN")
    number = alert.own(alert.world.add_performer("Mira", country="NO"), alert.link(remote, other))
    read_queue(alert).put(f"performer:{number}")
    other.server.faults.add("server_error", status=503)
    answer = alert.task("drain")
    assert (answer["done"], answer["left"], answer["ended"]) == (0, 1, "waiting")
    assert (alert.show(number)["country"], alert.show(number)["eye_color"] or "") == ("NO", "")
    other.server.faults.clear()
    alert.make_due()
    assert alert.task("drain")["done"] == 1
    assert alert.show(number)["eye_color"] == "Green"

"""Working the queue off: what goes wrong reaches as far as it has to, and no further."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared import errors
from shared.queue.drain import DrainResult, EntryOutcome, classify_error, park, run_drain, try_later
from shared.queue.outbox import STEP, Outbox, QueueEntry
from shared.runtime.log import Log
from tests.harness.clock import CountingClock
from tests.harness.state import StandInCall

DOWN = errors.Unreachable("Plex does not answer.", service="Plex")


class WakingClock(CountingClock):
    """Counts, and lets a test do something while others sleep."""

    on_sleep: Callable[[], object] = staticmethod(lambda: None)

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.on_sleep()


class Plant:
    """A queue with numbered keys, and a worker that raises or returns what `faults` says about a key."""

    def __init__(self, directory: Path) -> None:
        self.clock = WakingClock()
        self.call = StandInCall(directory, self.clock)
        self.outbox = Outbox(self.call.store, jitter=lambda: 0.5)
        self.faults: dict[str, Any] = {}
        self.worked: list[str] = []
        self.down: Exception | None = None
        self.down_until = 0.0

    def fill(self, number: int) -> None:
        for key in range(number):
            self.outbox.put(str(key))

    def work(self, entry: QueueEntry) -> EntryOutcome | None:
        self.worked.append(entry.key)
        self.clock.advance(0.1)
        if self.clock.now() < self.down_until:
            raise DOWN
        fault = self.faults.get(entry.key)
        if self.down:
            raise self.down
        if isinstance(fault, Exception):
            raise fault
        return fault() if callable(fault) else fault

    def fail_once(self, key: str, error: Exception) -> None:
        def fail() -> EntryOutcome:
            del self.faults[key]
            raise error

        self.faults[key] = fail

    def drain(self, **options: Any) -> DrainResult:
        return run_drain(self.call, self.outbox, self.work, **options)

    def state_of(self, key: str) -> tuple[Any, ...]:
        row = self.call.store.first("SELECT state, reason, attempts FROM outbox WHERE key = ?", (key,))
        return tuple(row) if row else ("done",)


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    return Plant(tmp_path)


def test_everything_is_worked_off(plant: Plant) -> None:
    plant.fill(25)
    result = plant.drain(batch_size=10)
    assert (result.ended, result.done, result.left) == ("empty", 25, 0)
    assert plant.worked == [str(key) for key in range(25)]


def test_progress_grows_to_the_end(plant: Plant) -> None:
    plant.fill(10)
    plant.drain(batch_size=2)
    assert plant.call.shown == sorted(plant.call.shown)
    assert plant.call.shown[-1] == 1.0


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (errors.ServerFailed("500"), ("waiting", "ServerFailed", 1)),
        (errors.BadReply("HTML"), ("waiting", "BadReply", 1)),
        (errors.Conflict("changed"), ("waiting", "Conflict", 1)),
        (errors.Refused("no"), ("dead", "Refused", 1)),
        (errors.NotFound("gone"), ("dead", "NotFound", 1)),
        (TypeError("a bug"), ("dead", "bug", 1)),
        (errors.Busy("later"), ("waiting", "postponed", 0)),
        (try_later(90, "not scanned yet"), ("waiting", "postponed", 0)),
        (park("NotInPlex", "not in Plex"), ("parked", "NotInPlex", 0)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_trouble_with_one_item_stays_with_it(plant: Plant, fault: object, state: tuple[object, ...]) -> None:
    plant.fill(5)
    plant.faults["2"] = fault
    result = plant.drain(batch_size=5)
    assert plant.state_of("2") == state
    assert result.done == 4


@pytest.mark.parametrize("error", [DOWN, errors.TimedOut("slow"), errors.StartingUp("503")])
def test_a_service_that_is_down_costs_no_entry_an_attempt(plant: Plant, error: Exception) -> None:
    plant.fill(1000)
    plant.down = error
    for _ in range(20):
        plant.drain(batch_size=50)
        plant.clock.advance(30)
    assert len(plant.worked) < 40
    assert plant.call.store.first("SELECT max(attempts), count(*) FROM outbox WHERE state = 'waiting'")[:] == (0, 1000)


def test_work_goes_on_by_itself_after_a_short_outage(plant: Plant) -> None:
    plant.fill(100)
    plant.down_until = plant.clock.now() + 12
    result = plant.drain(batch_size=50)
    assert (result.ended, result.done) == ("empty", 100)


def test_a_long_outage_does_not_block_stashs_queue(plant: Plant) -> None:
    plant.fill(100)
    plant.down_until = plant.clock.now() + 600
    result = plant.drain()
    assert (result.ended, result.message) == ("waiting", str(DOWN))
    assert sum(plant.clock.slept) <= 20


def test_while_no_other_task_waits_an_outage_is_waited_out(plant: Plant) -> None:
    plant.fill(1000)
    back = plant.down_until = plant.clock.now() + 600
    result = plant.drain(batch_size=50, may_wait=lambda: True)
    assert (result.ended, result.done) == ("empty", 1000)
    assert plant.clock.now() - back < 60 + 1000 * 0.1 + 30
    assert len(plant.worked) < 1020


def test_a_rate_limit_is_kept_for_all_processes(plant: Plant) -> None:
    plant.fill(3)
    plant.faults["0"] = errors.RateLimited("429", retry_after=20)
    started = plant.clock.now()
    plant.drain(batch_size=3, budget=5)
    assert plant.worked == ["0"]
    assert plant.outbox.breaker.seconds_to_probe() >= 20 - (plant.clock.now() - started)


@pytest.mark.parametrize(
    "error",
    [errors.AuthRejected("wrong token"), errors.TlsFailed("certificate"), errors.SettingError("plex_url", "empty")],
)
def test_a_wrong_setting_pauses_the_queue_with_the_reason(plant: Plant, error: errors.BundleError) -> None:
    plant.fill(10)
    plant.down = error
    result = plant.drain(batch_size=5)
    assert (result.ended, plant.worked) == ("paused", ["0"])
    assert result.message.startswith(f"{error} It is tried again by itself in a minute")
    assert (plant.outbox.pause.describe() or {})["cause"] == error.code
    assert plant.outbox.counts()["waiting"] == 10


def test_after_resuming_nothing_was_lost(plant: Plant) -> None:
    plant.fill(10)
    plant.down = errors.AuthRejected("wrong token")
    plant.drain()
    plant.down = None
    assert plant.drain().done == 0
    plant.outbox.pause.end()
    assert plant.drain().done == 10


def test_a_pause_that_nobody_asked_for_is_probed_less_and_less_often(plant: Plant) -> None:
    plant.fill(10)
    plant.down = errors.AuthRejected("wrong token")
    waits = []
    for _ in range(9):
        plant.drain(batch_size=5)
        waits.append(round(plant.outbox.pause.seconds_to_probe() / 60))
        plant.clock.advance(plant.outbox.pause.seconds_to_probe())
    assert waits == [1, 2, 5, 10, 20, 40, 60, 60, 60]
    assert len(plant.worked) == 9, "each probe asks once"
    assert len(set(plant.worked)) == 9, "each probe tries another entry, because one may be the cause"
    plant.down = None
    assert (plant.drain().done, plant.outbox.pause.describe()) == (10, None)


def test_a_drain_that_may_wait_goes_on_after_a_probe(plant: Plant) -> None:
    plant.fill(3)
    plant.fail_once("0", errors.WrongService("Plex answered with a page."))
    assert plant.drain(may_wait=lambda: True).done == 3
    assert sum(plant.clock.slept) >= 60


def test_the_first_drain_after_a_start_of_stash_probes_at_once(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.fill(3)
    plant.down = errors.AuthRejected("wrong token")
    plant.drain()
    plant.down = None
    assert plant.drain().done == 0
    monkeypatch.setattr("os.getppid", lambda: 1)
    assert plant.drain().done == 3


def test_a_changed_setting_lets_the_queue_try_again_unless_a_person_paused_it(plant: Plant) -> None:
    plant.fill(2)
    plant.down = errors.AuthRejected("wrong token")
    plant.drain()
    plant.down = None
    plant.outbox.try_again()
    plant.faults["0"] = lambda: plant.outbox.pause.begin("Paused by you.")
    assert plant.drain().done == 2
    plant.fill(1)
    plant.outbox.try_again()
    assert plant.drain()[:3] == ("paused", "Paused by you.", 0)


def test_an_error_found_before_a_person_resumed_pauses_nothing(plant: Plant) -> None:
    """Start syncing may be pressed while a drain is told that it was not pressed."""

    def be_resumed() -> None:
        del plant.faults["0"]
        plant.outbox.start_over()
        raise errors.AuthRejected("Plex refused the token.", service="Plex")

    plant.fill(2)
    plant.faults["0"] = be_resumed
    assert (plant.drain().ended, sorted(plant.worked)) == ("empty", ["0", "0", "1"])


def test_a_pause_of_version_1_0_is_probed_at_once(plant: Plant) -> None:
    plant.fill(2)
    plant.call.store.kv.put("outbox.paused", {"reason": "No token.", "cause": "AuthRejected", "since": 1.0})
    assert plant.drain().done == 2


@pytest.mark.parametrize("hours", [1, 24])
def test_after_the_clock_was_set_back_what_waits_is_due(plant: Plant, hours: float) -> None:
    plant.fill(3)
    plant.fail_once("0", errors.ServerFailed("once"))
    plant.faults["1"] = try_later(6 * 3600.0, "later")
    assert plant.drain().left == 2
    plant.faults.clear()
    plant.clock.wall -= hours * 3600
    assert plant.drain().done == 2


def test_an_entry_that_waits_longer_than_any_delay_is_due(plant: Plant) -> None:
    plant.fill(2)
    plant.faults["1"] = try_later(24 * 3600.0, "later")
    assert plant.drain().left == 1
    plant.faults.clear()
    tomorrow = plant.clock.now() + 24 * 3600
    with plant.call.store.write() as db:
        db.execute("UPDATE outbox SET due = ?", (tomorrow,))
    assert plant.outbox.is_due()
    assert plant.drain().done == 1


def test_no_service_makes_an_entry_wait_longer_than_eight_hours(plant: Plant) -> None:
    plant.fill(1)
    plant.faults["0"] = try_later(24 * 3600.0, "later")
    plant.drain()
    plant.faults.clear()
    plant.clock.wall += 8 * 3600
    assert plant.drain().done == 1


@pytest.mark.parametrize("trouble", [errors.Unreachable("gone"), errors.AuthRejected("wrong token")])
def test_after_the_clock_was_set_back_the_service_is_asked(plant: Plant, trouble: errors.BundleError) -> None:
    plant.fill(1)
    plant.down = trouble
    plant.drain(budget=5)
    plant.down = None
    plant.clock.wall -= 3600
    assert plant.drain().done == 1


def test_a_drain_that_waits_notices_that_the_clock_is_set_back(plant: Plant) -> None:
    plant.fill(1)
    plant.fail_once("0", errors.ServerFailed("once"))

    def set_clock_once() -> bool:
        if len(plant.clock.slept) == 3:
            plant.clock.wall -= 3600
        return True

    assert plant.drain(may_wait=set_clock_once).done == 1
    assert sum(plant.clock.slept) < 60


def test_a_drain_that_fails_at_its_start_does_not_keep_the_lease(plant: Plant) -> None:
    plant.fill(1)
    spool = Path(plant.call.store.path).parent / "spool"
    spool.mkdir()
    (spool / "1.json").write_text('{"key": "again", "fields": []}')
    with plant.call.store.write() as db:
        db.execute("CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(sqlite3.Error):
        plant.drain()
    with plant.call.store.write() as db:
        db.execute("DROP TRIGGER refuse")
        (holder,) = db.execute("SELECT count(*) FROM leases").fetchone()
    assert holder == 0
    assert plant.drain().done == 2


def test_a_person_who_pauses_stops_the_drain(plant: Plant) -> None:
    plant.fill(10)
    plant.faults["2"] = lambda: plant.outbox.pause.begin("Paused by you.")
    assert plant.drain()[:3] == ("paused", "Paused by you.", 3)


@pytest.mark.parametrize("kind", [errors.Unreachable, errors.TimedOut, errors.AuthRejected])
def test_when_stash_itself_is_gone_the_drain_stops_and_keeps_everything(
    plant: Plant, kind: type[errors.ServiceError]
) -> None:
    plant.fill(10)
    plant.down = kind("Stash is gone.", service="Stash")
    assert plant.drain(batch_size=5)[:2] == ("stopped", "Stash is gone.")
    assert plant.outbox.counts()["waiting"] == 10
    assert plant.outbox.is_due()


def test_trouble_with_our_own_file_is_no_items_fault(plant: Plant) -> None:
    plant.fill(2)
    plant.down = errors.StateError("disk full")
    with pytest.raises(errors.StateError):
        plant.drain()
    assert plant.state_of("0")[0] == "working"
    plant.down = None
    assert plant.drain().done == 2


def test_a_step_ends_with_its_budget(plant: Plant) -> None:
    plant.fill(100)
    result = plant.drain(budget=2.0, batch_size=7)
    assert (result.ended, 19 <= result.done <= 21) == ("budget", True)
    assert plant.outbox.counts()["working"] == 0


def test_a_step_does_not_disturb_a_task(plant: Plant) -> None:
    plant.fill(3)
    with plant.outbox.lease():
        result = plant.drain(budget=2.0)
    assert (result.ended, result.done) == ("busy", 0)


def test_a_task_waits_for_a_step_to_end(plant: Plant) -> None:
    plant.fill(3)
    step = plant.outbox.lease(STEP)
    step.acquire()
    plant.clock.on_sleep = step.release
    assert plant.drain().done == 3


def test_what_arrives_during_the_drain_is_drained(plant: Plant) -> None:
    plant.fill(1)
    plant.faults["0"] = lambda: plant.outbox.put("late")
    assert (plant.drain().done, plant.worked) == (2, ["0", "late"])


def test_rows_due_soon_are_waited_for_and_others_not(plant: Plant) -> None:
    plant.outbox.put("soon", delay=5)
    plant.outbox.put("much later", delay=3600)
    result = plant.drain()
    assert (result.ended, plant.worked) == ("waiting", ["soon"])


def test_a_long_wait_keeps_the_lease(plant: Plant) -> None:
    plant.fill(1)
    plant.down_until = plant.clock.now() + 600
    left: list[float] = []
    expires = "SELECT min(expires) - ? FROM leases"
    plant.clock.on_sleep = lambda: left.append(plant.call.store.first(expires, (plant.clock.now(),))[0])
    plant.drain(may_wait=lambda: True)
    assert min(left) > 60


def test_a_probe_prepares_one_entry_only(plant: Plant) -> None:
    plant.fill(9)
    plant.outbox.breaker.fail("down")
    prepared: list[int] = []
    plant.drain(batch_size=4, prepare=lambda entries: prepared.append(len(entries)))
    assert prepared == [1, 4, 4]


def test_a_batch_is_prepared_in_one_go(plant: Plant) -> None:
    plant.fill(7)
    prepared: list[int] = []
    plant.drain(batch_size=3, prepare=lambda entries: prepared.append(len(entries)))
    assert prepared == [3, 3, 1]


def test_one_item_that_spoils_the_preparation_is_found(plant: Plant) -> None:
    plant.fill(6)
    plant.drain(batch_size=6, prepare=refuse_three)
    assert plant.state_of("3")[:2] == ("dead", "Refused")
    assert sorted(plant.worked) == ["0", "1", "2", "4", "5"]


def refuse_three(entries: Any) -> None:
    if "3" in [entry.key for entry in entries]:
        raise errors.Refused("no")


def test_a_service_that_fails_the_preparation_is_down(plant: Plant) -> None:
    plant.fill(6)
    result = plant.drain(batch_size=6, prepare=raise_down, budget=1)
    assert (result.done, result.postponed, plant.outbox.breaker.is_open()) == (0, 1, True)
    assert plant.outbox.counts()["waiting"] == 6


def raise_down(entries: object) -> None:
    raise DOWN


def test_a_plugin_updated_underneath_stops_cleanly(plant: Plant) -> None:
    plant.fill(3)
    plant.faults["0"] = lambda: migrate(plant)
    with pytest.raises(errors.StateError, match="updated"):
        plant.drain()
    assert plant.outbox.counts()["waiting"] == 2


def migrate(plant: Plant) -> None:
    with plant.call.store.write() as db:
        db.execute("UPDATE versions SET version = version + 1 WHERE component = 'outbox'")


def test_given_up_work_is_in_the_log_but_never_floods_it(plant: Plant, capfd: pytest.CaptureFixture[str]) -> None:
    plant.call.log = Log()
    plant.fill(50)
    plant.down = errors.Refused("Plex says no.")
    plant.drain()
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 20
    assert "0 was given up: Plex says no." in lines[0]


def test_a_lock_of_ours_says_nothing_about_the_service(plant: Plant) -> None:
    plant.outbox.breaker.fail("down")
    plant.clock.advance(5)
    plant.fill(1)
    plant.down = errors.Busy("Another process works on it.")
    plant.drain()
    assert plant.outbox.breaker.is_open()


def test_secrets_do_not_reach_the_rows() -> None:
    assert "12345678" not in classify_error(errors.Refused("refused apikey=12345678secret")).message

"""One holder at a time: the living keep it, the dead and the silent lose it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.errors import Busy
from shared.state.lease import HUNG_AFTER, LEASE_SECONDS, Lease
from shared.state.process import read_start_time
from shared.state.store import Store
from tests.harness.clock import CountingClock


class TwoLeases:
    """Two leases on the same thing."""

    def __init__(self, directory: Path) -> None:
        self.clock = CountingClock()
        self.store = Store(str(directory / "state.sqlite3"), clock=self.clock)
        self.first = Lease(self.store, "run:sync", what="Sync", note="run 12")
        self.second = Lease(self.store, "run:sync", what="Sync")

    def pretend(self, **columns: object) -> None:
        """Let the holder be another process."""
        with self.store.write() as db:
            for name, value in columns.items():
                db.execute(f"UPDATE leases SET {name} = ?", (value,))


@pytest.fixture
def leases(tmp_path: Path) -> TwoLeases:
    leases = TwoLeases(tmp_path)
    leases.first.acquire()
    return leases


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_second_is_told_who_is_first(leases: TwoLeases) -> None:
    with pytest.raises(Busy, match=r"Sync is already running \(run 12\)"):
        leases.second.acquire()


def test_a_released_lease_is_free(leases: TwoLeases) -> None:
    leases.first.release()
    with leases.second:
        pass
    leases.first.acquire()


def test_releasing_what_is_not_ours_changes_nothing(leases: TwoLeases) -> None:
    leases.second.release()
    with pytest.raises(Busy):
        leases.second.acquire()


def test_a_dead_process_loses_it_at_once(leases: TwoLeases) -> None:
    leases.pretend(pid=dead_process(), born="12345")
    leases.second.acquire()


def test_another_process_with_the_same_id_does_not_inherit_it(leases: TwoLeases) -> None:
    leases.pretend(born="the same id in another life")
    leases.second.acquire()


@pytest.mark.skipif(sys.platform != "linux", reason="start times are known on Linux only")
def test_every_process_has_its_own_birth() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    births = [read_start_time(child.pid), read_start_time(os.getpid()), read_start_time(1)]
    child.communicate()
    assert len(set(births)) == 3
    assert read_start_time(child.pid) == ""


def test_a_killed_process_that_was_not_reaped_is_dead(leases: TwoLeases) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    leases.pretend(pid=process.pid, born=read_start_time(process.pid))
    with pytest.raises(Busy):
        leases.second.acquire()
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    leases.second.acquire()
    process.communicate()


HOLDER = """
import sys
from shared.state.lease import Lease
from shared.state.store import Store
Lease(Store(sys.argv[1]), "run:sync", what="Sync").acquire()
print("held", flush=True)
input()
"""


@pytest.mark.parametrize("host", [{}, {"host": "another container"}])
def test_without_a_start_time_as_on_windows_the_lock_of_the_process_decides(
    leases: TwoLeases, host: dict[str, object]
) -> None:
    leases.first.release()
    command = [sys.executable, "-c", HOLDER, leases.store.path]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    now = leases.clock.now()
    leases.pretend(born="", beat=now - 600, expires=now - 480, **host)
    assert not can_acquire(leases.second), "alive, but silent for ten minutes"
    leases.pretend(beat=now, expires=now + LEASE_SECONDS)
    process.kill()
    process.communicate()
    assert can_acquire(leases.second) is not bool(host), "another host may not see the locks of a shared drive"
    leases.second.release()
    assert len(list_signs(leases)) == bool(host)


def test_a_killed_process_leaves_no_file_behind(leases: TwoLeases) -> None:
    leases.first.release()
    command = [sys.executable, "-c", HOLDER, leases.store.path]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.communicate()
    assert can_acquire(leases.second)
    leases.second.release()
    assert list_signs(leases) == []


def test_journals_that_earlier_versions_left_go_with_the_copy_of_the_day(leases: TwoLeases) -> None:
    leases.first.release()
    path = Path(leases.store.path)
    path.with_name(f"{path.name}.alive-1-abc-journal").touch()
    assert leases.store.back_up() == ""
    assert list_signs(leases) == []


def list_signs(leases: TwoLeases) -> list[str]:
    """Return the names of the files by which living processes are known."""
    return [path.name for path in Path(leases.store.path).parent.iterdir() if ".alive-" in path.name]


def test_a_living_process_keeps_it_through_a_long_request(leases: TwoLeases) -> None:
    leases.clock.advance(LEASE_SECONDS * 5)
    with pytest.raises(Busy):
        leases.second.acquire()


def test_a_process_that_hangs_for_an_hour_loses_it(leases: TwoLeases) -> None:
    leases.clock.advance(HUNG_AFTER + 1)
    leases.second.acquire()
    with pytest.raises(Busy, match="taken over"):
        leases.first.renew()


@pytest.mark.parametrize(("seconds", "is_free"), [(LEASE_SECONDS - 1, False), (LEASE_SECONDS + 1, True)])
def test_a_process_of_another_host_is_judged_by_its_silence(leases: TwoLeases, seconds: float, is_free: bool) -> None:
    leases.pretend(host="another host", owner="one whose lock is not seen")
    leases.clock.advance(seconds)
    assert can_acquire(leases.second) == is_free


def test_a_clock_that_was_set_back_does_not_prolong_a_lease(leases: TwoLeases) -> None:
    leases.pretend(host="another host", owner="one whose lock is not seen")
    leases.clock.advance(-10 * LEASE_SECONDS)
    assert can_acquire(leases.second)


def test_renewing_keeps_it(leases: TwoLeases) -> None:
    leases.pretend(host="another host")
    for _ in range(5):
        leases.clock.advance(LEASE_SECONDS * 0.9)
        leases.first.renew()
        leases.pretend(host="another host")
    assert not can_acquire(leases.second)


def can_acquire(lease: Lease) -> bool:
    try:
        lease.acquire()
    except Busy:
        return False
    return True

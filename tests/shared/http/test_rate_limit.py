"""One budget for all processes that send requests to a host."""

from __future__ import annotations

import itertools
import math
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shared.http import Http, Request, Service
from shared.http.rate_limit import (
    LONGEST_PAUSE,
    TABLE,
    WRITE,
    RateLimiter,
    Slots,
    find_rate,
    forget_last_boot,
    pause,
    take_slot,
)
from tests.harness.clock import CountingClock
from tests.harness.weather import answer, busy, serve

BOX = "https://box.example/graphql"
SLOT = 0.25 * 1.01
ROOT = Path(__file__).parents[3]

CLIENT = """
import sys, time
from shared.http.rate_limit import RateLimiter
limiter = RateLimiter(sys.argv[1], "https://box.example/graphql", int(sys.argv[2]))
for _ in range(int(sys.argv[3])):
    limiter.take_turn()
    print(time.monotonic(), flush=True)
"""


def start_client(folder: Path, per_minute: int, turns: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CLIENT, str(folder), str(per_minute), str(turns)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


@pytest.fixture
def limiter(tmp_path: Path, clock: CountingClock) -> RateLimiter:
    return RateLimiter(str(tmp_path), BOX, 240, clock)


@pytest.mark.parametrize(
    ("configured", "cap", "rate"),
    [
        (0, None, 240),
        (None, None, 240),
        (-3, None, 240),
        (100, None, 100),
        (600, 120, 120),
        (60, 120, 60),
        (600, 0, 600),
    ],
)
def test_the_rate_is_the_users_and_never_above_ours(configured: int | None, cap: int | None, rate: int) -> None:
    assert find_rate(configured, cap) == rate


def test_turns_are_evenly_spaced(limiter: RateLimiter, clock: CountingClock) -> None:
    for _ in range(4):
        limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT, SLOT, SLOT])


def test_time_between_requests_counts(limiter: RateLimiter, clock: CountingClock) -> None:
    limiter.take_turn()
    clock.advance(0.2)
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT - 0.2])


def test_idle_time_is_not_saved_up_for_a_burst(limiter: RateLimiter, clock: CountingClock) -> None:
    limiter.take_turn()
    clock.advance(1000)
    limiter.take_turn()
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT])


@pytest.mark.parametrize("per_minute", [1, 60, 240, 1000])
def test_no_minute_sees_more_than_the_limit(tmp_path: Path, clock: CountingClock, per_minute: int) -> None:
    chance = random.Random(per_minute)
    clients = [RateLimiter(str(tmp_path), BOX, per_minute, clock) for _ in range(4)]
    starts = []
    for _ in range(min(per_minute * 3, 700)):
        chance.choice(clients).take_turn()
        starts.append(clock.monotonic())
        clock.advance(chance.choice([0, 0, 0.01, 1.5]) * 60 / per_minute)
    assert all(later - first >= 60.0 for first, later in zip(starts, starts[per_minute:]))


def test_full_use_costs_hardly_more_than_the_limit(limiter: RateLimiter, clock: CountingClock) -> None:
    begin = clock.monotonic()
    for _ in range(240):
        limiter.take_turn()
    assert clock.monotonic() - begin <= 60.0 * 1.05


def test_hosts_have_budgets_of_their_own(tmp_path: Path, clock: CountingClock) -> None:
    for url in ("https://a.example/graphql", "https://b.example/graphql", "http://127.0.0.1:1", "http://127.0.0.1:2"):
        RateLimiter(str(tmp_path), url, 1, clock).take_turn()
    assert clock.slept == []


def test_spellings_of_one_host_share_a_budget(tmp_path: Path, clock: CountingClock) -> None:
    for url in ("https://Box.example/graphql", "https://me:pw@box.example/graphql/"):
        RateLimiter(str(tmp_path), url, 60, clock).take_turn()
    assert clock.slept == pytest.approx([1.01])


def test_who_asked_first_goes_first() -> None:
    slots, turns = Slots(), []
    for now in (100.0, 100.1, 100.2):
        slots, turn = take_slot(slots, now, 1.0, math.inf)
        turns.append(turn.at)
    assert turns == [100.0, 101.0, 102.0]


def test_a_wait_that_is_too_long_takes_no_slot(limiter: RateLimiter, clock: CountingClock) -> None:
    limiter.take_turn()
    assert limiter.take_turn(longest=0.1) == pytest.approx(SLOT)
    assert limiter.take_turn(longest=10) == 0.0
    assert clock.slept == pytest.approx([SLOT])


def test_a_pause_holds_for_all_processes(tmp_path: Path, limiter: RateLimiter, clock: CountingClock) -> None:
    limiter.penalize(30)
    other = RateLimiter(str(tmp_path), BOX, 240, clock)
    assert other.take_turn(longest=10) == pytest.approx(30)
    other.take_turn()
    other.take_turn()
    assert clock.slept == pytest.approx([30, SLOT])


def test_a_pause_also_holds_back_who_already_has_a_slot(tmp_path: Path) -> None:
    class PausedMeanwhile(CountingClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 1:
                other.penalize(30)

    clock = PausedMeanwhile()
    other = RateLimiter(str(tmp_path), BOX, 240, clock)
    limiter = RateLimiter(str(tmp_path), BOX, 240, clock)
    limiter.take_turn()
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT, 30])


def test_who_wakes_up_much_too_late_takes_a_new_slot(tmp_path: Path) -> None:
    class Suspended(CountingClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 1:
                self.advance(3.0)
                RateLimiter(str(tmp_path), BOX, 240, self).take_turn()

    clock = Suspended()
    limiter = RateLimiter(str(tmp_path), BOX, 240, clock)
    limiter.take_turn()
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT, SLOT])


@pytest.mark.parametrize("jump", [-30 * 86400.0, 30 * 86400.0])
def test_setting_the_wall_clock_changes_nothing(limiter: RateLimiter, clock: CountingClock, jump: float) -> None:
    limiter.take_turn()
    clock.wall += jump
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT])


@pytest.mark.parametrize("uptime", [5.0, 4_000.0])
def test_a_restart_of_the_machine_forgets_the_slots(tmp_path: Path, uptime: float) -> None:
    before = RateLimiter(str(tmp_path), BOX, 240, CountingClock(monotonic=9_000_000.0))
    before.take_turn()
    before.penalize(600)
    clock = CountingClock(monotonic=uptime)
    RateLimiter(str(tmp_path), BOX, 240, clock).take_turn()
    assert clock.slept == []


@pytest.mark.parametrize("slots", [Slots(1e12, 0, 0), Slots(0, 1e12, 0), Slots(0, 0, 1e12)])
def test_an_absurd_row_is_forgotten(slots: Slots) -> None:
    assert forget_last_boot(slots, 100.0) == Slots()


@pytest.mark.parametrize(("seconds", "until"), [(1e9, 100 + LONGEST_PAUSE), (-5, 100.0)])
def test_an_absurd_pause_is_cut(seconds: float, until: float) -> None:
    assert pause(Slots(), 100.0, seconds).paused_until == until


@pytest.mark.parametrize("content", [b"this is no database at all, but long enough to look like one" * 20, b""])
def test_a_broken_file_is_replaced(tmp_path: Path, clock: CountingClock, content: bytes) -> None:
    path = tmp_path / "ratelimit.sqlite3"
    path.write_bytes(content)
    RateLimiter(str(tmp_path), BOX, 240, clock).take_turn()
    RateLimiter(str(tmp_path), BOX, 240, clock).take_turn()
    assert clock.slept == pytest.approx([SLOT])


def test_without_a_file_the_limit_is_kept_at_least_in_this_process(tmp_path: Path, clock: CountingClock) -> None:
    (tmp_path / "shared").write_text("a file where the folder should be")
    limiter = RateLimiter(str(tmp_path / "shared"), BOX, 240, clock)
    limiter.take_turn()
    limiter.take_turn()
    limiter.penalize(30)
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT, 30])


def test_a_deleted_file_is_made_again(tmp_path: Path, limiter: RateLimiter, clock: CountingClock) -> None:
    limiter.take_turn()
    (tmp_path / "ratelimit.sqlite3").unlink()
    limiter.take_turn()
    limiter.take_turn()
    assert clock.slept == pytest.approx([SLOT])


def test_a_lock_that_is_never_released_does_not_stop_the_work(
    tmp_path: Path, limiter: RateLimiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.http.rate_limit.LOCK_SECONDS", 0.05)
    limiter.take_turn()
    with sqlite3.connect(tmp_path / "ratelimit.sqlite3", isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert limiter.take_turn() == 0.0
    holder.close()


def test_processes_share_the_budget(tmp_path: Path) -> None:
    per_minute, turns = 6000, 20
    slot = 60 / per_minute
    begin = time.monotonic()
    clients = [start_client(tmp_path, per_minute, turns) for _ in range(3)]
    starts = sorted(float(line) for client in clients for line in client.communicate(timeout=60)[0].split())
    assert len(starts) == 3 * turns
    assert all(start >= begin + number * slot for number, start in enumerate(starts))


def put_old_file(folder: Path, paused_until: float) -> Path:
    """Write the file of earlier versions, in which the box asked everyone to wait."""
    old = folder / "shared" / "ratelimit.sqlite3"
    old.parent.mkdir()
    with sqlite3.connect(old) as db:
        db.execute(TABLE)
        db.execute(WRITE, (0.0, paused_until, 0.0, "box.example"))
    db.close()
    return old


def test_the_file_of_earlier_versions_is_taken_over(tmp_path: Path, clock: CountingClock) -> None:
    old = put_old_file(tmp_path, clock.monotonic() + 30)
    assert RateLimiter(str(tmp_path), BOX, 240, clock).take_turn(longest=5) == pytest.approx(30)
    assert (old.parent.exists(), (tmp_path / "ratelimit.sqlite3").exists()) == (False, True)


def test_a_file_that_is_there_already_is_not_replaced_by_an_old_one(tmp_path: Path, clock: CountingClock) -> None:
    RateLimiter(str(tmp_path), BOX, 240, clock).penalize(60)
    put_old_file(tmp_path, clock.monotonic() + 30)
    assert RateLimiter(str(tmp_path), BOX, 240, clock).take_turn(longest=5) == pytest.approx(60)


def test_processes_that_start_at_once_all_keep_the_old_file_s_pause(tmp_path: Path) -> None:
    end = time.monotonic() + 2
    put_old_file(tmp_path, end)
    clients = [start_client(tmp_path, 6000, 5) for _ in range(4)]
    starts = sorted(float(line) for client in clients for line in client.communicate(timeout=60)[0].split())
    assert len(starts) == 20
    assert all(start >= end + number * 0.01 for number, start in enumerate(starts))


def test_a_killed_process_leaves_the_budget_usable(tmp_path: Path) -> None:
    client = start_client(tmp_path, 60_000, 100_000)
    assert client.stdout is not None
    list(itertools.islice(client.stdout, 50))
    client.kill()
    client.communicate(timeout=60)
    assert RateLimiter(str(tmp_path), BOX, 60_000).take_turn(longest=5) == 0.0


def test_the_seam_waits_for_its_turn_before_every_attempt(tmp_path: Path, clock: CountingClock) -> None:
    with serve(busy("7"), answer()) as server:
        limiter = RateLimiter(str(tmp_path), server.url, 240, clock)
        http = Http(Service("Box", server.url, limiter=limiter), clock=clock, jitter=lambda: 1.0)
        http.send(Request("GET"))
        http.send(Request("GET"))
    assert clock.slept == pytest.approx([7.5, SLOT])


def test_a_pause_that_the_host_asked_for_is_known_as_one(tmp_path: Path, clock: CountingClock) -> None:
    limiter = RateLimiter(str(tmp_path), BOX, 60, clock)
    limiter.take_turn()
    assert (limiter.take_turn(longest=0.1) > 0, limiter.is_paused()) == (True, False)
    limiter.penalize(7200)
    assert limiter.is_paused()

"""./dev soak: let all four plugins live through weeks in compressed time, and print what their state becomes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from benchmarks.soak.figures import Sample, find_growing, measure_memory, take_sample
from benchmarks.soak.invariants import check_bounds, list_broken
from benchmarks.soak.life import PLUGINS, Life, open_life
from benchmarks.soak.weeks import begin_life, end_week, live_day
from scripts.console import Arguments, say
from tests.harness.forks import FORK_SERVERS

KIBIBYTE = 1024
KILLED = "signal: killed"  # the life kills processes itself
WEEK, MONTH = 7, 31
FEW, MANY = 300, 33_500  # of the many, Stash has over 20,000


def soak(argv: list[str]) -> int:
    """Live through weeks in the sandbox (`./dev soak`), print what grows and what broke; return 1 if anything broke."""
    parser = Arguments(prog="./dev soak", description="Simulate a long life of the plugins.")
    parser.add_argument("--days", type=int, default=0, help="days to simulate in a large library, instead of weeks")
    parser.add_argument("--weeks", type=int, default=26, help="weeks to simulate (default: 26)")
    parser.add_argument(
        "--scenes",
        type=int,
        default=0,
        help=f"about how many scenes the boxes know; Stash has 62 of 100 (default: {FEW}, with --days {MANY})",
    )
    parser.add_argument("--edits", type=int, default=6, help="scenes that are saved each day (default: 6)")
    parser.add_argument("--seed", type=int, default=1, help="of all random choices (default: 1)")
    options = parser.parse_args(argv)
    scenes = options.scenes or (MANY if options.days else FEW)
    began = time.monotonic()
    try:
        with open_life(scenes, options.seed) as life:
            say(f"{len(life.list_ids()):,} scenes in Stash, of {scenes:,} at the boxes.")
            return run_days(life, options.days or options.weeks * WEEK, options.edits, began)
    finally:
        FORK_SERVERS.close()


def run_days(life: Life, days: int, edits: int, began: float) -> int:
    """Live through the days, check each one, print each week and the whole, and return 1 if anything broke."""
    begin_life(life)
    life.forget_traffic()
    memory, samples = measure_memory(life), [take_sample(life, 0)]
    broken = print_broken(find_problems(life, 0))
    print_sample(samples[0], began)
    for day in range(1, days + 1):
        live_day(life, (day - 1) % WEEK, edits)
        if day % WEEK == 0:
            end_week(life, day // WEEK, edits)
        life.settle()
        life.forget_traffic()
        samples.append(take_sample(life, day))
        broken += print_broken(find_problems(life, day))
        if days <= MONTH or day % WEEK == 0 or day == days:
            print_sample(samples[-1], began)
    memory_after = measure_memory(life)
    print_memory(memory, memory_after)
    print_growing(samples)
    broken += print_broken(check_bounds(samples, memory, memory_after))
    say(f"{days} days, {broken} broken.")
    return 1 if broken else 0


def find_problems(life: Life, day: int) -> list[str]:
    """Return what was wrong after a simulated day, and the calls that failed without having been killed.

    `run_days`, the loop of `./dev soak`, prints it.
    """
    failed = [f"failed: {text[:300]}" for text in dict.fromkeys(life.take_failures()) if KILLED not in text]
    return [f"day {day}: {problem}" for problem in (*list_broken(life), *failed)]


def print_broken(problems: Iterable[str]) -> int:
    """Print what broke as soon as it is found, as a long life may be stopped then; return how much it is."""
    found = list(problems)
    for problem in found:
        say(f"BROKEN {problem}")
    return len(found)


def print_sample(sample: Sample, began: float) -> None:
    """Print one line about a day of `./dev soak`: KiB of each plugin's folder, files, rows, its own open files."""
    sizes = "  ".join(f"{name} {size // KIBIBYTE:>6,}" for name, size in sample.sizes.items())
    rows, spent = sum(sample.rows.values()), time.monotonic() - began
    rest = f"files {sample.files}  rows {rows:,}  open {sample.open_files}  {spent:.0f} s"
    say(f"day {sample.day:>3}  KiB: {sizes}  {rest}")


def print_memory(before: dict[str, float], after: dict[str, float]) -> None:
    """Print the peak of each plugin's process at the begin and at the end of `./dev soak`."""
    for plugin in PLUGINS:
        say(f"memory of {plugin}: {before[plugin]:.0f} MiB at the begin, {after[plugin]:.0f} MiB at the end")


def print_growing(samples: Sequence[Sample]) -> None:
    """Print the tables that still grow in the last quarter of `./dev soak`."""
    for name, counts in find_growing(samples):
        say(f"grows  {name:<36} {' → '.join(f'{count:,}' for count in counts)}")

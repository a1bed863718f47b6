"""./dev soak: let all four plugins live through weeks in compressed time, and print what their state becomes."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.soak.figures import Sample, find_growing, list_broken, measure_memory, take_sample
from benchmarks.soak.life import PLUGINS, Life, open_life
from benchmarks.soak.weeks import begin_life, live_week
from scripts.console import Arguments, say
from tests.harness.forks import FORK_SERVERS

KIBIBYTE = 1024


def soak(argv: list[str]) -> int:
    """Print sizes week by week, what grows and what broke; return 1 if anything broke."""
    parser = Arguments(prog="./dev soak", description="Simulate a long life of the plugins.")
    parser.add_argument("--weeks", type=int, default=26, help="weeks to simulate (default: 26)")
    parser.add_argument("--scenes", type=int, default=300, help="about how many scenes the boxes know (default: 300)")
    parser.add_argument("--edits", type=int, default=6, help="scenes that are saved each day (default: 6)")
    parser.add_argument("--seed", type=int, default=1, help="of all random choices (default: 1)")
    options = parser.parse_args(argv)
    try:
        with open_life(options.scenes, options.seed) as life:
            begin_life(life)
            return run_weeks(life, options.weeks, options.edits)
    finally:
        FORK_SERVERS.close()


def run_weeks(life: Life, weeks: int, edits: int) -> int:
    """Live through the weeks, print each one and the whole, and return 1 if anything broke."""
    samples, broken, memory, began = [take_sample(life, 0)], list[str](), measure_memory(life), time.monotonic()
    print_sample(samples[0], began)
    for week in range(1, weeks + 1):
        live_week(life, week, edits)
        life.settle()
        life.forget_traffic()
        samples.append(take_sample(life, week))
        broken += [f"week {week}: {problem}" for problem in list_broken(life)]
        print_sample(samples[-1], began)
    print_memory(memory, measure_memory(life))
    print_growing(samples)
    for problem in broken:
        say(f"BROKEN {problem}")
    for failure in dict.fromkeys(life.failures):
        say(f"failed {life.failures.count(failure)} times: {failure[:300]}")
    say(f"{weeks} weeks, {len(broken)} broken, {len(life.failures)} failed calls.")
    return 1 if broken else 0


def print_sample(sample: Sample, began: float) -> None:
    """Print one line about a week: KiB of each plugin's folder, files, rows, open files of this process."""
    sizes = "  ".join(f"{name} {size // KIBIBYTE:>6,}" for name, size in sample.sizes.items())
    rows, spent = sum(sample.rows.values()), time.monotonic() - began
    rest = f"files {sample.files}  rows {rows:,}  open {sample.open_files}  {spent:.0f} s"
    say(f"week {sample.week:>3}  KiB: {sizes}  {rest}")


def print_memory(before: dict[str, float], after: dict[str, float]) -> None:
    """Print the peak of each plugin's process at the begin and at the end."""
    for plugin in PLUGINS:
        say(f"memory of {plugin}: {before[plugin]:.0f} MiB at the begin, {after[plugin]:.0f} MiB at the end")


def print_growing(samples: Sequence[Sample]) -> None:
    """Print the tables that still grow in the last quarter."""
    for name, counts in find_growing(samples):
        say(f"grows  {name:<36} {' → '.join(f'{count:,}' for count in counts)}")

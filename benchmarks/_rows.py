"""Rows of a benchmark, and fair ways to measure them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Callable, NamedTuple


class Row(NamedTuple):
    """One measured value; it holds if there is no bar or `value <= bar`."""

    what: str
    value: float
    bar: float | None = None
    unit: str = "×"
    note: str = ""

    @property
    def holds(self) -> bool:
        """Return True if the measured value is within the bar of its row; `./dev bench` fails otherwise."""
        return self.bar is None or self.value <= self.bar


def median_times(subjects: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """Return the median seconds of each subject; rounds take turns, so that a busy machine hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in subjects}
    for subject in subjects.values():
        subject()
    for _ in range(rounds):
        for name, subject in subjects.items():
            started = time.perf_counter()
            subject()
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def ratio_of_times(subject: Callable[[], object], base: Callable[[], object], rounds: int = 9) -> float:
    """Return the time of the subject divided by that of the base, as medians of interleaved rounds."""
    taken = median_times({"subject": subject, "base": base}, rounds)
    return taken["subject"] / taken["base"]


def peak_memory(subject: Callable[[], object]) -> float:
    """Return the most MiB that Python allocated while the subject ran in this process, for a row of a benchmark."""
    tracemalloc.start()
    try:
        subject()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


# A process inherits the memory peak of the one it was forked from, so the measured one gets a small parent.
SMALL_PARENT = """
import json, os, shutil, sys, time
command = sys.argv[2:]
started = time.perf_counter()
child = os.posix_spawn(shutil.which(command[0]), command, os.environ)
_, status, used = os.wait4(child, 0)
spent = [time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status]
with open(sys.argv[1], "w") as report:
    json.dump(spent, report)
"""


class Spent(NamedTuple):
    """CPU seconds, wall seconds and peak memory of one process."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    exit_code: int
    stdout: bytes


def measure_process(command: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Spent:
    """Run a process to its end and return the system's account of its time and memory, without its children."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "spent.json")
        parent = [sys.executable, "-I", "-S", "-c", SMALL_PARENT, str(report), *command]
        done = subprocess.run(
            parent, input=stdin, capture_output=True, env=None if env is None else dict(env), check=True
        )
        seconds, cpu_seconds, peak_mib, status = json.loads(report.read_text("utf-8"))
    return Spent(seconds, cpu_seconds, peak_mib, os.waitstatus_to_exitcode(status), done.stdout)

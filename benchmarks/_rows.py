"""What a benchmark hands back, and the fair ways to measure it."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from typing import Callable, NamedTuple


class Row(NamedTuple):
    """One measured claim; it holds when there is no bar or `value <= bar`."""

    what: str
    value: float
    bar: float | None = None
    unit: str = "×"
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the value stays within its bar."""
        return self.bar is None or self.value <= self.bar


def median_times(subjects: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """Median seconds of each subject; the rounds take turns, so that a busy machine hits all of them alike."""
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
    """How many times as long the subject takes as the base, as medians of interleaved rounds."""
    taken = median_times({"subject": subject, "base": base}, rounds)
    return taken["subject"] / taken["base"]


def peak_memory(subject: Callable[[], object]) -> float:
    """MiB that Python allocated at most while the subject ran in this process."""
    tracemalloc.start()
    try:
        subject()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


class Spent(NamedTuple):
    """What one process took."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    exit_code: int
    stdout: bytes


def measure_process(command: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Spent:
    """Run a process to its end and take its own account of time and memory, that of its children not included."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        given.write(stdin)
        given.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            stdin=given,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            env=None if env is None else dict(env),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        spent = usage.ru_utime + usage.ru_stime
        return Spent(seconds, spent, usage.ru_maxrss / 1024, process.returncode, printed.read())

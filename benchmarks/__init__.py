"""The rows of `./dev bench`.

A module here has one function, `measure() -> Iterable[Row]`; `./dev bench` finds the modules by itself (it passes over
names starting with `_`) and `./dev bench state missing` runs only these. A row compares two things measured in the same
run, because a number of seconds says nothing on another machine.
"""

from __future__ import annotations

import http.client  # noqa: F401 -- whole, for the doubles; see shared/http/wire/http_client.py

from benchmarks._rows import Row, Spent, measure_process, median_times, peak_memory, ratio_of_times

__all__ = ["Row", "Spent", "measure_process", "median_times", "peak_memory", "ratio_of_times"]

"""Applies a plan to a shelf, or retitles all things in a live run when the plan is 0.

Arguments: state directory, plan id, events before it dies (0: never, -1: count them), items it writes before it dies
(0: it does not).
"""

from __future__ import annotations

import sys
from pathlib import Path

from shared.journal import apply_plan, open_run
from tests.harness.library import new_titles
from tests.harness.state import Shelf, StandInCall, count_events, die_after

directory = Path(sys.argv[1])
plan_id, events, writes = (int(text) for text in sys.argv[2:5])
call = StandInCall(directory)
shelf = Shelf(directory / "shelf")
shelf.fatal_writes = writes


def apply() -> None:
    if plan_id:
        print(apply_plan(call, plan_id, shelf, batch_size=5).sentence())
        return
    with open_run(call, shelf, kind="sync", title="Live") as run:
        run.work(new_titles(shelf.list_items()))


if events > 0:
    die_after(events)
if events < 0:
    print(count_events(apply))
else:
    apply()

"""Applies a plan to a shelf. Arguments: state directory, plan id, events before it dies (0: never, -1: count them)."""

from __future__ import annotations

import os
import sys

from shared.journal import apply_plan
from tests.harness.state import Shelf, StandInCall, count_events, die_after

directory, plan_id, events = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
call = StandInCall(directory)
shelf = Shelf(os.path.join(directory, "shelf"))  # noqa: PTH118


def apply() -> None:
    print(apply_plan(call, plan_id, shelf, batch_size=5).sentence())


if events > 0:
    die_after(events)
if events < 0:
    print(count_events(apply))
else:
    apply()

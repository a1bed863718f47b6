"""Drains the outbox onto a shelf whenever a line arrives on stdin. Arguments: state directory, events before it dies.

The worker copies the latest wanted value: the key "7" with the field "v3" makes item 7 have the value v3.
"""

from __future__ import annotations

import os
import sys

from shared.queue.drain import run_drain
from shared.queue.outbox import Outbox, QueueEntry
from tests.harness.state import Shelf, StandInCall, count_events, die_after

directory, events = sys.argv[1], int(sys.argv[2])
call = StandInCall(directory)
shelf = Shelf(os.path.join(directory, "shelf"))  # noqa: PTH118
outbox = Outbox(call.store)


def work(entry: QueueEntry) -> None:
    shelf.put(entry.key, value=max(entry.fields, default=""))


def drain() -> None:
    result = run_drain(call, outbox, work, batch_size=4)
    print(result.ended, result.done, flush=True)


print("ready", flush=True)
for _ in sys.stdin:
    if events > 0:
        die_after(events)
    if events < 0:
        print(count_events(drain), flush=True)
    else:
        drain()

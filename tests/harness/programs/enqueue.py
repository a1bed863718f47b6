"""Puts a key into the outbox for every line on stdin; answers "stored" or the error.

Arguments: the state directory, the seconds to wait for a lock.
"""

from __future__ import annotations

import os
import sys

from shared.errors import StateError
from shared.queue.outbox import Outbox
from shared.state.store import Store

outbox = Outbox(Store(os.path.join(sys.argv[1], "state.sqlite3"), budget=float(sys.argv[2])))  # noqa: PTH118
print("ready", flush=True)
for line in sys.stdin:
    key, *fields = line.split()
    try:
        outbox.put(key, fields)
        print("stored", flush=True)
    except StateError as error:
        print(f"StateError: {error}", flush=True)

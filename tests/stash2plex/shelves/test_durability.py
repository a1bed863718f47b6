"""Shelves through kills, losses and refusals: the next run completes what is the plugin's, and touches nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plexsync.shelves.plan import LABEL

from tests.harness.process import document, start_plugin, task
from tests.stash2plex.shelves.shelf_pair import ShelfPair
from tests.stash2plex.watched.test_tasks import end_process

WRITES = ("POST", "PUT", "DELETE")


def kill_at_write(shelves: ShelfPair, number: int, mode: str, **args: Any) -> bool:
    """Kill a task while Plex has its write of this number, before or after it took effect; return True if it has one.

    A write that hangs is never answered; a slow one is carried out, and its answer comes too late.
    """
    server = shelves.pair.plex.server
    kind = "hang" if number % 2 else "slow"
    fault = server.faults.add(kind, method="|".join(WRITES), on=[number // 2 + 1], seconds=60.0 if kind == "slow" else 0.0)
    server.traffic.clear()
    sent = document(task(mode, **args), state=shelves.pair.plugin.stash.home, port=shelves.pair.plugin.stash.server.port)
    with start_plugin("stash2plex/stash2plex.py") as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(sent).encode())
        process.stdin.close()
        server.traffic.wait_until(lambda _: fault.hits > 0 or process.poll() is not None)
        is_hit = fault.hits > 0
        end_process(process)
    server.faults.remove(fault)
    return is_hit

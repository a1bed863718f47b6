"""Starts the drain task, from wherever something was put into the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.runtime.plugin import name_drain
from shared.stash.jobs import is_waiting

if TYPE_CHECKING:
    from shared.runtime.call import Call


def start_drain(call: Call) -> None:
    """Queue the drain in Stash, unless one waits there already; a running one may have read too early to see all."""
    name = name_drain(call.plugin)
    if not any(is_waiting(job, name) for job in call.stash.job_queue()):
        call.stash.run_plugin_task(call.plugin.id, args={"mode": call.plugin.drain}, description=name)

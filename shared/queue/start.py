"""Starts the drain task, from wherever something was put into the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.queue.outbox import Outbox
from shared.runtime.plugin import name_drain
from shared.stash.jobs import is_waiting

if TYPE_CHECKING:
    from shared.runtime.call import Call


def start_drain(call: Call) -> None:
    """Queue the drain in Stash, unless one waits there already; a running one may have read too early to see all."""
    name = name_drain(call.plugin)
    if not any(is_waiting(job, name) for job in call.stash.job_queue()):
        call.stash.run_plugin_task(call.plugin.id, args={"mode": call.plugin.drain}, description=name)


def start_drain_if_due(call: Call) -> None:
    """Start the drain if an entry of the queue is due and nobody paused the queue.

    Operations call it after they put something into the queue, and the heartbeat when its own step was too short. If
    the service is down or an error paused the queue, the drain waits for the next probe.
    """
    outbox = Outbox(call.store)
    due = outbox.next_due()
    is_paused = outbox.pause.describe() is not None and not outbox.pause.is_by_error()
    if not is_paused and due is not None and due <= call.clock.now():
        start_drain(call)

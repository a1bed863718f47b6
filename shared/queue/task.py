"""The drain task of a plugin that has a queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import UsageError
from shared.queue.drain import DrainResult, Prepare, Worker, run_drain
from shared.queue.outbox import MAX_ATTEMPTS, Outbox
from shared.runtime.handler import load_named

if TYPE_CHECKING:
    from shared.runtime.call import Call


class QueueWork(NamedTuple):
    """A plugin's work on its queue: a function per entry, and one that prepares a batch.

    `max_attempts` is when a failing entry becomes a dead letter; `may_wait` see `run_drain`.
    """

    worker: Worker
    prepare: Prepare | None = None
    batch_size: int = 1
    max_attempts: int = MAX_ATTEMPTS
    may_wait: Callable[[], bool] | None = None


def drain(call: Call) -> dict[str, Any]:
    """Task `drain` of every plugin with a queue: work off everything that is due and return the counts."""
    return drain_queue(call)._asdict()


def drain_queue(call: Call, budget: float | None = None) -> DrainResult:
    """Work off the plugin's queue, all of it or for so many seconds; the task and the heartbeat call this."""
    if not call.plugin.queue:
        raise UsageError(f"{call.plugin.name} has no queue to work off.")
    work: QueueWork = load_named(call.plugin.queue)(call)
    return run_drain(
        call,
        Outbox(call.store, max_attempts=work.max_attempts),
        work.worker,
        budget=budget,
        prepare=work.prepare,
        batch_size=work.batch_size,
        may_wait=work.may_wait,
    )

"""The drain task of a plugin that has a queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes, text
from shared.capture.capture import Capture
from shared.capture.watch import Watch
from shared.errors import UsageError
from shared.queue.drain import DrainResult, Prepare, Worker, run_drain
from shared.queue.outbox import MAX_ATTEMPTS, Outbox
from shared.queue.settings_watch import SettingsWatch
from shared.queue.start import start_drain
from shared.runtime.handler import load_named

if TYPE_CHECKING:
    from shared.runtime.call import Call


class QueueWork(NamedTuple):
    """A plugin's work on its queue: a function per entry, and one that prepares a batch.

    `max_attempts` is when a failing entry becomes a dead letter; `may_wait` see `run_drain`. `watches` says which
    changes in Stash become entries.
    """

    worker: Worker
    prepare: Prepare | None = None
    batch_size: int = 1
    max_attempts: int = MAX_ATTEMPTS
    may_wait: Callable[[], bool] | None = None
    watches: Sequence[Watch] = ()


@takes(text("changed", "", "the object whose save started the task"))
def drain(call: Call) -> dict[str, Any]:
    """Task `drain` of every plugin with a queue: work off everything that is due and return the counts."""
    return drain_queue(call)._asdict()


def drain_queue(call: Call, budget: float | None = None) -> DrainResult:
    """Work off the plugin's queue, all of it or for so many seconds, and return what was done and why it ended.

    The task and the heartbeat call this.
    """
    if not call.plugin.queue:
        raise UsageError(f"{call.plugin.name} has no queue to work off.")
    work: QueueWork = load_named(call.plugin.queue)(call)
    outbox = Outbox(call.store, max_attempts=work.max_attempts)
    saved, is_short = call.args.get("changed", ""), budget is not None
    capture = Capture(call, call.stash, outbox, work.watches, saved=saved, is_short=is_short)
    result = run_drain(
        call,
        outbox,
        work.worker,
        budget=budget,
        prepare=work.prepare,
        batch_size=work.batch_size,
        may_wait=work.may_wait,
        is_outdated=None if is_short else SettingsWatch(call).have_changed,
        capture=capture if work.watches else None,
    )
    if capture.needs_task or result.ended == "outdated":
        start_drain(call)
    return result

"""The tasks that work the queue off, show it and clear it. Each returns one sentence for Stash's log."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plexsync.page.statistics import DAY
from plexsync.queue.constants import EQUAL, KEPT, LEFT_OUT, SENT
from plexsync.queue.operations import show_status
from shared.arguments import takes
from shared.queue.outbox import Outbox
from shared.queue.task import drain_queue
from shared.queue.view import QueuePage

if TYPE_CHECKING:
    from shared.queue.drain import DrainResult
    from shared.runtime.call import Call

PURGE_DAYS = 30


@takes()
def process_queue(call: Call) -> dict[str, Any]:
    """Task Process Queue: make every waiting entry due now, end a pause, and work until the queue is empty."""
    QueuePage(call.store).retry("waiting")
    Outbox(call.store).start_over()
    result = drain_queue(call)
    return {**result._asdict(), "message": describe_drain(result)}


def describe_drain(result: DrainResult) -> str:
    """Return one sentence for a task's result: what a drain did and why it ended."""
    ways = result.done_as
    parts = [
        f"{number} {name}"
        for name, number in (
            ("sent", ways.get(SENT, 0)),
            ("equal in Plex", ways.get(EQUAL, 0)),
            ("kept as Plex has them", ways.get(KEPT, 0)),
            ("left out", ways.get(LEFT_OUT, 0)),
            ("done without a write", result.done - sum(ways.values())),
            ("waiting for a decision or for Plex to find the file", result.parked),
            ("to be tried again", result.retried + result.postponed),
            ("given up", result.failed),
            ("still queued", result.left),
        )
        if number
    ]
    return f"{', '.join(parts) or 'Nothing to send'}. {result.message}".strip()


@takes()
def show_queue(call: Call) -> dict[str, Any]:
    """Task View Queue Status: write the queue's counters and the last reconciliations into Stash's log."""
    status = show_status(call)
    queue = status["queue"]
    message = (
        f"{queue['waiting']} waiting, {queue['working']} in work, {queue['parked']} parked, {queue['dead']} given up, "
        f"{queue['done']} done. {status['waiting_because'] or ''}"
    ).strip()
    for report in status["reconciliations"]:
        call.log.info(report["message"])
    call.log.info(message)
    return {**status, "message": message}


@takes()
def clear_pending(call: Call) -> dict[str, Any]:
    """Task Clear Pending Queue: remove all entries that wait or are parked, without sending them."""
    return remove_states(call, ("waiting", "parked"))


@takes()
def clear_dead(call: Call) -> dict[str, Any]:
    """Task Clear Dead Letter Queue: remove all entries that were given up."""
    return remove_states(call, ("dead",))


def remove_states(call: Call, states: Sequence[str]) -> dict[str, Any]:
    """Remove all entries in these states; return how many, and a message.

    `clear_pending` and `clear_dead`, the tasks that clear the queue, call it.
    """
    page = QueuePage(call.store)
    count = sum(page.remove(state) for state in states)
    return {"message": f"{count_things(count, 'entry')} removed.", "count": count}


@takes()
def purge_old_dead(call: Call) -> dict[str, Any]:
    """Task Purge Old DLQ Entries: remove entries that were given up more than 30 days ago."""
    count = QueuePage(call.store).remove_older("dead", call.clock.now() - PURGE_DAYS * DAY)
    return {"message": f"{count_things(count, 'entry')} older than {PURGE_DAYS} days removed.", "count": count}

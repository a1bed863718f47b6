"""The operation behind the button Start syncing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.queue.operations import show_status
from plexsync.server.connection import connect_server
from plexsync.start.consent import find_preview, note_start
from shared.arguments import flag, takes
from shared.errors import UsageError
from shared.page.followed_task import queue_followed_task
from shared.queue.outbox import Outbox
from shared.queue.start import start_drain_if_due

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(flag("send", True, "also compares and sends all scenes, in a task"))
def start_syncing(call: Call) -> dict[str, Any]:
    """Operation `sync_start`: let syncs write to this Plex from now on, and compare and send all scenes as a task.

    With `send` false only what waits and what is saved from now on is sent. Returns the status, and the job of the task
    if there is one. Raises UsageError without a preview of all scenes with the present settings.
    """
    server = connect_server(call)
    if find_preview(call.store, call.settings) is None:
        raise UsageError(
            "There is no preview of all scenes with the present settings. Press Preview first: it writes nothing."
        )
    note_start(call.store, server.machine_id)
    Outbox(call.store).start_over()
    if not call.args["send"]:
        start_drain_if_due(call)
        return show_status(call)
    job = queue_followed_task(call, "reconcile_all", "compare and send all scenes", {"scope": "all"})
    return {**show_status(call), **job}

"""The state of Plex, libraries, index and queue in a few sentences."""

from __future__ import annotations

from shared.counted_words import count_things

from typing import TYPE_CHECKING

from plexsync.match.item_index import ItemIndex
from plexsync.page.statistics import note_plex_answer
from plexsync.server.connection import check_connection, connect_server, open_plex
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from shared.runtime.call import Call


def describe_health(call: Call) -> list[str]:
    """Return the state of Plex, index and queue as sentences, for the task Health Check.

    Raises the error that stops syncing, such as a rejected token.
    """
    settings = call.settings
    server = connect_server(call)
    known = check_connection(open_plex(call, settings))
    note_plex_answer(call)
    titles = ", ".join(f'"{section.title}"' for section in server.sections) or "none"
    files = count_things(ItemIndex(call.store).count_files(), "file")
    counts = Outbox(call.store).counts()
    lines = [
        f'Plex "{known.server.name}" {known.server.version} answers. Libraries: {titles}, {files} known.',
        f"{count_things(counts['waiting'], 'change')} waiting, {counts['parked']} parked, {counts['dead']} given up.",
    ]
    trouble = Outbox(call.store).describe_trouble()
    return [*lines, *known.warnings, *settings.warnings, *([trouble] if trouble else [])]

"""The state of server, libraries, index and queue in a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plexsync.page.statistics import note_plex_answer
from plexsync.server.connection import check_connection, connect_server, open_plex
from shared.plex.paths import PathRule, find_overlaps
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call


def describe_health(call: Call) -> list[str]:
    """Return the state as sentences; raises the error that stops syncing, such as a rejected token."""
    settings = call.settings
    server = connect_server(call)
    known = check_connection(open_plex(call, settings))
    note_plex_answer(call)
    titles = ", ".join(f'"{section.title}"' for section in server.sections) or "none"
    files = call.store.first("SELECT count(*) FROM plex_files")[0]
    counts = Outbox(call.store).counts()
    lines = [
        f'Plex "{known.server.name}" {known.server.version} answers. Libraries: {titles}, {files} files known.',
        f"{counts['waiting']} changes wait, {counts['parked']} are parked, {counts['dead']} were given up.",
    ]
    trouble = Outbox(call.store).trouble()
    return [*lines, *known.warnings, *settings.warnings, *([trouble] if trouble else [])]


def describe_overlaps(rules: Sequence[PathRule]) -> list[str]:
    """Return a sentence for each pair of path rules that fit the same files."""
    return [
        f'"{pair.first.stash}" and "{pair.second.stash}" '
        + ("contradict each other." if pair.same else "overlap; the longer one counts.")
        for pair in find_overlaps(rules)
    ]

"""The cache of Whisparr's failed downloads, so that an open page reads only the new ones at each poll.

All times are by Whisparr's own clock. The whole month is read again once a day, because lines of the history may have
been removed, and if the clock was set back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.runtime.clock import is_recent

if TYPE_CHECKING:
    from shared.state.store import Store

DAY = 86_400.0
# A line is dated before it can be read, so a reading begins a little before the end of the last one.
OVERLAP_SECONDS = 600.0
SHAPE = {"url": str, "read_to": float, "full_at": float, "rows": [[int, str, str, str, str]]}
FailureRow = Sequence[Any]  # the number of the scene, the type, the title, the date and the reason


class CachedFailures(NamedTuple):
    """The rows that were read, until when the history was read, and when the whole month was."""

    read_to: float
    full_at: float
    rows: list[FailureRow]

    def find_start(self, now: float) -> float:
        """Return the time from which the history is to be read next, for the statuses."""
        return min(self.read_to, now) - OVERLAP_SECONDS


class FailureCache:
    """The failed downloads of the Whisparr at one address, kept in the state file under a name."""

    def __init__(self, store: Store, name: str, url: str) -> None:
        self._store = store
        self._name = name
        self._url = url

    def find(self, now: float) -> CachedFailures | None:
        """Return the failed downloads that were read, for the statuses.

        None if the whole month is to be read, as at the first time and once a day.
        """
        saved = self._store.kv.get(self._name, SHAPE)
        if saved is None or saved["url"] != self._url or not is_recent(saved["full_at"], now, DAY):
            return None
        return CachedFailures(saved["read_to"], saved["full_at"], saved["rows"])

    def save(self, now: float, rows: Sequence[FailureRow], before: CachedFailures | None) -> None:
        """Save the failed downloads that were read after `before`, for the next status.

        Without new rows it saves only now and then, to spare a write at each poll.
        """
        kept = [list(row) for row in rows]
        if before and kept == before.rows and is_recent(before.read_to, now, OVERLAP_SECONDS):
            return
        full_at = before.full_at if before else now
        self._store.kv.put(self._name, {"url": self._url, "read_to": now, "full_at": full_at, "rows": kept})

"""Tags of the boxes without a match in the library, as found by the last sync of everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.state.store import Store

AS_OF = "unmatched_as_of"

UnmatchedRow = tuple[str, str, str, int]

_KEEP = "INSERT OR REPLACE INTO unmatched VALUES (?, ?, ?, ?)"


def save_unmatched(store: Store, endpoints: Sequence[str], found: Iterable[UnmatchedRow], now: float) -> None:
    """Replace the unmatched tags of these boxes; those of other boxes stay."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE endpoint = ?", [(each,) for each in endpoints])
        db.executemany(_KEEP, [row for row in found if row[0] in endpoints])
        store.kv.put(AS_OF, {**(store.kv.get(AS_OF) or {}), **dict.fromkeys(endpoints, now)})


def read_unmatched_time(store: Store, endpoint: str) -> float | None:
    """Return when a full sync last asked this box to the end; None if never."""
    found: float | None = (store.kv.get(AS_OF) or {}).get(endpoint)
    return found


def forget_unmatched(store: Store, links: Iterable[Sequence[str]]) -> None:
    """These tags of boxes (endpoint, id) have a tag here by now."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE endpoint = ? AND id = ?", [(link[0], link[1]) for link in links])

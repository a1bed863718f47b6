"""Tags of the boxes without a match in the library, as found by the last sync of everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import paging, takes, text
from shared.page.paging import format_time, read_page
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

TIMES_KEY = "unmatched_as_of"

UnmatchedRow = tuple[str, str, str, int]

_SAVE = "INSERT OR REPLACE INTO unmatched VALUES (?, ?, ?, ?)"


def save_unmatched(store: Store, endpoints: Sequence[str], found: Iterable[UnmatchedRow], now: float) -> None:
    """Replace the unmatched tags of these boxes by those that a sync of all scenes found, for `sync_scene_tags`."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE endpoint = ?", [(each,) for each in endpoints])
        db.executemany(_SAVE, [row for row in found if row[0] in endpoints])
        store.kv.put(TIMES_KEY, {**store.kv.get(TIMES_KEY, {str: float}, {}), **dict.fromkeys(endpoints, now)})


def read_unmatched_time(store: Store, endpoint: str) -> float | None:
    """Return when a sync of the whole library last asked this box to the end, for the page; None if never."""
    found: float | None = store.kv.get(TIMES_KEY, {str: float}, {}).get(endpoint)
    return found


def count_unmatched(store: Store, endpoint: str) -> int | None:
    """Return the number of a box's tags without a local tag, for the overview; None if no sync has looked for them."""
    if read_unmatched_time(store, endpoint) is None:
        return None
    count: int = store.read("SELECT count(*) FROM unmatched WHERE endpoint = ?", (endpoint,))[0][0]
    return count


def forget_unmatched(store: Store, links: Iterable[Sequence[str]]) -> None:
    """Remove box tags, as (endpoint, id), from the list of unmatched tags; the tags' target calls it after a link."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE endpoint = ? AND id = ?", [(link[0], link[1]) for link in links])


def forget_unmatched_names(store: Store, names: Iterable[str]) -> None:
    """Remove the tags of these names from the list of unmatched tags, as `blacklist_add` put them on the blacklist."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE name = ? COLLATE NOCASE", [(name,) for name in names])


@takes(text("endpoint", ""), text("text", ""), *paging())
def list_unmatched_tags(call: Call) -> dict[str, Any]:
    """Operation `sync_unmatched`: return a page of box tags without a local tag, those with most scenes first."""
    page = read_page(call.args)
    params = {
        "endpoint": call.args["endpoint"],
        "text": call.args["text"],
        "size": page.size,
        "offset": page.offset,
    }
    where = """FROM unmatched u WHERE (:endpoint = '' OR u.endpoint = :endpoint)
        AND (:text = '' OR instr(lower(u.name), lower(:text)) > 0)"""
    count = call.store.read("SELECT count(*) " + where, params)[0][0]
    fields = """SELECT u.*, (SELECT c.name FROM remote_tags t JOIN remote_categories c ON c.endpoint = t.endpoint
        AND c.id = t.category WHERE t.endpoint = u.endpoint AND t.id = u.id) AS category """
    rows = call.store.read(fields + where + " ORDER BY u.scenes DESC, u.name LIMIT :size OFFSET :offset", params)
    as_of = format_time(read_unmatched_time(call.store, str(params["endpoint"])))
    return {"unmatched": [dict(row) for row in rows], "count": count, "as_of": as_of}

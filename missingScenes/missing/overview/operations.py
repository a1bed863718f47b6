"""The operation of the Overview tab and the start page: what is set up, how complete the library is, what is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missing.completeness.operations import make_completeness_rows
from missing.completeness.store import LARGEST, read_growth, read_progress
from missing.listing.list_setup import CONFIGURATION, FAVORITES, LIMIT, LINKS, read_configuration
from missing.listing.operations import SAVED_VISIT, VISIT
from missing.marks.store import LISTS
from missing.whisparr.cleanup.tasks import PREVIEW, SAVED_PREVIEW
from shared.arguments import takes
from shared.page.paging import format_time
from shared.stash.links import find_ids
from shared.state.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shared.runtime.call import Call
    from shared.stash_box import Box

KINDS = ("performers", "studios")
MOST_BARS = 8
READING = "reading what the overview needs"
SHARES = LARGEST.format(
    columns="kind, sum(total) AS total, sum(owned) AS owned, count(*) AS entities, sum(owned >= total) AS complete",
    rest="GROUP BY kind",
)
# A tenth of completeness per row; a whole one is counted with the last tenth.
TENTHS = LARGEST.format(
    columns="min(owned * 10 / total, 9) AS tenth, count(*) AS entities", rest="WHERE kind = 'performer' GROUP BY tenth"
)
MOST_MISSING = LARGEST.format(
    columns="*",
    rest="WHERE kind = 'performer' AND total > owned ORDER BY favorite DESC, total - owned DESC, name LIMIT ?",
)


@takes()
def show_overview(call: Call) -> dict[str, Any]:
    """Operation `overview`: return boxes, favorites and Whisparr of the settings, and the saved figures."""
    data = read_from_stash(call)
    settings, boxes = read_configuration(call, data["configuration"])
    saved = call.store.kv.get(PREVIEW, SAVED_PREVIEW)
    visit = call.store.kv.get(VISIT, SAVED_VISIT, {"since": None})
    return {
        "boxes": [{"name": box.name, "has_key": box.has_key} for box in boxes],
        "favorites": {kind: count_links(data[kind]["rows"], boxes) for kind in KINDS if kind in data},
        "has_whisparr": bool(settings.whisparrUrl and settings.whisparrApiKey),
        "is_first_visit": visit["since"] is None,
        "marks": count_marks(call.store),
        "cleanup": saved["count"] if saved else None,
        "completeness": describe_completeness(call, boxes),
    }


def read_from_stash(call: Call) -> dict[str, Any]:
    """Return configuration and favorites with one request, for `overview`.

    Before Stash 0.26 there are no favorite studios.
    """
    documents = [make_document(kinds, limit) for kinds, limit in ((KINDS, LIMIT), (KINDS, ""), (KINDS[:1], ""))]
    return call.stash.ask_newest(documents, {"plugins": [call.plugin.id]}, READING)


def make_document(kinds: Sequence[str], limit: str) -> str:
    """Return the GraphQL query of the overview; `limit` is a field of boxes that older versions lack."""
    parts = [f"{kind}: {FAVORITES[kind]} {{ rows: {kind} {{ {LINKS} }} }}" for kind in kinds]
    return f"query Overview($plugins: [ID!]) {{ {CONFIGURATION % limit} {' '.join(parts)} }}"


def count_links(rows: Sequence[Mapping[str, Any]], boxes: Sequence[Box]) -> dict[str, int]:
    """Return how many favorites there are, and how many are linked to a configured box; for `overview`. Pure."""
    linked = sum(any(find_ids(list(row["stash_ids"]), box.endpoint) for box in boxes) for row in rows)
    return {"count": len(rows), "linked": linked}


def count_marks(store: Store) -> dict[str, int]:
    """Return the lengths of the wanted and the ignored list, for `overview`."""
    rows = store.read("SELECT list, count(*) AS scenes FROM marks WHERE is_on GROUP BY list")
    return {**dict.fromkeys(LISTS, 0), **{row["list"]: row["scenes"] for row in rows}}


def describe_completeness(call: Call, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return the saved counts for `overview`: sums by kind, tenths, and the performers with most missing."""
    store = call.store
    kinds = {
        row["kind"]: {name: row[name] for name in ("total", "owned", "entities", "complete")}
        for row in store.read(SHARES)
    }
    tenths = {row["tenth"]: row["entities"] for row in store.read(TENTHS)}
    rows = store.read(MOST_MISSING, (MOST_BARS,))
    return {
        "checked_at": format_time(store.read("SELECT max(checked) FROM completeness")[0][0]),
        "progress": read_progress(store),
        "kinds": kinds,
        "tenths": [tenths.get(each, 0) for each in range(10)],
        "most_missing": make_completeness_rows(call, rows, boxes),
        "growth": read_growth(store),
    }

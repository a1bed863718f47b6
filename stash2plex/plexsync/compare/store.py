"""Saved results of comparisons: previews as plans of the journal, and reports of the last reconciliations."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from plexsync.compare.comparison import SceneDifference
from plexsync.queue.constants import RECONCILED, REPORT_LIST, REPORTS
from shared.journal import Entry, Finding, Item, Journal
from shared.journal.changes import SKIPPED

if TYPE_CHECKING:
    from shared.runtime.call import Call

REPORTS_KEPT = 10


def save_preview(
    call: Call, differences: Iterator[SceneDifference], counts: Counter[str], title: str, done: str
) -> int:
    """Save differences as a plan of the journal that the page shows and applies; return the plan's id.

    `done` is the sentence of the history. `counts` belongs to the running comparison: its numbers are complete once
    `differences` is exhausted.
    """
    live = {"unchanged": 0, "skipped": 0}

    def entries() -> Iterator[Entry]:
        for each in differences:
            yield from each.changes or [make_finding(each)]
        live.update({name: counts[name] for name in live})

    return Journal(call.store).save_plan(entries(), kind="sync", title=title, counted=live, details=tell_done(done))


def make_finding(difference: SceneDifference) -> Finding:
    """Return the finding about a scene that cannot be written; `save_preview` adds it to the plan."""
    return Finding(Item("scene", str(difference.scene.id), difference.scene.label), SKIPPED, difference.message)


def save_report(call: Call, report: dict[str, Any]) -> None:
    """Save the result of a reconciliation for the Compare tab, which keeps ten, and its time for the schedule."""
    now = call.clock.now()
    with call.store.write():
        reports = call.store.kv.get(REPORTS, REPORT_LIST, [])
        call.store.kv.put(REPORTS, [{**report, "at": now}, *reports][:REPORTS_KEPT])
        call.store.kv.put(RECONCILED, {**call.store.kv.get(RECONCILED, {str: float}, {}), report["scope"]: now})

"""Small writes while somebody looks: planned, applied and kept in the history at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import BundleError, Busy
from shared.journal import Entry, Journal, Target, open_run
from shared.journal.changes import CHANGED, UNCHANGED
from shared.page.paging import Page
from shared.page.run_view import describe_run, list_rows

if TYPE_CHECKING:
    from shared.runtime.call import Call

PATIENCE = 5.0  # two clicks in a row are two processes, and only one may write
PAUSE = 0.1


def write_now(call: Call, kind: str, title: str, target: Target, entries: Sequence[Entry]) -> dict[str, Any]:
    """Apply these changes; the run as the page shows it."""
    end = call.clock.monotonic() + PATIENCE
    while True:
        run = open_run(call, target, kind=kind, title=title)
        try:
            with run:
                run.work(entries)
            return describe_run(Journal(call.store), run.run_id or 0)
        except Busy:
            if call.clock.monotonic() >= end:
                raise
        call.clock.sleep(PAUSE)


def require_done(call: Call, run: dict[str, Any]) -> str:
    """How the only change of a run ended; raises what kept it from being made, which the history tells as well."""
    (row,) = list_rows(Journal(call.store), "run", int(run["id"]), Page(1, 1))["changes"]
    if row["outcome"] not in (CHANGED, UNCHANGED):
        raise BundleError(row["message"] or "It was not done; the history says more.")
    return str(row["outcome"])

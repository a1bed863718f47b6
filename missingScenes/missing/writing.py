"""Small writes while somebody looks: planned, applied and kept in the history at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import Busy
from shared.journal import Entry, Journal, Target, open_run
from shared.standard.runs import describe_run

if TYPE_CHECKING:
    from shared.call import Call

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

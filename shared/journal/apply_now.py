"""A few changes written while a person waits: planned, applied and kept in the history at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

from shared.errors import BundleError, Busy
from shared.journal.apply import Run, open_run
from shared.journal.changes import CHANGED, UNCHANGED, Entry, Target
from shared.journal.journal import RunSummary
from shared.journal.queries import list_reasons
from shared.runtime.call_parts import CallParts

# Two quick clicks are two processes, and only one run of a kind writes at a time; reverse proxies wait 30 seconds.
WAIT_SECONDS = 15.0
PAUSE = 0.1


def apply_now(call: CallParts, target: Target, *, kind: str, title: str, entries: Iterable[Entry]) -> RunSummary:
    """Apply these changes after any running run of the same kind, and return the totals; operations call this.

    Raises `Busy` if that run does not end in time, and the reasons if every item was refused.
    """
    with ExitStack() as stack:
        run = enter_when_free(call, stack, target, kind=kind, title=title)
        run.work(entries)
    summary = run.summary()
    is_refused = any(summary.items.values()) and not summary.items[CHANGED] + summary.items[UNCHANGED]
    if is_refused:
        raise BundleError(" ".join(list_reasons(run.journal, summary.run_id or 0)) or summary.sentence())
    return summary


def enter_when_free(call: CallParts, stack: ExitStack, target: Target, *, kind: str, title: str) -> Run:
    """Return a new run, entered in `stack`, after a running one of its kind; raise `Busy` if that takes too long."""
    end = call.clock.monotonic() + WAIT_SECONDS
    while True:
        try:
            return stack.enter_context(open_run(call, target, kind=kind, title=title))
        except Busy:
            if call.clock.monotonic() >= end:
                raise
        call.clock.sleep(PAUSE)

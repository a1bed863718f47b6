"""Finds the outcome of changes that a dead process had begun, before the next run of their kind."""

from __future__ import annotations

from shared.errors import Busy
from shared.journal.apply import BATCH_SIZE
from shared.journal.batch import BatchContext, settle_intents
from shared.journal.changes import Target
from shared.journal.journal import Journal, lease_name
from shared.runtime.call_parts import CallParts
from shared.state.lease import Lease

_OPEN = """
    SELECT 1 FROM journal_rows r JOIN journal_items i ON i.id = r.item JOIN journal_plans p ON p.id = i.plan
    WHERE r.outcome = 'intent' AND p.kind = ? LIMIT 1
"""


def has_open_intents(journal: Journal, kind: str) -> bool:
    """Return True if the outcome of a change of this kind is unknown, also while a run is writing; the page asks."""
    return bool(journal.read(_OPEN, (kind,)))


def settle_kind(call: CallParts, kind: str, target: Target) -> None:
    """Find the outcome of all intended changes of this kind by reading the present values, after a kill.

    The History tab and follow-up work call it. It does nothing while a run of this kind is working, because a run does
    this for itself.
    """
    journal = Journal(call.store)
    lease = Lease(call.store, lease_name(kind), what="Looking at what an interrupted run has done")
    try:
        lease.acquire()
    except Busy:
        return
    try:
        settle_intents(BatchContext(journal, lease, target, 0), kind, BATCH_SIZE)
    finally:
        lease.release()

"""Plans of changes to tags: stored for a preview, or applied at once."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.journal import Entry, Journal
from shared.page.run_view import apply_and_show
from tagging.tags.target import KIND, TagTarget

if TYPE_CHECKING:
    from shared.runtime.call import Call


def save_tag_plan(call: Call, entries: Sequence[Entry], title: str, done: str) -> dict[str, Any]:
    """Store a plan of tag changes for a preview; return its id and number of entries, for `…_plan` operations.

    `done` is the sentence of the history when the plan is applied (`tell_done`).
    """
    plan_id = Journal(call.store).save_plan(entries, kind=KIND, title=title, details=tell_done(done))
    return {"plan_id": plan_id, "items": len(entries)}


def apply_tag_changes(call: Call, changes: Sequence[Entry], title: str) -> dict[str, Any]:
    """Apply tag changes at once and return the run as the page shows it."""
    return apply_and_show(call, TagTarget(call), kind=KIND, title=title, entries=changes)

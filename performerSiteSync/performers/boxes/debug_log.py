"""The setting Debug Logging: logs requests, cache hits, and decisions with their reasons.

Stash hides debug lines unless its own log level is Debug, so these lines are logged as information.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shared.journal import Change, Entry
from shared.journal.changes import shorten_value
from shared.stash_box.records.types import Deleted, LookupFailed, LookupFound, Merged, Missing

if TYPE_CHECKING:
    from shared.runtime.call import Call


OUTCOME_NAMES: Mapping[type, str] = {
    LookupFound: "found",
    Merged: "merged",
    Deleted: "deleted",
    Missing: "missing",
    LookupFailed: "failed",
}


def trace(call: Call, text: str) -> None:
    """Log one line if Debug Logging is on; called wherever a sync decides something."""
    if call.settings.debugLogging:
        call.log.info(f"[debug] {text}")


def trace_entries(call: Call, entries: Iterable[Entry]) -> None:
    """Log the planned change or note for each field; all updates and the favorites sync call this before writing."""
    if call.settings.debugLogging:
        for entry in entries:
            trace(call, describe_entry(entry))


def trace_answers(call: Call, box: str, outcomes: Mapping[str, Any]) -> None:
    """Log the counts of found, missed and failed records of a request, when the cache is refreshed."""
    counts = Counter(OUTCOME_NAMES[type(outcome)] for outcome in outcomes.values())
    trace(call, f"{box} answered for {len(outcomes)} ids: {', '.join(f'{n} {name}' for name, n in counts.items())}.")


def describe_entry(entry: Entry) -> str:
    """Return a planned change or note as one line of the debug log; `trace_entries` logs it."""
    who = f"{entry.item.kind} {entry.item.id} ({entry.item.label})"
    if not isinstance(entry, Change):
        return f"{who}: {entry.outcome}. {entry.message}"
    before, after = shorten_value(entry.before), shorten_value(entry.after)
    return f"{who}: {entry.field} {entry.action} {before} -> {after}. {entry.reason}"

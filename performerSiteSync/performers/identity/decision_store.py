"""Stores a person's decisions: this record is that performer, is not, or never ask again. Clear Cache keeps them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from shared.journal import Change, Item
from shared.state.store import Store

LINK, NOT, NEVER = "link", "not", "never"
LINKED = "linked"  # a link that a sync made; if the object lacks it now, a person removed it
IDENTITY, DUPLICATE = "identity", "duplicate"


class PersonDecision(NamedTuple):
    """One decision; `subject` is the record, the other library object or the name that it is about."""

    kind: str
    item: int
    endpoint: str
    what: str
    subject: str
    verdict: str
    label: str = ""
    name: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """Return the primary key in the table; the page names a decision by it."""
        return make_key(self.kind, self.item, self.what, self.endpoint, self.subject)


class Decisions:
    """The decisions about some library objects, for matching and planning."""

    def __init__(self, decisions: Iterable[PersonDecision]) -> None:
        self._verdicts = {each.key: each.verdict for each in decisions}

    def find(self, kind: str, item: int, what: str, endpoint: str = "", subject: str = "") -> str:
        """Return the decision about this subject, or an empty text; matching, planners and the conflicts look it up."""
        return self._verdicts.get(make_key(kind, item, what, endpoint, subject), "")

    def find_chosen(self, kind: str, item: int, endpoint: str) -> list[str]:
        """Return the records that a person chose for an item at a box; the matcher links them."""
        start = make_key(kind, item, IDENTITY, endpoint, "")
        return [
            key[len(start) :] for key, verdict in self._verdicts.items() if verdict == LINK and key.startswith(start)
        ]


def make_key(kind: str, item: int, what: str, endpoint: str, subject: str) -> str:
    """Return the key shared by a conflict and the decision about it; both tables are read and written by it."""
    return f"{kind}|{item}|{what}|{endpoint}|{subject}"


def read_decisions(store: Store, kind: str, numbers: Collection[int]) -> Decisions:
    """Return all decisions about these library objects, for matching, planning and favorites."""
    query = "SELECT * FROM decisions WHERE kind = ? AND item IN (SELECT value FROM json_each(?))"
    return Decisions(read_row(row) for row in store.read(query, (kind, json.dumps(list(numbers)))))


def read_row(row: Any) -> PersonDecision:
    """Return the decision in a row of the table; `read_decisions` calls it."""
    return PersonDecision(*(row[name] for name in PersonDecision._fields))


def store_decision(store: Store, decision: PersonDecision, now: float) -> None:
    """Store a decision in place of an earlier one about the subject, for operations, the target and the matcher."""
    with store.write() as db:
        db.execute(
            "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (decision.key, *decision, now)
        )


def note_links(store: Store, item: Item, changes: Iterable[Change], now: float) -> None:
    """Store links that a journal target wrote or undid, so that a link that a person removed is not made again.

    The targets for scenes, performers and studios call it.
    """
    for change in changes:
        if change.field != "stash_ids" or change.action not in ("add", "remove"):
            continue
        endpoint, remote_id = change.after if change.action == "add" else change.before
        about = (item.kind, int(item.id), endpoint, IDENTITY, remote_id)
        if change.action == "add":
            store_decision(store, PersonDecision(*about, LINKED, item.label, "", change.reason), now)
        elif change.is_undo:
            store_decision(store, PersonDecision(*about, NOT, item.label, "", "The link was taken back."), now)

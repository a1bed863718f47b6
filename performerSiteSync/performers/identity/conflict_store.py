"""Stores conflicts until a person decides or the cause is gone."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from performers.identity.conflict_kinds import ABOUT_IDENTITY
from performers.identity.decision_store import IDENTITY, NEVER, NOT, Decisions, make_key
from shared.journal import Finding, Item
from shared.stash_box import normalize_endpoint
from shared.state.store import Store

BODY = JsonColumn("conflicts", "body", dict)


class IdentityConflict(NamedTuple):
    """One conflict; `remote` are records of the box, `local` other library objects, each with its evidence."""

    kind: str
    item: int
    label: str
    what: str
    endpoint: str
    message: str
    subject: str = ""
    remote: Sequence[Mapping[str, Any]] = ()
    local: Sequence[Mapping[str, Any]] = ()

    @property
    def key(self) -> str:
        """Return the primary key in the table of conflicts; the page names a conflict by it."""
        return make_key(self.kind, self.item, self.what, self.endpoint, self.subject)

    @property
    def about(self) -> str:
        """Return the type of question under which decisions about this conflict are stored.

        The look-up of decisions reads it.
        """
        return IDENTITY if self.what in ABOUT_IDENTITY else self.what

    @property
    def finding(self) -> Finding:
        """Return the conflict as a row that writes nothing; the planners add it to the plan of an update."""
        field = "stash_ids" if self.about == IDENTITY else ""
        return Finding(Item(self.kind, str(self.item), self.label), "conflict", self.message, field, self.endpoint)

    def is_settled(self, decided: Decisions) -> bool:
        """Return True if one of these decisions says not to ask this question again.

        Matching and the planners call it.
        """
        subject = "" if self.about == IDENTITY else self.subject
        decision = decided.find(self.kind, self.item, self.about, self.endpoint, subject)
        return decision in (NEVER, NOT)


class ConflictScope(NamedTuple):
    """The items, boxes and conflict types that a run has examined; it replaces all conflicts among them."""

    kind: str
    numbers: Collection[int]
    endpoints: Collection[str]
    whats: Collection[str]

    @property
    def params(self) -> tuple[str, ...]:
        """Return the parameters of the queries for this scope; the functions of the conflict store use them."""
        return (self.kind, *(json.dumps(list(each)) for each in self[1:]))


FIND = """SELECT * FROM conflicts WHERE kind = ? AND item IN (SELECT value FROM json_each(?))
    AND endpoint IN (SELECT value FROM json_each(?)) AND what IN (SELECT value FROM json_each(?)) ORDER BY key"""
DROP = "DELETE FROM conflicts WHERE key IN (SELECT value FROM json_each(?))"


def replace_conflicts(store: Store, scope: ConflictScope, found: Iterable[IdentityConflict], now: float) -> None:
    """Store the conflicts a run found in place of the earlier ones in its scope; each keeps its first time.

    Matching and the planners call it.
    """
    rows = {each.key: each for each in found}
    with store.write() as db:
        old = {row["key"]: row["found"] for row in db.execute(FIND, scope.params)}
        drop_keys(db, old)
        for key, each in rows.items():
            insert_conflict(db, each, old.get(key, now))


def add_conflict(store: Store, conflict: IdentityConflict, now: float) -> None:
    """Store one conflict that a target, the matcher or the favorites planner met."""
    with store.write() as db:
        insert_conflict(db, conflict, now)


def insert_conflict(db: Any, conflict: IdentityConflict, found: float) -> None:
    """Insert or replace the row of a conflict, within a transaction of `add_conflict` or `replace_conflicts`."""
    body = json.dumps({"remote": list(conflict.remote), "local": list(conflict.local)})
    head = (conflict.key, conflict.kind, conflict.item, conflict.endpoint, conflict.what, conflict.subject)
    values = (*head, conflict.label, conflict.message, body, found)
    db.execute("INSERT OR REPLACE INTO conflicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def read_row(row: Any) -> IdentityConflict:
    """Return the conflict in a row of the table; `read_conflicts` calls it."""
    body = BODY.read(row["body"])
    about = (row["kind"], row["item"], row["label"], row["what"], row["endpoint"])
    return IdentityConflict(*about, row["message"], row["subject"], body["remote"], body["local"])


def read_conflicts(store: Store, scope: ConflictScope) -> list[IdentityConflict]:
    """Return the open conflicts in a scope; `EntityPlanner` reads those about matches."""
    return [read_row(row) for row in store.read(FIND, scope.params)]


def list_items(store: Store, kind: str, what: str) -> list[int]:
    """Return the numbers of the objects of a kind that have an open conflict of the type `what`.

    A sync of all scenes plans the scenes with a doubted link again.
    """
    return [row["item"] for row in store.read("SELECT item FROM conflicts WHERE kind = ? AND what = ?", (kind, what))]


def close_conflicts(store: Store, keys: Iterable[str]) -> None:
    """Delete conflicts that are decided or whose cause is gone; operations, updates and merges call this."""
    with store.write() as db:
        drop_keys(db, keys)


def drop_keys(db: Any, keys: Iterable[str]) -> None:
    """Delete the conflicts with these keys, within a transaction of `close_conflicts` or `replace_conflicts`."""
    db.execute(DROP, (json.dumps(list(keys)),))


def list_numbers(conflict: IdentityConflict) -> list[int]:
    """Return the ids of the library objects in a conflict; the page shows them, a merge closes by them."""
    return [each for each in (conflict.item, *(int(other["id"]) for other in conflict.local)) if each]


def count_unused_conflicts(store: Store, endpoints: Collection[str]) -> dict[str, int]:
    """Return how many conflicts are with boxes outside `endpoints`, by endpoint; the page hides these."""
    used = {normalize_endpoint(each) for each in endpoints}
    rows = store.read("SELECT endpoint, count(*) AS n FROM conflicts WHERE endpoint <> '' GROUP BY endpoint")
    return {row["endpoint"]: row["n"] for row in rows if normalize_endpoint(row["endpoint"]) not in used}


def drop_conflicts_of_boxes(store: Store, endpoints: Collection[str]) -> None:
    """Delete the conflicts with these boxes, for `drop_unused_conflicts`; a sync with the box finds them again."""
    with store.write() as db:
        db.execute(
            "DELETE FROM conflicts WHERE endpoint IN (SELECT value FROM json_each(?))", (json.dumps(list(endpoints)),)
        )

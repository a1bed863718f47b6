"""Questions about plans and runs, by name: pages and plugins ask these, so that only this folder knows the tables.

A plan, run, item or change comes as its row (`sqlite3.Row`). A row of a change also has `kind`, `item_id` and `label`
of its item; `rows.change_of` and `rows.item_of` make objects of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from shared.counted_words import count_things
from shared.errors import UsageError
from shared.journal.changes import NOTE, OUTCOMES, Change, Item
from shared.journal.journal import Journal
from shared.journal.rows import item_of

_NEWEST_PLAN = """
    SELECT * FROM journal_plans p WHERE p.kind IN (SELECT value FROM json_each(?)) AND p.undo_of IS NULL
    AND p.state <> 'building' AND {condition} ORDER BY {first} p.id DESC LIMIT 1
"""
_NEWEST = _NEWEST_PLAN.format(condition="1", first="")
_NEWEST_OPEN = _NEWEST_PLAN.format(
    condition="p.state = 'open' AND EXISTS (SELECT 1 FROM journal_items WHERE plan = p.id AND outcome = '')", first=""
)
_NEWEST_WITH_ITEMS = _NEWEST_PLAN.format(
    condition="EXISTS (SELECT 1 FROM journal_items WHERE plan = p.id)", first="p.state = 'open' DESC,"
)
_UNFINISHED = """
    SELECT i.* FROM journal_plans p JOIN journal_items i ON i.plan = p.id WHERE p.kind = ? AND p.undo_of IS NULL
    AND i.outcome = '' AND EXISTS (SELECT 1 FROM journal_runs WHERE plan = p.id)
    AND EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = i.id AND r.selected AND r.outcome IN ('', 'intent'))
    ORDER BY i.plan, i.id
"""
_OPEN_PLANS = """
    SELECT max(p.id) AS id, p.title, max(p.created) AS created FROM journal_plans p
    WHERE p.kind IN (SELECT value FROM json_each(?)) AND p.undo_of IS NULL AND p.state = 'open'
    AND EXISTS (SELECT 1 FROM journal_items WHERE plan = p.id AND outcome = '')
    GROUP BY p.title ORDER BY max(p.id) DESC LIMIT ?
"""
_COUNT_PENDING = """
    SELECT count(*) FROM journal_items i WHERE i.plan = ? AND i.outcome = ''
    AND EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = i.id AND r.selected AND r.outcome IN ('', 'intent'))
"""
_CHANGE = "SELECT r.*, i.kind, i.item_id, i.label FROM journal_items i JOIN journal_rows r ON r.item = i.id "
_COUNT = "SELECT count(*) FROM journal_items i JOIN journal_rows r ON r.item = i.id "
_OF_ITEMS = "WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY r.id"
_ENDED = """
    WHERE i.{owner} = :id AND (:outcome = '' OR (CASE WHEN r.undone THEN 'undone' ELSE r.outcome END) = :outcome)
    AND (:text = '' OR i.label LIKE :text ESCAPE '!')
"""
_WITH_LABEL = """
    FROM journal_items i JOIN journal_runs u ON u.id = i.run WHERE (:text = '' OR i.label LIKE :text ESCAPE '!')
    AND (:since IS NULL OR coalesce(i.written, u.started) >= :since)
    AND (:until IS NULL OR coalesce(i.written, u.started) < :until)
    AND EXISTS (SELECT 1 FROM journal_rows WHERE item = i.id AND outcome <> '')
"""
_ITEMS_WITH_LABEL = f"""
    SELECT i.id, i.label, i.kind, i.item_id, i.run, coalesce(i.written, u.started) AS written,
    (SELECT min(source) FROM journal_rows WHERE item = i.id) AS source,
    (SELECT json_group_array(DISTINCT field) FROM journal_rows WHERE item = i.id AND outcome <> '') AS fields
    {_WITH_LABEL} ORDER BY i.id DESC LIMIT :limit OFFSET :offset
"""  # noqa: S608 -- constants of this module
_OPEN = """
    SELECT {what} FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.plan = ? AND i.outcome = '' AND r.outcome = '' {more}
"""
# A change that an interrupted run intended may not be written: applying the plan again settles it.
_COUNT_OPEN = _OPEN.format(what="count(*), total(r.selected)", more="").replace(
    "r.outcome = ''", "r.outcome IN ('', 'intent')"
)
_COUNT_OPEN_BY_FIELD = _OPEN.format(
    what="r.field, count(*), sum(r.selected)", more="GROUP BY r.field ORDER BY count(*) DESC, r.field"
)
_OPEN_OF_FIELD = _OPEN.format(what="r.id", more="AND r.field = ?")
_SELECT_FIELD = f"UPDATE journal_rows SET selected = ? WHERE id IN ({_OPEN_OF_FIELD})"  # noqa: S608 -- constants of this module
_REMOVED = _OPEN.format(what="{columns}", more="AND r.action = 'remove' AND r.field = :field {which}").replace(
    "i.plan = ?", "i.plan = :plan"
)
_COUNT_REMOVED = _REMOVED.format(
    columns="r.before, count(*) AS open, sum(r.selected) AS selected, min(r.reason) AS reason",
    which="GROUP BY r.before ORDER BY count(*) DESC, min(r.reason) LIMIT :limit OFFSET :offset",
)
_COUNT_REMOVED_MEMBERS = _REMOVED.format(columns="count(DISTINCT r.before)", which="")
_SELECT_REMOVED = "UPDATE journal_rows SET selected = :selected WHERE id IN ({})".format(  # noqa: S608 -- constants
    _REMOVED.format(columns="r.id", which="AND r.before = :member")
)
_COUNT_PLANNED = _OPEN.format(what="count(DISTINCT i.id)", more="")
_DESELECT = """
    UPDATE journal_rows SET selected = 0 WHERE id IN (
    SELECT r.id FROM journal_rows r JOIN journal_items i ON i.id = r.item
    WHERE i.plan = ? AND i.kind = ? AND i.item_id = ? AND r.field = ?)
"""
_REASONS = """
    SELECT r.message, count(DISTINCT i.id) AS items, min(i.kind) AS kind, count(DISTINCT i.kind) AS kinds
    FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.run = ? AND r.message <> '' AND r.outcome IN ({outcomes})
    GROUP BY r.message ORDER BY items DESC, min(r.id) LIMIT ?
"""
_COUNT_ITEMS_WITH_CONFLICT = _OPEN.format(what="count(DISTINCT i.id)", more="").replace(
    "r.outcome = ''", "r.outcome = 'conflict'"
)
# An item fits if one of its changes or notes fits every filter; its own name counts for the text, too.
_FITTING = """
    FROM journal_items i WHERE i.plan = :plan
    AND EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = i.id
    AND (:field = '' OR r.field = :field) AND (:source = '' OR r.source = :source)
    AND (:only <> 'conflict' OR r.outcome = 'conflict')
    AND (:text = '' OR i.label LIKE :text ESCAPE '!' OR r.before LIKE :text ESCAPE '!'
    OR r.after LIKE :text ESCAPE '!' OR r.message LIKE :text ESCAPE '!'))
    AND (:only <> 'sources' OR (SELECT count(DISTINCT source) FROM journal_rows WHERE item = i.id AND source <> '') > 1)
    AND (:is_left = 0 OR i.run IS NULL
    OR NOT EXISTS (SELECT 1 FROM journal_items WHERE plan = :plan AND run IS NULL AND outcome = ''))
"""
_SELECT_FITTING = f"""
    UPDATE journal_rows SET selected = :selected WHERE outcome = ''
    AND item IN (SELECT i.id {_FITTING} AND i.outcome = '')
"""  # noqa: S608 -- constants of this module
_SOURCES = """
    SELECT DISTINCT r.source FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.plan = ? AND r.source <> '' ORDER BY r.source
"""


class ItemFilter(NamedTuple):
    """The items of a plan to show; an empty text narrows nothing."""

    field: str = ""
    source: str = ""
    only: str = ""  # "conflict": with a conflict; "sources": with changes from more than one source
    text: str = ""
    is_left: bool = False  # of a plan that was applied in part only the items that are left


class WrittenFilter(NamedTuple):
    """The written items to show: those with a text in their name, and those written within a time."""

    text: str = ""
    since: float | None = None
    until: float | None = None


class FieldCount(NamedTuple):
    """The number of open changes of one field in a plan, and of those among them that are selected."""

    field: str
    open: int
    selected: int


class UnfinishedItem(NamedTuple):
    """An item of a plan that was applied and did not come to its end."""

    plan_id: int
    item: Item


# Plans


def find_newest_plan(journal: Journal, kinds: Sequence[str]) -> sqlite3.Row | None:
    """Return the newest complete plan of these kinds, applied or not, or None, for the page; no plan of an undo."""
    return _find_plan(journal, _NEWEST, kinds)


def find_newest_open_plan(journal: Journal, kinds: Sequence[str]) -> sqlite3.Row | None:
    """Return the newest preview of these kinds that waits for a person, with items to be applied, for the page."""
    return _find_plan(journal, _NEWEST_OPEN, kinds)


def find_plan_to_review(journal: Journal, kinds: Sequence[str]) -> sqlite3.Row | None:
    """Return the plan of these kinds that a review shows by default: the newest with items, open ones first."""
    return _find_plan(journal, _NEWEST_WITH_ITEMS, kinds)


def list_open_plans(journal: Journal, kinds: Sequence[str], limit: int) -> list[sqlite3.Row]:
    """Return `id`, `title` and `created` of the newest waiting plan of each title, for Performer/Site Sync's review."""
    return journal.read(_OPEN_PLANS, (json.dumps(list(kinds)), limit))


def list_unfinished_items(journal: Journal, kind: str) -> list[UnfinishedItem]:
    """Return the pending items of applied plans of this kind, also those of a live run, to resume merges."""
    found = (UnfinishedItem(row["plan"], item_of(row)) for row in journal.read(_UNFINISHED, (kind,)))
    return list(dict.fromkeys(found))


# Items of a plan


def list_pending_items(journal: Journal, plan_id: int, limit: int, after: int = 0) -> list[sqlite3.Row]:
    """Return the first pending items of a plan, or those after this id, for counting the conflicts of an undo."""
    query = "SELECT * FROM journal_items WHERE plan = ? AND outcome = '' AND id > ? ORDER BY id LIMIT ?"
    return journal.read(query, (plan_id, after, limit))


def count_pending_items(journal: Journal, plan_id: int) -> int:
    """Return the number of items of a plan that have a selected change still to be applied, for runs and the page."""
    return _count(journal, _COUNT_PENDING, plan_id)


def count_planned_items(journal: Journal, plan_id: int) -> int:
    """Return the number of a plan's items with a change still to be applied, selected or not; the review shows it."""
    return _count(journal, _COUNT_PLANNED, plan_id)


def count_items_with_conflict(journal: Journal, plan_id: int) -> int:
    """Return the number of items still to be applied that also have a conflict, for the result of a preview."""
    return _count(journal, _COUNT_ITEMS_WITH_CONFLICT, plan_id)


def find_items(
    journal: Journal, plan_id: int, wanted: ItemFilter, limit: int, offset: int = 0
) -> tuple[list[sqlite3.Row], int]:
    """Return some of a plan's items that fit the filter, and how many fit; the page's review shows them."""
    params = {**_filter_params(plan_id, wanted), "limit": limit, "offset": offset}
    rows = journal.read(f"SELECT i.* {_FITTING} ORDER BY i.id LIMIT :limit OFFSET :offset", params)
    return rows, int(journal.read(f"SELECT count(*) {_FITTING}", params)[0][0])


def _filter_params(plan_id: int, wanted: ItemFilter) -> dict[str, Any]:
    return {**wanted._asdict(), "text": make_pattern(wanted.text), "plan": plan_id}


def make_pattern(text: str) -> str:
    """Return the pattern that finds a text anywhere; empty for an empty text. Queries for a search use it."""
    escaped = "".join(f"!{sign}" if sign in "!%_" else sign for sign in text)
    return f"%{escaped}%" if text else ""


def list_sources(journal: Journal, plan_id: int) -> list[str]:
    """Return the sources of a plan's changes, for the filter of its review."""
    return [str(row["source"]) for row in journal.read(_SOURCES, (plan_id,))]


# Changes of a plan


def list_changes_of_items(journal: Journal, item_ids: Iterable[int]) -> list[sqlite3.Row]:
    """Return all changes and notes of these items of a plan (their `id`); the page's review shows them."""
    return journal.read(_CHANGE + _OF_ITEMS, (json.dumps(list(item_ids)),))


def find_change(journal: Journal, change_id: int) -> sqlite3.Row:
    """Return one change of a plan or run, for its picture on the page; raise if there is none with this id."""
    found = journal.read("SELECT * FROM journal_rows WHERE id = ?", (change_id,))
    if not found:
        raise UsageError(f"There is no change with the number {change_id}.")
    return found[0]


def count_plan_changes(journal: Journal, plan_id: int) -> int:
    """Return the number of changes of a plan, whatever became of them, for the page; notes do not count."""
    return _count(journal, _COUNT + "WHERE i.plan = ? AND r.action <> ?", plan_id, NOTE)


def count_open_changes(journal: Journal, plan_id: int) -> tuple[int, int]:
    """Return the number of a plan's changes to be applied or settled, and how many are selected, for the page."""
    row = journal.read(_COUNT_OPEN, (plan_id,))[0]
    return int(row[0]), int(row[1])


def count_final_changes(journal: Journal, plan_id: int) -> int:
    """Return the number of selected changes of a plan, still to be applied, that cannot be undone, for the page."""
    return _count(journal, _COUNT + "WHERE r.can_undo = 0 AND r.selected AND r.outcome = '' AND i.plan = ?", plan_id)


def count_open_by_field(journal: Journal, plan_id: int) -> list[FieldCount]:
    """Return a plan's open changes counted by field, the most frequent first; the page's review shows them."""
    return [FieldCount(*row) for row in journal.read(_COUNT_OPEN_BY_FIELD, (plan_id,))]


def list_removed_members(
    journal: Journal, plan_id: int, field: str, limit: int, offset: int = 0
) -> tuple[list[sqlite3.Row], int]:
    """Return a page of the members that a plan takes off items, those of most items first, and how many there are.

    Each has `before` (JSON), `open` and `selected` (numbers of items), and one `reason`. The clean-up lists them.
    """
    params = {"plan": plan_id, "field": field, "limit": limit, "offset": offset}
    return journal.read(_COUNT_REMOVED, params), int(journal.read(_COUNT_REMOVED_MEMBERS, params)[0][0])


def select_removed_member(journal: Journal, plan_id: int, field: str, member: Any, selected: bool) -> int:
    """Select or deselect all changes of a plan that take this member off, for the page; return how many."""
    params = {"plan": plan_id, "field": field, "member": json.dumps(member), "selected": selected}
    with journal.write() as db:
        return int(db.execute(_SELECT_REMOVED, params).rowcount)


def select_field(journal: Journal, plan_id: int, field: str, selected: bool) -> int:
    """Select or deselect every open change of one field of a plan, for the page; return how many there are."""
    with journal.write() as db:
        return db.execute(_SELECT_FIELD, (selected, plan_id, field)).rowcount


def select_fitting(journal: Journal, plan_id: int, wanted: ItemFilter, selected: bool) -> int:
    """Select or deselect every open change of the items that fit the filter, for the page; return how many."""
    with journal.write() as db:
        params = {**_filter_params(plan_id, wanted), "selected": selected}
        return db.execute(_SELECT_FITTING, params).rowcount


def deselect_changes(journal: Journal, plan_id: int, changes: Collection[Change]) -> None:
    """Deselect these changes of a plan, as favorites do with removals: a person has to select them to apply them."""
    params = [(plan_id, change.item.kind, change.item.id, change.field) for change in changes]
    with journal.write() as db:
        db.executemany(_DESELECT, params)


def list_plan_changes(
    journal: Journal, plan_id: int, limit: int, offset: int = 0, *, outcome: str = ""
) -> tuple[list[sqlite3.Row], int]:
    """Return some of a plan's changes for the page, and how many; `outcome` narrows both ("undone" is one, too)."""
    return _list_changes(journal, "plan", plan_id, outcome, limit, offset)


# Runs


def list_newest_runs(journal: Journal, limit: int) -> list[int]:
    """Return the ids of the newest runs of all kinds, the newest first, for overview and report."""
    return [row["id"] for row in journal.read("SELECT id FROM journal_runs ORDER BY id DESC LIMIT ?", (limit,))]


def find_run_of_plan(journal: Journal, plan_id: int) -> int | None:
    """Return the id of the newest run that applied a plan, or None; a new run continues it."""
    rows = journal.read("SELECT id FROM journal_runs WHERE plan = ? ORDER BY id DESC LIMIT 1", (plan_id,))
    return int(rows[0]["id"]) if rows else None


def list_run_changes(
    journal: Journal, run_id: int, limit: int, offset: int = 0, *, outcome: str = "", text: str = ""
) -> tuple[list[sqlite3.Row], int]:
    """Return a run's changes for the page, and how many; `outcome` ("undone" is one, too) and `text` narrow them."""
    return _list_changes(journal, "run", run_id, outcome, limit, offset, text)


def search_written_items(
    journal: Journal, wanted: WrittenFilter, limit: int, offset: int = 0
) -> tuple[list[sqlite3.Row], int]:
    """Return the History tab's items that fit, newest first, with `run`, `written` and `fields`, and their number."""
    params = {**wanted._asdict(), "text": make_pattern(wanted.text), "limit": limit, "offset": offset}
    rows = journal.read(_ITEMS_WITH_LABEL, params)
    return rows, int(journal.read(f"SELECT count(*) {_WITH_LABEL}", params)[0][0])


def list_reasons(journal: Journal, run_id: int, outcomes: Sequence[str] = OUTCOMES, limit: int = 5) -> list[str]:
    """Return a run's reasons with these outcomes, each once, for the page: "13 scenes: It is no longer there."."""
    query = _REASONS.format(outcomes=", ".join("?" * len(outcomes)))
    return [describe_reason(row) for row in journal.read(query, (run_id, *outcomes, limit))]


def describe_reason(row: sqlite3.Row) -> str:
    """Return a reason of `list_reasons`, with the number of items that have it if there are several."""
    kind = row["kind"].split()[-1] if row["kinds"] == 1 else "item"  # a "whisparr scene" is a scene
    return f"{count_things(row['items'], kind)}: {row['message']}" if row["items"] > 1 else str(row["message"])


def count_undoable(journal: Journal, run_id: int, changed: int) -> int:
    """Return how many of a run's `changed` changes an undo can still take back, for the History tab."""
    if not changed or not journal.read("SELECT 1 FROM journal_items WHERE run = ? LIMIT 1", (run_id,)):
        return 0
    if not journal.read("SELECT 1 FROM journal_runs WHERE undo_of = ? LIMIT 1", (run_id,)):
        final = _count(journal, _COUNT + "WHERE i.run = ? AND r.outcome = 'changed' AND r.can_undo = 0", run_id)
        return changed - final
    return _count(journal, _COUNT + "WHERE i.run = ? AND r.outcome = 'changed' AND r.undone = 0 AND r.can_undo", run_id)


def count_undone(journal: Journal, run_id: int) -> int:
    """Return the number of a run's changes that an undo has taken back, for the History tab."""
    if not journal.read("SELECT 1 FROM journal_runs WHERE undo_of = ? LIMIT 1", (run_id,)):
        return 0
    return _count(journal, _COUNT + "WHERE i.run = ? AND r.undone", run_id)


def count_intents(journal: Journal, run_id: int) -> int:
    """Return the number of changes that a run has begun and not confirmed; the page says it of a running one."""
    return _count(journal, _COUNT + "WHERE r.outcome = 'intent' AND i.run = ?", run_id)


# Inside


def _find_plan(journal: Journal, query: str, kinds: Sequence[str]) -> sqlite3.Row | None:
    return next(iter(journal.read(query, (json.dumps(list(kinds)),))), None)


def _list_changes(
    journal: Journal, owner: str, owner_id: int, outcome: str, limit: int, offset: int, text: str = ""
) -> tuple[list[sqlite3.Row], int]:
    ended = _ENDED.format(owner=owner)
    params = {"id": owner_id, "outcome": outcome, "text": make_pattern(text), "limit": limit, "offset": offset}
    rows = journal.read(f"{_CHANGE} {ended} ORDER BY i.id, r.id LIMIT :limit OFFSET :offset", params)
    return rows, int(journal.read(f"{_COUNT} {ended}", params)[0][0])


def _count(journal: Journal, query: str, *params: object) -> int:
    return int(journal.read(query, params)[0][0])

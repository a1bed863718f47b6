"""Plans and runs on disk: saving, selecting, paging. `apply.py` applies a plan, `undo.py` plans its undo."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, Union

from shared.errors import UsageError
from shared.journal.blobs import Blobs
from shared.journal.changes import CHANGED, CONFLICT, FAILED, UNCHANGED, Entry, Json
from shared.journal.rows import add_totals, insert_item, read_totals
from shared.journal.run_details import describe_problems, note_problems, read_problems
from shared.journal.schema import AFTER, BEFORE, PLAN_DETAILS, RUN_DETAILS, SCRIPTS
from shared.state.lease import find_holder
from shared.state.store import Store, Write

Params = Union[Sequence[object], Mapping[str, object]]

ITEMS_SAVED_AT_ONCE = 200
STOPPED = "is_stopped"  # in the details of a run whose task a person stopped

_ENTRIES = """
    FROM journal_items i WHERE {subject}
    AND (:outcome IS NULL OR i.outcome = :outcome)
    AND (:text IS NULL OR instr(lower(i.label), lower(:text)) > 0)
    AND (:field IS NULL OR EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = i.id AND r.field = :field))
    AND (:source IS NULL OR EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = i.id AND r.source = :source))
"""
_OF_PLAN = _ENTRIES.format(subject="i.plan = :plan")
_OF_RUN = _ENTRIES.format(subject="i.run = :run")
_RUNS = """
    SELECT * FROM journal_runs WHERE :kind IS NULL OR kind = :kind ORDER BY id DESC LIMIT :page_size OFFSET :offset
"""
_SELECT_ALL = """
    UPDATE journal_rows SET selected = ? WHERE outcome = ''
    AND item IN (SELECT id FROM journal_items WHERE plan = ? AND outcome = '')
"""
_SELECT_SOME = """
    UPDATE journal_rows SET selected = ? WHERE outcome = '' AND {column} IN (SELECT value FROM json_each(?)) AND EXISTS
    (SELECT 1 FROM journal_items i WHERE i.id = journal_rows.item AND i.plan = ? AND i.outcome = '')
"""
_SELECT_MEMBER = """
    UPDATE journal_rows SET selected = ? WHERE outcome = '' AND action = 'add'
    AND item IN (SELECT id FROM journal_items WHERE plan = ? AND outcome = '') AND after = ?
"""
_COUNT_MEMBER = """
    SELECT total(r.selected), total(r.outcome = 'changed' AND NOT r.undone)
    FROM journal_items i JOIN journal_rows r ON r.item = i.id WHERE i.plan = ? AND r.action = 'add' AND r.after = ?
"""
_WITH_MEMBER = """
    FROM journal_items i JOIN journal_rows r ON r.item = i.id WHERE i.plan = ? AND r.action = 'add' AND r.after = ?
"""
_FILTERS = ("outcome", "text", "field", "source")
_RUN_OF_TASK = "CASE WHEN json_valid(details) THEN json_extract(details, '$.run_token') END"


class RunSummary(NamedTuple):
    """The totals of a run or plan by outcome, of its items and of its rows; `planned` items were only previewed."""

    run_id: int | None
    plan_id: int
    state: str
    items: dict[str, int]
    rows: dict[str, int]
    planned: int = 0
    error: str = ""
    problems: Mapping[str, str] = MappingProxyType({})  # why a part has failed, for example a box, by its name
    remarks: Mapping[str, int] = MappingProxyType(
        {}
    )  # changed items with a row that failed, conflicts or says something

    @property
    def seen(self) -> int:
        """Return the number of all items: changed, unchanged, skipped, conflict, failed, and planned in a dry run.
        The totals on the page begin with it."""
        return sum(self.items.values()) + self.planned

    @property
    def is_failure(self) -> bool:
        """Return True if something failed and nothing was changed or unchanged; a task then ends as an error."""
        return self.items[FAILED] > 0 and not self.items[CHANGED] + self.items[UNCHANGED]

    @property
    def result(self) -> str:
        """Return the state for people, for results and the page. A finished run with failures or problems is
        "partial" or "failed"."""
        has_failures = self.items[FAILED] or self.in_part or self.problems
        if self.state == "planned":
            return "partial" if has_failures else self.state
        if self.state != "finished" or not (has_failures or self.items[CONFLICT]):
            return self.state
        return "failed" if self.is_failure else "partial"

    @property
    def in_part(self) -> dict[str, int]:
        """Return the numbers of changed items of which a value failed or conflicts, as the page names them."""
        return {f"{outcome}_in_part": n for outcome, n in self.remarks.items() if n and outcome != CHANGED}

    def to_json(self) -> dict[str, Any]:
        """Return the totals for the page and results of tasks: those of items on top, those of rows under `rows`."""
        named = {"run_id": self.run_id, "plan_id": self.plan_id, "state": self.result, "error": self.error}
        counts = {"seen": self.seen, **self.items, **self.in_part, "planned": self.planned, "rows": self.rows}
        return {**named, "problems": dict(self.problems), **counts}

    def sentence(self) -> str:
        """Return the totals in one sentence, then the problems; for the log and for results of tasks."""
        parts = [f"{n} {outcome}{self._describe_remarks(outcome)}" for outcome, n in self.items.items() if n]
        parts += [f"{self.planned} planned (nothing was written)"] if self.planned else []
        totals = f"{self.seen} seen: {', '.join(parts) or 'nothing to do'}."
        return " ".join([totals, *describe_problems(self.problems)])

    def _describe_remarks(self, outcome: str) -> str:
        texts = {FAILED: "with a value that failed", CONFLICT: "with a conflict", CHANGED: "with a remark"}
        parts = [f"{self.remarks[name]} {text}" for name, text in texts.items() if self.remarks.get(name)]
        return f" ({', '.join(parts)})" if outcome == CHANGED and parts else ""


class Journal:
    """The plans and runs of one plugin, in its state file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.blobs = Blobs(os.path.join(os.path.dirname(store.path), "blobs"))

    def save_plan(
        self,
        entries: Iterable[Entry],
        *,
        kind: str,
        title: str = "",
        counted: Mapping[str, int] | None = None,
        details: Mapping[str, Any] | None = None,
        problems: Mapping[str, str] | None = None,
    ) -> int:
        """Save a plan for preview and for `apply_plan`, and return its id; rows of one item have to come together.

        `counted` are items that need no row ({"unchanged": 9960}); it is read last, so a generator may count along.
        `problems` says why parts are missing, for example a box that failed; the runs of the plan are then partial.
        """
        plan_id = self.begin_plan(kind, title, details={**(details or {}), **note_problems(problems or {})})
        self.add_entries(plan_id, entries)
        with self.write() as db:
            add_totals(db, f"plan:{plan_id}", "items", counted or {})
        self.open_plan(plan_id)
        return plan_id

    def select(
        self, plan_id: int, selected: bool, *, items: Sequence[int] | None = None, rows: Sequence[int] | None = None
    ) -> int:
        """Select or deselect rows of a plan (of some items, single ones, or all) for `plan_select`; return how many."""
        with self.write() as db:
            if items is None and rows is None:
                return db.execute(_SELECT_ALL, (selected, plan_id)).rowcount
            some = (("item", items), ("id", rows))
            sent = ((_SELECT_SOME.format(column=column), json.dumps(list(ids or ()))) for column, ids in some)
            return sum(db.execute(update, (selected, ids, plan_id)).rowcount for update, ids in sent)

    def select_members(self, plan_id: int, selected: bool, members: Sequence[Json]) -> int:
        """Select or deselect every addition of these members, for Tag Manager's plans of scenes; return how many."""
        with self.write() as db:
            cursors = (db.execute(_SELECT_MEMBER, (selected, plan_id, json.dumps(one))) for one in members)
            return sum(cursor.rowcount for cursor in cursors)

    def count_members(self, plan_id: int, members: Sequence[Json]) -> dict[Json, tuple[int, int]]:
        """Return for each member how many items get it if the plan is applied, and how many got and kept it. The
        page lists the tags of a plan so."""
        counted = ((one, self.read(_COUNT_MEMBER, (plan_id, json.dumps(one)))[0]) for one in members)
        return {one: (int(row[0]), int(row[1])) for one, row in counted}

    def list_items_with(
        self, plan_id: int, member: Json, page: int = 1, *, page_size: int = 25
    ) -> tuple[list[dict[str, Any]], int]:
        """Return one page of the items of a plan that get this member, and how many there are; the page lists them."""
        params = (plan_id, json.dumps(member))
        total = self.read("SELECT count(*)" + _WITH_MEMBER, params)[0][0]
        place = (page_size, (page - 1) * page_size)
        heads = self.read("SELECT i.*" + _WITH_MEMBER + " ORDER BY i.id LIMIT ? OFFSET ?", (*params, *place))
        return [self._describe_item(head) for head in heads], total

    def list_plan(
        self, plan_id: int, page: int = 1, *, page_size: int = 25, filters: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return a plan and one page of its items with their rows, for a plugin's own list of a plan. Filters are
        `outcome`, `text` (in labels), `field` and `source`."""
        plan = self.find_plan(plan_id)
        unselected = self.read(
            "SELECT count(*) FROM journal_rows r JOIN journal_items i ON i.id = r.item "
            "WHERE r.selected = 0 AND i.plan = ?",
            (plan_id,),
        )[0][0]
        counted = read_totals(self.store.connect(), f"plan:{plan_id}")["items"]
        head = {
            **dict(plan),
            "details": PLAN_DETAILS.read(plan["details"]),
            "unselected": unselected,
            "counted": counted,
        }
        return {**head, **self._list(_OF_PLAN, {"plan": plan_id}, page, page_size, filters)}

    def list_runs(self, page: int = 1, *, page_size: int = 25, kind: str | None = None) -> dict[str, Any]:
        """Return one page of runs, newest first, with totals that add up; the History tab and the bug report show
        them."""
        params = {"kind": kind, "page_size": page_size, "offset": (page - 1) * page_size}
        total = self.read("SELECT count(*) FROM journal_runs WHERE :kind IS NULL OR kind = :kind", params)[0][0]
        rows = self.read(_RUNS, params)
        return {"total": total, "page": page, "page_size": page_size, "runs": [self._describe(row) for row in rows]}

    def list_changes(
        self, run_id: int, page: int = 1, *, page_size: int = 25, filters: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return a run and one page of its items with their rows, for tests and measurements. The filters are those
        of `list_plan`."""
        run = self._describe(self.find_run(run_id))
        return {**run, **self._list(_OF_RUN, {"run": run_id}, page, page_size, filters)}

    def summarize(self, run_id: int) -> RunSummary:
        """Return the totals of a run; its end, results and the page ask."""
        run = self.find_run(run_id)
        totals = read_totals(self.store.connect(), f"run:{run_id}")
        return RunSummary(
            run_id,
            run["plan"],
            self._state_of(run),
            totals["items"],
            totals["rows"],
            error=run["error"],
            problems=read_problems(run["details"]),
            remarks=totals["remarks"],
        )

    def preview(self, plan_id: int) -> RunSummary:
        """Return the totals of a plan that was not applied, for the result of a preview."""
        totals = read_totals(self.store.connect(), f"plan:{plan_id}")
        grouped = self.read("SELECT outcome, count(*) FROM journal_items WHERE plan = ? GROUP BY outcome", (plan_id,))
        found: dict[str, int] = dict(tuple(row) for row in grouped)
        items = {outcome: n + found.get(outcome, 0) for outcome, n in totals["items"].items()}
        kept = self.read("SELECT details FROM journal_plans WHERE id = ?", (plan_id,))
        problems = read_problems(kept[0]["details"]) if kept else {}
        return RunSummary(None, plan_id, "planned", items, totals["rows"], planned=found.get("", 0), problems=problems)

    def find_run_by_token(self, token: str) -> int | None:
        """Return the newest run that a page started under this token, or None; the page asks for the result so."""
        query = f"SELECT id FROM journal_runs WHERE {_RUN_OF_TASK} = ? ORDER BY id DESC LIMIT 1"  # noqa: S608 -- a constant
        return next((int(row["id"]) for row in self.read(query, (token,))), None)

    def record_stop(self, run_id: int) -> None:
        """Record that a person stopped a run whose process is dead; the page that stopped its task calls this."""
        if self._state_of(self.find_run(run_id)) == "interrupted":
            with self.write() as db:
                update = "UPDATE journal_runs SET details = json_set(details, ?, json('true')) WHERE id = ?"
                db.execute(update, (f"$.{STOPPED}", run_id))

    def find_plan(self, plan_id: int) -> sqlite3.Row:
        """Return the row of a complete plan, for the operations about plans; raise a UsageError if it is gone."""
        rows = self.read("SELECT * FROM journal_plans WHERE id = ? AND state <> 'building'", (plan_id,))
        if not rows:
            raise UsageError(f"Plan {plan_id} is not there any more. Make a new preview.")
        return rows[0]

    def find_run(self, run_id: int) -> sqlite3.Row:
        """Return the row of a run, for History and undo; raise a UsageError if it is gone."""
        rows = self.read("SELECT * FROM journal_runs WHERE id = ?", (run_id,))
        if not rows:
            raise UsageError(f"Run {run_id} is not in the history any more.")
        return rows[0]

    def has_details(self, run: sqlite3.Row) -> bool:
        """Return True if the rows of a run are still there, for History and undo; its totals are never deleted."""
        return bool(self.read("SELECT 1 FROM journal_plans WHERE id = ?", (run["plan"],)))

    # For the other modules of this folder

    def begin_plan(
        self,
        kind: str,
        title: str,
        *,
        is_live: bool = False,
        undo_of: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> int:
        """Create an empty plan, hidden until `open_plan`, and return its id; a live plan is applied while it grows.
        `save_plan`, runs and undos begin with it."""
        state, now = "live" if is_live else "building", self.store.clock.now()
        values = (kind, title or kind, state, now, is_live, undo_of, json.dumps(dict(details or {})))
        with self.write() as db:
            cursor = db.execute(
                "INSERT INTO journal_plans (kind, title, state, created, is_live, undo_of, details) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        return int(cursor.lastrowid or 0)

    def add_entries(self, plan_id: int, entries: Iterable[Entry], *, run_id: int | None = None) -> None:
        """Append changes and findings to a plan; those of one item that come together are one item of it.
        `save_plan` and runs call it."""
        groups = (group for _, group in groupby(entries, attrgetter("item")))
        self.add_groups(plan_id, (((entry, None) for entry in group) for group in groups), run_id)

    def add_groups(
        self, plan_id: int, groups: Iterable[Iterable[tuple[Entry, int | None]]], run_id: int | None
    ) -> None:
        """Append items: their entries, each with the row it takes back; `add_entries` and `plan_undo` call it.
        Entries come from an iterator and are saved a few at a time, because there may be millions."""
        stream = (list(group) for group in groups)
        while batch := list(islice(stream, ITEMS_SAVED_AT_ONCE)):
            with self.write() as db:
                for group in batch:
                    insert_item(db, plan_id, run_id, group)
                rows = sum(map(len, batch))
                update = "UPDATE journal_plans SET items = items + ?, rows = rows + ? WHERE id = ?"
                db.execute(update, (len(batch), rows, plan_id))

    def open_plan(self, plan_id: int) -> None:
        """Mark a plan as complete, so that it can be seen and applied; `save_plan`, runs and undos end with it."""
        with self.write() as db:
            db.execute("UPDATE journal_plans SET state = 'open', is_live = 0 WHERE id = ?", (plan_id,))

    def write(self) -> Write:
        """Return a transaction, after creating the journal's tables if they are missing; all writes of the journal
        use it."""
        self.store.ensure("journal", SCRIPTS)
        return self.store.write()

    def read(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """Return the rows of a query, after creating the journal's tables if they are missing; the journal's
        queries use it."""
        self.store.ensure("journal", SCRIPTS)
        return self.store.read(sql, params)

    # Inside

    def _list(
        self, source: str, subject: dict[str, Any], page: int, page_size: int, filters: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        chosen = {name: (filters or {}).get(name) for name in _FILTERS}
        params = {**subject, **chosen, "page_size": page_size, "offset": (page - 1) * page_size}
        total = self.read("SELECT count(*)" + source, params)[0][0]
        items = self.read("SELECT i.*" + source + " ORDER BY i.id LIMIT :page_size OFFSET :offset", params)
        entries = [self._describe_item(item) for item in items]
        return {"total": total, "page": page, "page_size": page_size, "entries": entries}

    def _describe_item(self, item: sqlite3.Row) -> dict[str, Any]:
        rows = self.read("SELECT * FROM journal_rows WHERE item = ? ORDER BY id", (item["id"],))
        values = [{"before": BEFORE.read(row["before"]), "after": AFTER.read(row["after"])} for row in rows]
        return {**dict(item), "changes": [{**dict(row), **value} for row, value in zip(rows, values)]}

    def _describe(self, run: sqlite3.Row) -> dict[str, Any]:
        more = {"details": RUN_DETAILS.read(run["details"]), "has_details": self.has_details(run)}
        return {**dict(run), **more, **self.summarize(run["id"]).to_json()}

    def _state_of(self, run: sqlite3.Row) -> str:
        """Return the state of a run; once its process is dead, "cancelled" if a person stopped it, or "interrupted"."""
        if run["state"] == "running":
            holder = find_holder(self.store.connect(), lease_name(run["kind"]), self.store.clock.now())
            if holder is not None and holder["note"] == run_note(run["id"]):
                return "running"
        elif run["state"] != "interrupted":
            return str(run["state"])
        return "cancelled" if RUN_DETAILS.read(run["details"]).get(STOPPED) else "interrupted"


def lease_name(kind: str) -> str:
    """Return the name of the lease for runs of one kind, of which one runs at a time; a run takes it."""
    return f"run:{kind}"


def run_note(run_id: int) -> str:
    """Return the name of a run for a process that must wait for it; a run writes it into its lease."""
    return f"run {run_id}"

"""A run from its lease to its record: the run it continues, the items it works on, its end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from shared.errors import BundleError
from shared.journal.batch import (
    BatchContext,
    apply_batch,
    give_up_items,
    load_pending_items,
    settle_intents,
    split_batches,
)
from shared.journal.changes import Entry, Target
from shared.journal.journal import STOPPED, Journal, RunSummary, lease_name, run_note
from shared.journal.queries import count_pending_items, find_run_of_plan
from shared.journal.retention import prune_sometimes
from shared.journal.rows import add_totals, read_totals
from shared.journal.run_details import is_of_chosen_items, mark_chosen_items, note_problems
from shared.journal.schema import PLAN_DETAILS, RUN_DETAILS
from shared.runtime.call_parts import CallParts
from shared.runtime.clock import is_recent
from shared.runtime.redact import mask_secrets
from shared.state.lease import Lease

BATCH_SIZE = 50

_PENDING = "SELECT * FROM journal_items WHERE plan = ? AND outcome = '' AND id > ? ORDER BY id LIMIT ?"
_SELECTED = "EXISTS (SELECT 1 FROM journal_rows r WHERE r.item = journal_items.id AND r.selected AND r.outcome = '')"
_SELECTED_PENDING = _PENDING.replace("id > ?", f"id > ? AND {_SELECTED}")
_FOUND_ITEMS = """
    SELECT outcome, count(*) FROM journal_items WHERE plan = ? AND run IS NULL AND outcome <> '' GROUP BY outcome
"""
_FOUND_ROWS = """
    SELECT r.outcome, count(*) FROM journal_items i JOIN journal_rows r ON r.item = i.id
    WHERE i.plan = ? AND i.run IS NULL AND i.outcome <> '' GROUP BY r.outcome
"""
_ADOPT_FOUND = "UPDATE journal_items SET run = ? WHERE plan = ? AND run IS NULL AND outcome <> ''"
_PENDING_ONE = "SELECT * FROM journal_items WHERE plan = ? AND outcome = '' AND id = ?"


def apply_plan(
    call: CallParts, plan_id: int, target: Target, only: Collection[int] | None = None, *, batch_size: int = BATCH_SIZE
) -> RunSummary:
    """Apply what is selected in a plan, all of it or only these items (their `id` in `list_plan`); return a summary.

    The page's operation and the task `apply_plan` call it. What is not selected stays open in the plan, unless the
    target says that it does not keep the rest (`keeps_rest`). A run that was interrupted is continued; a plan that was
    applied already stays as it is. When a service fails as a whole, its error is raised, what was done is kept, and
    applying the plan again goes on from there.
    """
    journal = Journal(call.store)
    plan = journal.find_plan(plan_id)
    if plan["state"] == "applied":
        return journal.summarize(find_run_of_plan(journal, plan_id) or 0)
    last = find_run_of_plan(journal, plan_id)
    if last is not None and not count_pending_items(journal, plan_id) and journal.summarize(last).state == "finished":
        return journal.summarize(last)  # what was selected is done; the rest waits until it is selected
    details = {
        **PLAN_DETAILS.read(plan["details"]),
        **call.run_details,
    }  # the run token of the call that applies it, not of the preview
    if only is not None:
        details = mark_chosen_items(details)
    with Run(
        call, target, kind=plan["kind"], title=plan["title"], plan=plan, batch_size=batch_size, details=details
    ) as run:
        run.apply(only)
    return run.summary()


def open_run(
    call: CallParts,
    target: Target,
    *,
    kind: str,
    title: str,
    dry_run: bool = False,
    keep_empty: bool = True,
    reuse_for: float = 0.0,
    batch_size: int = BATCH_SIZE,
    details: Mapping[str, Any] | None = None,
) -> Run:
    """Return a run that plans and applies in turns, for tasks: `with open_run(…) as run: run.work(changes)`.

    A dry run keeps the plan and writes nothing. `keep_empty=False` leaves no trace when nothing had to be changed.
    `reuse_for` continues the last run of the kind if it began less than this many seconds ago (the drains of one day).
    """
    run = Run(call, target, kind=kind, title=title, batch_size=batch_size, details=details)
    run.is_dry, run.keep_empty, run.reuse_for = dry_run, keep_empty, reuse_for
    return run


class Run:
    """One run, as a context: takes the lease of its kind and records its end. Made by `open_run` and `apply_plan`."""

    is_dry = False
    keep_empty = True
    reuse_for = 0.0

    def __init__(
        self,
        call: CallParts,
        target: Target,
        *,
        kind: str,
        title: str,
        plan: sqlite3.Row | None = None,
        batch_size: int = BATCH_SIZE,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        self.journal = Journal(call.store)
        self.kind = kind
        self.title = title
        self.details = {**call.run_details, **(details or {})}
        self.plan_id = 0
        self.run_id: int | None = None
        self._call = call
        self._target = target
        self._plan = plan
        self._keeps_rest = plan is not None and getattr(target, "keeps_rest", True)
        self._batch_size = batch_size
        self._lease = Lease(call.store, lease_name(kind), what=f'"{title}"')
        self._is_settled = False
        self._untraced: RunSummary | None = None

    def __enter__(self) -> Run:
        with self.journal.write() as db:
            self._choose_run(db)
            self._lease.note = run_note(self.run_id) if self.run_id else "a preview"
            self._lease.acquire()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        with self.journal.write() as db:
            if not self._lease.is_ours(db):
                return  # the process that took over records the end
            self._record_end(db, error)
            self._lease.release()
        if error is None:
            prune_sometimes(self.journal)

    def work(self, entries: Iterable[Entry], *, until: float | None = None) -> None:
        """Plan these changes and findings and, unless it is a dry run, apply them now; tasks call it piece by piece.

        With `until`, these changes move the task's progress bar from its present share to that one.
        """
        if self.run_id is not None:
            self._settle_once(self._make_context(self.run_id))
        self._lease.renew()
        self.journal.add_entries(self.plan_id, entries, run_id=self.run_id)
        self.apply(until=until)

    def keep_alive(self) -> None:
        """Renew the lease during long work between writes, so that no other process takes over; tasks call it."""
        self._lease.renew()

    def count(self, outcome: str, n: int = 1) -> None:
        """Count items that need no row, for the task's totals.

        Such items are unchanged, or skipped for an obvious reason.
        """
        self._lease.renew()
        with self.journal.write() as db:
            add_totals(db, f"run:{self.run_id}" if self.run_id else f"plan:{self.plan_id}", "items", {outcome: n})

    def apply(self, only: Collection[int] | None = None, *, until: float | None = 1.0) -> None:
        """Apply what is pending in the plan, all of it or only these items; the progress goes on to `until`.

        `work` and `apply_plan` call it.
        """
        if self.run_id is None:
            return
        context = self._make_context(self.run_id)
        self._settle_once(context)
        total, worked, begun = self._count_pending(only), 0, self._call.progress.shown
        for heads in split_batches(self._read_pending(only), self._batch_size):
            self._lease.renew()
            self._call.store.require_same_schema()
            apply_batch(context, load_pending_items(self.journal, heads))
            worked += len(heads)
            if total and until is not None:
                self._call.progress(begun + (until - begun) * worked / total)

    def _make_context(self, run_id: int) -> BatchContext:
        return BatchContext(self.journal, self._lease, self._target, run_id, self._keeps_rest)

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Record why parts of the run failed, for example a box, by the part's name; the run is then partial.

        Tasks call it.
        """
        self.details.update(note_problems(problems))

    def summary(self) -> RunSummary:
        """Return the totals so far, for the result of a task or operation.

        For a dry run they are those of its plan, and for a run without a trace those that it counted.
        """
        if self._untraced is not None:
            return self._untraced
        return self.journal.summarize(self.run_id) if self.run_id else self.journal.preview(self.plan_id)

    def _choose_run(self, db: sqlite3.Connection) -> None:
        """Continue an interrupted run of this plan, or the last run if it is young enough; otherwise begin one."""
        if self._plan is not None:
            self._choose_run_of_plan(db, self._plan)
            return
        young = "SELECT r.* FROM journal_runs r JOIN journal_plans p ON p.id = r.plan AND p.is_live WHERE r.kind = ?"
        last = db.execute(young + " ORDER BY r.id DESC LIMIT 1", (self.kind,)).fetchone()
        is_young = last is not None and is_recent(last["started"], self._call.clock.now(), self.reuse_for)
        if is_young and not self.is_dry:
            self._continue(db, last)
            return
        self.plan_id = self.journal.begin_plan(self.kind, self.title, is_live=True, details=self.details)
        if not self.is_dry:
            self._begin(db)

    def _choose_run_of_plan(self, db: sqlite3.Connection, plan: sqlite3.Row) -> None:
        self.plan_id, details = plan["id"], self.details
        runs = db.execute("SELECT * FROM journal_runs WHERE plan = ? ORDER BY id DESC", (plan["id"],)).fetchall()
        if runs and runs[0]["state"] != "finished":
            self._continue(db, runs[0])
        else:
            self._begin(db, undo_of=plan["undo_of"])
        if is_of_chosen_items(details) or not all(is_of_chosen_items(RUN_DETAILS.read(run["details"])) for run in runs):
            return
        self.details = details  # a run of chosen items that goes on with the whole plan is no longer one
        self._take_over_findings(db)

    def _begin(self, db: sqlite3.Connection, undo_of: int | None = None) -> None:
        values = (self.plan_id, self.kind, self.title, self._call.clock.now(), undo_of, json.dumps(self.details))
        insert = (
            "INSERT INTO journal_runs (plan, kind, title, state, started, undo_of, details) "
            "VALUES (?, ?, ?, 'running', ?, ?, ?)"
        )
        self.run_id = int(db.execute(insert, values).lastrowid or 0)

    def _continue(self, db: sqlite3.Connection, run: sqlite3.Row) -> None:
        self.run_id, self.plan_id = run["id"], run["plan"]
        self.details = {**RUN_DETAILS.read(run["details"]), **self.details}
        self.details.pop(STOPPED, None)
        db.execute("UPDATE journal_runs SET state = 'running', ended = NULL, error = '' WHERE id = ?", (self.run_id,))

    def _take_over_findings(self, db: sqlite3.Connection) -> None:
        """Add what planning counted and found to the totals of the first run of the whole plan."""
        owner = f"run:{self.run_id}"
        add_totals(db, owner, "items", read_totals(db, f"plan:{self.plan_id}")["items"])
        for unit, query in (("items", _FOUND_ITEMS), ("rows", _FOUND_ROWS)):
            add_totals(db, owner, unit, dict(map(tuple, db.execute(query, (self.plan_id,)))))
        db.execute(_ADOPT_FOUND, (self.run_id, self.plan_id))

    def _settle_once(self, context: BatchContext) -> None:
        """Find the outcome of intents of dead runs of this kind, and drop what live ones had not begun."""
        if self._is_settled:
            return
        settle_intents(context, self.kind, self._batch_size)
        if self._plan is None:  # a live run continues: what its dead process had planned is planned again
            self._give_up_pending(context, self.plan_id)
        dead = "SELECT r.*, p.is_live FROM journal_runs r JOIN journal_plans p ON p.id = r.plan "
        dead += "WHERE r.kind = ? AND r.state = 'running' AND r.id <> ?"
        for run in self.journal.read(dead, (self.kind, context.run_id)):
            if run["is_live"]:
                self._give_up_pending(context, run["plan"])
            with self.journal.write() as db:
                db.execute("UPDATE journal_runs SET state = 'interrupted' WHERE id = ?", (run["id"],))
        self._is_settled = True

    def _count_pending(self, only: Collection[int] | None) -> int:
        """Return the number of pending items; 0 for a run that grows while it is planned."""
        if self._plan is None:
            return 0
        return count_pending_items(self.journal, self.plan_id) if only is None else len(set(only))

    def _give_up_pending(self, context: BatchContext, plan_id: int) -> None:
        while heads := self.journal.read(_PENDING, (plan_id, 0, self._batch_size)):
            give_up_items(context, load_pending_items(self.journal, heads))

    def _read_pending(self, only: Collection[int] | None) -> Iterator[sqlite3.Row]:
        if only is not None:
            for item in sorted(set(only)):
                yield from self.journal.read(_PENDING_ONE, (self.plan_id, item))
            return
        last, query = 0, _SELECTED_PENDING if self._keeps_rest else _PENDING
        while heads := self.journal.read(query, (self.plan_id, last, self._batch_size)):
            last = heads[-1]["id"]
            yield from heads

    def _record_end(self, db: sqlite3.Connection, error: BaseException | None) -> None:
        if self.run_id is None:
            details = (json.dumps(self.details), self.plan_id)
            db.execute("UPDATE journal_plans SET details = ? WHERE id = ?", details)
            self.journal.open_plan(self.plan_id)
            return
        if error is None and not self.keep_empty and self._is_empty(db):
            self._untraced = self.journal.summarize(self.run_id)._replace(run_id=None, state="finished")
            db.execute("DELETE FROM journal_runs WHERE id = ?", (self.run_id,))
            db.execute("DELETE FROM journal_plans WHERE id = ?", (self.plan_id,))
            db.execute("DELETE FROM journal_totals WHERE owner = ?", (f"run:{self.run_id}",))
            return
        state = "finished" if error is None else "failed"
        values = (state, self._call.clock.now(), _describe_error(error), json.dumps(self.details), self.run_id)
        db.execute("UPDATE journal_runs SET state = ?, ended = ?, error = ?, details = ? WHERE id = ?", values)
        applied = "UPDATE journal_plans SET state = 'applied' WHERE id = ? AND state = 'open' AND NOT EXISTS "
        applied += "(SELECT 1 FROM journal_items WHERE plan = journal_plans.id AND outcome = '')"
        db.execute(applied, (self.plan_id,))

    def _is_empty(self, db: sqlite3.Connection) -> bool:
        return db.execute("SELECT 1 FROM journal_items WHERE plan = ? LIMIT 1", (self.plan_id,)).fetchone() is None


def _describe_error(error: BaseException | None) -> str:
    if error is None:
        return ""
    text = str(error) if isinstance(error, BundleError) else f"{type(error).__name__}: {error}"
    return mask_secrets(text)[:1000]

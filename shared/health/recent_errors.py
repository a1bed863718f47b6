"""The last errors of a plugin's calls. An error is over when a later call of the same operation or task succeeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import Busy, Conflict, DependencyMissing, StateError, UsageError
from shared.runtime.failure import describe_failure
from shared.runtime.handler import TASK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from shared.runtime.call import Call
    from shared.state.store import Store

    Rows = Sequence[dict[str, Any]]

KEPT = "health.errors"
ERRORS = [{"label": str, "message": str, "at": float, "count": int, "is_over": bool}]
KEPT_ERRORS = 10
# A refused call is no trouble of the plugin, an unusable state file cannot keep its own error, and without the packages
# the health line could not be asked either.
NOT_KEPT = (UsageError, Busy, Conflict, StateError, DependencyMissing)


class ErrorRecorder:
    """A context around the handler of a call: it keeps the error that ends the call, or ends an earlier one.

    `output` is the handler's answer; a task that says that parts of it failed counts as failed, too.
    """

    def __init__(self, call: Call) -> None:
        self.output: Any = None
        self._call = call

    def __enter__(self) -> ErrorRecorder:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        call = self._call
        if isinstance(error, NOT_KEPT) or not call.connection.dir:
            return
        try:
            if error is not None:
                self._keep(describe_failure(call.plugin.name, call.work.label, error))
            elif call.uses_store:  # a call without state must not pay for it
                self._note_success()
        except StateError as trouble:  # must not hide the answer or the error of the call
            call.log.warning(f"The last error could not be noted: {trouble}")

    def _note_success(self) -> None:
        problems = join_problems(self.output) if self._call.work.kind == TASK else ""
        if problems:
            self._keep(problems)
        elif is_open(list_errors(self._call.store), self._call.work.label):
            with self._call.store.write():
                rows = end_errors(list_errors(self._call.store), self._call.work.label)
                self._call.store.kv.put(KEPT, rows)

    def _keep(self, message: str) -> None:
        store = self._call.store
        with store.write():
            store.kv.put(KEPT, add_error(list_errors(store), self._call.work.label, message, self._call.clock.now()))


def list_errors(store: Store) -> list[dict[str, Any]]:
    """Return the kept errors, newest first, for `health`: `label`, `message`, `at`, `count`, `is_over`."""
    rows: list[dict[str, Any]] = store.kv.get(KEPT, ERRORS, [])
    return rows


def add_error(rows: Rows, label: str, message: str, now: float) -> list[dict[str, Any]]:
    """Return the errors with this one as the newest; one that is kept already is counted.

    `ErrorRecorder` keeps them.
    """
    same = [row for row in rows if (row["label"], row["message"]) == (label, message)]
    count = 1 + sum(row["count"] for row in same)
    newest = {"label": label, "message": message, "at": now, "count": count, "is_over": False}
    return [newest, *(row for row in rows if row not in same)][:KEPT_ERRORS]


def end_errors(rows: Rows, label: str) -> list[dict[str, Any]]:
    """Return the errors; those of this operation or task are over. `ErrorRecorder` keeps them after a success."""
    return [{**row, "is_over": row["is_over"] or row["label"] == label} for row in rows]


def is_open(rows: Rows, label: str) -> bool:
    """Return True if an error of this operation or task is not over; `ErrorRecorder` asks."""
    return any(row["label"] == label and not row["is_over"] for row in rows)


def join_problems(output: Any) -> str:
    """Return which parts of a task failed and why, in one line; empty if none did. `ErrorRecorder` keeps it."""
    from shared.journal.run_details import describe_problems  # late, like the next line: operations do not need them
    from shared.page.task_results import find_problems

    problems = find_problems(output) or {}
    return "; ".join(describe_problems(problems))

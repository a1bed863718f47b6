"""Results of tasks that a page follows. Stash keeps no result of a plugin task, so the plugin does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, takes, text
from shared.errors import UsageError
from shared.journal import Journal
from shared.page.paging import format_time
from shared.page.run_view import describe_run
from shared.runtime.failure import describe_failure

if TYPE_CHECKING:
    from types import TracebackType

    from shared.runtime.call import Call

KEPT = "task_results"
RESULTS = {
    str: {
        "state": str,
        "name": str,
        "message": (str, None),
        "started": float,
        "ended": (float, None),
        "plan_id?": object,
        "problems?": ({str: str}, None),
        "totals?": ({str: int}, None),
    }
}
KEPT_RESULTS = 20
TOTALS = ("seen", "changed", "unchanged", "skipped", "conflict", "failed")
# As RunSummary.sentence() begins; the page shows the totals beside a message, so they are not told twice.
TOLD_TOTALS = re.compile(r"\A\d+ seen: [^.]*\.\s*")
TOKEN = re.compile(r"[A-Za-z0-9-]{1,80}")


class KeptResult:
    """A context around a task that a page follows: it keeps the task's answer or error for `run_result`."""

    def __init__(self, call: Call) -> None:
        self.output: Any = None
        self._call = call
        self._token = check_token(call.run_token)
        self._started = call.clock.now()

    def __enter__(self) -> KeptResult:
        self._keep("running", None)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        work, plugin = self._call.work, self._call.plugin
        if error is None:
            self._keep("partial" if find_problems(self.output) else "finished", find_message(self.output))
        else:
            self._keep("failed", describe_failure(plugin.name, work.label, error))

    def _keep(self, state: str, message: str | None) -> None:
        store = self._call.store
        result: dict[str, Any] = {
            "state": state,
            "message": message,
            "started": self._started,
            "name": self._call.work.name,
        }
        result["ended"] = None if state == "running" else self._call.clock.now()
        result["plan_id"] = find_plan_id(self.output)
        result["problems"] = find_problems(self.output)
        result["totals"] = find_totals(self.output)
        with store.write():
            others = {key: value for key, value in store.kv.get(KEPT, RESULTS, {}).items() if key != self._token}
            newest = dict(list(others.items())[1 - KEPT_RESULTS :])
            store.kv.put(KEPT, {**newest, self._token: result})


@takes(text("run_token"), flag("is_stopped", False, "the page has seen that a person stopped the task"))
def find_result(call: Call) -> dict[str, Any]:
    """Operation `run_result`: return the run of the task with this token, None if the task never began.

    With `is_stopped`, the page has seen that a person stopped the task; its run then counts as cancelled.
    """
    token = check_token(call.run_token)
    kept = call.store.kv.get(KEPT, RESULTS, {}).get(token)
    journal = Journal(call.store)
    run_id = journal.find_run_by_token(token)
    if run_id is None:
        return {"run": describe_kept(call, kept) if kept else None}
    if call.args["is_stopped"]:
        journal.record_stop(run_id)
    run = describe_run(journal, run_id)
    if not kept:
        return {"run": run}
    is_worse = kept["state"] == "failed" or (kept["state"] == "partial" and run["state"] == "finished")
    state = kept["state"] if is_worse else run["state"]
    problems = run["problems"] or kept.get("problems")
    plan_id = kept.get("plan_id") if run["dry_run"] else None
    message = run["message"] or leave_out_totals(kept["message"])
    return {"run": {**run, "state": state, "message": message, "plan_id": plan_id, "problems": problems}}


def describe_kept(call: Call, kept: dict[str, Any]) -> dict[str, Any]:
    """Return a task that left no run in the journal in the form of a run, for `run_result`."""
    task = call.plugin.tasks.get(kept["name"])
    return {
        "id": "",
        "title": task.name if task else kept["name"],
        "kind": "task",
        "state": kept["state"],
        "started_at": format_time(kept["started"]),
        "finished_at": format_time(kept["ended"]),
        "message": leave_out_totals(kept["message"]) if kept.get("totals") else kept["message"],
        "dry_run": False,
        "undo_of": None,
        "undoable": 0,
        "plan_id": kept.get("plan_id"),
        "problems": kept.get("problems"),
        "reasons": [],
        "totals": kept.get("totals") or dict.fromkeys(TOTALS, 0),
    }


def leave_out_totals(message: str | None) -> str | None:
    """Return a task's message without its totals, None if it says nothing else; `run_result` shows it."""
    return TOLD_TOTALS.sub("", message or "", 1) or None


def find_plan_id(output: Any) -> Any:
    """Return the plan in a task's answer, its own or that of its dry run; None without one.

    The result is kept with it.
    """
    if not isinstance(output, dict):
        return None
    run = output.get("run")
    return output.get("plan_id") or (run.get("plan_id") if isinstance(run, dict) else None)


def find_problems(output: Any) -> dict[str, str] | None:
    """Return the problems in a task's result or in that of its run, by the names of the parts that failed.

    The result is kept with them.
    """
    answer = output if isinstance(output, dict) else {}
    run = answer.get("run")
    found = answer.get("problems") or (run.get("problems") if isinstance(run, dict) else None)
    return found if isinstance(found, dict) and found else None


def find_totals(output: Any) -> dict[str, int] | None:
    """Return the counts of a dry run, with the number of `planned` changes; the task's result is kept with them."""
    run = output.get("run") if isinstance(output, dict) else None
    if not isinstance(run, dict) or "seen" not in run:
        return None
    return {name: run.get(name, 0) for name in (*TOTALS, "planned")}


def find_message(output: Any) -> str | None:
    """Return the sentence in a task's answer, None without one; the task's result is kept with it."""
    found = output.get("message") if isinstance(output, dict) else output
    return found if isinstance(found, str) else None


def check_token(token: str) -> str:
    """Return the run token if it has a valid form, else raise a UsageError; tasks and `run_result` call it."""
    if not TOKEN.fullmatch(token):
        raise UsageError('The argument "run_token" must be letters, digits and dashes.')
    return token

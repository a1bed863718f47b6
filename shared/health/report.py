"""The health of the plugin as the page's health line shows it."""

from __future__ import annotations

import os
import platform
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes
from shared.health.kept_tests import list_results, name_settings
from shared.health.recent_errors import list_errors
from shared.listener.check import read_manifest_version
from shared.page.paging import format_time
from shared.page.setup_tests import list_tests
from shared.queue.outbox import Outbox
from shared.runtime.clock import is_recent
from shared.state.backup import list_backups

if TYPE_CHECKING:
    from shared.runtime.call import Call

WEEK = 7 * 86400.0
OK, WARNING, FAILED, UNTESTED = "ok", "warning", "failed", "untested"
NOT_TESTED, OUTDATED = "not_tested", "outdated"


class QueueHealth(NamedTuple):
    """The queue of a plugin: entries that wait, entries that it gave up, and why it does not move ("" if it does)."""

    waiting: int
    dead: int
    trouble: str
    is_stopped: bool  # an error stopped it, and not only a pause of the other program


@takes()
def show_health(call: Call) -> dict[str, Any]:
    """Operation `health` of the health line: return the last tests, the queue, the last copy and errors, versions."""
    tests, queue, now = describe_tests(call), read_queue(call), call.clock.now()
    errors = list_errors(call.store)
    open_errors = [row for row in errors if not row["is_over"] and is_recent(row["at"], now, WEEK)]
    return {
        "state": judge([test["state"] for test in tests], queue, len(open_errors)),
        "tests": tests,
        "queue": queue._asdict() if queue else None,
        "backup": find_backup_time(call),
        "errors": [{**row, "at": format_time(row["at"])} for row in errors],
        "open_errors": len(open_errors),
        "versions": read_versions(call),
    }


def judge(tests: list[str], queue: QueueHealth | None, errors: int) -> str:
    """Return the state of the plugin as a whole, for `health`.

    It follows from the states of its tests and its queue, and from its open errors.
    """
    if FAILED in tests or (queue and queue.is_stopped):
        return FAILED
    if WARNING in tests or errors or (queue and (queue.dead or queue.trouble)):
        return WARNING
    return OK if OK in tests and OUTDATED not in tests else UNTESTED


def describe_tests(call: Call) -> list[dict[str, Any]]:
    """Return each connection test with its last result, for `health`.

    One from before a change of settings is `outdated`.
    """
    kept, present = list_results(call), name_settings(call)
    rows = []
    for test in list_tests(call):
        result = kept.get(test.key)
        state = NOT_TESTED if result is None else result["state"] if result["settings"] == present else OUTDATED
        message, at = (result["message"], format_time(result["at"])) if result else ("", None)
        rows.append({"key": test.key, "title": test.title, "state": state, "message": message, "at": at})
    return rows


def read_queue(call: Call) -> QueueHealth | None:
    """Return how the queue of the plugin is doing, None if it has none; `health` answers with it."""
    if not call.plugin.queue:
        return None
    outbox = Outbox(call.store)
    counts = outbox.counts()
    waiting = counts["waiting"] + counts["working"]
    return QueueHealth(waiting, counts["dead"], outbox.describe_trouble(), outbox.pause.is_by_error())


def find_backup_time(call: Call) -> str | None:
    """Return when the state file was last copied, None if never; `health` answers with it."""
    newest = next(iter(list_backups(call.store.path)), None)
    if newest is None:
        return None
    day, minute = newest.day, newest.minute
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{minute[:2]}:{minute[2:]}:00Z"


def read_versions(call: Call) -> dict[str, str]:
    """Return the versions of the plugin and of what runs it; `health` answers with them."""
    manifest = os.path.join(call.connection.plugin_dir, f"{call.plugin.id}.yml")
    return {
        "plugin": read_manifest_version(manifest) or "unknown",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.system(),
    }

"""The text of "Copy diagnostics" for bug reports: no key, no text that a person typed into a setting, no item's name.

Messages of errors and tests are in it as the plugin said them; they may name items, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.arguments import takes
from shared.errors import BundleError
from shared.health.report import OUTDATED, show_health
from shared.journal import Journal
from shared.journal.changes import OUTCOMES
from shared.page.paging import format_time
from shared.runtime.redact import MASK, hide_secret, mask_secrets
from shared.settings import ADDRESS, CHOICE, NUMBER, SECRET, SWITCH, Setting, rows_of

if TYPE_CHECKING:
    from shared.runtime.call import Call

SHOWN_RUNS = 5
SHORTEST_PATH_KEY = 16
PLAIN = (NUMBER, SWITCH, CHOICE)  # kinds of settings whose values say nothing about the library


@takes()
def show_diagnostics(call: Call) -> dict[str, Any]:
    """Operation `diagnostics`: return the text for a bug report; it asks Stash for its version only."""
    settings, health = call.known_settings(), show_health(call)  # known settings also make their secrets known
    hide_secret(*list_path_keys(call, settings.values if settings else {}))
    versions = health["versions"]
    lines = [
        f"{call.plugin.name} {versions['plugin']}, {format_time(call.clock.now())}",
        f"Stash {read_stash_version(call)}, Python {versions['python']}, SQLite {versions['sqlite']}",
        f"System: {versions['system']}",
        f"State: {health['state']}",
        f"Last backup of the state file: {health['backup'] or 'none'}",
        f"Queue: {describe_queue(health['queue'])}",
        *write_part("Connection tests", map(describe_test, health["tests"])),
        *write_part("Last errors", map(describe_error, health["errors"])),
        *write_part("Last runs", describe_runs(call)),
        *write_part("Settings", describe_settings(call, settings.values if settings else {})),
    ]
    return {"text": mask_secrets("\n".join(lines) + "\n")}


def write_part(title: str, rows: Iterator[str]) -> list[str]:
    """Return a part of the text of a bug report: its title and a line for each row; `show_diagnostics` joins them."""
    return ["", f"{title}:", *([f"- {row}" for row in rows] or ["- none"])]


def read_stash_version(call: Call) -> str:
    """Return the version of Stash for the text of a bug report, or why it is not known; `show_diagnostics` calls it."""
    try:
        return call.stash.read_release().text
    except BundleError as error:
        return f"(unknown: {error})"


def describe_queue(queue: dict[str, Any] | None) -> str:
    """Return the state of the queue in one line for the text of a bug report."""
    if queue is None:
        return "none"
    trouble = f"; {queue['trouble']}" if queue["trouble"] else ""
    return f"{queue['waiting']} waiting, {queue['dead']} given up{trouble}"


def describe_test(test: dict[str, Any]) -> str:
    """Return a connection test with its last result in one line for the text of a bug report."""
    if test["at"] is None:
        return f"{test['title']}: not tested"
    note = ", before settings changed" if test["state"] == OUTDATED else ""
    return f"{test['title']}: {test['state']} ({test['at']}{note}): {test['message']}"


def describe_error(row: dict[str, Any]) -> str:
    """Return a kept error in one line for the text of a bug report."""
    times = f", {row['count']} times" if row["count"] > 1 else ""
    over = ", has worked since" if row["is_over"] else ""
    return f"{row['at']} {row['label']}{times}{over}: {row['message']}"


def describe_runs(call: Call) -> Iterator[str]:
    """Yield a line for each of the last runs for the text of a bug report.

    Without its title, which may name a performer.
    """
    for run in Journal(call.store).list_runs(page_size=SHOWN_RUNS)["runs"]:
        totals = ", ".join(f"{run[name]} {name}" for name in OUTCOMES if run.get(name)) or "nothing to do"
        error = f": {run['error']}" if run["error"] else ""
        yield f"{format_time(run['started'])} {run['kind']}: {run['state']}, {totals}{error}"


def describe_settings(call: Call, values: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each setting that is not at its default, for the text of a bug report."""
    for row in rows_of(call.setting_groups()):
        value = values.get(row.key, row.default)
        if value != row.default:
            yield f"{row.key}: {describe_value(row, value)}"


def describe_value(row: Setting, value: Any) -> str:
    """Return a setting's value for the text of a bug report: that of a secret and of a typed text only as its size."""
    if row.kind == SECRET:
        return MASK
    if row.kind == ADDRESS:
        return show_server(str(value))
    if row.kind in PLAIN:
        return str(value)
    unit = "entries" if isinstance(value, (tuple, list)) else "characters"
    return f"(set, {len(value)} {unit})"


def list_path_keys(call: Call, values: dict[str, Any]) -> list[str]:
    """Return the long parts of the paths of addresses, which may be keys; error messages name such paths.

    `show_diagnostics` takes them out of its text.
    """
    addresses = [str(values.get(row.key) or "") for row in rows_of(call.setting_groups()) if row.kind == ADDRESS]
    parts = [part for address in addresses for part in address.partition("://")[2].split("/")[1:]]
    return [part for part in parts if len(part) >= SHORTEST_PATH_KEY]


def show_server(address: str) -> str:
    """Return scheme, host and port of an address for the text of a bug report.

    Its path may be a key, as that of a Discord webhook.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "(set, not an address)"
    return f"{parts.scheme}://{parts.hostname or ''}{port}"

"""The operations of the settings panel: values, defaults and choices; secrets are never sent to the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import record, takes, text
from shared.errors import UsageError
from shared.page.address_keys import find_address_row, find_keys_elsewhere, move_keys, refuse_keys_elsewhere
from shared.runtime.handler import load_named
from shared.runtime.redact import MASK
from shared.settings import (
    ADDRESS,
    LIST,
    NUMBER,
    SWITCH,
    Group,
    Setting,
    Settings,
    describe_help,
    describe_setting,
    mask_login,
    read_value,
    rows_of,
)

if TYPE_CHECKING:
    from shared.runtime.call import Call

VALUES = record("values", (), {}, "settings by key, as typed; null means the default")
TYPES = {NUMBER: "NUMBER", SWITCH: "BOOLEAN"}


@takes()
def get_settings(call: Call) -> dict[str, Any]:
    """Operation `settings_get`: return the plugin's settings in their groups."""
    return describe_groups(call, call.stash.read_plugin_settings(call.plugin.id))


@takes(VALUES)
def save_settings(call: Call) -> dict[str, Any]:
    """Operation `settings_save`: save the given settings in Stash and return all; null means the default again."""
    groups = call.setting_groups()
    rows = {row.key: row for row in rows_of(groups)}
    typed = {key: value for key, value in call.args["values"].items() if not is_masked(find_row(rows, key), value)}
    saved = call.stash.read_plugin_settings(call.plugin.id)
    cleaned = {key: clean_value(rows[key], value) for key, value in move_keys(groups, saved, typed).items()}
    kept = {key: value for key, (value, _) in cleaned.items()}
    elsewhere = list(find_keys_elsewhere(groups, saved, kept))
    raw = call.stash.write_plugin_settings(call.plugin.id, {**kept, **{each.key.key: None for each in elsewhere}})
    resume_queue(call)
    problems = {key: f'Setting "{rows[key].title}" {problem}' for key, (_, problem) in cleaned.items() if problem}
    problems.update({each.key.key: each.explain() for each in elsewhere})
    return describe_groups(call, raw, problems)


@takes(text("key"), VALUES)
def list_choices(call: Call) -> dict[str, Any]:
    """Operation `setting_choices`: return a setting's choices, read from its service with unsaved values."""
    row = find_row({row.key: row for row in rows_of(call.setting_groups())}, call.args["key"])
    if not row.picker:
        raise UsageError(f'There is nothing to choose from for "{row.title}".')
    choices: list[tuple[str, str]] = load_named(row.picker)(call, read_unsaved(call))
    message = None if choices else f'Nothing was found to choose from for "{row.title}".'
    return {"choices": [{"value": value, "label": label} for value, label in choices], "message": message}


def read_unsaved(call: Call) -> Settings:
    """Return the settings with the values that the page has not saved yet, for `setting_choices` and set-up tests."""
    values = {key: value for key, value in call.args["values"].items() if value not in (None, MASK)}
    if not values:
        return call.settings
    groups, saved = call.setting_groups(), call.stash.read_plugin_settings(call.plugin.id)
    values = move_keys(groups, saved, values)
    refuse_keys_elsewhere(groups, saved, values)
    return call.understand_settings({**saved, **values})


def find_row(rows: Mapping[str, Setting], key: str) -> Setting:
    """Return the declared setting with this key, for the settings panel; an unknown key is a UsageError."""
    if key not in rows:
        raise UsageError(f'There is no setting "{key}". Known settings: {", ".join(sorted(rows))}.')
    return rows[key]


def clean_value(row: Setting, value: Any) -> tuple[Any, str]:
    """Return the value to save for an input and the complaint about it, for `settings_save`.

    None as value unsets the setting.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None, ""
    cleaned, problem = read_value(row, value)
    return (", ".join(cleaned) if row.kind == LIST else cleaned), problem


def is_masked(row: Setting, value: object) -> bool:
    """Return True if a page sent back the mask that it was shown instead of a secret; `settings_save` asks."""
    return row.is_secret and isinstance(value, str) and set(value) <= set(MASK + "*")


def resume_queue(call: Call) -> None:
    """Let the queue try again after `settings_save`: the setting that stopped it may be corrected."""
    if call.plugin.queue:
        from shared.queue.outbox import Outbox  # late: a panel that only shows settings needs no queue
        from shared.queue.start import start_drain_if_due

        Outbox(call.store).try_again()
        start_drain_if_due(call)


def describe_groups(call: Call, raw: dict[str, Any], problems: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return all groups and settings with their values, for `settings_get` and `settings_save`."""
    settings = call.read_settings(raw)
    told = {**settings.problems, **(problems or {})}
    groups = call.setting_groups()
    return {
        "groups": [
            {"key": group.key, "title": group.title, "text": group.text or None, "test": group.test or None}
            for group in groups
        ],
        "settings": [
            describe_setting_row(row, group, settings, raw, told.get(row.key)) for group in groups for row in group.rows
        ],
        "warnings": settings.warnings,
    }


def describe_setting_row(
    row: Setting, group: Group, settings: Settings, raw: Mapping[str, Any], problem: str | None
) -> dict[str, Any]:
    """Return one setting as the settings panel shows it."""
    is_set = raw.get(row.key) not in (None, "")
    choices = [{"value": value, "label": label} for value, label in row.choices]
    value = show_plainly(settings.values[row.key])
    address = find_address_row(group) if row.is_secret else None
    return {
        "key": row.key,
        "group": group.key,
        "label": row.title,
        "help": describe_setting(row),
        "text": describe_help(row),
        "type": TYPES.get(row.kind, "STRING"),
        "default": show_plainly(row.default),
        "value": (mask_login(value) if row.kind == ADDRESS else value) if is_set and not row.is_secret else None,
        "is_set": is_set,
        "secret": row.is_secret,
        "address": address.key if address else None,
        "alarm": row.alarm or None,
        "choices": choices or None,
        "picker": bool(row.picker),
        "minimum": row.low,
        "maximum": row.high,
        "unit": row.unit or None,
        "problem": problem,
    }


def show_plainly(value: Any) -> Any:
    """Return a value for the settings panel as Stash keeps it: a list becomes one text."""
    return ", ".join(value) if isinstance(value, tuple) else value

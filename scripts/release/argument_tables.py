"""Writes the tables of arguments in docs/operations from the declarations on the handlers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shared.arguments import REQUIRED, Argument, ListOf, Record, find_declared
from shared.runtime.handler import OPERATION, TASK, load_named
from shared.runtime.plugin import STANDARD_OPERATIONS, STANDARD_TASKS, Plugin

HEAD = ("Call", "Argument", "Allowed", "Default", "Meaning")
# A plugin with only what every plugin has; `<!-- table: arguments everyPlugin -->` is its table.
EVERY_PLUGIN = Plugin(id="everyPlugin", name="Every plugin", description="", settings="")


def list_handlers(plugin: Plugin) -> dict[tuple[str, str], str]:
    """Return the handlers of the plugin's own operations and tasks by kind and name, for `list_argument_rows`."""
    named = {
        OPERATION: plugin.operations,
        TASK: {mode: task.handler for mode, task in plugin.tasks.items()} | plugin.page_tasks,
    }
    if plugin is EVERY_PLUGIN:
        named = {OPERATION: STANDARD_OPERATIONS, TASK: STANDARD_TASKS}
    return {(kind, name): handlers[name] for kind, handlers in named.items() for name in sorted(handlers)}


def list_argument_rows(plugin: Plugin) -> list[tuple[str, ...]]:
    """Return the rows of the table: one for each argument, and one for each call without arguments.

    `render_arguments_table` shows them in the documents.
    """
    return [row for call, handler in list_handlers(plugin).items() for row in _describe_call(call, handler)]


def _describe_call(call: tuple[str, str], handler: str) -> Iterator[tuple[str, ...]]:
    kind, name = call
    label = f"`{name}`" if kind == OPERATION else f"task `{name}`"
    rows = list(_describe_arguments(find_declared(load_named(handler)) or ()))
    for number, row in enumerate(rows or [("none", "", "", "")]):
        yield ("" if number else label, *row)


def _describe_arguments(
    rows: Sequence[Argument], prefix: str = "", *, required: str = "required"
) -> Iterator[tuple[str, ...]]:
    for row in rows:
        name = f"{prefix}{row.name}"
        default = required if row.default is REQUIRED else _describe_default(row.default)
        yield f"`{name}`", row.kind.allowed, default, row.note
        is_partial = isinstance(row.kind, Record) and row.kind.is_partial
        inner = f"{name}[]." if isinstance(row.kind, ListOf) else f"{name}."
        yield from _describe_arguments(row.kind.fields, inner, required="not null" if is_partial else "required")


def _describe_default(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    is_nothing = default is None or (isinstance(default, (str, Sequence, Mapping)) and not default)
    if is_nothing:
        return ""
    return ", ".join(f"`{each}`" for each in (default if isinstance(default, tuple) else (default,)))

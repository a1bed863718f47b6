"""The arguments of plugins: as requests give them, and as scripts inside Stash find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.plugins.script import OTTO

Json = Any


def show_args_to_script(args: Mapping[str, Json], engine: str, *, is_hook: bool) -> dict[str, Json]:
    """Return `input.Args` of a script, for the plugin host; numbers in the variables of a request are texts there."""
    if not is_hook:
        return {name: show_numbers_as_text(value) for name, value in args.items()}
    return {**args, "hookContext": show_hook_to_script(args["hookContext"], engine)}


def show_hook_to_script(context: Mapping[str, Json], engine: str) -> dict[str, Json]:
    """Return `hookContext` as a script finds it: a record of Go, so every field is there; Otto shows Go's names."""
    complete = {"id": 0, "inputFields": [], **context}
    if engine != OTTO:
        return complete
    names = {"ID": "id", "Type": "type", "InputFields": "inputFields"}
    return {**{name: complete[key] for name, key in names.items()}, "Input": {}}


def show_numbers_as_text(value: Json) -> Json:
    """Return a JSON value with its numbers as texts, at any depth; `True` and `False` stay."""
    if isinstance(value, dict):
        return {name: show_numbers_as_text(each) for name, each in value.items()}
    if isinstance(value, list):
        return [show_numbers_as_text(each) for each in value]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def read_legacy_args(args: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """Return the deprecated list form of task arguments as a map, for `runPluginTask`."""
    return {entry["key"]: read_legacy_value(entry.get("value")) for entry in args}


def read_legacy_value(value: Mapping[str, Json] | None) -> Json:
    """Return one value of the deprecated form of a task's arguments, for `read_legacy_args`."""
    for name in ("str", "i", "b", "f"):
        if value and value.get(name) is not None:
            return value[name]
    if value and value.get("o") is not None:
        return read_legacy_args(value["o"])
    if value and value.get("a") is not None:
        return [read_legacy_value(item) for item in value["a"]]
    return None

"""Inputs as hooks see them, which depends on how Stash's code declares the type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.stash.context import Context

Given = Mapping[str, Any]
FORMER_KEYS = {"PerformerCreateInput": ("aliases", "height"), "PerformerUpdateInput": ("aliases", "height")}
ALL_CUSTOM_FIELDS = {"full": None, "partial": None, "remove": None}


def show_all(context: Context, kind: str, given: Given) -> dict[str, Any]:
    """Return the hook's input for handwritten types (scenes, performers, studios): all keys, null if not sent.

    Mutations call it.
    """
    fields = context.services.profile.schema.type_map[kind].fields  # type: ignore[attr-defined]
    shown = {name: given.get(name) for name in (*fields, *FORMER_KEYS.get(kind, ()))}
    if "stash_ids" in fields and given.get("stash_ids"):
        shown["stash_ids"] = [{"updated_at": None, **entry} for entry in given["stash_ids"]]
    if "custom_fields" in fields and "id" in fields:
        shown["custom_fields"] = {**ALL_CUSTOM_FIELDS, **(given.get("custom_fields") or {})}
    return shown


def show_sent(given: Given) -> dict[str, Any]:
    """Return the hook's input for generated types (tags, groups, markers, bulk): without keys that are null.

    Mutations call it.
    """
    return {name: value for name, value in given.items() if value is not None}

"""The journal target that writes our custom fields of performers and studios; those of other names stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.completeness.library_counts import choose_objects
from shared.errors import NotFound
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash import StashClient

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "custom_fields"
FIELDS = "name custom_fields"
SINCE = {"performer": "0.28", "studio": "0.31"}


def list_kinds(stash: StashClient) -> list[str]:
    """Return the kinds that have custom fields in this Stash: performers since 0.28, studios since 0.31.

    The tasks that write and remove custom fields ask.
    """
    known = stash.capabilities()
    return [kind for kind in SINCE if known.has(f"{kind.capitalize()}UpdateInput", "custom_fields")]


class CustomFieldTarget:
    """Our custom fields as a journal target; the fields of a change are the names of custom fields."""

    def __init__(self, stash: StashClient) -> None:
        self._stash = stash

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return these custom fields of each object, None for one it lacks; the journal compares them with a change."""
        found: dict[Item, dict[str, Json]] = {}
        for kind in SINCE:
            numbers = [int(item.id) for item in items if item.kind == kind]
            rows = choose_objects(self._stash, kind).read(numbers, FIELDS) if numbers else {}
            for item in items:
                if item.kind == kind and int(item.id) in rows:
                    values = rows[int(item.id)]["custom_fields"]
                    found[item] = {field: values.get(field) for field in fields}
        return found

    def write(self, work: Work) -> Written:
        """Write the fields object by object; the journal calls it with planned changes."""
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        values = {change.field: change.after for change in changes}
        objects = choose_objects(self._stash, item.kind)
        objects.update(int(item.id), {"custom_fields": self._make_input(item, values)})

    def _make_input(self, item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the input of the update mutation; Stash before 0.30 removes a field only if all others are sent."""
        kept = {name: value for name, value in values.items() if value is not None}
        removed = [name for name in values if name not in kept]
        if not removed:
            return {"partial": kept}
        if self._stash.capabilities().has("CustomFieldsInput", "remove"):
            return {"partial": kept, "remove": removed} if kept else {"remove": removed}
        row = choose_objects(self._stash, item.kind).get(int(item.id), FIELDS)
        if row is None:
            raise NotFound(f"Stash has no {item.kind} {item.id} any more.", service="Stash")
        others = {name: value for name, value in row["custom_fields"].items() if name not in removed}
        return {"full": {**others, **kept}}


def make_target(call: Call) -> CustomFieldTarget:
    """Return the journal's target of the kind `custom_fields`; the entry table names it."""
    return CustomFieldTarget(call.stash)

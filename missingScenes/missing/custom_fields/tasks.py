"""Writes the custom fields after Check Completeness, and the task that removes all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.completeness.library_counts import choose_objects
from missing.completeness.store import read_largest_counts
from missing.custom_fields.plan import NAMES, make_values, plan_values
from missing.custom_fields.target import FIELDS, KIND, SINCE, list_kinds, make_target
from shared.arguments import takes
from shared.errors import BundleError
from shared.journal import Change, Item, open_run
from shared.page.followed_task import queue_followed_task
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.journal import RunSummary
    from shared.runtime.call import Call

OBJECTS_AT_ONCE = 200
WRITTEN, REMOVED = "Wrote completeness into custom fields", "Removed the custom fields of Missing Scenes"
TOO_OLD = "This Stash has no custom fields. Performers have them since Stash 0.28, studios since 0.31."


def write_fields(call: Call) -> RunSummary | None:
    """Write the saved counts into custom fields where they differ, for Check Completeness.

    Return the run's totals, or None if the setting is off or if this Stash has no custom fields. Fields of objects
    without a count are removed.
    """
    if not call.settings.completenessFields:
        return None
    kinds = list_kinds(call.stash)
    if not kinds:
        call.log.warning(TOO_OLD)
        return None
    wanted = {kind: read_largest_counts(call.store, kind) for kind in kinds}
    return change_fields(call, wanted, WRITTEN)


@takes()
def remove_fields(call: Call) -> dict[str, Any]:
    """Task `remove_custom_fields`: remove our custom fields from all performers and studios and return the totals."""
    summary = change_fields(call, {kind: {} for kind in list_kinds(call.stash)}, REMOVED)
    if summary.is_failure:
        raise BundleError(f"{summary.sentence()} The history says why.")
    return summary.to_json()


@takes()
def start_removing(call: Call) -> dict[str, Any]:
    """Operation `remove_custom_fields`: switch the setting off and queue the task; return the task to follow."""
    call.read_settings(call.stash.write_plugin_settings(call.plugin.id, {"completenessFields": False}))
    return queue_followed_task(call, "remove_custom_fields", "removing custom fields", {})


def change_fields(call: Call, wanted: Mapping[str, Mapping[int, tuple[int, int]]], title: str) -> RunSummary:
    """Give these objects their counts in custom fields, and take our fields from all others.

    Return the totals of the run. `write_fields` and `remove_fields` call it.
    """
    with open_run(call, make_target(call), kind=KIND, title=title, keep_empty=False) as run:
        for kind, counts in wanted.items():
            numbers = sorted({*counts, *find_objects_with_fields(call, kind)})
            for piece in split(numbers, OBJECTS_AT_ONCE):
                run.work(plan_piece(call, kind, piece, counts))
                call.stash.keep_alive()
    return run.summary()


def plan_piece(
    call: Call, kind: str, numbers: Sequence[int], counts: Mapping[int, tuple[int, int]]
) -> Iterator[Change]:
    """Yield the changes of the custom fields of some performers or studios, compared with what Stash has now.

    `change_fields` calls it.
    """
    for number, row in choose_objects(call.stash, kind).read(numbers, FIELDS).items():
        values = make_values(kind, *counts[number]) if number in counts else {}
        yield from plan_values(Item(kind, str(number), row["name"]), row["custom_fields"], values)


def find_objects_with_fields(call: Call, kind: str) -> set[int]:
    """Return the numbers of all objects that have one of our custom fields. `change_fields` calls it."""
    objects = choose_objects(call.stash, kind)
    filters = ({"custom_fields": [{"field": name, "modifier": "NOT_NULL"}]} for name in NAMES)
    return {number for where in filters for number in objects.ids(where)}


@takes()
def show_state(call: Call) -> dict[str, Any]:
    """Operation `custom_fields`: return the setting, and which kinds have custom fields in this Stash."""
    kinds = list_kinds(call.stash)
    return {"is_on": bool(call.settings.completenessFields), "kinds": kinds, "since": SINCE}

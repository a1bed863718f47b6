"""The item loop of a target that writes one item after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

from shared.errors import BundleError, Conflict, ServiceError, SettingError, UsageError
from shared.journal.changes import Change, Item, Result, Work


def write_each(work: Work, write_item: Callable[[Item, Sequence[Change]], Result]) -> dict[Item, Result]:
    """Write item after item and return the result of each, for the `write` of targets.

    The journal stores what was done before it raises. An error stays with its item. An error that stops the run
    becomes the result of all items that follow, unwritten.
    """
    results: dict[Item, Result] = {}
    stopped_by: BundleError | None = None
    for item, changes in work:
        result = stopped_by or _try_item(item, changes, write_item)
        results[item] = result
        if isinstance(result, BundleError) and result.stops_run:
            stopped_by = result
    return results


def _try_item(item: Item, changes: Sequence[Change], write_item: Callable[[Item, Sequence[Change]], Result]) -> Result:
    try:
        return write_item(item, changes)
    except (Conflict, ServiceError, SettingError, UsageError) as error:
        return error

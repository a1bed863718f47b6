"""The update tasks of Stash's task list: all performers, all studios, and the one that needs an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.library.entities import NO_LINK, select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.sync.operations import update_one
from performers.sync.update import UpdateRequest, run_update
from shared.errors import UsageError
from shared.page.arguments import read_flag, read_numbers

if TYPE_CHECKING:
    from shared.runtime.call import Call

TITLES = {PERFORMER: "Update performers", STUDIO: "Update sites"}


def update_performers(call: Call) -> dict[str, Any]:
    """Task: update all performers, or those that the arguments name."""
    return run_update(call, read_request(call, PERFORMER))


def update_studios(call: Call) -> dict[str, Any]:
    """Task: update all studios, or those that the arguments name."""
    return run_update(call, read_request(call, STUDIO))


def update_single(call: Call) -> dict[str, Any]:
    """Task: update the object with the argument `id`; without one, raise, because Stash's list cannot ask for it."""
    if not call.args.get("id"):
        raise UsageError(
            "Open the performer or studio in Stash and press its button Sync from boxes: a task has no page."
        )
    return update_one(call)


def read_request(call: Call, kind: str) -> UpdateRequest:
    """Return the update a task's arguments ask for: `ids`, `favorites`, `unlinked`, `source`, `dry_run`, `fresh`."""
    objects, chosen = select_objects(call.stash, kind), read_numbers(call.args, "ids")
    where = objects.favorites if read_flag(call.args, "favorites") else None
    where = NO_LINK if read_flag(call.args, "unlinked") else where
    boxes = read_usable_sources(call, str(call.args.get("source") or ""))
    ids = objects.ids(where) if chosen is None else chosen
    is_dry = read_flag(call.args, "dry_run")
    return UpdateRequest(kind, f"{kind}s", ids, boxes, is_dry, read_flag(call.args, "fresh"), TITLES[kind])

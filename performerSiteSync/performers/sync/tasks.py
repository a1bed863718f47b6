"""The update tasks of Stash's task list: all performers and all studios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.library.entities import NO_LINK, select_objects
from performers.library.kinds import PERFORMER, STUDIO
from performers.sync.update import UpdateRequest, run_update
from shared.arguments import flag, idents, takes, text

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCOPE = (
    idents("ids", None, "only these"),
    flag("favorites", False, "only favorites"),
    flag("unlinked", False, "only those without a link"),
    text("source", "", "only this source"),
    flag("fresh", False, "does not use cached answers"),
    flag("dry_run", False, "only makes a plan"),
)
DONE = {kind: f"Updated {{changes value}} of {{items {kind}}}" for kind in (PERFORMER, STUDIO)}
TITLES = {PERFORMER: "Update performers", STUDIO: "Update studios"}


@takes(*SCOPE)
def update_performers(call: Call) -> dict[str, Any]:
    """Task Update All Performers: update all performers, or those that the arguments name."""
    return run_update(call, read_request(call, PERFORMER))


@takes(*SCOPE)
def update_studios(call: Call) -> dict[str, Any]:
    """Task Update All Sites: update all studios, or those that the arguments name."""
    return run_update(call, read_request(call, STUDIO))


def read_request(call: Call, kind: str) -> UpdateRequest:
    """Return the update that the arguments of Update All Performers or Update All Sites ask for.

    They are `ids`, `favorites`, `unlinked`, `source`, `dry_run` and `fresh`.
    """
    objects, chosen = select_objects(call.stash, kind), call.args["ids"]
    where = objects.favorites if call.args["favorites"] else None
    where = NO_LINK if call.args["unlinked"] else where
    boxes = read_usable_sources(call, call.args["source"])
    ids = objects.ids(where) if chosen is None else chosen
    is_dry = call.args["dry_run"]
    return UpdateRequest(kind, f"{kind}s", ids, boxes, is_dry, call.args["fresh"], TITLES[kind], DONE[kind])

"""Operations on the locks of one performer, studio or scene: list, set, remove."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from performers.library.entities import HAS_PICTURE, LISTS, describe_row, list_fields, select_fields, select_objects
from performers.library.kinds import PERFORMER, SCENE, SYNCED_KIND
from performers.library.scenes import CAST, STUDIO_ID, name_present
from performers.sync.plan import PICTURE, find_locks
from performers.sync.provenance import NEVER_WRITTEN, LossOfState, count_lost, read_written_before, set_lock
from shared.arguments import choice, flag, ident, takes, text
from shared.errors import UsageError
from shared.stash_box import Box, find_box
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

KEEP, FILL = "keep", "fill"


@takes(SYNCED_KIND, ident("id"))
def list_locks(call: Call) -> dict[str, Any]:
    """Operation `locks`: return every field with its value, who wrote it, and if and why it is locked."""
    kind, number = call.args["kind"], call.args["id"]
    present, shown = read_present(call, kind, number)
    past = read_written_before(call.store, kind, [number]).get(number, NEVER_WRITTEN)
    locks = find_locks(present, past)
    query = "SELECT field, source FROM written WHERE kind = ? AND item = ?"
    sources = {row["field"]: row["source"] for row in call.store.read(query, (kind, number))}
    boxes = read_boxes(call.stash)
    return {
        "fields": [
            {
                "field": name,
                "value": shown[name],
                "source": sources.get(name),
                "box": read_source_name(boxes, sources.get(name)),
                "lock": locks.get(name),
            }
            for name in list_lockable(call, kind)
            if name != "stash_ids" or name in locks
        ]
    }


def read_source_name(boxes: Sequence[Box], endpoint: str | None) -> str | None:
    """Return the name of the box that wrote a value, for the list of locks; None if no box wrote it."""
    box = find_box(boxes, endpoint or "")
    return box.name if box else None


def list_lockable(call: Call, kind: str) -> list[str]:
    """Return the fields that a person may lock, in the order of the locks list."""
    more = {PERFORMER: [], SCENE: [STUDIO_ID, CAST]}.get(kind, ["parent_id"])
    more = [*more, "image", "stash_ids"]
    return [*(name for name in list_fields(call.stash, kind) if name != "favorite"), *more]


@takes(SYNCED_KIND, ident("id"), text("field"), flag("is_locked"))
def change_lock(call: Call) -> dict[str, Any]:
    """Operation `lock_set`: lock a field, or give its present value back to the sources; returns the list of locks."""
    kind, number = call.args["kind"], call.args["id"]
    (present, _), field = read_present(call, kind, number), call.args["field"]
    if field not in present:
        raise UsageError(f'A {kind} has no field "{field}".')
    is_locked = call.args["is_locked"]
    set_lock(call.store, kind, number, field, is_locked)
    if not is_locked and field not in (*LISTS, PICTURE, "stash_ids") and present[field]:
        with call.store.write() as db:
            row = (kind, number, field, json.dumps(present[field], sort_keys=True), "user")
            db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?)", row)
    return list_locks(call)


@takes(choice("decision", (KEEP, FILL)))
def settle_loss(call: Call) -> dict[str, Any]:
    """Operation `loss_settle`: keep out or fill in the values that were left out after a loss of the state file."""
    decision, count = call.args["decision"], count_lost(call.store)
    LossOfState(call.store).settle(is_kept=decision == KEEP)
    number = "1 performer, site or scene" if count == 1 else f"{count} performers, sites and scenes"
    told = {KEEP: f"The fields of {number} are locked.", FILL: f"The next update fills in {number} again."}
    return {"message": told[decision]}


def read_present(call: Call, kind: str, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an object's present values for the lock operations, and as the page shows them; raise if it is gone."""
    row = select_objects(call.stash, kind).get(number, select_fields(call.stash, kind))
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    present = describe_row(row, kind)
    if kind != SCENE:
        return present, present
    present["image"] = HAS_PICTURE
    return present, name_present(row, present)

"""Updates one performer or studio at once: the button on its page, and the other operations that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.library.entities import select_objects
from performers.library.kinds import read_kind
from performers.sync.update import UpdateRequest, run_update
from shared.errors import UsageError
from shared.page.arguments import read_flag, read_number

if TYPE_CHECKING:
    from shared.runtime.call import Call


def update_one(call: Call) -> dict[str, Any]:
    """Operation: update exactly this performer or studio with fresh answers, as the button on its page asks."""
    kind = read_kind(call.args)
    number = read_number(call.args, "id")
    row = select_objects(call.stash, kind).get(number, "name")
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    return update_item(call, kind, number, f"Update {row['name']}")


def update_item(call: Call, kind: str, number: int, title: str, source: str = "") -> dict[str, Any]:
    """Update one object with fresh records in a run of its own, or plan it; the Conflicts tab links with it."""
    boxes = read_usable_sources(call, source or str(call.args.get("source") or ""))
    return run_update(
        call, UpdateRequest(kind, f"one_{kind}", [number], boxes, read_flag(call.args, "dry_run"), True, title)
    )

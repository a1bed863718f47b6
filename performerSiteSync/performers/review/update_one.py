"""Updates one performer, studio or scene at once: the button on its page, and the task that needs an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.library.entities import select_name, select_objects
from performers.library.kinds import SCENE, SYNCED_KIND
from performers.scenes.operations import update_one_scene
from performers.sync.operations import update_item
from shared.arguments import flag, ident, takes, text
from shared.errors import UsageError

if TYPE_CHECKING:
    from shared.runtime.call import Call

OPTIONS = (SYNCED_KIND, text("source", "", "only this source"), flag("dry_run", False, "only makes a plan"))


@takes(ident("id"), *OPTIONS)
def update_one(call: Call) -> dict[str, Any]:
    """Operation `update_one`: update exactly this performer, studio or scene with fresh answers.

    The button Sync from boxes on its page calls it.
    """
    kind, number = call.args["kind"], call.args["id"]
    row = select_objects(call.stash, kind).get(number, select_name(kind))
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    source, dry_run = call.args["source"], call.args["dry_run"]
    if kind == SCENE:
        return update_one_scene(call, number, row["name"] or f"scene {number}", source, dry_run=dry_run)
    titles = (f"Update {row['name']}", f"Updated {{changes value}} of {row['name']}")
    return update_item(call, kind, number, titles, source, dry_run=dry_run)


@takes(ident("id", None), *OPTIONS)
def update_single(call: Call) -> dict[str, Any]:
    """Task Update Single Performer: update the object with the argument `id`.

    Raise without one, because Stash's list of tasks cannot ask for it.
    """
    if call.args["id"] is None:
        raise UsageError(
            "Open the performer or studio in Stash and press its button Sync from boxes: a task has no page."
        )
    return update_one(call)

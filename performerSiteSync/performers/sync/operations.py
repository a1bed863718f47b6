"""Updates one performer or studio at once: the button on its page, and the other operations that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.library.entities import select_name, select_objects
from performers.library.kinds import SCENE, SYNCED_KIND
from performers.scenes.operations import update_one_scene
from performers.sync.update import UpdateRequest, run_update
from shared.arguments import flag, ident, takes, text
from shared.errors import UsageError

if TYPE_CHECKING:
    from shared.runtime.call import Call

OPTIONS = (SYNCED_KIND, text("source", "", "only this source"), flag("dry_run", False, "only makes a plan"))


@takes(ident("id"), *OPTIONS)
def update_one(call: Call) -> dict[str, Any]:
    """Operation: update exactly this performer, studio or scene with fresh answers, as the button on its page asks."""
    kind, number = call.args["kind"], call.args["id"]
    row = select_objects(call.stash, kind).get(number, select_name(kind))
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    source, dry_run = call.args["source"], call.args["dry_run"]
    if kind == SCENE:
        return update_one_scene(call, number, row["name"] or f"scene {number}", source, dry_run=dry_run)
    titles = (f"Update {row['name']}", f"Updated {{changes value}} of {row['name']}")
    return update_item(call, kind, number, titles, source, dry_run=dry_run)


def update_item(
    call: Call, kind: str, number: int, titles: tuple[str, str], source: str, *, dry_run: bool
) -> dict[str, Any]:
    """Update one object with fresh records in a run of its own, or only plan it, and return the answer for the page.

    `titles` are the title and the sentence of the history. The Conflicts tab links with it.
    """
    boxes = read_usable_sources(call, source)
    return run_update(call, UpdateRequest(kind, f"one_{kind}", [number], boxes, dry_run, True, *titles))

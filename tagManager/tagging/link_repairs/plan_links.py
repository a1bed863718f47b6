"""The wrong links that a plan of repairs takes off scenes; the page asks Performer/Site Sync what came through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import MOST, ident, takes
from shared.journal import Journal
from shared.journal.queries import list_plan_changes
from shared.journal.rows import change_of, item_of
from tagging.link_repairs.target import LINKS_FIELD
from tagging.scene_links.evidence import is_other_video
from tagging.scene_links.findings import look_up_finding
from tagging.scene_links.linked_files import LinkKey

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(ident("plan_id"))
def list_plan_links(call: Call) -> dict[str, Any]:
    """Operation `doctor_plan_links`: return the wrong links of a plan, each with the record that replaces it.

    A record that was only deleted or merged at the box is the right one, so it is left out.
    """
    rows, _ = list_plan_changes(Journal(call.store), call.args["plan_id"], MOST)
    links: dict[tuple[int, str], dict[str, Any]] = {}
    for change in (change_of(row, item_of(row)) for row in rows):
        if change.field != LINKS_FIELD or change.action not in ("remove", "add"):
            continue
        key = (int(change.item.id), change.source)
        if change.action == "remove":
            links[key] = {"scene_id": key[0], "endpoint": key[1], "remote_id": change.before["stash_id"], "new_id": ""}
        elif key in links:
            links[key]["new_id"] = change.after["stash_id"]
    return {"links": [link for link in links.values() if is_wrong(call, link)]}


def is_wrong(call: Call, link: dict[str, Any]) -> bool:
    """Return True if the linked record is another video by the last check, or if a person repairs a link unchecked.

    `doctor_plan_links` lists only these.
    """
    found = look_up_finding(call.store, LinkKey(link["endpoint"], link["remote_id"], link["scene_id"]))
    return found is None or is_other_video(found.finding)

"""The operations of the Files tab: list matches, show one, plan the links, reject a match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.files.plan import plan_links
from missing.files.store import GROUPS, SavedFileMatch, count_groups, find_match, list_matches
from missing.files.target import FIELD, KIND, make_item, make_target
from missing.files.tasks import COMPARED, read_progress
from missing.owned.target import KIND as LINKS
from shared.arguments import choice, flag, ident, paging, takes, text
from shared.errors import UsageError
from shared.file_matching.cards import show_card
from shared.journal import Journal, set_field
from shared.page.paging import format_time, read_page
from shared.page.run_view import apply_and_show
from shared.stash.links import find_ids
from shared.stash_box import find_box
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash_box import Box

LOCAL_FIELDS = "title paths { screenshot } stash_ids { endpoint stash_id }"
MATCH = (text("endpoint"), text("scene_id"), ident("local_id"))
SINGLE = "Linked files of the library"


@takes(choice("group", tuple(GROUPS), "sure"), text("text", "", "searches titles and paths"), *paging(25))
def list_files(call: Call) -> dict[str, Any]:
    """Operation `file_matches`: return one page of matches, the count of each group, and when files were compared."""
    page = read_page(call.args)
    matches, count = list_matches(call.store, call.args["group"], call.args["text"], (page.size, page.offset))
    return {
        "rows": show_matches(call, matches),
        "count": count,
        "counts": count_groups(call.store),
        "compared_at": format_time(call.store.kv.get(COMPARED, float)),
        "progress": read_progress(call),
    }


@takes(*MATCH)
def show_match(call: Call) -> dict[str, Any]:
    """Operation `file_match`: return one match with both pictures, for the review of planned links of files.

    It is null if the match is gone.
    """
    args = call.args
    match = find_match(call.store, args["endpoint"], args["scene_id"], args["local_id"])
    return {"match": show_matches(call, [match])[0] if match else None}


@takes()
def plan_file_links(call: Call) -> dict[str, Any]:
    """Operation `plan_file_links`: save a plan that links all files that are surely scenes of a box."""
    matches, count = list_matches(call.store, "sure")
    if not count:
        return {"plan_id": None, "count": 0}
    return {
        "plan_id": str(Journal(call.store).save_plan(plan_links(matches), kind=LINKS, title=SINGLE)),
        "count": count,
    }


@takes(*MATCH, flag("is_on", True, "false takes the rejection back"))
def reject_match(call: Call) -> dict[str, Any]:
    """Operation `reject_file`: note that a file is not this scene, or take that back, and return the run."""
    args = call.args
    match = find_match(call.store, args["endpoint"], args["scene_id"], args["local_id"])
    if match is None:
        raise UsageError("This match is gone: its scene was linked or deleted. Load the list again.")
    item = make_item(match.endpoint, match.scene_id, match.local_id, match.title)
    change = set_field(item, FIELD, match.is_rejected, args["is_on"], source="user")
    title = f'"{match.title}" is {"not " if args["is_on"] else "perhaps "}"{match.card.get("title") or match.scene_id}"'
    return {"run": apply_and_show(call, make_target(call), kind=KIND, title=title, entries=[change])}


def show_matches(call: Call, matches: Sequence[SavedFileMatch]) -> list[dict[str, Any]]:
    """Return matches as the page shows them, with pictures of Stash and the box.

    `list_files` and `show_match` call it.
    """
    boxes = read_boxes(call.stash)
    numbers = sorted({each.local_id for each in matches})
    rows = call.stash.scenes.read(numbers, LOCAL_FIELDS) if numbers else {}
    return [show_one(each, find_box(boxes, each.endpoint), rows.get(each.local_id)) for each in matches]


def show_one(match: SavedFileMatch, box: Box | None, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a match as the page shows it; `state` says if its scene was linked or deleted meanwhile.

    `show_matches` calls it.
    """
    links = find_ids(row["stash_ids"], match.endpoint) if row else ()
    screenshot = row["paths"]["screenshot"] if row else None
    local = {"id": str(match.local_id), "title": match.title, "path": match.path, "image": screenshot}
    return {
        "endpoint": match.endpoint,
        "box": box.name if box else match.endpoint,
        "scene": show_card(box, match.scene_id, match.card),
        "local": {**local, "duration": round(match.duration)},
        "evidence": match.evidence._asdict(),
        "is_sure": match.is_sure,
        "is_rejected": match.is_rejected,
        "state": "gone" if row is None else "linked" if links else "open",
    }

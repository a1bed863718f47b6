"""The task that syncs scenes: all, or those that the arguments name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.scenes.planner import PlanOptions
from performers.scenes.update import SceneRequest, run_scenes
from shared.arguments import flag, idents, takes, text

if TYPE_CHECKING:
    from shared.runtime.call import Call

TITLE = "Update scenes"


@takes(
    idents("ids", None, "only these"),
    flag("fill", None, "also proposes what your scenes lack; the default is the setting"),
    text("source", "", "only this source"),
    flag("fresh", False, "asks about every scene again"),
    flag("dry_run", False, "only makes a plan"),
)
def update_scenes(call: Call) -> dict[str, Any]:
    """Task: sync all scenes that have a link to a source, or those that the arguments name."""
    args, chosen = call.args, call.args["ids"]
    boxes = read_usable_sources(call, args["source"])
    fills = call.settings.sceneFill if args["fill"] is None else args["fill"]
    options = PlanOptions(bool(fills), bool(call.settings.sceneOrganized), tells_differences=False)
    is_everything = chosen is None
    ids = list_linked(call, [box.endpoint for box in boxes]) if chosen is None else chosen
    request = SceneRequest("scenes", ids, boxes, TITLE, args["dry_run"], args["fresh"], is_everything, options)
    return run_scenes(call, request)


def list_linked(call: Call, endpoints: list[str]) -> list[int]:
    """Return the ids of all scenes with a link to one of these boxes, each once, in the order of their ids."""
    lists = (call.stash.scenes.linked_ids(each) for each in endpoints)
    return sorted({number for one in lists for number in one})

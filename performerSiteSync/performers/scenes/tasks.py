"""The task that syncs scenes: all, or those that the arguments name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.scenes.planner import read_options
from performers.scenes.update import SceneRequest, run_scenes
from shared.arguments import flag, idents, takes, text
from shared.scene_scopes.scope import SCOPE, SceneScope, list_linked, merge_ids, read_scope

if TYPE_CHECKING:
    from shared.runtime.call import Call

TITLE = "Update scenes"


@takes(
    SCOPE,
    idents("ids", None, "only these, in place of `scope`"),
    flag("fill", None, "also proposes what your scenes lack; the default is the setting"),
    flag("other_boxes", None, "also finds links to other boxes by fingerprints; the default is the setting"),
    text("source", "", "only this source"),
    flag("fresh", False, "asks about every scene again"),
    flag("dry_run", False, "only makes a plan"),
)
def update_scenes(call: Call) -> dict[str, Any]:
    """Task Update All Scenes: sync all scenes that have a link to a source, or those that the arguments name."""
    args, chosen = call.args, call.args["ids"]
    boxes = read_usable_sources(call, args["source"])
    options = read_options(call.settings, args["fill"], args["other_boxes"])
    scope = read_scope(call.stash, args["scope"] or {}) if chosen is None else SceneScope(scene_ids=tuple(chosen))
    linked = merge_ids(list_linked(call.stash, scope, box.endpoint) for box in boxes) if chosen is None else chosen
    label = f": {scope.label}" if scope.label else ""
    request = SceneRequest(
        "scenes",
        sorted(linked),
        boxes,
        f"{TITLE}{label}",
        args["dry_run"],
        args["fresh"],
        scope.is_everything,
        options,
        label,
    )
    return run_scenes(call, request)

"""The operation behind the button on a scene's page: the tags that the stash-boxes have for one scene, as a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import ident, takes
from shared.errors import BundleError
from shared.journal import Journal
from shared.journal.run_details import describe_problems
from shared.journal.queries import count_open_changes
from shared.state.lease import Lease
from tagging.scene_links.scene_check import check_scene
from tagging.scenes.target import ONE_SCENE
from tagging.scenes.tasks import SyncRequest, ask_boxes, find_problems, save_sync_plan, select_scenes
from shared.scene_scopes.scope import SceneScope

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(ident("scene_id"))
def preview_scene(call: Call) -> dict[str, Any]:
    """Operation `scene_tags`: ask the boxes about one scene, save a plan of the tags that it lacks, check its links.

    The plan has a kind of its own, so that the Scene tags tab still shows the last preview of many scenes.
    """
    scope = SceneScope(scene_ids=(call.args["scene_id"],))
    request = SyncRequest(scope, "", 0, True, None, False, call.settings.syncStrategy)
    with Lease(call.store, "scene tag sync", what="The scene tag sync") as lease:
        selection = select_scenes(call, request)
        if not selection.scene_ids:
            return {"is_linked": False, "plan_id": None, "open": 0, "problems": {}, "doubts": []}
        reports = ask_boxes(call, request, selection, lease)
        problems = find_problems(reports)
        asked = [box.name for box in selection.boxes if selection.of_box[box.endpoint]]
        if all(name in problems for name in asked):
            raise BundleError(" ".join(describe_problems(problems)))
        plan_id, _ = save_sync_plan(call, request, selection, reports, lease, kind=ONE_SCENE)
        doubts = check_scene(call, selection.boxes, call.args["scene_id"], problems)
    opened, _ = count_open_changes(Journal(call.store), plan_id)
    return {"is_linked": True, "plan_id": str(plan_id), "open": opened, "problems": problems, "doubts": doubts}

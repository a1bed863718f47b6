"""Operations of giving back: the switch and the figures, the start of a plan, and the plan of one scene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import ident, takes, text
from shared.page.followed_task import queue_followed_task
from shared.scene_scopes.scope import SCOPE, SceneScope, read_scope
from tagging.giving.search import plan_scope, require_switched_on
from tagging.giving.store import count_given
from tagging.giving.target import SETTING

if TYPE_CHECKING:
    from shared.runtime.call import Call

GIVING = (text("endpoint", "", "only this box"), SCOPE)


@takes()
def show_giving(call: Call) -> dict[str, Any]:
    """Operation `giving_state`: return whether submitting is switched on, and how much the boxes have from here."""
    return {"is_on": bool(getattr(call.settings, SETTING)), **count_given(call.store)}


@takes(*GIVING)
def start_giving(call: Call) -> dict[str, Any]:
    """Operation `giving_start`: queue the task `giving_plan`; return its job id and run token for the progress."""
    require_switched_on(call)
    args = {"endpoint": call.args["endpoint"], "scope": call.args["scope"] or {}}
    read_scope(call.stash, args["scope"])
    return queue_followed_task(call, "giving_plan", "looking for fingerprints to submit", args)


@takes(ident("scene_id"))
def plan_scene_giving(call: Call) -> dict[str, Any]:
    """Operation `giving_scene`: store a plan that submits the fingerprints of one scene; a person checks its length.

    The answer has no `plan_id` if the boxes have them all.
    """
    return plan_scope(call, "", SceneScope(scene_ids=(call.args["scene_id"],)), is_chosen=True)

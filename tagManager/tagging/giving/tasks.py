"""The task that plans to submit the fingerprints of many scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import takes
from shared.scene_scopes.scope import read_scope
from tagging.giving.operations import GIVING
from tagging.giving.search import plan_scope

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(*GIVING)
def plan_giving(call: Call) -> dict[str, Any]:
    """Task `giving_plan`: store a plan that submits the fingerprints which the boxes lack from you.

    The answer has no `plan_id` if there are none. It raises if no box could be asked.
    """
    return plan_scope(call, call.args["endpoint"], read_scope(call.stash, call.args["scope"] or {}))

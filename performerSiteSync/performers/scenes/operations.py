"""Syncs one scene at once: the button on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import read_usable_sources
from performers.scenes.planner import PlanOptions, may_find_links
from performers.scenes.update import SceneRequest, run_scenes

if TYPE_CHECKING:
    from shared.runtime.call import Call

# One scene is what a person looks at: also what is empty, an organized scene, and what merely differs.
ONE = PlanOptions(fills=True, takes_organized=True, tells_differences=True)


def update_one_scene(call: Call, number: int, name: str, source: str, *, dry_run: bool) -> dict[str, Any]:
    """Sync one scene with fresh answers in a run of its own, or only plan it, and return the answer for its page.

    `update_one` calls it.
    """
    boxes = read_usable_sources(call, source)
    options = ONE._replace(finds_links=may_find_links(call.settings))
    request = SceneRequest("one_scene", [number], boxes, f"Update {name}", dry_run, True, False, options, f": {name}")
    return run_scenes(call, request)

"""Syncs scenes that were just linked to a stash-box, together; the first answer about a scene is its baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from performers.boxes.sources import read_usable_sources
from performers.scenes.planner import read_options
from performers.scenes.update import SceneRequest, SceneSync, describe_run, sync_scenes
from shared.stash.links import find_ids

if TYPE_CHECKING:
    from shared.runtime.call import Call

LINKS = "stash_ids { endpoint stash_id }"
TITLE = "Newly linked scenes"


def sync_linked_scenes(call: Call, numbers: Sequence[int]) -> dict[int, str]:
    """Sync these scenes in one run, those that are linked to a source; the queue worker calls this.

    Return the scenes that must be tried again, each with the reason: one of their boxes did not answer about them.
    Raise if no source answers.
    """
    boxes = read_usable_sources(call)
    rows = call.stash.scenes.read(numbers, LINKS)
    linked = [number for number, row in rows.items() if any(find_ids(row["stash_ids"], box.endpoint) for box in boxes)]
    if linked:
        options = read_options(call.settings)
        request = SceneRequest("one_scene", sorted(linked), boxes, TITLE, False, False, False, options)
        done = sync_scenes(call, request)
        describe_run(call, request, done)
        return find_unanswered(done, finds_links=options.finds_links)
    return {}


def find_unanswered(done: SceneSync, *, finds_links: bool) -> dict[int, str]:
    """Return by scene why one of its boxes gave no answer, for `sync_linked_scenes`.

    With `finds_links` every box concerns every scene.
    """
    unanswered: dict[int, str] = {}
    for report in done.reports:
        endpoint, reason = report.box.endpoint, done.problems.get(report.box.name, "")
        if report.problem:
            concerned = done.scenes.linked if finds_links else done.scenes.list_at(endpoint)
        else:
            concerned = {number for each in report.failed for number in done.scenes.list_owners(endpoint, each)}
        unanswered.update(dict.fromkeys(concerned, f"{report.box.name}: {reason}"))
    return unanswered

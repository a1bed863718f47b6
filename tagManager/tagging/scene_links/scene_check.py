"""The check of one scene's links, for its page: from the answers that were just given there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.scene_links.cross_check import CrossChecks
from tagging.scene_links.evidence import judge_link, make_cases, needs_check
from tagging.scene_links.findings import find_right, make_row, replace_finding
from tagging.scene_links.linked_files import FIELDS, LinkKey, forget_scene, read_sharing, save_linked
from tagging.scene_links.moved_prints import read_moved
from tagging.scene_links.operations import show_doubt
from tagging.scene_links.published import publish_doubts

if TYPE_CHECKING:
    from shared.runtime.call import Call


def check_scene(call: Call, boxes: Sequence[Box], scene_id: int, problems: dict[str, str]) -> list[dict[str, Any]]:
    """Return the doubted links of one scene for its page; links that a person called right are left out.

    Other scenes with the same link are known from the last check of all links. The box is asked once more only if a
    link is doubtful; `problems` gets the reason if that fails.
    """
    row = call.stash.scenes.get(scene_id, FIELDS)
    if row is None:
        return []
    forget_scene(call.store, scene_id)
    found: list[dict[str, Any]] = []
    for box in boxes:
        for remote_id in find_ids(row["stash_ids"], box.endpoint):
            save_linked(call.store, box.endpoint, [(remote_id, row)])
            found += check_link(call, box, LinkKey(box.endpoint, remote_id, scene_id), problems)
    publish_doubts(call)
    return found


def check_link(call: Call, box: Box, key: LinkKey, problems: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the finding about one link if it is doubted, and save it in place of the earlier one."""
    group = read_sharing(call.store, box.endpoint, key.id)
    cases = make_cases(group, read_moved(call.store, box.endpoint))
    case = next((one for one in cases if one.linked.local.number == key.scene), None)
    if case is None:
        return
    if needs_check(case):
        checks = CrossChecks(call, box)
        (case,) = checks.run([case])
        if checks.problem:
            problems.setdefault(box.name, checks.problem)
    finding = judge_link(case)
    replace_finding(call.store, key, make_row(call.store, box.endpoint, case, finding) if finding else None)
    if finding is None or find_right(call.store, key):
        return
    yield show_doubt(call, box, key, finding)

"""Parent tags on scenes that a sub-tag of theirs implies already: a plan takes the parents off."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import takes
from shared.journal import Entry
from shared.page.followed_task import queue_followed_task
from shared.stash.filters import with_members
from tagging.cleaning.kinds import BY_NAME, ROWS_PER_READ, stream_tagged
from tagging.cleaning.plan import plan_removals
from tagging.cleaning.target import KIND
from tagging.tags.hierarchy import read_tags_with_parents
from tagging.tags.local_tags import Row
from tagging.task_plan import save_task_plan

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCENE = BY_NAME["scene"]
Parents = Mapping[int, Collection[int]]


@takes()
def start_implied(call: Call) -> dict[str, Any]:
    """Operation `implied_start`: queue the task `implied_plan`; return its job id and run token for the progress."""
    return queue_followed_task(call, "implied_plan", "looking for implied parent tags", {})


@takes()
def plan_implied(call: Call) -> dict[str, Any]:
    """Task `implied_plan`: store a plan that takes parent tags off scenes with one of their sub-tags.

    The answer has no `plan_id` if there are none.
    """
    rows = read_tags_with_parents(call)
    title, done = "Parent tags that a sub-tag implies", "Took {changes implied parent tag} off {items scene}"
    return save_task_plan(call, plan_scenes(call, rows), kind=KIND, title=title, done=done)


def plan_scenes(call: Call, tags: Collection[Row]) -> Iterator[Entry]:
    """Yield the changes of all scenes with a tag that has sub-tags, and report progress."""
    names = {int(row["id"]): row["name"] for row in tags}
    parents = {int(row["id"]): {int(parent["id"]) for parent in row["parents"]} for row in tags}
    above = {tag_id: find_ancestors(tag_id, parents) for tag_id in parents}
    with_children = sorted({each for own in parents.values() for each in own})
    if not with_children:
        return
    total = max(1, call.stash.scenes.count(with_members("tags", with_children)))
    for number, rows in enumerate(stream_tagged(call.stash, SCENE, with_children)):
        for row in rows:
            implied = find_implied({int(tag["id"]) for tag in row["tags"]}, above)
            reasons = {each: f"{names[each]}: implied by {names[by]}" for each, by in implied.items()}
            yield from plan_removals(SCENE, row, reasons)
        call.progress(min(1.0, (number + 1) * ROWS_PER_READ / total))


def find_ancestors(tag_id: int, parents: Parents) -> set[int]:
    """Return all tags above a tag, the tag itself not among them; a loop does no harm. Pure."""
    found: set[int] = set()
    waiting = list(parents.get(tag_id, ()))
    while waiting:
        each = waiting.pop()
        if each not in found and each != tag_id:
            found.add(each)
            waiting += parents.get(each, ())
    return found


def find_implied(tags: Collection[int], above: Parents) -> dict[int, int]:
    """Return the tags of a scene that stand above another of its tags, each with that tag. Pure."""
    return {each: tag for tag in sorted(tags) for each in sorted(tags) if each in above.get(tag, ())}

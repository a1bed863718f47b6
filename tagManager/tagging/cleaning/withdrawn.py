"""Withdrawn tags: the sync added them from a box, and the box has since taken them off the scene."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import ident, takes
from shared.journal import Entry, Journal, remove_member
from shared.journal.queries import count_plan_changes, list_plan_changes
from shared.counted_words import count_things
from shared.page.followed_task import queue_followed_task
from shared.state.lease import Lease
from shared.tag_matching import LocalTags
from tagging.cleaning.added_tags import AddedTag, forget_added, list_scenes_with_added, read_added, seed_added
from tagging.cleaning.target import KIND
from tagging.scenes.answer_cache import FOUND, BoxAnswers
from tagging.scenes.plan import BoxAnswer, LocalScene
from tagging.scenes.tag_writer import TAGS_FIELD
from tagging.scenes.tasks import (
    FIELDS,
    ROWS_PER_READ,
    SyncRequest,
    ask_boxes,
    find_problems,
    read_scenes,
    select_scenes,
)
from shared.scene_scopes.scope import SceneScope
from tagging.tags.local_tags import read_local_tags
from tagging.task_plan import save_task_plan

if TYPE_CHECKING:
    from shared.runtime.call import Call

ASKING_SHARE = 0.6  # of the progress bar, as in the sync
_FORMER_TAGS = "SELECT DISTINCT tag, endpoint, id, name FROM plan_tags"
Former = Mapping[tuple[int, str], Mapping[str, str]]


class BoxKnowledge(NamedTuple):
    """The boxes' tags: their names now, the local tags they match, and the ones that earlier plans used.

    `former` maps a local tag and an endpoint to the box tags that brought it, by id, with their names at that time.
    """

    tags: LocalTags
    names: Mapping[str, Mapping[str, str]]
    former: Former


@takes()
def start_withdrawn(call: Call) -> dict[str, Any]:
    """Operation `withdrawn_start`: queue the task `withdrawn_plan`; return its job id and run token."""
    return queue_followed_task(call, "withdrawn_plan", "looking for tags that the boxes took away", {})


@takes(ident("plan_id"))
def keep_withdrawn(call: Call) -> dict[str, Any]:
    """Operation `withdrawn_keep`: let no later plan take the deselected tags of this one off; return their number."""
    pairs = list(list_deselected(Journal(call.store), call.args["plan_id"]))
    forget_added(call.store, pairs)
    return {"count": len(pairs)}


def list_deselected(journal: Journal, plan_id: int) -> Iterator[tuple[int, int]]:
    """Yield scene and tag of each removal of a plan that is not selected."""
    journal.find_plan(plan_id)
    count = count_plan_changes(journal, plan_id)
    for offset in range(0, count, ROWS_PER_READ):
        rows, _ = list_plan_changes(journal, plan_id, ROWS_PER_READ, offset)
        yield from (
            (int(row["item_id"]), int(row["before"]))
            for row in rows
            if row["action"] == "remove" and not row["selected"]
        )


@takes()
def plan_withdrawn(call: Call) -> dict[str, Any]:
    """Task `withdrawn_plan`: ask the boxes for what changed, and store a plan that takes withdrawn tags off scenes.

    The answer has no `plan_id` if there are none. `unknown` is the number of scenes of which a box said nothing.
    """
    seed_added(call.store)
    scene_ids = list_scenes_with_added(call.store)
    if not scene_ids:
        return {"plan_id": None, "items": 0, "unknown": 0, "scenes": 0, "problems": {}}
    request = SyncRequest(SceneScope(), "", 0, True, None, False, call.settings.syncStrategy)
    with Lease(call.store, "scene tag sync", what="The scene tag sync") as lease:
        selection = select_scenes(call, request)
        problems = find_problems(ask_boxes(call, request, selection, lease))
    caches = {box.endpoint: BoxAnswers(call.store, box.endpoint) for box in selection.boxes}
    boxes = {box.endpoint: box.name for box in selection.boxes}
    counted: Counter[str] = Counter()
    entries = plan_scenes(call, scene_ids, boxes, caches, counted)
    done = "Took {changes withdrawn tag} off {items scene}"
    saved = save_task_plan(call, entries, kind=KIND, title="Withdrawn tags", done=done, problems=problems)
    unknown = counted["unknown"]
    left_out = f"{count_things(unknown, 'scene')} {'was' if unknown == 1 else 'were'} left out"
    message = f"{left_out}, because a box has no answer about {'it' if unknown == 1 else 'them'}." if unknown else None
    return {**saved, "scenes": len(scene_ids), "unknown": unknown, "problems": problems, "message": message}


def plan_scenes(
    call: Call,
    scene_ids: Sequence[int],
    boxes: Mapping[str, str],
    caches: Mapping[str, BoxAnswers],
    counted: Counter[str],
) -> Iterator[Entry]:
    """Yield the changes that take withdrawn tags off these scenes; `counted` gets how many scenes are unknown."""
    tags = read_local_tags(call.stash)
    names = {endpoint: answers.read_tag_names() for endpoint, answers in caches.items()}
    known = BoxKnowledge(LocalTags(tags), names, read_former_tags(call))
    labels = {tag.id: tag.name for tag in tags}
    done = 0
    for rows in call.stash.scenes.stream(scene_ids, FIELDS, size=ROWS_PER_READ):
        added: dict[int, list[AddedTag]] = {}
        for each in read_added(call.store, (int(row["id"]) for row in rows)):
            added.setdefault(each.scene, []).append(each)
        for scene in read_scenes(rows, boxes, caches, {}):
            if not is_known(scene.answers):
                counted["unknown"] += 1
                continue
            for each in find_withdrawn(scene, added.get(int(scene.item.id), []), known):
                reason = f"{labels.get(each.tag, each.tag)}: {boxes[each.endpoint]} took it off the scene"
                yield remove_member(scene.item, TAGS_FIELD, each.tag, source=each.endpoint, reason=reason)
        done += len(rows)
        call.progress(ASKING_SHARE + (1 - ASKING_SHARE) * done / len(scene_ids))


def is_known(answers: Sequence[BoxAnswer]) -> bool:
    """Return True if every box answered about a scene: only then is a tag known to be gone. Pure."""
    return all(each.known is not None and each.known.state == FOUND for each in answers)


def find_withdrawn(scene: LocalScene, added: Sequence[AddedTag], known: BoxKnowledge) -> list[AddedTag]:
    """Return the added tags that the box which brought them has no more for this scene, nor has another box. Pure."""
    linked = {each.endpoint for each in scene.answers}
    there = {tag for each in scene.answers for tag in match_answer(each, known)}
    return [
        each
        for each in added
        if each.tag in scene.tags
        and each.endpoint in linked
        and each.tag not in there
        and not is_unrenamed(each, scene.answers, known)
    ]


def match_answer(answer: BoxAnswer, known: BoxKnowledge) -> Iterator[int]:
    """Yield the ids of all local tags that fit the tags which a box has for a scene. Pure."""
    names = known.names.get(answer.endpoint, {})
    for remote_id in answer.known.tags if answer.known else ():
        match = known.tags.match(answer.endpoint, remote_id, names.get(remote_id, ""))
        if match:
            yield from (match.tag_id, *match.others)


def is_unrenamed(added: AddedTag, answers: Sequence[BoxAnswer], known: BoxKnowledge) -> bool:
    """Return True if the scene still has the box tag that brought this one, under the name that it had then. Pure.

    Then the local tag was renamed or unlinked, and the box took nothing away.
    """
    former = known.former.get((added.tag, added.endpoint), {})
    names = known.names.get(added.endpoint, {})
    tags: Collection[str] = [
        tag for each in answers if each.endpoint == added.endpoint and each.known for tag in each.known.tags
    ]
    return any(names.get(tag) == former[tag] for tag in tags if tag in former)


def read_former_tags(call: Call) -> Former:
    """Return the box tags that earlier plans matched with local tags, with the names that they had then."""
    found: dict[tuple[int, str], dict[str, str]] = {}
    for row in call.store.read(_FORMER_TAGS):
        found.setdefault((row["tag"], row["endpoint"]), {})[row["id"]] = row["name"]
    return found

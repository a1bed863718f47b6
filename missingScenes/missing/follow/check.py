"""Checks all follows: saves the new scenes of each box, which the news then tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from missing.follow.box_scenes import KINDS, limit_time, read_new_scenes
from missing.follow.entities import refresh_entities
from missing.follow.rules import FollowedScene, RuleContext, find_reason, make_context
from missing.follow.store import (
    CHECKED,
    Follow,
    list_follows,
    read_until,
    save_new_scenes,
    save_problem,
    save_read_until,
)
from missing.marks.store import find_marked_ids
from missing.news.store import make_new_scenes, save_found
from missing.owned.by_id import find_owned_scenes
from shared.errors import ServiceError
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.box import find_box
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call

NOT_THERE = "Stash has no stash-box with an API key under this address any more."


class FollowCheck(NamedTuple):
    """The number of new scenes that the rules let through, and why boxes failed, by their names."""

    found: int
    problems: dict[str, str]


def check_boxes(call: Call, boxes: Sequence[Box], *, is_told: bool) -> FollowCheck:
    """Save the new scenes of all follows at these boxes, and return how many there are, for `look_around`.

    With `is_told` the next message tells them, else only the page. A box that fails is named, and read again from the
    same place.
    """
    count, problems = 0, {}
    for endpoint in dict.fromkeys(each.endpoint for each in list_follows(call.store)):
        follows, box = list_follows(call.store, endpoint), find_box(boxes, endpoint)
        if box is None:
            save_problem(call.store, follows, NOT_THERE)
            problems[endpoint] = NOT_THERE
            continue
        client = open_client(call, box)
        try:
            count += check_box(call, client, follows, is_told=is_told)
        except ServiceError as error:
            if error.service == "Stash":
                raise
            save_problem(call.store, follows, str(error))
            problems[box.name] = str(error)
        finally:
            client.close()
    if not problems:
        call.store.kv.put(CHECKED, call.clock.now())
    return FollowCheck(count, problems)


def check_box(call: Call, client: StashBoxClient, follows: Sequence[Follow], *, is_told: bool) -> int:
    """Save the new scenes that the rules of these follows let through at one box, and return how many there are.

    `check_boxes` calls it. With `is_told` the next message tells them.
    """
    count, usable, endpoint = 0, refresh_entities(call, client, follows), client.box.endpoint
    for kind in KINDS:
        some = [each for each in usable if each.kind == kind]
        if not some:
            continue
        new = read_new_scenes(client, kind, some, read_until(call.store, endpoint, kind))
        selected = select_scenes(call, endpoint, new.found)
        with call.store.write():  # together, so that a process that is killed leaves nothing untold
            fresh = save_new_scenes(call.store, selected)
            save_found(call.store, make_new_scenes(endpoint, [each.card for each in fresh]), is_told=is_told)
            save_read_until(call.store, endpoint, kind, limit_time(new.newest, call.clock.now()))
            save_problem(call.store, some, "")
        count += len(fresh)
    return count


def select_scenes(
    call: Call, endpoint: str, found: Sequence[tuple[Follow, FollowedScene]]
) -> list[tuple[Follow, FollowedScene]]:
    """Return those of the found scenes that the rules let through and that are neither in the library nor ignored.

    `check_box` saves them.
    """
    contexts = make_contexts(call, (follow for follow, _ in found))
    fitting = [(follow, scene) for follow, scene in found if is_let_through(follow, scene, contexts)]
    ids = sorted({scene.id for _, scene in fitting})
    owned = find_owned_scenes(call.stash, call.store, endpoint, ids)
    gone = {*owned.linked, *owned.sure_files, *find_marked_ids(call.store, endpoint, ids).ignored}
    return [(follow, scene) for follow, scene in fitting if scene.id not in gone]


def is_let_through(follow: Follow, scene: FollowedScene, contexts: Mapping[int, RuleContext]) -> bool:
    """Return True if no rule of the follow leaves the scene out; the check and Coming up call it.

    `contexts` is made once, by `make_contexts`.
    """
    return find_reason(scene, follow.rules, contexts[follow.id]) is None


def make_contexts(call: Call, follows: Iterable[Follow]) -> dict[int, RuleContext]:
    """Return by id of the follow the followed performers and excluded tags with which its rules compare scenes.

    The check and Coming up call it.
    """
    unique = {each.id: each for each in follows}
    tags = call.settings.excludedTags
    return {
        number: make_context(each.rules, each.ids if each.kind == "performer" else (), tags)
        for number, each in unique.items()
    }

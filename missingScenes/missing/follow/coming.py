"""The scenes that a box announces of all that is followed, for Coming up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.follow.box_scenes import KINDS, RELEASED, choose_filter, find_ids_of_scene, split_ids
from missing.follow.check import is_let_through, make_contexts
from missing.follow.rules import FollowedScene, RuleContext, make_followed_scene
from missing.follow.store import Follow, list_follows
from missing.marks.store import find_marked_ids
from missing.owned.by_id import find_owned_scenes
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.box import TPDB, find_box
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_PAGES = 5


class Announced(NamedTuple):
    """The cards of announced scenes, and True if the box has more than were read."""

    cards: list[dict[str, Any]]
    is_cut: bool = False


def list_announced(call: Call, box: Box, today: str) -> Announced:
    """Return the cards of scenes after `today` that rules of follows let through, neither owned nor ignored.

    For Coming up, which asks each box so. Raise the box's error. ThePornDB is not asked: it lists one performer at a
    time, and not from a day on.
    """
    follows = [each for each in list_follows(call.store) if find_box([box], each.endpoint)]
    if not follows or box.kind == TPDB:
        return Announced([])
    client = open_client(call, box)
    cards: dict[str, dict[str, Any]] = {}
    is_cut = False
    contexts = make_contexts(call, follows)
    try:
        for kind in KINDS:
            some = [each for each in follows if each.kind == kind]
            for ids in split_ids(client, some):
                scenes, has_more = read_announced(client, kind, ids, today)
                is_cut = is_cut or has_more
                cards.update(
                    {each.id: each.card for each in scenes if is_let_through_by_any(some, kind, each, contexts)}
                )
    finally:
        client.close()
    owned = find_owned_scenes(call.stash, call.store, box.endpoint, list(cards))
    marks = find_marked_ids(call.store, box.endpoint, list(cards))
    gone = {*owned.linked, *owned.sure_files, *marks.ignored}
    return Announced(
        [{**card, "wanted": each in marks.wanted} for each, card in cards.items() if each not in gone], is_cut
    )


def read_announced(
    client: StashBoxClient, kind: str, ids: Sequence[str], today: str
) -> tuple[list[FollowedScene], bool]:
    """Return the next scenes after today of these performers or studios, and True if the box has more.

    `list_announced` calls it.
    """
    scenes = client.list_scenes(choose_filter(kind, ids)._replace(after=today), sort=RELEASED, direction="ASC")
    found: list[FollowedScene] = []
    for number in range(1, MOST_PAGES + 1):
        page = scenes.read_page(number, wants_total=False)
        found += [make_followed_scene(each, client.box) for each in page.scenes]
        if not page.has_more:
            return found, False
    return found, True


def is_let_through_by_any(
    follows: Sequence[Follow], kind: str, scene: FollowedScene, contexts: Mapping[int, RuleContext]
) -> bool:
    """Return True if the scene is of one of these follows, and its rules let it through. `list_announced` calls it."""
    about = find_ids_of_scene(kind, scene)
    return any(not about.isdisjoint(each.ids) and is_let_through(each, scene, contexts) for each in follows)

"""The scenes that a box announces of all that is followed, for Coming up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from missing.follow.box_scenes import KINDS, RELEASED, choose_filter, find_ids_of_scene, split_ids
from missing.follow.check import is_let_through
from missing.follow.rules import FollowedScene, make_followed_scene
from missing.follow.store import Follow, list_follows
from missing.marks.store import find_marked_ids
from missing.owned.by_id import find_owned_scenes
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.box import TPDB, find_box
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_PAGES = 5


def list_announced(call: Call, box: Box, today: str) -> list[dict[str, Any]]:
    """Return the cards of scenes after today that the rules let through, without owned and ignored ones.

    Raises the box's error. ThePornDB is not asked: it lists one performer at a time, and not from a day on.
    """
    follows = [each for each in list_follows(call.store) if find_box([box], each.endpoint)]
    if not follows or box.kind == TPDB:
        return []
    client = open_client(call, box)
    try:
        cards = {scene.id: scene.card for scene in read_announced(call, client, follows, today)}
    finally:
        client.close()
    owned = find_owned_scenes(call.stash, call.store, box.endpoint, list(cards))
    marks = find_marked_ids(call.store, box.endpoint, list(cards))
    gone = {*owned.linked, *owned.sure_files, *marks.ignored}
    return [{**card, "wanted": each in marks.wanted} for each, card in cards.items() if each not in gone]


def read_announced(
    call: Call, client: StashBoxClient, follows: Sequence[Follow], today: str
) -> Iterator[FollowedScene]:
    """Yield the scenes after today of performers and of studios that the rules of one of these let through."""
    for kind in KINDS:
        some = [each for each in follows if each.kind == kind]
        for ids in split_ids(client, some):
            wanted = choose_filter(kind, ids)._replace(after=today)
            scenes = client.list_scenes(wanted, sort=RELEASED, direction="ASC")
            for number in range(1, MOST_PAGES + 1):
                page = scenes.read_page(number, wants_total=False)
                for scene in (make_followed_scene(each, client.box) for each in page.scenes):
                    about = find_ids_of_scene(kind, scene)
                    if any(not about.isdisjoint(each.ids) and is_let_through(call, each, scene) for each in some):
                        yield scene
                if not page.has_more:
                    break

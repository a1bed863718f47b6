"""The records at a box of what is followed: merged and deleted ones, and the sub-studios of studios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from missing.boxes.entity_lookup import EntityLookup, read_entity_outcome
from missing.follow.rules import FollowRules
from missing.follow.store import Follow, move_follow, save_problem
from shared.runtime.clock import is_recent
from shared.stash_box import LookupFailed, Outcome, StashBoxClient
from shared.stash_box.box import TPDB

if TYPE_CHECKING:
    from shared.runtime.call import Call

LOOKED_UP = "follow.looked_up"
LOOK_UP_AFTER = 7 * 86_400.0


def refresh_entities(call: Call, client: StashBoxClient, follows: Sequence[Follow]) -> list[Follow]:
    """Look up the follows of a box once a week, many in one request; return those whose scenes can be asked for.

    The check calls it. An id that was merged or deleted finds no scenes, which would look like nothing new. A merged
    one is followed under its new id; for one that is gone the problem is saved, and it is looked up at each check.
    """
    endpoint, now = client.box.endpoint, call.clock.now()
    if client.box.kind == TPDB:
        return list(follows)
    known = call.store.kv.get(LOOKED_UP, {str: float}, {})
    is_due = not is_recent(known.get(endpoint, 0.0), now, LOOK_UP_AFTER)
    doubtful = [each for each in follows if is_due or each.problem]
    usable = [each for each in follows if each not in doubtful]
    for kind in ("performer", "studio"):
        usable += look_up_kind(call, client, kind, [each for each in doubtful if each.kind == kind])
    if is_due:
        call.store.kv.put(LOOKED_UP, {**known, endpoint: now})
    return usable


def look_up_kind(call: Call, client: StashBoxClient, kind: str, follows: Sequence[Follow]) -> Iterator[Follow]:
    """Look up these performers or studios at the box, and yield those that it has; a merged one with its new id.

    For one that the box deleted, its problem is saved. Raise the error of a failed lookup. `refresh_entities` calls it.
    """
    look_up = client.look_up_performers if kind == "performer" else client.look_up_studios
    outcomes: dict[str, Outcome[Any]] = {}
    for piece in look_up([each.stash_id for each in follows]):
        outcomes.update(piece)
    for follow in follows:
        outcome = outcomes[follow.stash_id]
        if isinstance(outcome, LookupFailed):
            raise outcome.error
        lookup = read_entity_outcome(outcome, client.box.name, kind, (follow.stash_id,))
        if lookup.ids:
            yield move_if_merged(call, client, follow, lookup)
        else:
            save_problem(call.store, [follow], lookup.notice)


def move_if_merged(call: Call, client: StashBoxClient, follow: Follow, lookup: EntityLookup) -> Follow:
    """Return the follow with the present id and sub-studios of its record; save them if they have changed.

    `look_up_kind` calls it.
    """
    network = read_network(client, follow.kind, follow.rules, lookup.ids[0])
    if (lookup.ids[0], network) != (follow.stash_id, follow.network):
        move_follow(call.store, follow, lookup.ids[0], network)
    return follow._replace(stash_id=lookup.ids[0], network=network)


def read_network(client: StashBoxClient, kind: str, rules: FollowRules, stash_id: str) -> tuple[str, ...]:
    """Return the ids of a studio's sub-studios if the rules ask for them, else none.

    Saving, checking and previewing a follow call it.
    """
    return tuple(client.find_network(stash_id)) if kind == "studio" and rules.network else ()

"""Decides which links to boxes a scene gets, because a box has its files. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.links import Pair, find_links
from performers.boxes.record_cache import GONE
from performers.identity.conflict_kinds import TAKEN
from performers.identity.conflict_store import IdentityConflict
from performers.identity.decision_store import IDENTITY, LINKED, NEVER, NOT, Decisions
from performers.identity.evidence import IdentityMatch
from performers.identity.link_state import LinkFacts
from performers.library.view import show_remote
from performers.sync.plan import WrittenBefore
from shared.journal import Item


class ScenePrints(NamedTuple):
    """A scene with its links, its earlier writes, and what a person decided about its links."""

    item: Item
    links: Sequence[Pair]
    past: WrittenBefore
    decided: Decisions


class ChosenLinks(NamedTuple):
    """The matches that become links, by endpoint, and those that a person must decide."""

    matches: Mapping[str, IdentityMatch]
    conflicts: Sequence[IdentityConflict]


def choose_links(
    scene: ScenePrints, known: Sequence[LinkFacts], found: Mapping[str, Mapping[int, IdentityMatch]]
) -> ChosenLinks:
    """Return which records found by fingerprints become links, and which a person decides, for `SceneFieldPlanner`."""
    matches: dict[str, IdentityMatch] = {}
    conflicts: list[IdentityConflict] = []
    for facts in known:
        match = found.get(facts.box.endpoint, {}).get(int(scene.item.id))
        if match is None or not may_link(scene, facts, match):
            continue
        rivals = [row for row in facts.owners.get(match.remote_id, ()) if str(row["id"]) != scene.item.id]
        if rivals:
            conflicts.append(explain_taken(scene.item, facts, match, rivals))
        else:
            matches[facts.box.endpoint] = match
    return ChosenLinks(matches, conflicts)


def may_link(scene: ScenePrints, facts: LinkFacts, match: IdentityMatch) -> bool:
    """Return True if a match may become a link: the scene has none, the record lives, and no person decided otherwise.

    `choose_links` calls it. A link of ours that the scene lacks now was removed by a person.
    """
    box, answer = facts.box, facts.answers.get(match.remote_id)
    if "stash_ids" in scene.past.locked or find_links(scene.links, box) or (answer and answer.state == GONE):
        return False
    about = (scene.item.kind, int(scene.item.id), IDENTITY, box.endpoint)
    return scene.decided.find(*about, match.remote_id) not in (NOT, LINKED) and scene.decided.find(*about) != NEVER


def explain_taken(
    item: Item, facts: LinkFacts, match: IdentityMatch, rivals: Sequence[Mapping[str, Any]]
) -> IdentityConflict:
    """Return the conflict about a record that another scene of the library (`rivals`) is linked to already.

    `choose_links` calls it.
    """
    box, answer = facts.box, facts.answers.get(match.remote_id)
    names = ", ".join(f"{row['name'] or 'scene'} ({row['id']})" for row in rivals)
    message = f"{match.reason} {names} has this record already. The two may be the same scene."
    remote = [show_remote(item.kind, box, match.remote_id, answer.values if answer else {}, [match.reason])]
    others = [{"id": int(row["id"]), "evidence": [f"It has this record at {box.name}."]} for row in rivals]
    about = (item.kind, int(item.id), item.label, TAKEN, box.endpoint)
    return IdentityConflict(*about, message, match.remote_id, remote, others)

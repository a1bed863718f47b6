"""Examines an object's links: each leads to a record, to its successor, or to none. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from performers.boxes.conversion import SourceOffer
from performers.boxes.links import Pair, find_links
from performers.boxes.record_cache import FOUND, GONE, MERGED, CachedRecord
from performers.identity.conflict_kinds import DOUBTED, ID_TWICE, SHARED
from performers.identity.conflict_kinds import MERGED as MERGED_PAIR
from performers.identity.conflict_store import IdentityConflict
from performers.identity.evidence import IdentityMatch
from performers.library.view import show_remote
from shared.bundle.link_doubts import LinkDoubt
from shared.journal import Entry, Finding, Item, add_member, remove_member
from shared.stash_box import Box

NO_HOLDERS: Mapping[str, Sequence[Mapping[str, Any]]] = {}
NO_DOUBTS: Mapping[tuple[str, str], LinkDoubt] = {}
REASONS = {
    "moved": "the stash-box moved your file's fingerprint to another scene",
    "elsewhere": "the stash-box knows your file as another scene",
    "stronger": "more users submitted your file for another scene",
    "reported": "users reported your file there as wrong",
    "length": "the lengths are far apart",
    "shared_other": "another video of yours has the same link",
}


class LinkFacts(NamedTuple):
    """A box's cached answers about links, and the owners of records.

    `owners` has those of successor records, in Stash or planned by this run; `holders` those of linked records.
    `doubts` are what Tag Manager's link doctor says about links, by object and record.
    """

    box: Box
    answers: Mapping[str, CachedRecord]
    owners: dict[str, list[Mapping[str, Any]]]
    holders: Mapping[str, Sequence[Mapping[str, Any]]] = NO_HOLDERS
    doubts: Mapping[tuple[str, str], LinkDoubt] = NO_DOUBTS


class LinkState(NamedTuple):
    """The result for one object: offered values, link changes, conflicts, and how many links had no answer."""

    offers: list[SourceOffer]
    entries: list[Entry]
    conflicts: list[IdentityConflict]
    unanswered: int


def examine_links(item: Item, links: Sequence[Pair], known: Sequence[LinkFacts]) -> LinkState:
    """Return the state of all links of one object, box by box in the order of `known`, which is the user's order.

    `EntityPlanner` and `SceneFieldPlanner` call it.
    """
    state = LinkState([], [], [], 0)
    for facts in known:
        at_box = find_links(links, facts.box)
        live = [pair for pair in at_box if is_live(facts.answers.get(pair[1]))]
        if len({find_present_id(pair[1], facts.answers) for pair in live}) > 1:
            state.conflicts.append(explain_two_ids(item, facts, [pair[1] for pair in live]))
            continue
        state = state._replace(unanswered=state.unanswered + sum(pair[1] not in facts.answers for pair in at_box))
        for pair in at_box:
            examine_link(item, links, pair, facts, state)
    return state


def is_live(answer: CachedRecord | None) -> bool:
    """Return True if the box still has the record or its successor; `examine_links` calls it."""
    return answer is not None and answer.state in (FOUND, MERGED)


def find_present_id(remote_id: str, answers: Mapping[str, CachedRecord]) -> str:
    """Return the record's present id: its successor's if it was merged, else its own; `examine_links` calls it."""
    return answers[remote_id].into or remote_id


def examine_link(item: Item, links: Sequence[Pair], pair: Pair, known: LinkFacts, state: LinkState) -> None:
    """Add to the state what one link means: an offer, a change to the successor, a conflict, or a note.

    `examine_links` calls it.
    """
    answer, box = known.answers.get(pair[1]), known.box
    if answer is None:
        return
    if answer.state == GONE:
        message = f"{box.name} no longer has {pair[1]}. The link and all data stay as they are."
        state.entries.append(Finding(item, "skipped", message, "stash_ids", box.endpoint))
        return
    others = [row for row in known.holders.get(pair[1], ()) if str(row["id"]) != item.id]
    if answer.state == FOUND and others:
        state.conflicts.append(explain_shared_record(item, known, pair[1], others))
    if answer.state == MERGED:
        rivals = [row for row in known.owners.get(answer.into, ()) if str(row["id"]) != item.id]
        if rivals:
            state.conflicts.append(explain_merged_pair(item, known, answer, rivals))
            return
        follow_merge(item, links, pair, known, state)
    doubt = known.doubts.get((item.id, pair[1]))
    if doubt is not None:
        state.conflicts.append(explain_doubt(item, known, pair[1], doubt))
    elif not any(offer.endpoint == box.endpoint for offer in state.offers):
        state.offers.append(SourceOffer(box.endpoint, box.name, answer.values, answer.before))


def follow_merge(item: Item, links: Sequence[Pair], pair: Pair, known: LinkFacts, state: LinkState) -> None:
    """Add to the state the changes that replace a merged id by its successor's; `examine_link` calls it."""
    into = known.answers[pair[1]].into
    reason = f"{known.box.name} merged {pair[1]} into {into}."
    source = known.box.endpoint
    state.entries.append(remove_member(item, "stash_ids", list(pair), source=source, reason=reason))
    if [pair[0], into] not in [list(each) for each in links]:
        state.entries.append(add_member(item, "stash_ids", [pair[0], into], source=source, reason=reason))


def explain_two_ids(item: Item, known: LinkFacts, ids: Sequence[str]) -> IdentityConflict:
    """Return the conflict of an object with several records at one box; `examine_links` calls it."""
    box = known.box
    message = f"It has {len(ids)} different ids at {box.name}; keep the right one, then run again."
    remote = [show_remote(item.kind, box, each, known.answers[each].values) for each in ids]
    return IdentityConflict(item.kind, int(item.id), item.label, ID_TWICE, box.endpoint, message, "", remote)


def explain_shared_record(
    item: Item, known: LinkFacts, remote_id: str, others: Sequence[Mapping[str, Any]]
) -> IdentityConflict:
    """Return the conflict about library objects that are linked to the same record of a box, for `examine_link`.

    Each of these objects leads to the same conflict, which is stored for the newest of them.
    """
    box, rows = known.box, sorted([{"id": item.id, "name": item.label}, *others], key=lambda row: int(row["id"]))
    newest = rows.pop()
    names = ", ".join(f"{row['name']} ({row['id']})" for row in rows)
    message = f"{names} has the same record at {box.name}. Merge them, or take the id away where it is wrong."
    local = [{"id": int(row["id"]), "evidence": [f"The same record at {box.name}."]} for row in rows]
    remote = [show_remote(item.kind, box, remote_id, known.answers[remote_id].values)]
    about = (item.kind, int(newest["id"]), str(newest["name"]), SHARED, box.endpoint)
    return IdentityConflict(*about, message, remote_id, remote, local)


def explain_doubt(item: Item, known: LinkFacts, remote_id: str, doubt: LinkDoubt) -> IdentityConflict:
    """Return the conflict of a scene whose link the link doctor of Tag Manager doubts; `examine_link` calls it."""
    reasons = [REASONS[each] for each in doubt.codes.split() if each in REASONS]
    message = (
        f"The Link doctor of Tag Manager doubts the link to {known.box.name}: {'; '.join(reasons)}. "
        "Nothing is taken from there until you repair the link or call it right."
    )
    remote = [show_remote(item.kind, known.box, remote_id, known.answers[remote_id].values)]
    about = (item.kind, int(item.id), item.label, DOUBTED, known.box.endpoint)
    return IdentityConflict(*about, message, remote_id, remote)


def explain_merged_pair(
    item: Item, known: LinkFacts, answer: CachedRecord, rivals: Sequence[Mapping[str, Any]]
) -> IdentityConflict:
    """Return the conflict of two library objects whose records the box has merged; `examine_link` calls it."""
    box, names = known.box, ", ".join(f"{row['name']} ({row['id']})" for row in rivals)
    message = f"{box.name} merged it with {names}. Merge yours, too?"
    others = [{"id": int(row["id"]), "evidence": [f"{box.name} merged the two."]} for row in rivals]
    remote = [show_remote(item.kind, box, answer.into, answer.values)]
    about = (item.kind, int(item.id), item.label, MERGED_PAIR, box.endpoint)
    return IdentityConflict(*about, message, answer.into, remote, others)


def add_matches(
    item: Item, known: Sequence[LinkFacts], matches: Mapping[str, IdentityMatch], state: LinkState
) -> LinkState:
    """Return the state with the links that matching found, and the values of their records in the boxes' order.

    The planners call it.
    """
    offers = {offer.endpoint: offer for offer in state.offers}
    for facts in known:
        endpoint, match = facts.box.endpoint, matches.get(facts.box.endpoint)
        if match is None:
            continue
        link = [endpoint, match.remote_id]
        state.entries.append(add_member(item, "stash_ids", link, source=endpoint, reason=match.reason))
        answer = facts.answers.get(match.remote_id)
        if answer is not None:
            offers[endpoint] = SourceOffer(endpoint, facts.box.name, answer.values, answer.before)
    order = [facts.box.endpoint for facts in known]
    return state._replace(offers=sorted(offers.values(), key=lambda offer: order.index(offer.endpoint)))

"""Operations of the Conflicts tab: list the conflicts with both sides, and decide one."""

from __future__ import annotations

from shared.counted_words import count_things

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.links import find_links
from performers.boxes.sources import read_sources
from performers.conflicts.gone_links import remove_links
from performers.conflicts.pairs import IS_FIRST, PAIRED, find_twins, join_twins
from performers.conflicts.reopen import keep_conflict
from performers.identity.conflict_kinds import (
    ALIAS,
    DOUBTED,
    FAVORITE_ALIAS,
    ID_TWICE,
    MERGED,
    NAME,
    NAME_TAKEN,
    SHARED,
    TAKEN,
    URL,
)
from performers.identity.conflict_store import (
    IdentityConflict,
    add_conflict,
    close_conflicts,
    count_unused_conflicts,
    drop_conflicts_of_boxes,
    list_numbers,
    read_row,
)
from performers.identity.decision_store import IDENTITY, LINK, NEVER, NOT, PersonDecision, store_decision
from performers.library.entities import select_objects
from performers.library.kinds import ANY_SYNCED, SCENE
from performers.library.view import read_locals
from performers.sync.operations import update_item
from shared.arguments import choice, ident, paging, takes, text
from shared.bundle.link_doubts import LinkDoubts, read_doubts
from shared.errors import UsageError
from shared.page.paging import format_time, read_page
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call

TITLES = {
    NAME: "Is this the right one?",
    ALIAS: "Found under an alias",
    URL: "Same links, other facts",
    TAKEN: "The record is linked to another one",
    MERGED: "Merged at the stash-box",
    ID_TWICE: "Two IDs of one stash-box",
    NAME_TAKEN: "The name is taken",
    FAVORITE_ALIAS: "A favorite's name is an alias of yours",
    SHARED: "Two of yours have the same record",
    DOUBTED: "Is this the right scene?",
}
CHOICES: dict[str, tuple[str, ...]] = {
    NAME: (LINK, NOT, NEVER),
    ALIAS: (LINK, NOT, NEVER),
    URL: (LINK, NOT, NEVER),
    FAVORITE_ALIAS: (LINK, NOT, NEVER),
    TAKEN: ("merge", NOT, NEVER),
    MERGED: ("merge", NEVER),
    ID_TWICE: (LINK, NEVER),
    NAME_TAKEN: ("merge", NEVER),
    SHARED: ("merge", NEVER),
    DOUBTED: (NEVER,),
}
NO_MERGE = ("merge", LINK)  # a scene is merged on its own page in Stash, and has one id at a box
ABOUT = """FROM conflicts WHERE (? = '' OR kind = ?) AND (? = 0 OR item = ?)
    AND endpoint NOT IN (SELECT value FROM json_each(?))"""
PAGE = f"SELECT * {ABOUT} AND {IS_FIRST} AND (? = '' OR what = ?) ORDER BY found DESC, key LIMIT ? OFFSET ?"
COUNTS = f"SELECT what, count(*) AS n {ABOUT} AND {IS_FIRST} GROUP BY what"


def list_conflicts(call: Call) -> dict[str, Any]:
    """Return a page of open conflicts, the newest first, of the kind, type or object that the arguments name.

    `tidy_and_list_conflicts` calls it.
    """
    page = read_page(call.args)
    kind, what, item = call.args["kind"], call.args["what"], call.args["id"] or 0
    asleep = count_unused_conflicts(call.store, [box.endpoint for box in read_sources(call)])
    unused = json.dumps(list(asleep))
    about = (kind, kind, item, item, unused, unused)
    rows = call.store.read(PAGE, (*about, what, what, page.size, page.offset))
    counts = call.store.read(COUNTS, about)
    by_what = {row["what"]: row["n"] for row in counts}
    count = by_what.get(what, 0) if what else sum(by_what.values())
    shown = show_conflicts(call, rows, asleep)
    resting = {"boxes": list(asleep), "count": sum(asleep.values())}
    return {"count": count, "counts": by_what, "conflicts": shown, "asleep": resting}


@takes(ANY_SYNCED, choice("what", tuple(TITLES), ""), ident("id", None), *paging())
def tidy_and_list_conflicts(call: Call) -> dict[str, Any]:
    """Operation `conflicts`: return a page of open conflicts after closing those whose object was deleted in Stash."""
    close_settled_doubts(call)
    page = list_conflicts(call)
    while gone := [each["key"] for each in page["conflicts"] if each["local"] is None]:
        close_conflicts(call.store, gone)
        page = list_conflicts(call)
    return page


def close_settled_doubts(call: Call) -> None:
    """Close the doubts about links that a person has called right or repaired in Tag Manager since they were found.

    `tidy_and_list_conflicts` calls it.
    """
    rows = [read_row(row) for row in call.store.read("SELECT * FROM conflicts WHERE what = ?", (DOUBTED,))]
    doubts = read_doubts(call) if rows else LinkDoubts()
    close_conflicts(call.store, [each.key for each in rows if not doubts.find(each.endpoint, each.subject, each.item)])


@takes()
def drop_unused_conflicts(call: Call) -> dict[str, Any]:
    """Operation `conflicts_drop`: delete the conflicts with boxes that are not in use.

    A sync with the box finds them again.
    """
    asleep = count_unused_conflicts(call.store, [box.endpoint for box in read_sources(call)])
    drop_conflicts_of_boxes(call.store, list(asleep))
    count = sum(asleep.values())
    return {"message": f"{count_things(count, 'conflict')} forgotten. A sync with the box asks again."}


def show_conflicts(call: Call, rows: Sequence[Any], unused: Collection[str]) -> list[dict[str, Any]]:
    """Return stored conflicts as the page shows them, with the present library objects, one request per kind.

    `list_conflicts` calls it; `unused` are the boxes that are not in use.
    """
    found = [(read_with_twins(call, row, unused), row["found"]) for row in rows]
    boxes = {normalize_endpoint(box.endpoint): box.name for box in read_sources(call)}
    shown_objects: dict[tuple[str, int], dict[str, Any]] = {}
    for kind in {each.kind for each, _ in found}:
        numbers = {number for each, _ in found if each.kind == kind for number in list_numbers(each)}
        rows_here = read_locals(call.stash, kind, sorted(numbers))
        shown_objects.update({(kind, number): shown for number, shown in rows_here.items()})
    return [show_conflict(each, made, boxes, shown_objects) for each, made in found]


def read_with_twins(call: Call, row: Any, unused: Collection[str]) -> IdentityConflict:
    """Return the conflict in a row, joined with those of other boxes about the same pair, for `show_conflicts`."""
    conflict = read_row(row)
    twins = find_twins(call.store, conflict.key, unused) if conflict.what in PAIRED else []
    return join_twins(conflict, twins, {box.endpoint: box.name for box in read_sources(call)}) if twins else conflict


def show_conflict(
    conflict: IdentityConflict,
    made: float,
    boxes: Mapping[str, str],
    shown_objects: Mapping[tuple[str, int], dict[str, Any]],
) -> dict[str, Any]:
    """Return one conflict as the page shows it, with both sides and the decisions it allows.

    `show_conflicts` calls it.
    """
    others = [(shown_objects.get((conflict.kind, int(each["id"]))), each["evidence"]) for each in conflict.local]
    return {
        "key": conflict.key,
        "kind": conflict.kind,
        "what": conflict.what,
        "title": TITLES[conflict.what],
        "message": conflict.message,
        "item": {"kind": conflict.kind, "id": str(conflict.item), "label": conflict.label},
        "endpoint": conflict.endpoint,
        "box": boxes.get(normalize_endpoint(conflict.endpoint), conflict.endpoint),
        "local": shown_objects.get((conflict.kind, conflict.item)),
        "candidates": [*conflict.remote, *({**one, "evidence": why} for one, why in others if one)],
        "decisions": [each for each in CHOICES[conflict.what] if conflict.kind != SCENE or each not in NO_MERGE],
        "found_at": format_time(made),
    }


@takes(
    text("key"),
    choice("decision", (LINK, NOT, NEVER)),
    text("remote_id", "", "needed for `link` and `not`"),
    text("endpoint", "", "has no effect: the conflict knows its box"),
)
def decide_conflict(call: Call) -> dict[str, Any]:
    """Operation `conflict_decide`: carry out and store a decision: this record, not this record, or never ask again."""
    conflict = find_conflict(call, call.args["key"])
    decision, remote_id = call.args["decision"], call.args["remote_id"]
    if decision != NEVER and not remote_id:
        raise UsageError(f'The decision "{decision}" needs the record it is about ("remote_id").')
    if decision == NEVER:
        return never_ask(call, conflict)
    keep_conflict(call, conflict)
    if decision == LINK:
        return (
            keep_one_link(call, conflict, remote_id)
            if conflict.what == ID_TWICE
            else link_record(call, conflict, remote_id)
        )
    remember_decision(call, conflict, decision, remote_id)
    drop_candidate(call, conflict, remote_id)
    return {"message": "This record will not be proposed again.", "run": None, "problems": {}}


def never_ask(call: Call, conflict: IdentityConflict) -> dict[str, Any]:
    """Store that a person is not asked again, for all boxes that name the same pair; `decide_conflict` calls this."""
    alike = [conflict, *find_twins(call.store, conflict.key)]
    for each in alike:
        keep_conflict(call, each, twins=[other.key for other in alike if other is not each])
        remember_decision(call, each, NEVER, "")
    close_conflicts(call.store, [each.key for each in alike])
    return {"message": "You will not be asked about this again.", "run": None, "problems": {}}


def find_conflict(call: Call, key: str) -> IdentityConflict:
    """Return the open conflict with this key, or the one behind a stored decision, which may be decided again.

    `decide_conflict` calls it.
    """
    row = call.store.first("SELECT * FROM conflicts WHERE key = ?", (key,))
    if row is not None:
        return read_row(row)
    row = call.store.first("SELECT * FROM decisions WHERE key = ? AND what = ?", (key, IDENTITY))
    if row is None:
        raise UsageError("This conflict is no longer open. Load the list again.")
    return IdentityConflict(row["kind"], row["item"], row["label"], NAME, row["endpoint"], row["reason"])


def remember_decision(call: Call, conflict: IdentityConflict, verdict: str, subject: str) -> None:
    """Store the decision of a conflict operation together with the conflict's names and message.

    `decide_conflict` and `link_record` call it.
    """
    names = {each["remote_id"]: each["name"] or "" for each in conflict.remote}
    about = (conflict.kind, conflict.item, conflict.endpoint, conflict.about)
    subject = subject if conflict.about == IDENTITY else conflict.subject
    decision = PersonDecision(*about, subject, verdict, conflict.label, names.get(subject, ""), conflict.message)
    store_decision(call.store, decision, call.clock.now())


def drop_candidate(call: Call, conflict: IdentityConflict, remote_id: str) -> None:
    """Remove a refused record from its conflict, and close the conflict when no candidate is left.

    `decide_conflict` calls it.
    """
    rest = [each for each in conflict.remote if each["remote_id"] != remote_id]
    close_conflicts(call.store, [conflict.key])
    if rest and conflict.about == IDENTITY:
        add_conflict(call.store, conflict._replace(remote=rest), call.clock.now())


def link_record(call: Call, conflict: IdentityConflict, remote_id: str) -> dict[str, Any]:
    """Link the object to the chosen record and take its values in one run, for `decide_conflict`; return the run."""
    refuse_taken(call, conflict, remote_id)
    row = select_objects(call.stash, conflict.kind).get(conflict.item, "name stash_ids { endpoint stash_id }")
    if row is None:
        raise UsageError(f"Stash has no {conflict.kind} {conflict.item} any more.")
    links = [(each["endpoint"], each["stash_id"]) for each in row["stash_ids"]]
    wanted = normalize_endpoint(conflict.endpoint)
    box = next((each for each in read_sources(call) if normalize_endpoint(each.endpoint) == wanted), None)
    if box is None:
        raise UsageError(f"{conflict.endpoint} is not among the stash-boxes of Stash, or it is switched off.")
    if find_links(links, box):
        raise UsageError(f"{row['name']} has an id of {box.name} already. Take that one away first.")
    remember_decision(call, conflict._replace(what=NAME, endpoint=box.endpoint), LINK, remote_id)
    titles = (f"Link {row['name']}", f"Linked {row['name']} to {box.name}: {{changes value}}")
    answer = update_item(call, conflict.kind, conflict.item, titles, box.endpoint, dry_run=False)
    close_conflicts(call.store, [conflict.key])
    return answer


def keep_one_link(call: Call, conflict: IdentityConflict, remote_id: str) -> dict[str, Any]:
    """Remove all ids of the box but the chosen one in one run, for `decide_conflict`, and return the run."""
    others = [each["remote_id"] for each in conflict.remote if each["remote_id"] != remote_id]
    reason = f"You kept {remote_id}."
    answer = remove_links(call, conflict.kind, conflict.item, conflict.endpoint, others, reason)
    close_conflicts(call.store, [conflict.key])
    return answer


def refuse_taken(call: Call, conflict: IdentityConflict, remote_id: str) -> None:
    """Raise if another library object is linked to the record that a person chose for this conflict.

    `link_record` calls it.
    """
    owners = select_objects(call.stash, conflict.kind).find_linked(conflict.endpoint, [remote_id], "name")
    others = [row for row in owners.get(remote_id, ()) if int(row["id"]) != conflict.item]
    if others:
        names = ", ".join(f"{row['name']} ({row['id']})" for row in others)
        raise UsageError(f"{names} has this record already. Merge the two, or take the link away there first.")

"""Finds duplicates within the library without asking a box, stores the pairs, and lists them for the page."""

from __future__ import annotations

from shared.counted_words import count_things
from shared.state.json_column import JsonColumn
from performers.identity.conflict_store import BODY

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.identity.conflict_kinds import MERGED, TAKEN
from performers.identity.decision_store import DUPLICATE, NOT, PersonDecision, store_decision
from performers.identity.match import COMPARED_FIELDS
from performers.library.entities import list_fields, select_objects
from performers.library.kinds import ANY_KIND, KINDS, PERFORMER, STUDIO
from performers.library.view import read_locals
from performers.merge.duplicate_evidence import ComparedEntity, DuplicatePair, find_pairs, read_entity
from performers.merge.live_links import LiveLinks
from shared.arguments import flag, paging, takes, text
from shared.errors import UsageError
from shared.page.paging import format_time, read_page
from shared.stash_box import Box
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

PIECE = 1000
SCANNED_AT = "duplicates.{}"
WORDS = {PERFORMER: "performers", STUDIO: "studios"}
PAIR_KEY = re.compile(r"(performer|studio)\|([0-9]{1,18})\|([0-9]{1,18})")
BOX_SCORE = 95  # of a pair that is one record at a box
OPEN = """FROM duplicates d WHERE (? = '' OR d.kind = ?) AND NOT EXISTS (SELECT 1 FROM decisions c WHERE
    c.key = d.kind || '|' || d.first || '|duplicate||' || d.second)"""
EVIDENCE = JsonColumn("duplicates", "evidence", list, "[]")


@takes(ANY_KIND)
def find_duplicates(call: Call) -> dict[str, Any]:
    """Task Find Duplicates: compare performers and studios that share an id, URL or name; store the likely pairs."""
    counts = {kind: scan_kind(call, kind) for kind in list_kinds(call)}
    counted = (f"{count_things(count, 'pair')} of {WORDS[kind]}" for kind, count in counts.items())
    message = f"{' and '.join(counted)} may be duplicates."
    call.log.info(message)
    return {"message": message, "counts": counts}


def list_kinds(call: Call) -> tuple[str, ...]:
    """Return the kinds that the arguments of the duplicates' task or operation name: one, or both."""
    return (call.args["kind"],) if call.args["kind"] else KINDS


def scan_kind(call: Call, kind: str) -> int:
    """Compare all objects of one kind, store the pairs, and return their number; task and operation call this."""
    objects, stash = select_objects(call.stash, kind), call.stash
    fields = " ".join(name for name in list_fields(stash, kind) if name in COMPARED_FIELDS)
    ids = objects.ids()
    entities: list[ComparedEntity] = []
    for rows in objects.stream(ids, f"{fields} stash_ids {{ endpoint stash_id }}", size=PIECE):
        entities.extend(read_entity(row) for row in rows)
        call.progress(len(entities) / max(len(ids), 1))
    pairs = {(each.first, each.second): each for each in find_pairs(entities)}
    names = {each.number for each in entities}
    for pair in read_pairs_of_boxes(call, kind):
        if {pair.first, pair.second} <= names:
            found = pairs.get((pair.first, pair.second), pair)
            pairs[pair.first, pair.second] = found._replace(
                score=max(found.score, BOX_SCORE), evidence=list(dict.fromkeys([*pair.evidence, *found.evidence]))
            )
    store_pairs(call, kind, pairs.values())
    return len(pairs)


def read_pairs_of_boxes(call: Call, kind: str) -> list[DuplicatePair]:
    """Return the pairs that boxes imply: one record for both, or a merge of two records that both exist.

    `scan_kind` stores them.
    """
    rows = call.store.read(
        "SELECT item, body, message FROM conflicts WHERE kind = ? AND what IN (?, ?)", (kind, TAKEN, MERGED)
    )
    return [
        DuplicatePair(min(row["item"], other["id"]), max(row["item"], other["id"]), BOX_SCORE, [row["message"]])
        for row in rows
        for other in BODY.read(row["body"])["local"]
    ]


def store_pairs(call: Call, kind: str, pairs: Iterable[DuplicatePair]) -> None:
    """Store the pairs of a scan in place of the last scan's; `scan_kind` calls it."""
    rows = [(kind, each.first, each.second, each.score, json.dumps(list(each.evidence))) for each in pairs]
    with call.store.write() as db:
        db.execute("DELETE FROM duplicates WHERE kind = ?", (kind,))
        db.executemany("INSERT INTO duplicates VALUES (?, ?, ?, ?, ?)", rows)
    call.store.kv.put(SCANNED_AT.format(kind), call.clock.now())


@takes(ANY_KIND, flag("refresh", False, "scans at once"), *paging())
def list_duplicates(call: Call) -> dict[str, Any]:
    """Operation `duplicates`: return a page of pairs that were not dismissed, the likeliest first.

    With `refresh` the library is compared before.
    """
    kinds = list_kinds(call)
    if call.args["refresh"]:
        for kind in kinds:
            scan_kind(call, kind)
    return show_page(call, kinds)


def show_page(call: Call, kinds: Sequence[str]) -> dict[str, Any]:
    """Return one page of pairs after deleting pairs of which one object is gone; `list_duplicates` calls it."""
    page, kind = read_page(call.args), kinds[0] if len(kinds) == 1 else ""
    count = call.store.first(f"SELECT count(*) AS n {OPEN}", (kind, kind))["n"]
    rows = call.store.read(
        f"SELECT * {OPEN} ORDER BY score DESC, kind, first, second LIMIT ? OFFSET ?",
        (kind, kind, page.size, page.offset),
    )
    shown = show_pairs(call, rows)
    keys = {each["key"] for each in shown}
    gone = [row for row in rows if make_key(row) not in keys]
    if gone:
        drop_pairs(call, gone)
        return show_page(call, kinds)
    return {"count": count, "made_at": find_scan_time(call, kinds), "duplicates": shown}


def find_scan_time(call: Call, kinds: Sequence[str]) -> str | None:
    """Return when all these kinds were last compared, None if one never was; the list and the Overview show it."""
    made = [call.store.kv.get(SCANNED_AT.format(each), float) for each in kinds]
    return format_time(min(each for each in made if each)) if all(made) else None


def make_key(row: Any) -> str:
    """Return the key by which the page names a stored pair of duplicates."""
    return f"{row['kind']}|{row['first']}|{row['second']}"


def drop_pairs(call: Call, rows: Iterable[Any]) -> None:
    """Delete stored pairs of which one object was deleted in Stash; the list of duplicates begins with it."""
    with call.store.write() as db:
        pairs = [(row["kind"], row["first"], row["second"]) for row in rows]
        db.executemany("DELETE FROM duplicates WHERE kind = ? AND first = ? AND second = ?", pairs)


def show_pairs(call: Call, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return pairs with their present objects as the list of duplicates shows them.

    A pair with a deleted object is left out.
    """
    found = list(rows)
    shown_objects: dict[tuple[str, int], dict[str, Any]] = {}
    linked: dict[tuple[str, int], dict[str, Any]] = {}
    for kind in {row["kind"] for row in found}:
        numbers = sorted({each for row in found if row["kind"] == kind for each in (row["first"], row["second"])})
        rows_here = select_objects(call.stash, kind).read(numbers, "stash_ids { endpoint stash_id }")
        linked.update({(kind, each): one for each, one in rows_here.items()})
        shown_objects.update({(kind, each): one for each, one in read_locals(call.stash, kind, numbers).items()})
    boxes = read_boxes(call.stash)
    shown = []
    for row in found:
        keys = [(row["kind"], row[name]) for name in ("first", "second")]
        if all(key in shown_objects and key in linked for key in keys):
            survivor = choose_survivor(
                [shown_objects[key] for key in keys],
                [linked[key] for key in keys],
                LiveLinks(call, row["kind"], boxes),
            )
            shown.append(show_pair(row, survivor, boxes))
    return shown


class Survivor(NamedTuple):
    """A pair in the order of the proposed merge: the first stays; with the reason."""

    pair: list[Mapping[str, Any]]
    reason: str


def choose_survivor(pair: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], live: LiveLinks) -> Survivor:
    """Return which object the list of duplicates proposes to keep in a merge.

    It is the one whose id lives on at a box, then the one with more scenes, then the older one.
    """
    dead = [live.find_dead(*each) for each in (links, links[::-1])]
    first, second = sorted(pair, key=rank_survivor, reverse=True)
    for mine, (stays, goes) in zip(dead, (pair[::-1], pair)):
        if mine and not all(dead):
            return Survivor([stays, goes], f"{stays['name']} stays: {mine[0].reason}")
    is_more = rank_survivor(first)[0] > rank_survivor(second)[0]
    return Survivor([first, second], f"{first['name']} stays: {'more scenes' if is_more else 'in Stash for longer'}.")


def rank_survivor(person: Mapping[str, Any]) -> tuple[int, int]:
    """Return the sort key of which object to keep in a merge if no box decides: more scenes, then the older one.

    `choose_survivor` calls it.
    """
    return (int(person["scene_count"] or 0), -int(person["id"]))


def show_pair(row: Mapping[str, Any], survivor: Survivor, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return one pair as the list of duplicates shows it, with box names in place of endpoints."""
    evidence = EVIDENCE.read(row["evidence"])
    for box in boxes:
        evidence = [text.replace(box.endpoint, box.name) for text in evidence]
    return {
        "key": make_key(row),
        "kind": row["kind"],
        "score": row["score"],
        "evidence": evidence,
        "people": survivor.pair,
        "why_stays": survivor.reason,
        "can_merge": True,
        "why_not": None,
    }


@takes(text("key"))
def dismiss_duplicate(call: Call) -> dict[str, Any]:
    """Operation `duplicate_dismiss`: store the decision that a pair are two; it is not shown again until taken back."""
    found = PAIR_KEY.fullmatch(call.args["key"])
    if found is None:
        raise UsageError("This pair is not known. Load the list again.")
    kind, first, second = found.groups()
    shown_objects = read_locals(call.stash, kind, [int(first), int(second)])
    names = [shown_objects[int(each)]["name"] if int(each) in shown_objects else each for each in (first, second)]
    decision = PersonDecision(
        kind, int(first), "", DUPLICATE, second, NOT, names[0], names[1], "You said that these are two."
    )
    store_decision(call.store, decision, call.clock.now())
    return {"message": f"{names[0]} and {names[1]} will not be shown as duplicates again.", "key": decision.key}

"""The operations of the Following tab and of the Follow buttons: follow, preview, decide, unfollow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.boxes.box_choice import choose_box
from missing.boxes.entity_lookup import read_entity_outcome
from missing.completeness.library_counts import choose_objects
from missing.follow.box_scenes import KINDS, find_beginning
from missing.follow.bring import bring_scenes
from missing.follow.entities import read_network
from missing.follow.plan import ASKS, CAME, LEFT_OUT, LIMIT, OPEN, RETRY, SKIPPED, Decision, find_next_place
from missing.follow.preview import read_year, show_year
from missing.follow.rules import RULES, FollowRules, make_context, make_rules, show_rules
from missing.follow.store import (
    CHECKED,
    Follow,
    SavedScene,
    count_scenes,
    delete_follow,
    find_follow,
    list_arrivals,
    list_follows,
    list_scenes,
    save_decisions,
    save_follow,
)
from missing.listing.list_query import ARGUMENTS, read_list_query
from missing.listing.list_setup import read_list_setup
from missing.news.box_notices import describe_noticed
from missing.whisparr.instances import list_instances
from shared.arguments import choice, ident, read_arguments, records, takes, text
from shared.errors import UsageError
from shared.journal import Journal
from shared.page.paging import format_time
from shared.page.run_view import describe_run
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.box import TPDB, find_box_name
from shared.stash_box.configured import open_client, read_boxes
from shared.whisparr.model import supports_box

if TYPE_CHECKING:
    from shared.runtime.call import Call

ENTITY = (choice("kind", KINDS), ident("entity_id"), text("endpoint", "", "without it, the preferred box"))
MOST_CAME = 6
MOST_OPEN = 200
ACCEPT, SKIP, ASK_AGAIN = "accept", "skip", "ask_again"


class FollowedEntity(NamedTuple):
    """A performer or studio of the library that can be followed, its box and its id there, and all its boxes."""

    kind: str
    number: int
    name: str
    box: Box
    stash_id: str
    boxes: tuple[Box, ...]


def find_entity(call: Call, args: Mapping[str, Any]) -> FollowedEntity:
    """Return the performer or studio that the operations for follows are about.

    Raise UsageError with the next step if it has no box.
    """
    asked = {"entity_type": args["kind"], "entity_id": args["entity_id"], "endpoint": args["endpoint"]}
    query = read_list_query(read_arguments("list", ARGUMENTS, asked))
    setup = read_list_setup(call, query)
    chosen = choose_box(query, setup)
    if chosen.box is None or setup.entity is None:
        raise UsageError(f"{chosen.message} {chosen.next_step}".strip())
    usable = tuple(box for box in chosen.linked if box.has_key)
    return FollowedEntity(args["kind"], args["entity_id"], setup.entity["name"], chosen.box, chosen.ids[0], usable)


@takes(*ENTITY)
def show_follow(call: Call) -> dict[str, Any]:
    """Operation `show_follow`: return if a performer or studio is followed, with its rules, and what can be chosen."""
    entity = find_entity(call, call.args)
    follow = find_follow(call.store, entity.box.endpoint, entity.kind, entity.stash_id)
    return {
        "follow": describe_follow(call, follow) if follow else None,
        "rules": show_rules(follow.rules if follow else FollowRules()),
        "entity": {"kind": entity.kind, "id": str(entity.number), "name": entity.name},
        "box": describe_box(entity.box),
        "boxes": [describe_box(box) for box in entity.boxes],
        "whisparrs": describe_whisparrs(call, entity.box),
    }


def describe_box(box: Box) -> dict[str, Any]:
    """Return a box for the choice in the dialog of `show_follow`; `by_date` is True if it tells no time of adding."""
    return {"endpoint": box.endpoint, "name": box.name, "by_date": box.kind == TPDB}


def describe_whisparrs(call: Call, box: Box) -> list[dict[str, str]]:
    """Return key and name of each Whisparr that can get the box's scenes, for the dialog of `show_follow`."""
    if not supports_box(box.endpoint, box.name):
        return []
    return [{"key": each.key, "name": each.name} for each in list_instances(call.settings)]


@takes(*ENTITY, RULES)
def follow_entity(call: Call) -> dict[str, Any]:
    """Operation `follow_entity`: follow a performer or studio from now on, or change the rules if it is followed.

    Return the saved `follow`, and `is_new`, true if it was not followed before.
    """
    entity, rules = find_entity(call, call.args), make_rules(call.args["rules"])
    require_target(call, entity.box, rules)
    client = open_client(call, entity.box)
    try:
        stash_id = require_record(client, entity)
        network = read_network(client, entity.kind, rules, stash_id)
        known = find_follow(call.store, entity.box.endpoint, entity.kind, stash_id)
        ids = (stash_id, *network)
        began = known.began if known else find_beginning(client, entity.kind, ids, call.clock.now())
    finally:
        client.close()
    follow = Follow(0, entity.box.endpoint, entity.kind, stash_id, entity.number, entity.name, rules, began, network)
    save_follow(call.store, follow)
    saved = find_follow(call.store, follow.endpoint, follow.kind, follow.stash_id)
    return {"follow": describe_follow(call, saved or follow), "is_new": known is None}


def require_target(call: Call, box: Box, rules: FollowRules) -> None:
    """Raise UsageError if the rules choose a Whisparr that is not set up or does not know the box's scenes.

    `follow_entity` calls it.
    """
    keys = [each["key"] for each in describe_whisparrs(call, box)]
    if rules.target == "whisparr" and rules.whisparr not in keys:
        what = "is not set up" if supports_box(box.endpoint, box.name) else f"does not know scenes of {box.name}"
        raise UsageError(f"This Whisparr {what}. Choose another place for new scenes.")


def require_record(client: StashBoxClient, entity: FollowedEntity) -> str:
    """Return the present id of the performer or studio at the box, for `follow_entity`.

    Raise UsageError if the box has deleted it. ThePornDB is not asked.
    """
    if client.box.kind == TPDB:
        return entity.stash_id
    outcome = (
        client.find_performer(entity.stash_id) if entity.kind == "performer" else client.find_studio(entity.stash_id)
    )
    lookup = read_entity_outcome(outcome, client.box.name, entity.kind, (entity.stash_id,))
    if not lookup.ids:
        raise UsageError(lookup.notice)
    return lookup.ids[0]


@takes(ident("follow_id"))
def unfollow(call: Call) -> dict[str, Any]:
    """Operation `unfollow`: delete a follow, and return how many are left; everything that was brought stays."""
    delete_follow(call.store, call.args["follow_id"])
    return {"follows": len(list_follows(call.store))}


@takes(*ENTITY, RULES)
def preview_follow(call: Call) -> dict[str, Any]:
    """Operation `preview_follow`: return what the rules would have brought in the last year.

    The box's list is read piece by piece: the page calls again until `is_whole`. It is kept for a day.
    """
    entity, rules = find_entity(call, call.args), make_rules(call.args["rules"])
    client = open_client(call, entity.box)
    try:
        pages = read_year(call, client, entity.kind, entity.stash_id, rules)
    finally:
        client.close()
    followed = (entity.stash_id,) if entity.kind == "performer" else ()
    context = make_context(rules, followed, call.settings.excludedTags)
    return show_year(call, entity.box.endpoint, pages, rules, context)


@takes()
def show_follows(call: Call) -> dict[str, Any]:
    """Operation `list_follows`: return all that is followed with its last scenes, and the scenes that wait."""
    follows, counts, boxes = list_follows(call.store), count_scenes(call.store), read_boxes(call.stash)
    names = {each.id: each for each in follows}
    pictures = read_pictures(call, follows)
    waiting = [each for each in list_scenes(call.store, OPEN, limit=MOST_OPEN) if each.follow_id in names]
    return {
        "follows": [
            {
                **describe_follow(call, each),
                "box": find_box_name(boxes, each.endpoint),
                "image": pictures.get((each.kind, each.local_id)),
                "counts": {state: counts.get(each.id, {}).get(state, 0) for state in (*OPEN, CAME, SKIPPED, LEFT_OUT)},
                "came": [describe_scene(scene, each) for scene in list_scenes(call.store, (CAME,), each.id, MOST_CAME)],
            }
            for each in follows
        ],
        "asks": [describe_scene(each, names[each.follow_id]) for each in waiting if each.state == ASKS],
        "waits": [describe_scene(each, names[each.follow_id]) for each in waiting if each.state in (LIMIT, RETRY)],
        "skipped": [
            describe_scene(each, names[each.follow_id])
            for each in list_scenes(call.store, (SKIPPED,), limit=MOST_OPEN)
            if each.follow_id in names
        ],
        "noticed": describe_noticed(call, boxes),
        "boxes": [{"endpoint": box.endpoint, "name": box.name, "url": box.origin} for box in boxes],
        "whisparrs": [{"key": each.key, "name": each.name} for each in list_instances(call.settings)],
        "checked_at": format_time(call.store.kv.get(CHECKED, float)),
    }


def read_pictures(call: Call, follows: Sequence[Follow]) -> dict[tuple[str, int], str]:
    """Return the address of Stash's picture of each followed performer and studio, by kind and local id.

    `show_follows` adds them.
    """
    found = {}
    for kind in KINDS:
        numbers = sorted({each.local_id for each in follows if each.kind == kind})
        rows = choose_objects(call.stash, kind).read(numbers, "image_path") if numbers else {}
        found.update({(kind, number): str(row["image_path"]) for number, row in rows.items() if row["image_path"]})
    return found


def describe_follow(call: Call, follow: Follow) -> dict[str, Any]:
    """Return a follow with its rules for the page; `next_place` is when its weekly limit has room again."""
    came = list_arrivals(call.store, follow.id)
    return {
        "id": str(follow.id),
        "kind": follow.kind,
        "entity_id": str(follow.local_id),
        "name": follow.name,
        "endpoint": follow.endpoint,
        "rules": show_rules(follow.rules),
        "problem": follow.problem or None,
        "checked_at": format_time(follow.checked or None),
        "next_place": format_time(find_next_place(came, follow.rules.per_week, call.clock.now())),
    }


def describe_scene(scene: SavedScene, follow: Follow) -> dict[str, Any]:
    """Return a saved scene of a follow for the Following tab: its card, with state and reason."""
    return {
        **scene.card,
        "follow_id": str(follow.id),
        "followed": follow.name,
        "endpoint": follow.endpoint,
        "state": scene.state,
        "reason": scene.reason or None,
        "decided_at": format_time(scene.decided),
    }


@takes(
    records("scenes", (ident("follow_id"), text("id")), MOST_OPEN, note="of `list_follows`", is_open=True),
    choice("decision", (ACCEPT, SKIP, ASK_AGAIN), note="`ask_again` takes a skip back"),
)
def decide_followed(call: Call) -> dict[str, Any]:
    """Operation `decide_followed`: bring waiting scenes at once in spite of the weekly limit, skip them, or ask again.

    `problems` says why scenes could not be brought; they are tried again. `runs` can be undone.
    """
    runs, problems = [], {}
    for follow in list_follows(call.store):
        ids = [each["id"] for each in call.args["scenes"] if each["follow_id"] == follow.id]
        if not ids:
            continue
        if call.args["decision"] == ACCEPT:
            brought = bring_scenes(call, follow, ids)
            runs += [brought.run_id] if brought.run_id else []
            problems.update({follow.name: brought.problem} if brought.problem else {})
        else:
            state = SKIPPED if call.args["decision"] == SKIP else ASKS
            save_decisions(call.store, [Decision(each, state) for each in ids], follow, for_all=True)
    journal = Journal(call.store)
    return {"runs": [describe_run(journal, each) for each in runs], "problems": problems}

"""The Overview tab: links, sources, open questions and the last run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.sources import is_on, name_source, read_order, sort_sources
from performers.conflicts.pairs import count_shown_conflicts
from performers.conflicts.gone_links import find_gone_links
from performers.favorites.tasks import list_favorite_states
from performers.identity.conflict_store import count_unused_conflicts
from performers.library.entities import LISTS, NO_LINK, list_fields, select_objects
from performers.library.kinds import KINDS, PERFORMER, SCENE, SYNCED
from performers.library.scenes import CAST, FOLLOWED, SCENE_FIELDS
from performers.merge.duplicates import OPEN, find_scan_time
from performers.page.report import REPORT, REPORT_KEY
from performers.sync.plan import PICTURE
from performers.sync.provenance import count_lost
from performers.sync.rules import FILL, FOLLOW, IGNORE, MERGE, OVERWRITE
from shared.arguments import takes
from shared.journal import Journal
from shared.journal.queries import count_planned_items, find_newest_open_plan, list_newest_runs
from shared.page.run_view import describe_run
from shared.stash_box import Box
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

UPDATES = ("performers", "studios", "scenes")


@takes()
def show_overview(call: Call) -> dict[str, Any]:
    """Operation `overview`: return counts, sources, the last run and open questions for the Overview tab.

    No source is asked.
    """
    boxes = list_boxes(call)
    return {
        "sources": [describe_source(call, box) for box in boxes],
        "favorites": list_favorite_states(call)["sources"],
        **{kind: count_links(call, kind, [box for box in boxes if is_on(call.settings, box)]) for kind in SYNCED},
        "report": call.store.kv.get(REPORT_KEY, REPORT),
        "last_run": find_last_run(call),
        "attention": count_open_questions(call, [box for box in boxes if is_on(call.settings, box)]),
    }


def list_boxes(call: Call) -> list[Box]:
    """Return all stash-boxes of Stash in the user's order, also those switched off, for the Overview tab."""
    return sort_sources(read_boxes(call.stash), read_order(call.settings))


def describe_source(call: Call, box: Box) -> dict[str, Any]:
    """Return a source as the Overview tab shows it, without its API key."""
    return {
        "box": box.name,
        "source": name_source(box),
        "endpoint": box.endpoint,
        "is_on": is_on(call.settings, box),
        "has_key": box.has_key,
    }


def count_links(call: Call, kind: str, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return the Overview's counts of one kind: all objects, those without links, and those linked to each source."""
    objects = select_objects(call.stash, kind)
    total, unlinked = objects.count(), objects.count(NO_LINK)
    sources = {box.name: objects.count_linked(box.endpoint) for box in boxes}
    return {"total": total, "linked": total - unlinked, "unlinked": unlinked, "sources": sources}


def find_last_run(call: Call) -> dict[str, Any] | None:
    """Return the newest run as the Overview shows it, or None."""
    journal = Journal(call.store)
    return next((describe_run(journal, run_id) for run_id in list_newest_runs(journal, 1)), None)


def count_open_questions(call: Call, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return how many conflicts, duplicates and gone links wait for a person, and the waiting preview.

    `show_overview` calls it.
    """
    asleep = count_unused_conflicts(call.store, [box.endpoint for box in boxes])
    duplicates = call.store.first(f"SELECT count(*) AS n {OPEN}", ("", ""))
    waiting = {kind: count_waiting(call, plans) for kind, plans in zip(SYNCED, UPDATES)}
    return {
        "conflict": count_shown_conflicts(call.store, asleep),
        "duplicate": duplicates["n"],
        "duplicates_at": find_scan_time(call, KINDS),
        "gone": len(find_gone_links(call)),
        "plan": max((each["plan_id"] for each in waiting.values() if each), key=int, default=None),
        "waiting": waiting,
        "lost": count_lost(call.store),
    }


def count_waiting(call: Call, plans: str) -> dict[str, Any] | None:
    """Return the newest update preview of one kind that waits for a person, for the Overview.

    It comes with the number of items that have updates; None if there is none.
    """
    journal = Journal(call.store)
    plan = find_newest_open_plan(journal, (plans,))
    if plan is None:
        return None
    return {"plan_id": str(plan["id"]), "items": count_planned_items(journal, plan["id"])}


@takes()
def list_rules(call: Call) -> dict[str, Any]:
    """Operation `rules`: return every field with the policies it may have, and the sources, for the settings page."""
    kinds: dict[str, list[str]] = {}
    for kind in KINDS:
        extra = ["image"] if kind == PERFORMER else ["image", "parent_id"]
        for field in [*list_fields(call.stash, kind), *extra]:
            kinds.setdefault(field, []).append(kind)
    for field in SCENE_FIELDS:
        kinds.setdefault(field, []).append(SCENE)
    kinds.pop("favorite", None)
    sources = [name_source(box) for box in list_boxes(call) if is_on(call.settings, box)]
    fields = [{"field": field, "kinds": found, "policies": list_policies(field)} for field, found in kinds.items()]
    return {"fields": fields, "sources": list(dict.fromkeys(sources))}


def list_policies(field: str) -> list[str]:
    """Return the policies the settings page offers for a field, its default first."""
    if field in LISTS:
        return [MERGE, FOLLOW, IGNORE] if field == CAST else [MERGE, IGNORE]
    if field in FOLLOWED:
        return [FOLLOW, FILL, OVERWRITE, IGNORE]
    return [FILL, FOLLOW, IGNORE] if field == PICTURE else [FILL, FOLLOW, OVERWRITE, IGNORE]

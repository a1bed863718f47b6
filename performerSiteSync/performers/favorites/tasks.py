"""The tasks that sync favorites: from boxes to Stash, from Stash to boxes, or both; and their state for the page.

Both sides are compared with the state after the last run, which shows the side that changed. A favorite is never
removed on the first run, because of an incomplete list, or unless a setting or a person says so.
"""

from __future__ import annotations

from shared.journal.run_details import tell_done
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.debug_log import trace, trace_entries
from performers.boxes.sources import read_sources, read_usable_sources
from performers.favorites.plan import FavoriteOptions, FavoritePlanner
from performers.favorites.snapshot import STATE, FavoriteLists, list_local_favorites, read_lists, remember_all
from performers.favorites.target import FavoriteTarget
from performers.library.entities import list_fields
from performers.library.kinds import PERFORMER, STUDIO
from shared.arguments import flag, takes, text
from shared.errors import BundleError
from shared.journal import Change, Finding, Run, open_run
from shared.journal.run_details import describe_problems
from shared.journal.queries import deselect_changes

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "favorites"
WORDS = {PERFORMER: "performers", STUDIO: "studios"}

OPTIONS = (text("source", "", "only this source"), flag("dry_run", False, "only makes a plan"))


@takes(*OPTIONS)
def sync_performers(call: Call) -> dict[str, Any]:
    """Tasks Sync Favorite Performers: sync the favorite performers of all sources, or of one."""
    return sync_favorites(call, PERFORMER)


@takes(*OPTIONS)
def sync_studios(call: Call) -> dict[str, Any]:
    """Tasks Sync Favorite Sites: sync the favorite studios of all sources, or of one."""
    return sync_favorites(call, STUDIO)


def sync_favorites(call: Call, kind: str) -> dict[str, Any]:
    """Sync the favorites of one kind box by box, and return the task's result for the page.

    A box whose list cannot be read whole is left alone.
    """
    if "favorite" not in list_fields(call.stash, kind):
        raise BundleError(f"This Stash has no favorite {WORDS[kind]}. Update it to 0.26 or later.")
    boxes = read_usable_sources(call, call.args["source"])
    names = ", ".join(box.name for box in boxes)
    title, done = f"Favorite {WORDS[kind]} of {names}", tell_done(f"Synced {{items favorite {kind}}} with {names}")
    is_dry = call.args["dry_run"]
    target = FavoriteTarget(call)
    with open_run(call, target, kind=KIND, title=title, dry_run=is_dry, details=done) as run:
        found, errors = read_lists(call, kind, boxes)
        for lists in found:
            target.box_favorites.set_known_list(kind, lists.box.endpoint, lists.there)
        problems = {name: str(error) for name, error in errors.items()}
        others: dict[str, FavoriteLists | None] = {box.endpoint: None for box in boxes}
        planner = FavoritePlanner(
            call, kind, read_favorite_options(call, kind), others | {each.box.endpoint: each for each in found}
        )
        proposed = 0
        for number, lists in enumerate(found):
            proposed += sync_box(call, kind, planner, lists, run, until=0.5 + (number + 1) / len(found) / 2)
        run.add_problems(problems)
    if not found:
        raise BundleError(f"{title} failed. {' '.join(describe_problems(problems))}")
    return describe_favorite_run(call, title, run, problems, proposed)


def read_favorite_options(call: Call, kind: str) -> FavoriteOptions:
    """Return the favorite settings of a sync task for performers or studios."""
    settings = call.settings
    creates = settings.autoCreatePerformers if kind == PERFORMER else settings.autoCreateSites
    return FavoriteOptions(settings.favoritesDirection, settings.favoritesRemoval, bool(creates))


def sync_box(call: Call, kind: str, planner: FavoritePlanner, lists: FavoriteLists, run: Run, *, until: float) -> int:
    """Plan and write the favorites of one box, and return how many removals wait for a person.

    The progress of the task goes on to `until`.
    """
    batch = planner.plan(lists)
    trace(call, f"{lists.box.name}: {len(lists.there)} favorites there, {len(lists.here)} linked ones here.")
    trace_entries(call, [*batch.entries, *batch.proposals])
    named = {entry.item.id for entry in [*batch.entries, *batch.proposals]}
    run.work([*batch.entries, *([] if run.is_dry else map(propose_removal, batch.proposals))], until=until)
    if run.is_dry:
        save_proposals(run, batch.proposals)
    same = [each for each in lists.here if each.remote_id in lists.there and each.number not in named]
    run.count("unchanged", len(same) + len(batch.repeated))
    here = lists.here if run.is_dry else list_local_favorites(call, kind, [lists.box])[lists.box.endpoint]
    # also after a preview, so that equal states are known from now on
    remember_all(call.store, kind, lists, {each.remote_id for each in here})
    return len(batch.proposals)


def propose_removal(change: Change) -> Finding:
    """Return a skipped note in place of a removal, for runs that only propose removals; `sync_box` calls it."""
    message = f"{change.reason} Make a preview to take it off."
    return Finding(change.item, "skipped", message, change.field, change.source)


def save_proposals(run: Run, proposals: Sequence[Change]) -> None:
    """Add removals to the preview as unselected rows, which a person may select; `sync_box` calls it."""
    run.work(proposals)
    deselect_changes(run.journal, run.plan_id, proposals)


def describe_favorite_run(
    call: Call, title: str, run: Run, problems: Mapping[str, str], proposed: int
) -> dict[str, Any]:
    """Return the result of a favorites task with a sentence of what was done; raises if the run failed."""
    summary = run.summary()
    message = summary.sentence()
    if proposed:
        message += f" {proposed} are no longer favorites on one side: a preview lets you take them off."
    if summary.is_failure:
        raise BundleError(f"{title} failed. {message}")
    call.log.info(f"{title}: {message}")
    answer = {"message": message, "state": summary.result, "run": summary.to_json(), "problems": dict(problems)}
    return {**answer, "proposed": proposed}


@takes()
def list_favorite_states(call: Call) -> dict[str, Any]:
    """Operation `favorites_state`: return what is known of each source's favorites from the last run.

    No source is asked.
    """
    known = call.store.kv.get(STATE, {str: dict}, {})
    unknown = {"is_available": None, "message": "Not asked yet.", "count_there": None, "checked_at": None}
    return {
        "sources": [
            {"box": box.name, "endpoint": box.endpoint, "kind": kind, **known.get(f"{kind}|{box.endpoint}", unknown)}
            for box in read_sources(call)
            for kind in (PERFORMER, STUDIO)
        ]
    }

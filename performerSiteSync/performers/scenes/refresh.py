"""Brings the stored records of a box up to date: asks about scenes whose answers are no longer fresh.

A pass over the library asks only about scenes that are new or that the box changed since the last pass; a full pass
asks about all of them (`shared/stash_box/scene_passes.py`). A run that was killed continues with the stored answers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from performers.boxes.debug_log import trace, trace_answers
from performers.boxes.sources import open_source
from performers.scenes.record_store import SceneRecords
from shared.errors import ServiceError
from shared.stash.library import split
from shared.stash_box import Box, LookupFailed, StashBoxClient
from shared.stash_box.client import NOTHING_CHANGED
from shared.stash_box.configured import open_scene_answers
from shared.stash_box.scene_passes import CLOCK_MARGIN, PassTimes, find_changed_scenes

if TYPE_CHECKING:
    from shared.runtime.call import Call

ASKED_AT_ONCE = 2000  # a multiple of what a box takes at once, so that no request goes out half full
MIN_PAGES = 5
LINKS_PER_PAGE = 80  # a list of changes may have a page for so many linked scenes; a full pass is cheaper beyond it

Show = Callable[[float], None]


class RefreshReport(NamedTuple):
    """The result of a refresh at one box: how many scenes it was asked about, whom it failed to answer, and why."""

    box: Box
    asked: int = 0
    failed: Sequence[str] = ()
    problem: str = ""
    found: Collection[int] = ()  # scenes without a link to the box, of which it has a record


def refresh_records(call: Call, box: Box, ids: Sequence[str], since: float | None, show: Show) -> RefreshReport:
    """Ask a box about linked scenes and store the answers; `show` is called with the share done after each request.

    `since` is the oldest answer that still holds; None is a pass over the whole library, which asks for changes first.
    A box that fails as a whole ends the refresh with its problem, and its answers so far stay.
    """
    answers = open_scene_answers(call, box, is_pass=since is None)
    with contextlib.closing(open_source(call, box, answers)) as client:
        try:
            return ask_box(call, client, ids, since, show)
        except ServiceError as error:
            call.log.error(f"{box.name} is left out of this run: {error}")
            return RefreshReport(box, problem=str(error))


def ask_box(call: Call, client: StashBoxClient, ids: Sequence[str], since: float | None, show: Show) -> RefreshReport:
    """Ask about the stale ones among the ids, and once more about those without an answer, for `refresh_records`."""
    box, records = client.box, SceneRecords(call.store, client.box.endpoint)
    times = PassTimes(call.store, box.endpoint)
    is_pass, changed = since is None, NOTHING_CHANGED
    begun = times.begin(call.clock.now(), is_kept=is_pass)
    oldest = begun if since is None else since
    is_full = True
    if is_pass and not times.is_full_due(begun):
        found = (
            find_changed_scenes(client, times.last["since"] - CLOCK_MARGIN, count_pages(ids)) if times.last else None
        )
        is_full = found is None
        oldest, changed = (oldest, changed) if found is None else (0.0, found)
    stale = records.find_stale(ids, oldest, changed)
    trace(call, f"{box.name}: {len(stale)} of {len(set(ids))} scenes have no fresh answer.")
    # A pass may take answers from before its begin: the next one asks for changes since the oldest of them.
    stale = take_kept(client, records, stale, 0.0 if is_pass else oldest, changed)
    failed = look_up(call, client, records, stale, show)
    failed = look_up(call, client, records, list(failed), show) if failed else {}
    for remote_id, outcome in failed.items():
        call.log.warning(f"{box.name} could not answer for {remote_id}: {outcome.error}")
    if is_pass:
        times.end(begun, is_full=is_full, oldest=client.answers.oldest if client.answers else None)
    return RefreshReport(box, len(stale), list(failed))


def take_kept(
    client: StashBoxClient,
    records: SceneRecords,
    ids: Sequence[str],
    since: float,
    changed: Mapping[str, str],
) -> list[str]:
    """Save the answers that another plugin got about these scenes after `since`; return the ids still to be asked."""
    left: list[str] = []
    for piece in split(ids, ASKED_AT_ONCE):
        kept = client.take_kept_scene_fields(piece, since, changed)
        if kept and client.answers and client.answers.oldest is not None:
            records.save(kept, client.answers.oldest)
        left += [each for each in piece if each not in kept]
    return left


def look_up(
    call: Call, client: StashBoxClient, records: SceneRecords, ids: Collection[str], show: Show
) -> dict[str, LookupFailed]:
    """Ask about these scenes, store the answers request by request, and return the failed lookups.

    `ask_box` calls it.
    """
    failed: dict[str, LookupFailed] = {}
    done = 0
    for piece in split(ids, ASKED_AT_ONCE):
        for outcomes in client.look_up_scene_fields(piece, ahead=call.deadline is None):
            trace_answers(call, client.box.name, outcomes)
            failed.update(records.save(outcomes, call.clock.now()))
            done += len(outcomes)
            call.stash.keep_alive()
            show(min(1.0, done / max(len(ids), 1)))
    return failed


def count_pages(ids: Sequence[str]) -> int:
    """Return how many pages of changes may be read before a full pass is cheaper; `ask_box` calls it."""
    return max(MIN_PAGES, len(ids) // LINKS_PER_PAGE)

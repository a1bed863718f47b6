"""Fills the record cache from a box; a box that cannot answer is left out of the run after a few requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from performers.boxes.debug_log import trace, trace_answers
from performers.boxes.record_cache import RecordCache, request_records
from performers.boxes.sources import open_source
from shared.errors import ServiceError, WrongService
from shared.stash.library import split
from shared.stash_box import Box, StashBoxClient

if TYPE_CHECKING:
    from shared.runtime.call import Call

ASKED_AT_ONCE = 1000
PAUSES = (5.0, 20.0)  # seconds; a proxy may answer with a page of its own for a moment

Beat = Callable[[], None]  # called after each request, so that the run counts as alive


def refresh_from_box(call: Call, kind: str, box: Box, ids: Sequence[str], oldest: float, beat: Beat) -> str:
    """Cache a box's stale records, and return "" or the reason why the box had to be given up.

    Updates of performers, studios and scenes call it.
    """
    client = open_source(call, box)
    try:
        for pause in PAUSES if call.deadline is None else ():
            try:
                return refresh_stale_records(call, kind, client, ids, oldest, beat)
            except WrongService as error:
                trace(call, f"{error} Once more in {pause:g} s.")
                call.clock.sleep(pause)
        return refresh_stale_records(call, kind, client, ids, oldest, beat)
    except ServiceError as error:
        return str(error)
    finally:
        client.close()


def refresh_stale_records(
    call: Call, kind: str, client: StashBoxClient, ids: Sequence[str], oldest: float, beat: Beat
) -> str:
    """Request and cache records missing or older than `oldest`, for `refresh_from_box`, and return "" as it does.

    Raises a ServiceError if the box fails.
    """
    box, answers = client.box, RecordCache(call.store, kind)
    stale = answers.find_stale(box.endpoint, ids, oldest)
    trace(call, f"{box.name}: {len(stale)} of {len(set(ids))} ids are not in the cache.")
    if stale:
        client.capabilities  # noqa: B018 -- asked first, because a box without an answer to this would be asked in ever smaller batches
    for piece in split(stale, ASKED_AT_ONCE):
        for outcomes in request_records(client, kind, piece):
            beat()
            trace_answers(call, box.name, outcomes)
            for failed in answers.store_outcomes(box.endpoint, outcomes, call.clock.now()).values():
                call.log.warning(f"{box.name} could not answer for {failed.id}: {failed.error}")
    return ""

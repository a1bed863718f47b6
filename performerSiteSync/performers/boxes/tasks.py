"""Test Connections and Clear Cache, as tasks of Stash's list and as operations of the page."""

from __future__ import annotations

from shared.counted_words import count_things

import contextlib
from typing import TYPE_CHECKING, Any

from performers.boxes.record_cache import clear_cache
from performers.boxes.sources import NO_SOURCE, name_source, open_source, read_sources
from performers.library.kinds import PERFORMER
from shared.arguments import takes, text
from shared.errors import BundleError, ServiceError
from shared.runtime.handler import TASK
from shared.stash_box import TPDB, Box, StashBoxClient
from shared.stash_box.scene_answers import forget_scene_answers
from shared.stash_box.setup_tests import check_box

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(text("source", "", "a source by its name or endpoint; the default is all"))
def test_connections(call: Call) -> dict[str, Any]:
    """Task Test Connections and operation `test_connections`: test each source that is on, or the named one.

    The task fails if one cannot be used.
    """
    sources = [test_source(call, box) for box in read_sources(call, call.args["source"])]
    if not sources:
        raise BundleError(NO_SOURCE)
    results = " ".join(f"{each['box']}: {each['message']}" for each in sources)
    if not all(each["is_ok"] for each in sources) and call.work.kind == TASK:
        raise BundleError(f"Not every source can be used. {results}")
    call.log.info(results)
    return {"message": results, "sources": sources}


def test_source(call: Call, box: Box) -> dict[str, Any]:
    """Return the row of Test Connections about one source: the user of its key, or the problem."""
    row = {"box": box.name, "source": name_source(box), "endpoint": box.endpoint}
    with contextlib.closing(open_source(call, box)) as client:
        check = check_box(client)
        has_favorites = box.kind != TPDB or (not check.problem and has_rest_favorites(client))
    if check.problem:
        return {**row, "has_favorites": has_favorites, "is_ok": False, "message": check.problem}
    limits = "" if has_favorites else " Its favorites are not available."
    message = f"answers, signed in as {check.user}.{limits}"
    return {**row, "has_favorites": has_favorites, "is_ok": True, "message": message}


def has_rest_favorites(client: StashBoxClient) -> bool:
    """Return True if ThePornDB's REST interface returns favorites in the known form; Test Connections reports it."""
    try:
        client.rest_favorites.count(PERFORMER)
    except ServiceError:
        return False
    return True


@takes()
def clear_answers(call: Call) -> dict[str, Any]:
    """Task and operation Clear Cache: delete cached records and searches; locks, history and baselines stay."""
    count = clear_cache(call.store)
    forget_scene_answers(call.shared_dir)
    message = f"{count_things(count, 'answer')} forgotten; the next update asks the sources anew."
    call.log.info(message)
    return {"message": message, "count": count}

"""Fetching the boxes' tag lists, and finding links whose tag is gone there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shared.errors import BundleError, ServiceError
from shared.page.followed_task import queue_followed_task
from shared.stash.filters import linked_to
from shared.stash.links import find_ids
from shared.stash_box import (
    Box,
    Deleted,
    LookupFailed,
    LookupFound,
    Merged,
    Missing,
    NotOffered,
    StashBoxClient,
)
from shared.stash_box.configured import NO_BOX, find_configured_box, open_client, read_boxes
from tagging.links.box_tags import read_box_tags, save_list_problem, save_tag_list

if TYPE_CHECKING:
    from shared.runtime.call import Call

_DEAD = "INSERT OR REPLACE INTO dead_links VALUES (?, ?, ?, ?, ?)"
STATES = {Merged: "merged", Deleted: "deleted", Missing: "missing"}


def refresh_tags(call: Call) -> dict[str, Any]:
    """Run the task that fetches tag lists: of all boxes with a key, or of the one in the arguments."""
    endpoint = call.args.get("endpoint")
    boxes = (
        [find_configured_box(call.stash, str(endpoint))]
        if endpoint
        else [box for box in read_boxes(call.stash) if box.has_key]
    )
    if not boxes:
        raise BundleError(NO_BOX)
    problems, messages = [], []
    for number, box in enumerate(boxes):
        try:
            messages.append(refresh_box(call, box))
        except NotOffered as error:
            save_list_problem(call.store, box.endpoint, str(error))
            messages.append(str(error))
        except ServiceError as error:
            save_list_problem(call.store, box.endpoint, str(error))
            call.log.error(str(error))
            problems.append(str(error))
        call.progress((number + 1) / len(boxes))
    if len(problems) == len(boxes):
        raise BundleError(f"No tag list could be fetched; the ones from before stay. {' '.join(problems)}")
    message = " ".join([*messages, *problems])
    call.log.info(message)
    return {"message": message}


def start_refresh(call: Call) -> dict[str, Any]:
    """Queue the refresh task and return its job id."""
    endpoint = {"endpoint": call.args["endpoint"]} if call.args.get("endpoint") else {}
    return queue_followed_task(call, "refresh_tags", "fetching tag lists", endpoint)


def refresh_box(call: Call, box: Box) -> str:
    """Fetch one list whole, then look at what became of links that are not on it."""
    client = open_client(call, box)
    try:
        fetched = client.read_tag_list()
        save_tag_list(call.store, box.endpoint, fetched)
        dead = find_dead_links(call, client) if call.stash.capabilities().has_tag_links else 0
    finally:
        client.close()
    message = f"{box.name}: {len(fetched.tags)} tags."
    nowhere = "1 link leads" if dead == 1 else f"{dead:,} links lead"
    return f"{message} {nowhere} nowhere." if dead else message


def find_dead_links(call: Call, client: StashBoxClient) -> int:
    """Links of the library to tags the box no longer lists: merged, deleted, or never there."""
    endpoint = client.box.endpoint
    known = read_box_tags(call.store, endpoint)
    rows = call.stash.tags.page("stash_ids { endpoint stash_id }", linked_to(endpoint), per_page=-1).rows
    absent = {each for row in rows for each in find_ids(row["stash_ids"], endpoint)} - known.keys()
    found = list(look_up_absent(client, absent))
    with call.store.write() as db:
        db.execute("DELETE FROM dead_links WHERE endpoint = ?", (endpoint,))
        db.executemany(_DEAD, [(endpoint, *each, call.clock.now()) for each in found])
    return len(found)


def look_up_absent(client: StashBoxClient, ids: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Id, state and successor of those that are gone; what the box could not say is no dead link."""
    for outcomes in client.look_up_tags(sorted(ids)):
        for remote_id, outcome in outcomes.items():
            if not isinstance(outcome, (LookupFound, LookupFailed)):
                yield remote_id, STATES[type(outcome)], outcome.into if isinstance(outcome, Merged) else ""

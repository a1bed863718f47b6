"""Fetches the boxes' tag lists, and finds links whose tag is gone from its box."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shared.arguments import takes, text
from shared.errors import BundleError, ServiceError
from shared.journal.run_details import describe_problems
from shared.page.followed_task import queue_followed_task
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
from shared.stash_box.channel import describe_unreadable
from shared.stash_box.configured import NO_BOX, find_configured_box, open_client, read_boxes
from tagging.links.box_tags import read_box_tags, save_list_problem, save_tag_list

if TYPE_CHECKING:
    from shared.runtime.call import Call

_SAVE_DEAD_LINK = "INSERT OR REPLACE INTO dead_links VALUES (?, ?, ?, ?, ?)"
STATES = {Merged: "merged", Deleted: "deleted", Missing: "missing"}


@takes(text("endpoint", "", "the default is all boxes"))
def refresh_tags(call: Call) -> dict[str, Any]:
    """Task `refresh_tags`: fetch the tag lists of all boxes with a key, or of the named one, and find dead links.

    A list that cannot be fetched stays as it was; the task fails if none could be fetched.
    """
    endpoint = call.args["endpoint"]
    boxes = (
        [find_configured_box(call.stash, endpoint)]
        if endpoint
        else [box for box in read_boxes(call.stash) if box.has_key]
    )
    if not boxes:
        raise BundleError(NO_BOX)
    problems: dict[str, str] = {}
    messages = []
    for number, box in enumerate(boxes):
        try:
            message, unreadable = refresh_tag_list(call, box)
            messages.append(message)
            problems.update({box.name: unreadable} if unreadable else {})
        except NotOffered as error:
            save_list_problem(call.store, box.endpoint, str(error))
            messages.append(str(error))
        except ServiceError as error:
            save_list_problem(call.store, box.endpoint, str(error))
            call.log.error(str(error))
            problems[box.name] = str(error)
        call.progress((number + 1) / len(boxes))
    if not messages:
        raise BundleError(
            f"No tag list could be fetched; the ones from before stay. {' '.join(describe_problems(problems))}"
        )
    message = " ".join([*messages, *describe_problems(problems)])
    call.log.info(message)
    return {"message": message, "problems": problems}


@takes(text("endpoint", "", "the default is all boxes"))
def start_refresh(call: Call) -> dict[str, Any]:
    """Operation `tags_refresh`: queue the task `refresh_tags`; return its job id and run token for the progress."""
    endpoint = {"endpoint": call.args["endpoint"]} if call.args["endpoint"] else {}
    return queue_followed_task(call, "refresh_tags", "fetching tag lists", endpoint)


def refresh_tag_list(call: Call, box: Box) -> tuple[str, str]:
    """Fetch and store one box's tag list, and update its dead links.

    Return the sentence for the task's result, and what could not be read; empty if nothing was left out.
    """
    client = open_client(call, box)
    try:
        fetched = client.read_tag_list()
        save_tag_list(call.store, box.endpoint, fetched)
        dead_count = update_dead_links(call, client) if call.stash.capabilities().has_tag_links else 0
    finally:
        client.close()
    message = f"{box.name}: {count_things(len(fetched.tags), 'tag')}."
    for tag in fetched.tags:
        if tag.left_out:
            call.log.warning(f"{box.name}: left out of the tag {tag.name or tag.id}: {'; '.join(tag.left_out)}.")
    lead = "leads" if dead_count == 1 else "lead"
    dead = f" {count_things(dead_count, 'link')} {lead} nowhere." if dead_count else ""
    return f"{message}{dead}", describe_unreadable(client.unreadable)


def update_dead_links(call: Call, client: StashBoxClient) -> int:
    """Store which links of the library lead to no tag of the box, for the refresh task; return their number."""
    endpoint = client.box.endpoint
    known = read_box_tags(call.store, endpoint)
    rows = call.stash.tags.linked_rows("stash_ids { endpoint stash_id }", endpoint)
    absent = {each for row in rows for each in find_ids(row["stash_ids"], endpoint)} - known.keys()
    found = list(look_up_missing_tags(client, absent))
    with call.store.write() as db:
        db.execute("DELETE FROM dead_links WHERE endpoint = ?", (endpoint,))
        db.executemany(_SAVE_DEAD_LINK, [(endpoint, *each, call.clock.now()) for each in found])
    return len(found)


def look_up_missing_tags(client: StashBoxClient, ids: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Yield id, state and successor of each box tag that is gone, to `update_dead_links`.

    A lookup that failed yields nothing.
    """
    for outcomes in client.look_up_tags(sorted(ids)):
        for remote_id, outcome in outcomes.items():
            if not isinstance(outcome, (LookupFound, LookupFailed)):
                yield remote_id, STATES[type(outcome)], outcome.into if isinstance(outcome, Merged) else ""

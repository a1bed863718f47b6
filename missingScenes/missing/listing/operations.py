"""The operations of the list: read a page, show a scene, choose excluded tags, note a visit."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from missing.boxes.box_choice import choose_box
from missing.listing import list_state
from missing.listing.cards import make_details
from missing.listing.list_page import ListRequest, make_filter_context, make_list_page
from missing.listing.list_query import ARGUMENTS, MissingListQuery, read_list_query
from missing.listing.list_setup import NotInThisStash, read_list_setup
from shared.arguments import records, takes, text
from shared.errors import NotFound
from shared.folding import fold_text
from shared.page.paging import format_time
from shared.runtime.clock import is_recent
from shared.stash_box import LookupFound, Merged, StashBoxClient
from shared.stash_box.configured import open_client, open_configured

if TYPE_CHECKING:
    from shared.runtime.call import Call

VISIT = "visit"
SAVED_VISIT = {"seen": (float, None), "since": (float, None)}
VISIT_SECONDS = 3600.0
TAG_NAMES = "tag_names"
MOST_TAGS = 200


@takes(*ARGUMENTS)
def find_missing(call: Call) -> dict[str, Any]:
    """Operation `find_missing`: return one page of scenes at a box that the library lacks, or why there is none.

    With `since_last_visit` the answer has `since`, so that the page needs no second call to open.
    """
    query = read_list_query(call.args)
    if not call.args["since_last_visit"]:
        return read_list(call, query, call.args["cursor"])
    visit: dict[str, Any] = start_visit(call)
    return {**read_list(call, query._replace(new_since=visit["since"] or ""), call.args["cursor"]), **visit}


def read_list(call: Call, query: MissingListQuery, cursor: str = "") -> dict[str, Any]:
    """Return one page of a list; `find_missing` and the row of the front page call it."""
    with contextlib.closing(read_list_pages(call, query, cursor)) as pages:
        return next(pages)


def read_list_pages(call: Call, query: MissingListQuery, cursor: str = "") -> Generator[dict[str, Any], None, None]:
    """Yield the pages of a list from a cursor on, or why there are none; what the list needs is read from Stash once.

    The look for new scenes and Coming up call it.
    """
    try:
        setup = read_list_setup(call, query)
    except NotInThisStash as error:
        yield list_state.make_refusal("unavailable", str(error))
        return
    choice = choose_box(query, setup)
    if choice.box is None:
        yield list_state.make_refusal(choice.state, choice.message, choice.next_step, choice, query, setup)
        return
    context = make_filter_context(query, setup, choice.box)
    request = ListRequest(call, query, setup, choice, choice.box, context, cursor, {})
    lacking = [kind for kind, ids in context.favorites.items() if not ids]
    if lacking:
        yield list_state.refuse_without_favorites(lacking[0], choice, query, setup)
        return
    client = open_client(call, choice.box)
    try:
        yield from make_list_pages(request, client)
    finally:
        client.close()


def make_list_pages(request: ListRequest, client: StashBoxClient) -> Iterator[dict[str, Any]]:
    """Yield the pages of a list from its cursor on, until the box has no more or fails.

    `read_list_pages` calls it.
    """
    while True:
        page = make_list_page(request, client)
        yield page
        if not page["cursor"]:
            return
        request = request._replace(cursor=page["cursor"], files={})


@takes(text("endpoint"), text("scene_id"))
def show_scene(call: Call) -> dict[str, Any]:
    """Operation `scene_details`: return everything the box has about one scene, for the detail dialog."""
    excluded = frozenset(fold_text(each) for each in call.settings.excludedTags)
    with open_configured(call, call.args["endpoint"]) as client:
        outcome = client.find_scene(call.args["scene_id"])
        if isinstance(outcome, (LookupFound, Merged)):
            return {"scene": make_details(outcome.record, client.box, excluded)}
        name = client.box.name
    raise NotFound(f"{name} does not have this scene any more. Load the list again.", service=name)


@takes(text("endpoint"), text("text", ""))
def search_tags(call: Call) -> dict[str, Any]:
    """Operation `search_tags`: return the box's tags that a text finds, for the picker of excluded tags."""
    wanted = call.args["text"].strip()
    if not wanted:
        return {"tags": []}
    with open_configured(call, call.args["endpoint"]) as client:
        found = client.search_tags(wanted)
    return {"tags": [{"id": tag.id, "name": tag.name} for tag in found if not tag.deleted]}


@takes()
def show_excluded_tags(call: Call) -> dict[str, Any]:
    """Operation `excluded_tags`: return the excluded tags with their names."""
    return describe_tags(call, call.settings.excludedTags)


@takes(records("tags", (text("id"), text("name", "")), MOST_TAGS, note="the whole list", is_open=True))
def exclude_tags(call: Call) -> dict[str, Any]:
    """Operation `exclude_tags`: replace the excluded tags and return them.

    The setting has their ids, the state file their names.
    """
    named = {each["id"]: each["name"] or each["id"] for each in call.args["tags"]}
    call.store.kv.put(TAG_NAMES, {**call.store.kv.get(TAG_NAMES, {str: str}, {}), **named})
    call.read_settings(call.stash.write_plugin_settings(call.plugin.id, {"excludedTags": ", ".join(named)}))
    return describe_tags(call, tuple(named))


def describe_tags(call: Call, ids: tuple[str, ...]) -> dict[str, Any]:
    """Return tag ids with their saved names as the page shows them, for the excluded-tags operations."""
    names = call.store.kv.get(TAG_NAMES, {str: str}, {})
    return {"tags": [{"id": each, "name": names.get(each, each)} for each in ids]}


@takes()
def start_visit(call: Call) -> dict[str, Any]:
    """Operation `start_visit`: return when the visit before this one ended, and save this one.

    A visit lasts until an hour after its last page; scenes that are newer than the visit before are marked as new.
    """
    now = call.clock.now()
    with call.store.write():
        known = call.store.kv.get(VISIT, SAVED_VISIT, {"seen": None, "since": None})
        is_same = known["seen"] is not None and is_recent(known["seen"], now, VISIT_SECONDS)
        since = known["since"] if is_same else known["seen"]
        call.store.kv.put(VISIT, {"seen": now, "since": since})
    return {"since": format_time(since)}

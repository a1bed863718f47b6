"""The state, the messages and the figures of a list's answer: a failure never reads like "nothing is missing". Pure."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Iterator
from typing import Any

from missing.boxes.box_choice import BoxChoice
from missing.listing.cursor import Cursor
from missing.listing.filters import UNLINKED_FILE
from missing.listing.list_query import TRENDING, MissingListQuery
from missing.listing.list_setup import ListSetup
from missing.listing.scan import ScanResult
from shared.errors import AuthRejected, RateLimited, ServiceError
from shared.page.advice import advise
from shared.stash_box import Box, NotOffered
from shared.stash_box.addresses import make_page_url
from shared.whisparr.model import supports_box

NO_FIGURES: dict[str, Any] = {"total": None, "scanned": 0, "owned": 0, "missing": 0, "hidden": {}}
WAIT_SECONDS = 10.0
SINGULAR = {"performers": "performer", "studios": "studio", "tags": "tag"}


def describe_state(found: ScanResult, box: Box) -> dict[str, Any]:
    """Return state, message, next step and waiting time of a page that `find_missing` has read."""
    cursor, error = found.cursor, found.error
    if error is None:
        return describe_progress(found, box)
    if isinstance(error, RateLimited):
        seconds = round(max(error.retry_after or WAIT_SECONDS, 1.0), 1)
        return make_state("waiting", str(error), retry_after=seconds)
    if isinstance(error, NotOffered):
        return make_state("unavailable", str(error))
    if cursor.scanned == 0:
        return make_state("failed", explain_error(error, box), advise(error))
    reached = f"Scanned {cursor.scanned} of {cursor.total}; then {box.name} failed."
    return make_state("partial", f"{reached} {explain_error(error, box)}", "Press Retry to continue from there.")


def describe_progress(found: ScanResult, box: Box) -> dict[str, Any]:
    """Return state and message of a page that was read without an error, for `describe_state`.

    The state is `complete`, `more`, or `partial` if the list changed in every reading.
    """
    cursor = found.cursor
    if found.keeps_changing:
        message = f"The list at {box.name} changed each time it was read, so some scenes may be missing here."
        return make_state("partial", message, "Press Retry to read it once more.")
    if found.is_complete:
        return make_state("complete", explain_end(cursor) if not cursor.missing else None)
    if cursor.is_read:
        return make_state("more", f"{count_things(cursor.total, 'scene')} of {box.name} compared.")
    if cursor.reading.number > 1:
        rows = f"{cursor.reading.rows} of {cursor.reading.announced or cursor.total}"
        return make_state("more", f"{box.name} is read again, because its pages left out some scenes: {rows} so far.")
    return make_state("more", f"{cursor.scanned} of {cursor.total} checked.")


def explain_end(cursor: Cursor) -> str:
    """Return the message for a complete list that shows no scene. `describe_progress` calls it."""
    hidden = sum(cursor.hidden.values())
    files = cursor.hidden.get(UNLINKED_FILE, 0)
    if not cursor.scanned:
        return "The box has no scenes here."
    all_are = "The only scene is" if cursor.total == 1 else f"All {cursor.total} scenes are"
    if files and files == hidden:
        which = "" if cursor.total == 1 else f"{files} of them "
        return f"{all_are} in the library, {which}as {'a file' if files == 1 else 'files'} without a link."
    if hidden:
        what = count_things(hidden, "missing scene")
        return f"{what} hidden by the filters; {cursor.owned} of {cursor.total} in the library."
    return f"{all_are} in the library."


def explain_list(query: MissingListQuery, box: Box, cursor: Cursor) -> Iterator[str]:
    """Yield notices for the answer of `find_missing` if the list leaves scenes out, or shows some out of order."""
    if query.sort == TRENDING:
        yield f"In this order {box.name} lists only the scenes that trend now. Choose another one to see them all."
    if query.include_network and query.entity_type == "studio" and not cursor.network:
        yield f"{box.name} tells only direct sub-studios. Scenes of deeper ones are not in this list."
    if cursor.reading.number > 1:
        yield f"The pages of {box.name} left out some scenes at first. They are at the end of this list."


def explain_error(error: ServiceError, box: Box) -> str:
    """Return a box's error as text for the state of a list; for a rejected API key it names the endpoint."""
    if isinstance(error, AuthRejected) and box.endpoint not in str(error):
        return f"{error} (API key for {box.endpoint})"
    return str(error)


def make_state(
    state: str, message: str | None, next_step: str = "", retry_after: float | None = None
) -> dict[str, Any]:
    """Return the four fields that every answer of `find_missing` has about the state of the list."""
    return {"state": state, "message": message, "next_step": next_step or None, "retry_after": retry_after}


def make_refusal(
    state: str,
    message: str,
    next_step: str = "",
    choice: BoxChoice | None = None,
    query: MissingListQuery | None = None,
    setup: ListSetup | None = None,
) -> dict[str, Any]:
    """Return the answer of `find_missing` without scenes, for a list that cannot be read."""
    about: dict[str, Any] = {"entity": None, "box": None, "boxes": []}
    if choice and query and setup:
        about = describe_origin(choice, query, setup)
    return {
        **make_state(state, message, next_step),
        **about,
        "figures": NO_FIGURES,
        "notices": [],
        "scenes": [],
        "cursor": None,
    }


def refuse_without_favorites(kind: str, choice: BoxChoice, query: MissingListQuery, setup: ListSetup) -> dict[str, Any]:
    """Return the answer for a favorites filter at a box that knows none of the favorites.

    The box is not asked then.
    """
    name = choice.box.name if choice.box else "the box"
    count = len(setup.favorites[kind])
    what = f"None of your {count} favorite {kind} is linked" if count else f"You have no favorite {kind}"
    message = f"{what}{'' if count else ' in Stash'}, so there is nothing to show."
    step = f"Mark a {SINGULAR[kind]} as favorite in Stash and link it to {name}, or switch the filter off."
    return make_refusal("no_favorites", message, step, choice, query, setup)


def describe_origin(choice: BoxChoice, query: MissingListQuery, setup: ListSetup) -> dict[str, Any]:
    """Return the part of `find_missing`'s answer about the entity, its box, and the boxes to switch to."""
    entity = setup.entity
    about = None
    if entity is not None:
        stash_id = choice.ids[0] if choice.ids else None
        url = make_page_url(choice.box, query.entity_type, stash_id) if choice.box and stash_id else None
        about = {
            "type": query.entity_type,
            "id": entity["id"],
            "name": entity["name"],
            "image": entity.get("image_path"),
            "stash_id": stash_id,
            "url": url,
        }
    linked = {box.endpoint for box in choice.linked}
    boxes = [{"endpoint": box.endpoint, "name": box.name, "is_linked": box.endpoint in linked} for box in setup.boxes]
    return {"entity": about, "box": describe_box(choice.box, setup) if choice.box else None, "boxes": boxes}


def describe_box(box: Box, setup: ListSetup) -> dict[str, Any]:
    """Return a box for the list's choice of boxes on the page, with a hint if Whisparr does not know its scenes."""
    is_known = supports_box(box.endpoint, box.name)
    is_set_up = bool(setup.settings.whisparrUrl)
    hint = None
    if is_set_up and not is_known:
        hint = f"Whisparr gets scenes of StashDB only, so those of {box.name} cannot be added to it."
    return {
        "endpoint": box.endpoint,
        "name": box.name,
        "url": box.origin,
        "kind": box.kind,
        "has_whisparr": is_set_up and is_known,
        "whisparr_hint": hint,
    }


def make_figures(found: ScanResult) -> dict[str, Any]:
    """Return the figures above the list, which add up, for the answer of `find_missing`.

    They are empty if the box failed before its first answer.
    """
    cursor = found.cursor
    if found.error is not None and not cursor.scanned:
        return NO_FIGURES
    return {
        "total": cursor.total,
        "scanned": cursor.scanned,
        "owned": cursor.owned,
        "missing": cursor.missing,
        "hidden": cursor.hidden,
    }

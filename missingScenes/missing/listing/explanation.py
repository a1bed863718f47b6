"""How a list stands, in words: nothing that failed looks like nothing missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from missing.listing.box_choice import BoxChoice
from missing.listing.box_query import make_entity_url
from missing.listing.cursor import Cursor
from missing.listing.library import Opening
from missing.listing.question import TRENDING, Question
from missing.listing.scan import ScanResult
from shared.errors import AuthRejected, RateLimited, ServiceError
from shared.page.advice import advise
from shared.stash_box import Box, NotOffered
from shared.whisparr.model import supports_box

NO_FIGURES: dict[str, Any] = {"total": None, "scanned": 0, "owned": 0, "missing": 0, "hidden": {}}
WAIT_SECONDS = 10.0
SINGULAR = {"performers": "performer", "studios": "studio", "tags": "tag"}


def judge(found: ScanResult, box: Box) -> dict[str, Any]:
    """State, message and next step of a page."""
    cursor, error = found.cursor, found.error
    if error is None:
        return judge_good(found)
    if isinstance(error, RateLimited):
        seconds = round(max(error.retry_after or WAIT_SECONDS, 1.0), 1)
        message = f"{box.name} asks for a pause of {seconds:g} seconds. It goes on by itself."
        return say("waiting", message, retry_after=seconds)
    if isinstance(error, NotOffered):
        return say("unavailable", str(error))
    if cursor.scanned == 0:
        return say("failed", explain(error, box), advise(error))
    reached = f"Scanned {cursor.scanned} of {cursor.total}; then {box.name} failed."
    return say("partial", f"{reached} {explain(error, box)}", "Press Retry to go on from there.")


def judge_good(found: ScanResult) -> dict[str, Any]:
    """The end, or more to come."""
    cursor = found.cursor
    if found.is_complete:
        return say("complete", explain_end(cursor) if not cursor.missing else None)
    return say("more", f"Scanned {cursor.scanned} of {cursor.total} so far.")


def explain_end(cursor: Cursor) -> str:
    """Why there is nothing to show."""
    hidden = sum(cursor.hidden.values())
    if not cursor.scanned:
        return "The box has no scenes here."
    if hidden:
        return (
            f"{hidden} missing scenes are hidden by the filters; {cursor.owned} of {cursor.total} are in the library."
        )
    return f"All {cursor.total} scenes are in the library."


def explain_order(question: Question, box: Box) -> Iterator[str]:
    """What an order leaves out."""
    if question.sort == TRENDING:
        yield f"In this order {box.name} lists only the scenes that trend now. Choose another one to see them all."


def explain(error: ServiceError, box: Box) -> str:
    """The error; a rejected key is named with its endpoint."""
    if isinstance(error, AuthRejected) and box.endpoint not in str(error):
        return f"{error} (API key for {box.endpoint})"
    return str(error)


def say(state: str, message: str | None, next_step: str = "", retry_after: float | None = None) -> dict[str, Any]:
    """The words of an answer."""
    return {"state": state, "message": message, "next_step": next_step or None, "retry_after": retry_after}


def refuse(
    state: str,
    message: str,
    next_step: str = "",
    choice: BoxChoice | None = None,
    question: Question | None = None,
    opening: Opening | None = None,
) -> dict[str, Any]:
    """An answer without a list."""
    about: dict[str, Any] = {"entity": None, "box": None, "boxes": []}
    if choice and question and opening:
        about = describe(choice, question, opening)
    return {
        **say(state, message, next_step),
        **about,
        "figures": NO_FIGURES,
        "notices": [],
        "scenes": [],
        "cursor": None,
    }


def refuse_without_favorites(kind: str, choice: BoxChoice, question: Question, opening: Opening) -> dict[str, Any]:
    """Nothing can be shown when nothing is liked; nobody was asked."""
    name = choice.box.name if choice.box else "the box"
    likes = len(opening.favorites[kind])
    what = f"None of your {likes} favourite {kind} is linked" if likes else f"You have no favourite {kind}"
    message = f"{what}{'' if likes else ' in Stash'}, so the filter leaves nothing to show."
    step = f"Mark a {SINGULAR[kind]} as favourite in Stash and link it to {name}, or switch the filter off."
    return refuse("no_favorites", message, step, choice, question, opening)


def describe(choice: BoxChoice, question: Question, opening: Opening) -> dict[str, Any]:
    """What the list is about and where it comes from."""
    entity = opening.entity
    about = None
    if entity is not None:
        stash_id = choice.ids[0] if choice.ids else None
        url = make_entity_url(choice.box, question.entity_type, stash_id) if choice.box and stash_id else None
        about = {
            "type": question.entity_type,
            "id": entity["id"],
            "name": entity["name"],
            "stash_id": stash_id,
            "url": url,
        }
    linked = {box.endpoint for box in choice.linked}
    boxes = [{"endpoint": box.endpoint, "name": box.name, "is_linked": box.endpoint in linked} for box in opening.boxes]
    return {"entity": about, "box": describe_box(choice.box, opening) if choice.box else None, "boxes": boxes}


def describe_box(box: Box, opening: Opening) -> dict[str, Any]:
    """The box, and whether Whisparr can be asked about its scenes."""
    is_known = supports_box(box.endpoint, box.name)
    is_set_up = bool(opening.settings.whisparrUrl)
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


def show_figures(found: ScanResult) -> dict[str, Any]:
    """The figures, which add up; nobody knows any before the box has answered."""
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

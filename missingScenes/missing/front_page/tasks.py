"""The task that reads the row of the front page from the box, once a day."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.front_page.store import SavedRow, save_problem, save_row
from missing.listing.list_query import ARGUMENTS, read_list_query
from missing.listing.operations import read_list
from missing.news.look import NONE_HERE, READ, SCOPES
from shared.arguments import read_arguments, takes
from shared.errors import BundleError

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCENES = 20
LIST = {"sort": "CREATED_AT", "direction": "DESC", "page_size": SCENES}


@takes()
def refresh_row(call: Call) -> dict[str, Any]:
    """Task `front_row`: read and save the newest missing scenes of the favorites; raise if the box failed.

    A row that was saved before stays then, and the operation `front_row` tells the problem.
    """
    answers = [read_scope(call, scope) for scope in SCOPES]
    failed = [each for each in answers if each["state"] not in (*READ, *NONE_HERE)]
    if failed:
        problem = f"{failed[0]['message']} {failed[0]['next_step'] or ''}".strip()
        save_problem(call.store, problem)
        raise BundleError(problem)
    read = [each for each in answers if each["state"] in READ]
    scenes = merge_newest([each["scenes"] for each in read])
    box = read[0]["box"] if read else {"endpoint": "", "name": ""}
    save_row(call.store, SavedRow(call.clock.now(), box["endpoint"], box["name"], scenes))
    return {"message": f"{count_things(len(scenes), 'scene')} for the front page."}


def read_scope(call: Call, scope: str) -> dict[str, Any]:
    """Return one page of the missing scenes of favorite performers or studios, as the operation find_missing does.

    `refresh_row` calls it for each.
    """
    args = read_arguments("the row of the front page", ARGUMENTS, {**LIST, "entity_type": scope})
    return read_list(call, read_list_query(args))


def merge_newest(lists: Sequence[Iterable[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return at most SCENES scenes, each once: those that the box created last. `refresh_row` saves them."""
    unique = {card["id"]: dict(card) for cards in lists for card in cards}
    newest = sorted(unique.values(), key=lambda card: card["created"] or "", reverse=True)
    return newest[:SCENES]

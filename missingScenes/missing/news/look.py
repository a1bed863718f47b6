"""One look at a box: the scenes of favorites that it added since the last look, without what is owned or ignored."""

from __future__ import annotations

import contextlib
import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.operations import read_list_pages
from missing.listing.list_query import ARGUMENTS, read_list_query
from missing.news.store import Look, NewsScene, make_new_scenes
from shared.arguments import read_arguments
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCOPES = ("favorite_performers", "favorite_studios")
# A box gives a scene its time when an edit is made and shows it when the edit is accepted, and its clock may differ.
OVERLAP = 2 * 86_400.0
MOST_PAGES = 20
NONE_HERE = ("no_favorites", "unavailable")  # this scope has no scenes, and that is no failure
READ = ("complete", "more")


class BoxNews(NamedTuple):
    """The new scenes of one box, and why they are not all; empty if they are."""

    scenes: list[NewsScene]
    problem: str


def look_at_box(call: Call, box: Box, look: Look) -> BoxNews:
    """Return the scenes of favorites that a box added since the last look, for the task Look for New Scenes."""
    start = max(look.began, min(look.since, call.clock.now()) - OVERLAP)
    found: dict[str, NewsScene] = {}
    for scope in SCOPES:
        args = {"entity_type": scope, "endpoint": box.endpoint, "created_since": write_time(start), "page_size": 100}
        pages = read_pages(call, args)  # of more than 2,000 new scenes, the rest is in the list of the page
        found.update({each.scene_id: each for each in make_new_scenes(box.endpoint, pages.cards)})
        if pages.problem:
            return BoxNews(list(found.values()), pages.problem)
    return BoxNews(list(found.values()), "")


class ReadPages(NamedTuple):
    """The cards of a list's first pages; why the box failed, empty if it did not; True if the list goes on."""

    cards: list[dict[str, Any]]
    problem: str = ""
    is_cut: bool = False


def read_pages(call: Call, args: dict[str, Any], most: int = MOST_PAGES) -> ReadPages:
    """Return the cards of a list's first `most` pages; Look for New Scenes and Coming up call it."""
    cards: list[dict[str, Any]] = []
    query = read_list_query(read_arguments("list", ARGUMENTS, args))
    with contextlib.closing(read_list_pages(call, query)) as pages:
        for page in islice(pages, most):
            cards += page["scenes"]
            if page["state"] in NONE_HERE:
                return ReadPages(cards)
            if page["state"] not in READ:
                return ReadPages(cards, str(page["message"] or page["state"]))
            if not page["cursor"]:
                return ReadPages(cards)
    return ReadPages(cards, is_cut=True)


def write_time(moment: float) -> str:
    """Return a moment as the arguments of a list take it; `look_at_box` calls it."""
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

"""The operation that lists the scenes of favorites and followed ones that the boxes announce."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from missing.coming.plan import ComingScene, merge_scenes
from missing.follow.coming import list_announced
from missing.news.look import SCOPES, read_pages
from shared.arguments import pattern, takes
from shared.errors import ServiceError
from shared.stash_box import Box
from shared.stash_box.configured import read_boxes, select_usable

if TYPE_CHECKING:
    from shared.runtime.call import Call

DAY = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])", re.ASCII)
MOST_PAGES = 5


@takes(pattern("today", "a day such as 2024-05-01", DAY, note="the user's present day; later scenes are listed"))
def list_coming(call: Call) -> dict[str, Any]:
    """Operation `list_coming`: return the scenes of favorites and followed ones with a later date, the next first.

    Each box is asked for two lists, and for two more if something of it is followed, up to MOST_PAGES pages of each. A
    box that fails is named in `problems`; the scenes of the others are there. Without a box that has an API key,
    the lists are empty.
    """
    today = call.args["today"]
    found: list[ComingScene] = []
    problems: dict[str, str] = {}
    boxes = select_usable(read_boxes(call.stash), call.log)
    for box in boxes:
        cards, problem = read_box(call, box, today)
        found += [{**card, "endpoint": box.endpoint, "box": box.name} for card in cards]
        problems.update({box.name: problem} if problem else {})
    scenes = merge_scenes(found, today)
    shown = [{"endpoint": box.endpoint, "name": box.name, "url": box.origin} for box in boxes]
    return {"scenes": scenes, "boxes": shown, "problems": problems}


def read_box(call: Call, box: Box, today: str) -> tuple[list[ComingScene], str]:
    """Return the coming scenes of one box, and why they are not all; empty if they are."""
    found: list[ComingScene] = []
    problems: list[str] = []
    for scope in SCOPES:
        args = {"entity_type": scope, "endpoint": box.endpoint, "date_from": today, "sort": "DATE"}
        cards, problem = read_pages(call, {**args, "direction": "ASC", "page_size": 100}, MOST_PAGES)
        found += cards
        problems += [problem] if problem else []
    try:
        found += list_announced(call, box, today)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        problems.append(str(error))
    return found, " ".join(dict.fromkeys(problems))

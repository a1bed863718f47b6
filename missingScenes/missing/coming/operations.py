"""The operation that lists the scenes of favorites and followed ones that the boxes announce."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

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
    box that fails is named in `problems`, one that has more in `cut`; the scenes of the others are there. Without a box
    that has an API key, the lists are empty.
    """
    today = call.args["today"]
    found: list[ComingScene] = []
    problems: dict[str, str] = {}
    cut: list[str] = []
    boxes = select_usable(read_boxes(call.stash), call.log)
    for box in boxes:
        read = read_box(call, box, today)
        found += [{**card, "endpoint": box.endpoint, "box": box.name} for card in read.scenes]
        problems.update({box.name: read.problem} if read.problem else {})
        cut += [box.name] if read.is_cut else []
    scenes = merge_scenes(found, today)
    shown = [{"endpoint": box.endpoint, "name": box.name, "url": box.origin} for box in boxes]
    return {"scenes": scenes, "boxes": shown, "problems": problems, "cut": cut}


class BoxComing(NamedTuple):
    """The coming scenes of one box, why it failed, and True if it has later ones that were not read."""

    scenes: list[ComingScene]
    problem: str
    is_cut: bool


def read_box(call: Call, box: Box, today: str) -> BoxComing:
    """Return the coming scenes of one box: those of favorites and those of followed performers and studios.

    `list_coming` joins the boxes.
    """
    found: list[ComingScene] = []
    problems: list[str] = []
    is_cut = False
    for scope in SCOPES:
        args = {"entity_type": scope, "endpoint": box.endpoint, "date_from": today, "sort": "DATE"}
        pages = read_pages(call, {**args, "direction": "ASC", "page_size": 100}, MOST_PAGES)
        found += pages.cards
        problems += [pages.problem] if pages.problem else []
        is_cut = is_cut or pages.is_cut
    try:
        followed = list_announced(call, box, today)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        return BoxComing(found, " ".join(dict.fromkeys([*problems, str(error)])), is_cut)
    return BoxComing([*found, *followed.cards], " ".join(dict.fromkeys(problems)), is_cut or followed.is_cut)

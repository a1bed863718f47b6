"""The operations of the wanted and the ignored list: mark scenes, list them, export them."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.marks.export import FORMATS
from missing.marks.scene_arguments import CARD, MOST_SCENES, check_card
from missing.marks.store import IGNORED, LISTS, SORTS, WANTED, MarkedScene, list_marked_scenes, save_card
from missing.marks.target import KIND, MarkTarget, make_item, make_target
from missing.owned.by_id import find_owned
from shared.arguments import REQUIRED, choice, flag, paging, records, takes, text
from shared.errors import UsageError
from shared.journal import Change, set_field
from shared.page.paging import format_time, read_page
from shared.page.run_view import apply_and_show
from shared.stash_box import Box
from shared.stash_box.box import find_box_name
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

OWNED_AT_ONCE = 500
OTHER = {WANTED: IGNORED, IGNORED: WANTED}
LIST = choice("list", LISTS)
TITLES = {
    WANTED: ("Added {} to Wanted", "Removed {} from Wanted"),
    IGNORED: ("Ignored {}", "Stopped ignoring {}"),
}


@takes(
    LIST,
    flag("is_on", REQUIRED),
    text("endpoint"),
    records("scenes", CARD, MOST_SCENES, note="cards as `find_missing` returned them", is_open=True),
)
def mark_scenes(call: Call) -> dict[str, Any]:
    """Operation `mark_scenes`: put scenes on a list or take them off, and return the journal's run.

    A scene is on at most one of the two lists.
    """
    name, is_on, endpoint, cards = (call.args[each] for each in ("list", "is_on", "endpoint", "scenes"))
    if not cards:
        raise UsageError('The argument "scenes" of the operation mark_scenes has no scene.')
    for card in cards:
        check_card(card)
    now = call.clock.now()
    with call.store.write():
        for card in cards:
            save_card(call.store, MarkedScene(endpoint, card["id"], card, now))
    what = f'"{cards[0]["title"] or cards[0]["id"]}"' if len(cards) == 1 else count_things(len(cards), "scene")
    title = TITLES[name][0 if is_on else 1].format(what)
    target = make_target(call)
    changes = plan_marks(target, name, is_on, endpoint, cards)
    return {"run": apply_and_show(call, target, kind=KIND, title=title, entries=changes)}


def plan_marks(
    target: MarkTarget, name: str, is_on: bool, endpoint: str, cards: Sequence[Mapping[str, Any]], reason: str = ""
) -> Iterator[Change]:
    """Yield the journal's changes that put these scenes on a list or take them off; `reason` says why.

    `mark_scenes` calls it, and a follow that brings scenes to Wanted.
    """
    for card in cards:
        item = make_item(endpoint, card["id"], card["title"] or card["id"])
        present = target.read([item], LISTS)[item]
        yield set_field(item, name, present[name], is_on, source="user", reason=reason)
        other = OTHER[name]
        if is_on and present[other]:
            yield set_field(item, other, True, False, source="user", reason=f"it is {name} now")


@takes(
    LIST,
    choice("sort", tuple(SORTS), "added"),
    text("text", "", "searches titles, codes, names and dates"),
    text("endpoint", ""),
    *paging(50),
)
def list_marked(call: Call) -> dict[str, Any]:
    """Operation `list_marked`: return one page of the wanted or the ignored list."""
    name, sort, page = call.args["list"], call.args["sort"], read_page(call.args)
    filters = {"endpoint": call.args["endpoint"], "text": call.args["text"]}
    boxes = read_boxes(call.stash)
    marks, count = list_marked_scenes(call.store, name, filters, sort, (page.size, page.offset))
    owned = find_arrived(call.stash, marks) if name == WANTED else set()
    rows = [{**describe_mark(mark, name, boxes), "owned": mark[:2] in owned} for mark in marks]
    return {"scenes": rows, "count": count}


def find_arrived(stash: StashClient, marks: Sequence[MarkedScene]) -> set[tuple[str, str]]:
    """Return (endpoint, scene id) of the marked scenes that the library has now, for the wanted list."""
    ids: dict[str, list[str]] = {}
    for mark in marks:
        ids.setdefault(mark.endpoint, []).append(mark.scene_id)
    return {(endpoint, each) for endpoint, some in ids.items() for each in find_owned(stash, endpoint, some)}


def list_open_wanted(call: Call, endpoint: str) -> list[dict[str, Any]]:
    """Return the cards of one box's wanted scenes that the library still lacks; Whisparr plans add them all."""
    marks, _ = list_marked_scenes(call.store, WANTED, {"endpoint": endpoint, "text": ""}, "added", (MOST_SCENES, 0))
    pieces = [marks[start : start + OWNED_AT_ONCE] for start in range(0, len(marks), OWNED_AT_ONCE)]
    owned = {each for piece in pieces for each in find_arrived(call.stash, piece)}
    return [mark.card for mark in marks if mark[:2] not in owned]


@takes(LIST, choice("format", tuple(FORMATS)))
def export_marked(call: Call) -> dict[str, Any]:
    """Operation `export_marked`: return a whole list as a file to download."""
    name = call.args["list"]
    boxes = read_boxes(call.stash)
    marks, _ = list_marked_scenes(call.store, name, {"endpoint": "", "text": ""}, "added", (-1, 0))
    rows = [describe_mark(mark, name, boxes) for mark in marks]
    ending, content_type, render = FORMATS[call.args["format"]]
    return {
        "name": f"{name}-scenes.{ending}",
        "content_type": content_type,
        "text": render(rows),
        "count": len(rows),
    }


def describe_mark(mark: MarkedScene, name: str, boxes: Sequence[Box]) -> dict[str, Any]:
    """Return a marked scene as `list_marked` and `export_marked` answer it."""
    place = {"endpoint": mark.endpoint, "box": find_box_name(boxes, mark.endpoint)}
    return {
        **mark.card,
        **place,
        "wanted": name == WANTED,
        "ignored": name == IGNORED,
        "added_at": format_time(mark.added),
    }

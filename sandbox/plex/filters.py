"""Filters, order and paging of a list of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sandbox.messages import HttpRequest
from sandbox.plex.edits import BadEdit
from sandbox.plex.model import TAG_ELEMENTS, TYPE_NUMBERS, PlexMovie
from sandbox.plex.state import PlexState

IGNORED = re.compile(
    r"X-Plex-.*|include\w*|exclude\w*|checkFiles|skipRefresh|async\w*|type|sort|limit|group|push|pop|or|and|unwatched"
)
CONDITION = re.compile(r"(?:\w+\.)?(\w+?)([!=<>]*)")
TEXTS = ("title", "studio", "contentRating")
DAY = 86_400


class ListSlice(NamedTuple):
    """A part of a list; `size` None means everything."""

    start: int
    size: int | None


def read_page(request: HttpRequest) -> ListSlice:
    """Return the page of a list that a client of Plex asks for in headers or parameters."""
    start = request.header("x-plex-container-start") or request.parameter("X-Plex-Container-Start")
    size = request.header("x-plex-container-size") or request.parameter("X-Plex-Container-Size")
    return ListSlice(int(start or 0), int(size) if size else None)


def list_page(
    state: PlexState, section_id: int, kind: str, query: Mapping[str, list[str]], page: ListSlice
) -> tuple[list[PlexMovie], int]:
    """Return the items of one page of a library and how many there are in all, for the route that lists them."""
    order = query.get("sort", [""])[0] or "titleSort"
    is_simple = "," not in order and "limit" not in query and all(IGNORED.fullmatch(name) for name in query)
    end = None if page.size is None else page.start + page.size
    if not is_simple:
        found = pick_items(state, state.list_items(section_id, kind), query)
        return found[page.start : end], len(found)
    name, _, direction = order.partition(":")
    marks = state.list_marks(section_id, kind, name, sort_key)
    marks.sort(key=lambda mark: mark[0], reverse=direction.startswith("desc"))
    shown = (state.peek_item(key) for _, key in marks[page.start : end])
    return [item for item in shown if item], len(marks)


def pick_items(state: PlexState, items: Iterable[PlexMovie], query: Mapping[str, list[str]]) -> list[PlexMovie]:
    """Return the items that meet every condition of the query; an unknown condition is refused.

    Lists and smart collections of the Plex double are made so.
    """
    picked = list(items)
    for name, values in query.items():
        if IGNORED.fullmatch(name):
            continue
        match = CONDITION.fullmatch(name)
        if not match:
            raise BadEdit(400, f"unknown filter {name}")
        picked = [item for item in picked if holds(state, item, match[1], match[2], values[-1])]
    picked = sort_items(picked, query.get("sort", [""])[0])
    limit = query.get("limit", [""])[0]
    return picked[: int(limit)] if limit else picked


def holds(state: PlexState, item: PlexMovie, name: str, operator: str, value: str) -> bool:
    """Return True if an item meets a condition; several values mean any of them. `pick_items` asks."""
    if name in TEXTS:
        return any(compare_text(item.fields.get(name, ""), operator, each) for each in value.split(","))
    if name == "guid":
        return item.guid == value
    if name in ("addedAt", "updatedAt"):
        return compare_time(item.added_at if name == "addedAt" else item.updated_at, operator, value, state.now())
    if name in ("year", "userRating"):
        text = item.fields.get("originallyAvailableAt", "")[:4] if name == "year" else item.fields.get(name, "")
        return compare_number(float(text or -1), operator, float(value))
    if name in TAG_ELEMENTS:
        ids = {str(state.tag_id(name, tag)) for tag in item.tag_names(name)}
        return bool(ids & set(value.split(","))) != (operator == "!")
    if name in ("unmatched", "duplicate"):
        is_so = item.guid.startswith("local://") if name == "unmatched" else len(item.media) > 1
        return is_so == (value == "1")
    raise BadEdit(400, f"unknown filter {name}")


def compare_text(text: str, operator: str, value: str) -> bool:
    """Return True if a text meets a condition; without an operator it has to contain the value. `holds` asks."""
    have, want = text.casefold(), value.casefold()
    answers = {
        "": want in have,
        "!": want not in have,
        "=": have == want,
        "!=": have != want,
        "<": have.startswith(want),
        ">": have.endswith(want),
    }
    if operator not in answers:
        raise BadEdit(400, f"unknown operator {operator}")
    return answers[operator]


def compare_number(have: float, operator: str, want: float) -> bool:
    """Return True if a number meets a condition; `holds` and `compare_time` ask."""
    answers = {"": have == want, "!": have != want, ">>": have > want, "<<": have < want}
    if operator not in answers:
        raise BadEdit(400, f"unknown operator {operator}")
    return answers[operator]


def compare_time(have: int, operator: str, value: str, now: float) -> bool:
    """Return True if a time meets a condition, in seconds since 1970 or, with a minus, before now; `holds` asks."""
    match = re.fullmatch(r"-(\d+)([smhdwy]|mon)", value)
    scale = {"s": 1, "m": 60, "h": 3600, "d": DAY, "w": 7 * DAY, "mon": 30 * DAY, "y": 365 * DAY}
    want = now - int(match[1]) * scale[match[2]] if match else float(value)
    return compare_number(have, operator, want)


def sort_items(items: list[PlexMovie], order: str) -> list[PlexMovie]:
    """Return the items in the requested order, for `pick_items`; by title if none is requested."""
    for part in reversed((order or "titleSort").split(",")):
        name, _, direction = part.partition(":")
        items.sort(key=lambda item, by=name: sort_key(item, by), reverse=direction.startswith("desc"))  # type: ignore[misc]
    return items


def sort_key(item: PlexMovie, name: str) -> tuple[float, str]:
    """Return the key an item is sorted by, for `sort_items` and for sorting a large library."""
    name = name.rpartition(".")[2]
    if name in ("addedAt", "updatedAt"):
        return float(item.added_at if name == "addedAt" else item.updated_at), ""
    if name in ("titleSort", "title", "originallyAvailableAt", "studio"):
        return 0.0, (item.fields.get(name) or item.title).casefold()
    if name in ("userRating", "rating"):
        return float(item.fields.get(name) or 0), ""
    raise BadEdit(400, f"unknown sort {name}")


def kind_of(query: Mapping[str, list[str]], default: str) -> str:
    """Return the type of item that a list request asks for, such as "movie"; an unknown number is refused."""
    number = query.get("type", [""])[0]
    names = {str(value): name for name, value in TYPE_NUMBERS.items()}
    if number and number not in names:
        raise BadEdit(400, f"unknown type {number}")
    return names.get(number, default)

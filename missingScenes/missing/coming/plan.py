"""The scenes that are still to come, of all boxes in one list. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ComingScene = dict[str, Any]


def is_coming(date: str | None, today: str) -> bool:
    """Return True if a day, month or year begins after today, so that the scene cannot be out yet.

    `merge_scenes` calls it.
    """
    return bool(date) and str(date) > today[: len(str(date))]


def merge_scenes(scenes: Iterable[ComingScene], today: str) -> list[ComingScene]:
    """Return the scenes that are still to come, each once, the next first; `list_coming` calls it.

    Scenes without a day follow their month: `~` stands behind all digits. A scene may be in several lists, for example
    of a performer and of a studio.
    """
    coming = [each for each in scenes if is_coming(each["date"], today)]
    unique = {(each["endpoint"], each["id"]): each for each in coming}
    return sorted(unique.values(), key=lambda each: f"{each['date']}~" if len(each["date"]) < 10 else each["date"])

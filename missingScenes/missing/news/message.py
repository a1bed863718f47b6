"""The message about new scenes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from missing.news.store import NewsScene
from shared.notify.message import Message

if TYPE_CHECKING:
    from shared.runtime.plugin import Plugin

EVENT = "new_scenes"
NOTE = "Missing Scenes shows them."
FAVORITES, BOTH = "your favorites", "your favorites and of those you follow"


def write_message(plugin: Plugin, scenes: Sequence[NewsScene], *, has_titles: bool, source: str = FAVORITES) -> Message:
    """Return one message about all new scenes: numbers only, or with a line for each scene."""
    number = len(scenes)
    title = f"{number} new {'scene' if number == 1 else 'scenes'} of {source}"
    lines = tuple(map(describe_scene, scenes)) if has_titles else ()
    return Message(title, lines, number, plugin.id, EVENT, NOTE)


def describe_scene(scene: NewsScene) -> str:
    """Return the line of one scene."""
    parts = [scene.title, scene.people, scene.date]
    return " · ".join(part for part in parts if part)

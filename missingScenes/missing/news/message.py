"""The message about new scenes. Pure."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from missing.news.store import NewsScene
from shared.notify.message import Message

if TYPE_CHECKING:
    from shared.runtime.plugin import Plugin

EVENT = "new_scenes"
NOTE = "Missing Scenes shows them."
FAVORITES, FOLLOWED = "your favorites", "those you follow"


def write_message(plugin: Plugin, scenes: Sequence[NewsScene], *, has_titles: bool, source: str = FAVORITES) -> Message:
    """Return one message about all new scenes: numbers only, or with a line for each scene; `tell_news` sends it."""
    number = len(scenes)
    title = f"{count_things(number, 'new scene')} of {source}"
    lines = tuple(map(describe_scene, scenes)) if has_titles else ()
    return Message(title, lines, number, plugin.id, EVENT, NOTE)


def name_source(*, has_follows: bool, sources: Collection[str]) -> str:
    """Return the words for whose new scenes a notice or message is about: favorites, follows, favorites at a box.

    `sources` are those of the scenes: "" for our own look, else the name of the box whose notice announced it.
    """
    own = [FAVORITES, *[FOLLOWED] * has_follows] if "" in sources or not sources else []
    parts = [*own, *(f"{FAVORITES} at {name}" for name in sorted(sources) if name)]
    return " and of ".join(filter(None, [", of ".join(parts[:-1]), parts[-1]]))


def describe_scene(scene: NewsScene) -> str:
    """Return the line of one scene in a message; `write_message` calls it."""
    parts = [scene.title, scene.people, scene.date, scene.source and f"favorite at {scene.source}"]
    return " · ".join(part for part in parts if part)

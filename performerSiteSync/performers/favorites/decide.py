"""Decides what to do about one favorite from both present states and the remembered one. Pure."""

from __future__ import annotations

IMPORT, EXPORT, BOTH_WAYS = "import", "export", "both"
ASK, REMOVE, KEEP = "ask", "remove", "keep"

# Remembered states: favorite on both sides; or different on purpose, because a person undid our change.
WAS_FAVORITE, KEPT_DIFFERENT = "liked", "kept"

LIKE_HERE, LIKE_THERE = "like_here", "like_there"
UNLIKE_HERE, UNLIKE_THERE = "unlike_here", "unlike_there"
LEFT_HERE, LEFT_THERE = "left_here", "left_there"
SAME, NOTHING = "same", ""


def decide_favorite(is_there: bool, is_here: bool, before: str, direction: str) -> str:
    """Return the action for one favorite, such as `like_here`; `FavoritePlanner` calls it with both present states."""
    if is_there == is_here:
        return SAME if is_here else NOTHING
    if before == KEPT_DIFFERENT:
        return NOTHING
    if is_there:
        if before == WAS_FAVORITE:
            return LEFT_HERE if direction == IMPORT else UNLIKE_THERE
        return NOTHING if direction == EXPORT else LIKE_HERE
    if before == WAS_FAVORITE:
        return LEFT_THERE if direction == EXPORT else UNLIKE_HERE
    return NOTHING if direction == IMPORT else LIKE_THERE


def decide_memory(is_there: bool, is_here: bool, before: str) -> str:
    """Return the state to remember after a run, for the next sync of favorites.

    A difference stays as it was until a person decides.
    """
    if is_there == is_here:
        return WAS_FAVORITE if is_here else ""
    return before

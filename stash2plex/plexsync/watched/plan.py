"""Decides which plays, which position and which stars a scene takes from Plex. Pure.

Each value is compared with what both showed last, so that the plugin knows which side changed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timezone
from typing import NamedTuple

from shared.journal import Entry, Finding, Item, add_member, set_field
from shared.journal.changes import CONFLICT
from shared.plex.model import WatchedState
from shared.stash.filters import parse_time

KIND = "scene"
PLAYS, RESUME, STARS = "plays", "resume", "stars"
SAME_PLAY = 60  # seconds by which two programs may differ about the time of one play
SAME_POSITION = 10.0  # seconds
WATCHED_SHARE = 0.98  # of the duration; from there on Stash counts a position as the end
MOST_ROUNDING = 5  # of 100; a half star is 10, so rounding to half stars changes a rating by no more
ASK, PLEX, STASH, NEWER = "ask", "plex", "stash", "newer"
SOURCE = "Plex"


class SceneWatched(NamedTuple):
    """The watching of a scene as Stash has it; times in seconds since 1970."""

    id: int
    label: str
    plays: tuple[int, ...] = ()
    resume: float = 0.0
    stars: int | None = None
    duration: float = 0.0
    saved_at: int = 0

    @property
    def item(self) -> Item:
        """Return the scene as the journal's item."""
        return Item(KIND, str(self.id), self.label)


class ItemWatched(NamedTuple):
    """The watching of one item in Plex, and the values that both showed last: None for a value never compared."""

    rating_key: str
    state: WatchedState
    plays: tuple[int, ...] = ()
    last_viewed: int | None = None
    last_resume: float | None = None
    last_stars: str | None = None
    last_asked: str = ""


class WatchRules(NamedTuple):
    """The values to take from Plex, and whose stars count if both sides changed them.

    With `repeats_conflicts` a conflict is told again, as Preview Plays and Stars From Plex does.
    """

    plays: bool = False
    resume: bool = False
    stars: bool = False
    conflict: str = ASK
    repeats_conflicts: bool = True


class WatchPlan(NamedTuple):
    """The rows for one scene; with `sends_stars` Stash's stars are the right ones, and Plex is to get them.

    `asked` are the two ratings of a conflict.
    """

    scene: SceneWatched
    items: tuple[ItemWatched, ...]
    entries: tuple[Entry, ...]
    sends_stars: bool = False
    asked: str = ""


def plan_scene(
    scene: SceneWatched, items: Sequence[ItemWatched], taken: Collection[int], rules: WatchRules
) -> WatchPlan:
    """Return the plan of what a scene takes from Plex: plays, position and stars; `WatchedRun` calls it.

    `taken` are the plays that it has taken before, whether Stash has them still.
    """
    entries: list[Entry] = []
    if rules.plays:
        times = find_new_plays(scene, items, taken)
        entries += [add_member(scene.item, PLAYS, format_play(at), source=SOURCE) for at in times]
    if rules.resume and (position := find_new_position(scene, items)) is not None:
        entries.append(set_field(scene.item, RESUME, scene.resume, position, source=SOURCE))
    verdict = decide_stars(scene, find_rated(items), rules.conflict) if rules.stars else ""
    plex = read_stars100(find_rated(items).state)
    asked = f"{scene.stars}/{plex}" if verdict == ASK else ""
    if verdict == PLEX:
        entries.append(set_field(scene.item, STARS, scene.stars, plex, source=SOURCE))
    elif asked and (rules.repeats_conflicts or any(item.last_asked != asked for item in items)):
        entries.append(Finding(scene.item, CONFLICT, describe_conflict(scene.stars, plex), STARS, SOURCE))
    return WatchPlan(scene, tuple(items), tuple(entries), verdict == STASH, asked)


def has_news(item: ItemWatched, rules: WatchRules) -> bool:
    """Return True if Plex shows something else of an item than at the last comparison; else nothing can be taken.

    A run reads only the scenes of such items from Stash.
    """
    state = item.state
    plays = rules.plays and (bool(item.plays) or state.plays != (item.last_viewed or 0))
    resume = rules.resume and not is_same_position(state.offset, item.last_resume or 0.0)
    stars = rules.stars and not is_same_stars(read_stars100(state), parse_stars100(item.last_stars or ""))
    return plays or resume or stars


def find_new_plays(scene: SceneWatched, items: Sequence[ItemWatched], taken: Collection[int]) -> list[int]:
    """Return the times of plays that Stash does not have; the same file in two libraries counts once.

    `taken` are the plays that the scene has taken before: they do not come again if Stash lost them. A mark as played
    leaves no row in Plex's history. It counts as a play if neither program knows another one.
    """
    known = [*scene.plays, *taken]
    found: list[int] = []
    for at in sorted({at for item in items for at in item.plays}) or list(find_marks(scene, items)):
        if not is_near(at, known) and not is_near(at, found):
            found.append(at)
    return found


def find_marks(scene: SceneWatched, items: Iterable[ItemWatched]) -> Iterator[int]:
    """Yield the time at which an item was marked as played, if the mark is new and Stash knows no play."""
    for item in items:
        if item.state.plays and item.state.viewed_at and not item.last_viewed and not scene.plays:
            yield item.state.viewed_at


def is_near(at: int, times: Iterable[int]) -> bool:
    """Return True if one of the times may be the same play."""
    return any(abs(at - each) <= SAME_PLAY for each in times)


def find_new_position(scene: SceneWatched, items: Sequence[ItemWatched]) -> float | None:
    """Return the position that the scene gets, in seconds; None if Stash's stays."""
    item = max(items, key=lambda each: each.state.viewed_at)
    here, there = (round_position(each, scene.duration) for each in (scene.resume, item.state.offset))
    if is_same_position(here, there):
        return None
    if item.last_resume is None:  # nothing tells which of two positions is the later one
        return None if here else there
    last = round_position(item.last_resume, scene.duration)
    is_there_newer = item.state.viewed_at >= max(scene.plays, default=0)
    has_changed = not is_same_position(there, last)
    return there if has_changed and (is_there_newer or is_same_position(here, last)) else None


def round_position(seconds: float, duration: float) -> float:
    """Return a position; the beginning and the end of a file are both 0, because then it starts again."""
    is_end = bool(duration) and seconds >= duration * WATCHED_SHARE
    return 0.0 if is_end or seconds < SAME_POSITION else round(seconds, 1)


def is_same_position(one: float, other: float) -> bool:
    """Return True if two positions differ by some seconds only, and both or none are the beginning."""
    return abs(one - other) <= SAME_POSITION and bool(one) == bool(other)


def find_rated(items: Sequence[ItemWatched]) -> ItemWatched:
    """Return the item whose stars count: the one that was rated last."""
    return max(items, key=lambda item: (item.state.rated_at, item.state.stars is not None))


def decide_stars(scene: SceneWatched, item: ItemWatched, conflict: str) -> str:
    """Return whose stars count if the two differ and Plex's have changed: PLEX, STASH or ASK; else an empty text."""
    here, there = scene.stars, read_stars100(item.state)
    if is_same_stars(here, there):
        return ""
    if item.last_stars is None:
        return "" if there is None else PLEX if here is None else choose_side(scene, item, conflict)
    last = parse_stars100(item.last_stars)
    if is_same_stars(there, last):
        return ""
    return PLEX if is_same_stars(here, last) else choose_side(scene, item, conflict)


def choose_side(scene: SceneWatched, item: ItemWatched, conflict: str) -> str:
    """Return whose stars count by the setting; Stash's stars are as old as the last save of the scene."""
    if conflict == NEWER:
        return PLEX if item.state.rated_at > scene.saved_at else STASH
    return conflict


def read_stars100(state: WatchedState) -> int | None:
    """Return Plex's stars as Stash has them, out of 100."""
    return None if state.stars is None else round(state.stars * 10)


def parse_stars100(text: str) -> int | None:
    """Return the stars of a write record, such as "8.5", out of 100; None for an empty text."""
    return round(float(text) * 10) if text else None


def is_same_stars(one: int | None, other: int | None) -> bool:
    """Return True if two ratings are equal but for rounding to half stars."""
    if one is None or other is None:
        return one == other
    return abs(one - other) <= MOST_ROUNDING


def describe_stars(stars: int | None) -> str:
    """Return a rating for a sentence."""
    return "no stars" if stars is None else f"{stars / 20:g} stars"


def describe_conflict(here: int | None, there: int | None) -> str:
    """Return the sentence about two ratings of which a person must choose one, with the next step."""
    return (
        f"Stash has {describe_stars(here)}, Plex has {describe_stars(there)}, and both were changed. Give the scene "
        "the same stars in both, or choose a side in the setting Different Stars."
    )


def format_play(at: int) -> str:
    """Return the time of a play as the journal and Stash have it, such as "2024-03-01T20:15:00Z"."""
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_play(text: str) -> int:
    """Return the time of a play in seconds since 1970, in whole seconds as Stash stores it."""
    return int(parse_time(text).timestamp())

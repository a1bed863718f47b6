"""The decision about each open scene: bring it, let it wait, or leave it out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from missing.follow.rules import ASK, FollowRules
from shared.runtime.clock import is_recent

WEEK = 7 * 86_400.0
ASKS, LIMIT, RETRY, BRINGING = "asks", "limit", "retry", "bringing"
CAME, SKIPPED, LEFT_OUT = "came", "skipped", "left_out"
OPEN = (ASKS, LIMIT, RETRY)
OWNED, IGNORED = "It is in your library.", "You ignore it."


class Decision(NamedTuple):
    """The new state of one open scene, with the reason; BRINGING means that it is brought now."""

    scene_id: str
    state: str
    reason: str = ""


class OpenScene(NamedTuple):
    """A scene that is neither brought nor left out, with its present state; those found first come first."""

    scene_id: str
    state: str
    reason: str = ""


def decide_scenes(
    scenes: Sequence[OpenScene], rules: FollowRules, came: int, owned: Collection[str], ignored: Collection[str]
) -> list[Decision]:
    """Return the decision about each open scene of one follow; each check makes them before it brings scenes.

    `came` counts the scenes that came within the last week. A scene that could not be brought is tried again, and has
    its place in the week already.
    """
    gone = {**dict.fromkeys(ignored, IGNORED), **dict.fromkeys(owned, OWNED)}
    room = rules.per_week - came - sum(each.state == RETRY and each.scene_id not in gone for each in scenes)
    found = []
    for each in scenes:
        if each.scene_id in gone:
            found.append(Decision(each.scene_id, LEFT_OUT, gone[each.scene_id]))
        elif each.state == RETRY:
            found.append(Decision(each.scene_id, BRINGING))
        elif rules.way == ASK:
            found.append(Decision(each.scene_id, ASKS))
        elif rules.per_week and room <= 0:
            found.append(Decision(each.scene_id, LIMIT))
        else:
            found.append(Decision(each.scene_id, BRINGING))
            room -= 1
    return found


def find_next_place(came: Iterable[float], per_week: int, now: float) -> float | None:
    """Return when the weekly limit has room for one more scene, for the page; None if it has room now or no limit."""
    within = sorted(each for each in came if is_recent(each, now, WEEK))
    return within[len(within) - per_week] + WEEK if per_week and len(within) >= per_week else None


class WeeklyResult(NamedTuple):
    """The effect of a weekly limit on scenes: how many would have come in time, and how many would still wait."""

    came: int
    waiting: int


def simulate_weeks(days: Iterable[str], per_week: int, today: str) -> WeeklyResult:
    """Return how many scenes added on these days would have come by `today` with this limit, and how many wait.

    The preview shows it.
    """
    added = sorted(days)
    if not per_week:
        return WeeklyResult(len(added), 0)
    came: list[date] = []
    for each in added:
        day = date.fromisoformat(each)
        if len(came) >= per_week:
            day = max(day, came[-per_week] + timedelta(7))
        came.append(day)
    in_time = sum(day.isoformat() <= today for day in came)
    return WeeklyResult(in_time, len(came) - in_time)

"""The decisions about plays, positions and stars, without Plex and Stash."""

from __future__ import annotations

from typing import Any

import pytest
from plexsync.watched.accounts import choose_account
from plexsync.watched.plan import (
    ItemWatched,
    SceneWatched,
    WatchRules,
    decide_stars,
    find_new_plays,
    find_new_position,
    plan_scene,
)

from shared.errors import SettingError
from shared.plex.history import PlexAccount
from shared.plex.model import WatchedState

NOON = 1_700_000_000
HOUR = 3600


def make_scene(**values: Any) -> SceneWatched:
    """Return a scene of a thousand seconds."""
    return SceneWatched(1, "Beach day", **{"duration": 1000.0, "saved_at": NOON, **values})


def make_item(**values: Any) -> ItemWatched:
    """Return an item; values of its state have their own names, the others begin with "last"."""
    last = {name: values.pop(name) for name in list(values) if name.startswith("last")}
    return ItemWatched("5", WatchedState(**values), **last)


@pytest.mark.parametrize(
    ("here", "there", "taken", "new"),
    [
        ((), [(NOON,)], (), [NOON]),
        ((NOON + 59,), [(NOON,)], (), []),
        ((NOON + 61,), [(NOON,)], (), [NOON]),
        ((), [(NOON,)], (NOON,), []),
        ((), [(NOON, NOON + HOUR), (NOON + 30,)], (), [NOON, NOON + HOUR]),
        ((NOON - HOUR,), [(NOON,)], (), [NOON]),
    ],
    ids=["new", "known", "another", "taken before", "one file in two libraries", "one more"],
)
def test_a_play_is_taken_once(
    here: tuple[int, ...], there: list[tuple[int, ...]], taken: tuple[int, ...], new: list[int]
) -> None:
    items = [ItemWatched("5", WatchedState(len(plays)), plays) for plays in there]
    assert find_new_plays(make_scene(plays=here), items, taken) == new


@pytest.mark.parametrize(
    ("last_viewed", "plays", "new"), [(None, (), [NOON]), (0, (), [NOON]), (1, (), []), (None, (NOON - HOUR,), [])]
)
def test_a_mark_as_played_counts_if_nobody_knows_a_play(
    last_viewed: int | None, plays: tuple[int, ...], new: list[int]
) -> None:
    item = ItemWatched("5", WatchedState(1, NOON), (), last_viewed)
    assert find_new_plays(make_scene(plays=plays), [item], ()) == new


@pytest.mark.parametrize(
    ("here", "there", "last", "new"),
    [
        (0, 300, None, 300),
        (200, 300, None, None),
        (0, 0, None, None),
        (0, 300, 0, 300),
        (300, 0, 300, 0),
        (300, 995, 300, 0),
        (400, 300, 300, None),
        (305, 300, 200, None),
        (400, 600, 300, 600),
        (0, 5, 0, None),
    ],
)
def test_a_position_is_taken_if_plex_changed_it(
    here: float, there: float, last: float | None, new: float | None
) -> None:
    item = make_item(offset=there, viewed_at=NOON, last_resume=last)
    assert find_new_position(make_scene(resume=here, plays=(NOON - HOUR,)), [item]) == new


def test_of_two_new_positions_the_later_one_counts() -> None:
    item = make_item(offset=600.0, viewed_at=NOON, last_resume=300.0)
    assert find_new_position(make_scene(resume=400.0, plays=(NOON + HOUR,)), [item]) is None


@pytest.mark.parametrize(
    ("here", "there", "last", "by_rule"),
    [
        (None, 8.0, None, "plex"),
        (80, 8.0, None, ""),
        (85, 8.0, None, ""),
        (60, 8.0, None, "rule"),
        (60, None, None, ""),
        (60, 8.0, "6", "plex"),
        (60, None, "6", "plex"),
        (60, 8.0, "8", ""),
        (60, 8.0, "4", "rule"),
        (None, 8.0, "4", "rule"),
    ],
)
def test_stars_count_if_plex_changed_them(
    here: int | None, there: float | None, last: str | None, by_rule: str
) -> None:
    item = make_item(stars=there, rated_at=NOON + 1, last_stars=last)
    for rule in ("ask", "stash", "plex"):
        assert decide_stars(make_scene(stars=here), item, rule) == (rule if by_rule == "rule" else by_rule)


@pytest.mark.parametrize(("rated_at", "side"), [(NOON + 1, "plex"), (NOON - 1, "stash")])
def test_the_newer_stars_count(rated_at: int, side: str) -> None:
    item = make_item(stars=8.0, rated_at=rated_at, last_stars="4")
    assert decide_stars(make_scene(stars=60), item, "newer") == side


def test_a_conflict_says_both_values_and_is_told_once_by_the_schedule() -> None:
    item = make_item(stars=8.0, last_stars="4")
    (finding,) = plan_scene(make_scene(stars=60), [item], (), WatchRules(stars=True)).entries
    assert finding.outcome == "conflict" and "Stash has 3 stars, Plex has 4 stars" in finding.message  # type: ignore[union-attr]
    told = item._replace(last_asked="60/80")
    assert plan_scene(make_scene(stars=60), [told], (), WatchRules(stars=True, repeats_conflicts=False)).entries == ()


def test_what_is_switched_off_is_not_taken() -> None:
    item = ItemWatched("5", WatchedState(1, NOON, 300.0, 8.0), (NOON,))
    assert plan_scene(make_scene(), [item], (), WatchRules()).entries == ()


def test_an_account_is_named_by_name_or_number() -> None:
    accounts = [PlexAccount(1, "Ann"), PlexAccount(22, "Bo"), PlexAccount(23, "Bo")]
    assert [choose_account(text, accounts) for text in ("ann", "Bo [23]", "Old name [22]")] == [1, 23, 22]
    for text in ("Bo", "Cy", "Cy [9]"):
        with pytest.raises(SettingError, match=r'"Ann \[1\]"'):
            choose_account(text, accounts)

"""The rules of a followed performer or studio, the limit by the week, and what a limit would have done."""

from __future__ import annotations

from typing import Any

import pytest
from missing.follow.box_scenes import find_start, is_new, limit_time, sort_time
from missing.follow.plan import (
    ASKS,
    BRINGING,
    LEFT_OUT,
    LIMIT,
    RETRY,
    WEEK,
    OpenScene,
    decide_scenes,
    find_next_place,
    simulate_weeks,
)
from missing.follow.rules import (
    ASK,
    NONE,
    ONLY,
    FollowedScene,
    FollowRules,
    find_reason,
    make_context,
    make_rules,
    show_rules,
)
from missing.follow.store import Follow

MIRA = {"id": "mira", "gender": "FEMALE"}
BEN = {"id": "ben", "gender": "MALE"}
UNKNOWN = {"id": "ann", "gender": None}


def scene(**values: Any) -> FollowedScene:
    known = {"id": "s", "created": "2026-05-01T08:00:00Z", "date": "2026-04-20", "duration": 1200, "performers": [MIRA]}
    tags = values.pop("tags", ())
    return FollowedScene({**known, "studio": None, **values}, tags)


@pytest.mark.parametrize(
    ("rules", "values", "expected"),
    [
        (FollowRules(), {}, None),
        (FollowRules(), {"date": "2019-01-01"}, "old"),
        (FollowRules(), {"date": "2026"}, None),
        (FollowRules(), {"date": None}, "old"),
        (FollowRules(oldest_days=0), {"date": None}, None),
        (FollowRules(), {"date": "2019", "created": None}, None),
        (FollowRules(min_minutes=20), {}, None),
        (FollowRules(min_minutes=21), {}, "short"),
        (FollowRules(min_minutes=1), {"duration": None}, "short"),
        (FollowRules(excluded_tags=(("t1", "Outdoor"),)), {"tags": ("t1", "outdoor")}, "excluded_tag"),
        (FollowRules(), {"tags": ("t2", "from the setting")}, "excluded_tag"),
        (FollowRules(solo=ONLY), {}, None),
        (FollowRules(solo=ONLY), {"performers": [MIRA, BEN]}, "solo"),
        (FollowRules(solo=NONE), {}, "solo"),
        (FollowRules(genders=("MALE",)), {"performers": [MIRA, BEN]}, None),
        (FollowRules(genders=("FEMALE",)), {"performers": [MIRA, BEN]}, "gender"),
        (FollowRules(genders=("FEMALE",)), {"performers": [MIRA, UNKNOWN]}, "gender"),
        (FollowRules(genders=("FEMALE",)), {}, None),
    ],
)
def test_the_first_rule_that_does_not_fit_leaves_a_scene_out(
    rules: FollowRules, values: dict[str, Any], expected: str | None
) -> None:
    context = make_context(rules, ("mira",), ("From the Setting",))
    assert find_reason(scene(**values), rules, context) == expected


def test_rules_survive_the_state_file_and_rules_of_a_later_version_are_read() -> None:
    rules = FollowRules(min_minutes=5, excluded_tags=(("t", "Tag"),), genders=("MALE",), per_week=3, way=ASK)
    assert make_rules({**show_rules(rules), "of_a_later_version": 1}) == rules


def decide(rules: FollowRules, *states: str, came: int = 0, owned: tuple[str, ...] = ()) -> list[str]:
    scenes = [OpenScene(str(place), state) for place, state in enumerate(states)]
    return [each.state for each in decide_scenes(scenes, rules, came, owned, ())]


def test_a_week_takes_so_many_scenes_and_the_rest_waits() -> None:
    assert decide(FollowRules(), LIMIT, LIMIT, LIMIT) == [BRINGING] * 3
    assert decide(FollowRules(per_week=2), LIMIT, LIMIT, LIMIT) == [BRINGING, BRINGING, LIMIT]
    assert decide(FollowRules(per_week=2), LIMIT, LIMIT, came=1) == [BRINGING, LIMIT]
    assert decide(FollowRules(per_week=2), LIMIT, came=5) == [LIMIT]


def test_a_scene_that_failed_is_tried_again_and_keeps_its_place_in_the_week() -> None:
    assert decide(FollowRules(per_week=1), LIMIT, RETRY) == [LIMIT, BRINGING]
    assert decide(FollowRules(per_week=1), LIMIT, RETRY, owned=("1",)) == [BRINGING, LEFT_OUT]


def test_scenes_wait_for_a_click_if_the_rules_say_so_but_an_accepted_one_is_tried_again() -> None:
    assert decide(FollowRules(way=ASK), LIMIT, ASKS, RETRY, came=9) == [ASKS, ASKS, BRINGING]


def test_the_next_place_of_a_week_is_free_when_the_oldest_arrival_is_a_week_old() -> None:
    now = 100 * WEEK
    assert find_next_place([now - 5, now - WEEK / 2, now - 2 * WEEK], 2, now) == now + WEEK / 2
    assert find_next_place([now - 5], 2, now) is None
    assert find_next_place([now - 5], 0, now) is None
    assert find_next_place([now + WEEK], 1, now) is None  # the clock was set back


def test_a_limit_delays_scenes_and_what_is_delayed_beyond_today_waits() -> None:
    days = ["2026-01-01"] * 3 + ["2026-02-01"]
    assert simulate_weeks(days, 0, "2026-02-02") == (4, 0)
    assert simulate_weeks(days, 1, "2026-02-02") == (4, 0)
    assert simulate_weeks(days, 1, "2026-01-10") == (2, 2)


def follow(began: str) -> Follow:
    return Follow(1, "e", "performer", "mira", 1, "Mira", FollowRules(), began)


def test_what_is_new_is_decided_by_the_time_of_the_box() -> None:
    assert is_new(scene(created="2026-05-01T08:00:00.25Z"), follow("2026-05-01T08:00:00"))
    assert not is_new(scene(created="2026-05-01T08:00:00Z"), follow(sort_time("2026-05-01T08:00:00Z")))
    assert is_new(scene(), follow(""))
    assert is_new(scene(created=None, date="2026-05-01"), follow("2026-05-01"))
    assert not is_new(scene(created=None, date="2026-04-30"), follow("2026-05-01"))


def test_a_list_is_read_back_to_a_week_before_the_last_check_but_not_before_the_first_follow() -> None:
    follows = [follow("2026-05-20T00:00:00"), follow("2026-01-01T00:00:00")]
    assert find_start(follows, "2026-06-01T00:00:00.5") == "2026-05-25T00:00:00"
    assert find_start(follows[:1], "2026-05-22T00:00:00") == "2026-05-20T00:00:00"
    assert find_start(follows, "") == "2026-01-01T00:00:00"


def test_a_time_of_the_far_future_does_not_hide_everything_until_then() -> None:
    assert limit_time("2100-01-01T00:00:00", 0.0) == "1970-01-02T00:00:00"
    assert limit_time("1969-01-01T00:00:00", 0.0) == "1969-01-01T00:00:00"

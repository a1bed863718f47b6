"""Which errors are kept, and when one is over. Pure."""

from __future__ import annotations

from shared.health.recent_errors import KEPT_ERRORS, add_error, end_errors, is_open, join_problems


def test_the_same_error_is_kept_once_with_its_number() -> None:
    rows = add_error(add_error(add_error([], "task a", "No.", 1.0), "task b", "No.", 2.0), "task a", "No.", 3.0)
    assert [(row["label"], row["at"], row["count"]) for row in rows] == [("task a", 3.0, 2), ("task b", 2.0, 1)]


def test_only_the_newest_errors_are_kept() -> None:
    rows: list[dict[str, object]] = []
    for number in range(KEPT_ERRORS + 3):
        rows = add_error(rows, "task a", f"No {number}.", float(number))
    assert [row["at"] for row in rows] == [float(number) for number in range(KEPT_ERRORS + 2, 2, -1)]


def test_an_error_is_over_when_the_same_work_succeeds() -> None:
    rows = add_error(add_error([], "task a", "No.", 1.0), "task b", "No.", 2.0)
    ended = end_errors(rows, "task a")
    assert (is_open(ended, "task a"), is_open(ended, "task b")) == (False, True)
    assert is_open(add_error(ended, "task a", "No.", 3.0), "task a")


def test_the_problems_of_a_task_are_one_line_and_other_answers_have_none() -> None:
    assert join_problems({"run": {"problems": {"Box": "is down", "Shop": "is closed"}}}) == (
        "Box: is down; Shop: is closed"
    )
    answers: tuple[object, ...] = (None, {}, {"problems": {}}, "done")
    assert [join_problems(answer) for answer in answers] == [""] * 4

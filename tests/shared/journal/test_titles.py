"""The titles of runs in the history: a sentence in the past tense with the counts of the run."""

from __future__ import annotations

import pytest

from shared.journal.run_details import make_title, tell_done

ADDED = tell_done("Added {changes tag} from StashDB to {items scene}")


@pytest.mark.parametrize(
    ("changes", "items", "title"),
    [
        (1, 1, "Added 1 tag from StashDB to 1 scene"),
        (1412, 380, "Added 1,412 tags from StashDB to 380 scenes"),
        (0, 0, "Tags from StashDB"),
    ],
)
def test_a_title_says_what_was_written_and_where_nothing_was_what_was_meant(
    changes: int, items: int, title: str
) -> None:
    assert make_title("Tags from StashDB", ADDED, changes, items) == title


@pytest.mark.parametrize("details", [{}, {"done": None}, {"done": 7}])
def test_a_run_of_an_earlier_version_keeps_its_title(details: dict[str, object]) -> None:
    assert make_title("Update Kim", details, 3, 1) == "Update Kim"


def test_braces_of_a_name_are_left_alone() -> None:
    assert make_title("x", tell_done("Linked {0} to {box}: {changes match}"), 2, 1) == "Linked {0} to {box}: 2 matches"

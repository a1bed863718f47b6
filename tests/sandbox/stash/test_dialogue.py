"""The double answers as a real Stash has answered, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.stash.library import read_now
from tests.harness.sandbox import start_stash
from tests.sandbox.stash import dialogue

Answers = dict[str, list[object]]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """The double's answers to every theme; its clock stands still, since a real Stash was asked within a second."""
    found, now = {}, read_now()
    for conversation in dialogue.conversations():
        with start_stash(profile="0.30", now=lambda: now) as stash:
            for theme in dialogue.themes(conversation):
                found[theme.stem] = [dialogue.ask(stash.url, step) for step in dialogue.load(theme)]
    return found


THEMES = [theme for conversation in dialogue.conversations() for theme in dialogue.themes(conversation)]


@pytest.mark.parametrize("theme", THEMES, ids=[theme.stem for theme in THEMES])
def test_every_answer_is_the_one_a_real_stash_gave(theme: Path, answers: Answers) -> None:
    steps = dialogue.load(theme)
    wanted = [(step["ask"], step.get("variables"), dialogue.simplify(step["answer"], step)) for step in steps]
    given = [dialogue.simplify(answer, step) for answer, step in zip(answers[theme.stem], steps)]
    assert [(*told, answer) for told, answer in zip(wanted, given) if told[2] != answer] == []

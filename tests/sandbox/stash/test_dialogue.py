"""The double answers as a real Stash has answered, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stash.server import Options, SandboxStash
from tests.sandbox.stash import dialogue

THEMES = dialogue.themes()


@pytest.fixture(scope="module")
def answers() -> Iterator[dict[str, list[Any]]]:
    """What the double answers to the whole conversation."""
    with SandboxStash(Options(profile="0.30")) as double:
        yield {theme: [dialogue.ask(double.url, step) for step in dialogue.load(theme)] for theme in THEMES}


@pytest.mark.parametrize("theme", THEMES)
def test_every_answer_is_the_one_a_real_stash_gave(theme: str, answers: dict[str, list[Any]]) -> None:
    steps = dialogue.load(theme)
    pairs = [(step["ask"], dialogue.simplify(step["answer"], step)) for step in steps]
    given = [dialogue.simplify(answer, step) for answer, step in zip(answers[theme], steps)]
    assert [(ask, wanted, answer) for (ask, wanted), answer in zip(pairs, given) if wanted != answer] == []

"""The details of a plan or run: why parts of it failed, and the sentence of its title in the history. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shared.counted_words import count_things
from shared.journal.schema import RUN_DETAILS

_PROBLEMS, _DONE, _CHOSEN = "problems", "done", "chosen_items"
_COUNT = re.compile(r"\{(changes|items) ([a-z ]+)\}")


def note_problems(problems: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return problems as the details of plans and runs keep them; a run with one is partial. Nothing without one.

    `add_problems` and `save_plan` call it.
    """
    return {_PROBLEMS: dict(problems)} if problems else {}


def read_problems(details: str) -> dict[str, str]:
    """Return why parts failed, by the name of the part, from the stored details of a plan or run, for its totals."""
    return dict(RUN_DETAILS.read(details).get(_PROBLEMS) or {})


def mark_chosen_items(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the details of a run that applies only chosen items of a plan, for `apply_plan`.

    The plan's problems are not those of the run.
    """
    return {**{key: value for key, value in details.items() if key != _PROBLEMS}, _CHOSEN: True}


def is_of_chosen_items(details: Mapping[str, Any]) -> bool:
    """Return True if a run applies only chosen items, so that it does not take over what the plan found.

    `apply_plan` asks.
    """
    return bool(details.get(_CHOSEN))


def describe_problems(problems: Mapping[str, str]) -> list[str]:
    """Return a sentence for each part that failed, for messages; it begins with the name of the part, once."""
    return [text if text.startswith(name) else f"{name}: {text}" for name, text in problems.items()]


def tell_done(sentence: str) -> dict[str, str]:
    """Return the details that give a plan or run its sentence in the history once something was written.

    Whoever begins a plan or run calls it. In the sentence, `{changes tag}` becomes the number of changes ("412 tags"),
    `{items scene}` that of the items.
    """
    return {_DONE: sentence}


def make_title(title: str, details: Mapping[str, Any], changes: int, items: int) -> str:
    """Return the title of a run with these numbers of written changes and items, else the title it began with.

    The History tab shows it.
    """
    sentence = details.get(_DONE)
    if not changes or not isinstance(sentence, str):
        return title
    counts = {"changes": changes, "items": items}
    return _COUNT.sub(lambda found: count_things(counts[found[1]], found[2]), sentence)

"""Parts of a run that failed, such as a box that did not answer: a run with one is partial and says why. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from shared.journal.schema import RUN_DETAILS

_PROBLEMS = "problems"


def note_problems(problems: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return problems in the form in which the details of plans and runs keep them; nothing without a problem."""
    return {_PROBLEMS: dict(problems)} if problems else {}


def read_problems(details: str) -> dict[str, str]:
    """Return why parts failed, by the name of the part, from the stored details of a plan or run."""
    return dict(RUN_DETAILS.read(details).get(_PROBLEMS) or {})


def describe_problems(problems: Mapping[str, str]) -> list[str]:
    """Return a sentence for each part that failed, for messages; it begins with the name of the part, once."""
    return [text if text.startswith(name) else f"{name}: {text}" for name, text in problems.items()]

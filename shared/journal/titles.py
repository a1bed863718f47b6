"""The title of a run in the history: a sentence in the past tense with the counts of the run, for all plugins. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DONE = "done"
_COUNT = re.compile(r"\{(changes|items) ([a-z ]+)\}")


def tell_done(sentence: str) -> dict[str, str]:
    """Return details of a plan or run with the sentence that its history shows once something was written.

    In the sentence, `{changes tag}` becomes the number of changes ("412 tags"), `{items scene}` that of the items.
    """
    return {_DONE: sentence}


def make_title(title: str, details: Mapping[str, Any], changes: int, items: int) -> str:
    """Return the title of a run with these numbers of written changes and items, else the title it began with."""
    sentence = details.get(_DONE)
    if not changes or not isinstance(sentence, str):
        return title
    counts = {"changes": changes, "items": items}
    return _COUNT.sub(lambda found: count_things(counts[found[1]], found[2]), sentence)


def count_things(number: int, thing: str) -> str:
    """Return a number with its noun in the singular or plural: "1 tag", "2,000 matches"."""
    ending = "" if number == 1 else "es" if thing.endswith(("ch", "s", "x")) else "s"
    return f"{number:,} {thing}{ending}"

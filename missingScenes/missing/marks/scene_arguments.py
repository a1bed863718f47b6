"""The scenes in the arguments of an operation: the parts of a card that are saved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.arguments import Argument, record, records, text, whole
from shared.errors import UsageError
from shared.stash_box.records.clean import find_problem

MOST_SCENES = 5000
ADDRESSES = ("url", "image")
SHOWN = 40
LONGEST = 1_000_000  # `check_card` says better what is wrong with a long text
CARD_TEXTS = ("id", "title", "code", "date", "director", "url", "image")
_NAME = (text("id", ""), text("name", "", longest=LONGEST))
CARD: tuple[Argument, ...] = (
    text("id"),
    *(text(name, None, longest=LONGEST) for name in CARD_TEXTS[1:]),
    whole("duration", None),
    record("studio", _NAME, None, is_open=True),
    records("performers", (*_NAME, text("as", None, longest=LONGEST)), 1000, (), is_open=True),
)
SCENE: tuple[Argument, ...] = (text("id"), text("title", "", longest=LONGEST), text("code", ""))


def check_card(card: Mapping[str, Any]) -> None:
    """Raise UsageError if a card has a text that would be left out of a box's record; `mark_scenes` calls it."""
    names = [card["studio"] or {}, *card["performers"]]
    for field, value in [*card.items(), *(pair for each in names for pair in each.items())]:
        problem = find_problem(field, value, is_address=field in ADDRESSES) if isinstance(value, str) else ""
        if problem:
            raise UsageError(
                f"The scene {card['id'][:SHOWN]} cannot be marked. Its {field} is not accepted: {problem}."
            )

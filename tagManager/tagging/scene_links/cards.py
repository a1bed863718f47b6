"""The boxes' scenes behind doubted links, for the page: fetched when a list is opened, and kept for a week."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import ServiceError
from shared.file_matching.cards import make_card
from shared.runtime.clock import is_recent
from shared.stash_box import Box, LookupFailed, LookupFound
from shared.stash_box.configured import open_client
from shared.state.json_column import JsonColumn

if TYPE_CHECKING:
    from shared.runtime.call import Call

KEPT_SECONDS = 7 * 86400.0
CARD = JsonColumn("scene_cards", "card", dict)
_FIND = "SELECT * FROM scene_cards WHERE endpoint = ? AND id = ?"
_SAVE = "INSERT OR REPLACE INTO scene_cards VALUES (?, ?, ?, ?)"
_FACTS = "SELECT title, length FROM scene_facts WHERE endpoint = ? AND id = ?"
Card = Mapping[str, Any]


def find_cards(call: Call, box: Box, ids: Collection[str], problems: dict[str, str]) -> dict[str, Card]:
    """Return a card for each of these scenes of a box, to show: kept for a week, else fetched, else what was noted.

    `problems` gets the reason if the box cannot be asked.
    """
    known = {each: card for each in ids if (card := read_card(call, box, each)) is not None}
    missing = [each for each in ids if each not in known]
    if missing and box.has_key:
        try:
            known.update(fetch_cards(call, box, missing))
        except ServiceError as error:
            problems[box.name] = str(error)
    return {each: known.get(each) or read_noted(call, box, each) for each in ids}


def read_card(call: Call, box: Box, remote_id: str) -> Card | None:
    """Return a scene's card if it was fetched within the last week, else None."""
    row = call.store.first(_FIND, (box.endpoint, remote_id))
    if row is None or not is_recent(row["fetched"], call.clock.now(), KEPT_SECONDS):
        return None
    card: Card = CARD.read(row["card"])
    return card


def fetch_cards(call: Call, box: Box, ids: Collection[str]) -> dict[str, Card]:
    """Fetch these scenes' cards from the box, keep them for a week, and return them.

    A failed lookup has no card, a deleted scene the noted one.
    """
    found: dict[str, Card] = {}
    with contextlib.closing(open_client(call, box)) as client:
        for outcomes in client.look_up_scene_prints(ids):
            for remote_id, outcome in outcomes.items():
                if isinstance(outcome, LookupFound):
                    found[remote_id] = make_card(outcome.record)
                elif not isinstance(outcome, LookupFailed):
                    found[remote_id] = read_noted(call, box, remote_id)
    now = call.clock.now()
    with call.store.write() as db:
        db.executemany(_SAVE, [(box.endpoint, each, json.dumps(card), now) for each, card in found.items()])
    return found


def read_noted(call: Call, box: Box, remote_id: str) -> dict[str, Any]:
    """Return title and duration of a box's scene as the sync of tags noted them; {} if it did not."""
    row = call.store.first(_FACTS, (box.endpoint, remote_id))
    return {"title": row["title"] or None, "duration": row["length"] or None} if row else {}

"""The scenes in the arguments of an operation, reduced to the parts of a card that are saved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError
from shared.stash_box.records.clean import find_problem

MOST_SCENES = 5000
ADDRESSES = ("url", "image")
SHOWN = 40
CARD_TEXTS = ("id", "title", "code", "date", "director", "url", "image")


def read_scene_arguments(args: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the scenes that the page sent to an operation; raise UsageError for none or too many."""
    scenes = args.get("scenes")
    if (
        not isinstance(scenes, list)
        or not scenes
        or not all(isinstance(each, dict) and each.get("id") for each in scenes)
    ):
        raise UsageError('"scenes" must be a list of scenes with an id.')
    if len(scenes) > MOST_SCENES:
        raise UsageError(f"At most {MOST_SCENES} scenes at once; {len(scenes)} were sent.")
    return scenes


def clean_card(card: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a scene's card that the marks table keeps; everything else the page sent is dropped.

    Raises UsageError for an address that is no web address, and for a text of endless length.
    """
    studio = card.get("studio")
    performers = card.get("performers") or ()
    kept = {
        **{name: None if card.get(name) is None else str(card[name]) for name in CARD_TEXTS},
        "duration": card["duration"] if isinstance(card.get("duration"), int) else None,
        "studio": clean_name(studio) if isinstance(studio, dict) else None,
        "performers": [{**clean_name(each), "as": each.get("as")} for each in performers if isinstance(each, dict)],
    }
    refuse_odd_texts(str(kept["id"]), kept)
    return kept


def refuse_odd_texts(scene_id: str, texts: Mapping[str, Any]) -> None:
    """Raise UsageError if a card has a text that would be left out of a box's record; `clean_card` calls it."""
    names = [texts["studio"] or {}, *texts["performers"]]
    found = [*texts.items(), *(pair for each in names for pair in each.items())]
    for field, text in found:
        if isinstance(text, str):
            problem = find_problem(field, text, is_address=field in ADDRESSES)
            if problem:
                raise UsageError(
                    f"The scene {scene_id[:SHOWN]} cannot be marked. Its {field} is not accepted: {problem}."
                )


def clean_name(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the id and the name of a card's studio or performer as texts; `clean_card` calls it."""
    return {"id": str(entry.get("id") or ""), "name": str(entry.get("name") or "")}

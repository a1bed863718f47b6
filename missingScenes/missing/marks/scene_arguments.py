"""The scenes in the arguments of an operation, reduced to the parts of a card that are saved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError

MOST_SCENES = 5000
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
    """Return the parts of a scene's card that the marks table keeps; everything else the page sent is dropped."""
    studio = card.get("studio")
    performers = card.get("performers") or ()
    return {
        **{name: None if card.get(name) is None else str(card[name]) for name in CARD_TEXTS},
        "duration": card["duration"] if isinstance(card.get("duration"), int) else None,
        "studio": clean_name(studio) if isinstance(studio, dict) else None,
        "performers": [{**clean_name(each), "as": each.get("as")} for each in performers if isinstance(each, dict)],
    }


def clean_name(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the id and the name of a card's studio or performer as texts; `clean_card` calls it."""
    return {"id": str(entry.get("id") or ""), "name": str(entry.get("name") or "")}

"""Scenes of a box as lists of matches keep and show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.stash_box.addresses import make_page_url
from shared.stash_box.images import resize_url

if TYPE_CHECKING:
    from shared.stash_box import Box, Scene

PICTURE_WIDTH = 600
FIELDS = ("title", "code", "date", "duration", "studio")


def make_card(scene: Scene) -> dict[str, Any]:
    """Return what a stored match keeps of a box's scene: the fields that tell scenes apart, and its picture's URL.

    Two plugins store matches of files with it.
    """
    return {
        "title": scene.title,
        "code": scene.code,
        "date": scene.date,
        "duration": scene.duration,
        "studio": scene.studio.name if scene.studio else None,
        "image": scene.images[0].url if scene.images else None,
    }


def show_card(box: Box | None, scene_id: str, card: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept card as the page shows it, with its address at the box; without addresses if `box` is None.

    The lists of matched files and of doubted links call it.
    """
    image = card.get("image")
    return {
        **{name: card.get(name) for name in FIELDS},
        "id": scene_id,
        "url": make_page_url(box, "scene", scene_id) if box else None,
        "image": resize_url(box, image, PICTURE_WIDTH) if box and image else image,
    }

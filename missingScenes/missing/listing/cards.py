"""A scene as the page shows it: card and details. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from shared.folding import fold_text
from shared.stash_box import Box, Scene
from shared.stash_box.addresses import make_page_url
from shared.stash_box.images import resize_url

CARD_WIDTH = 600
LARGE_WIDTH = 1280
CARD_LINKS = 2


def make_card(
    scene: Scene, box: Box, *, wanted: Collection[str] = (), ignored: Collection[str] = (), since: str = ""
) -> dict[str, Any]:
    """Return a scene of the box as the JSON of one card, for every list of the page."""
    image = scene.images[0].url if scene.images else None
    return {
        "id": scene.id,
        "title": scene.title,
        "code": scene.code,
        "date": scene.date,
        "duration": scene.duration,
        "director": scene.director,
        "url": make_page_url(box, "scene", scene.id),
        "image": resize_url(box, image, CARD_WIDTH) if image else None,
        "studio": {"id": scene.studio.id, "name": scene.studio.name} if scene.studio else None,
        "performers": [
            {"id": each.performer.id, "name": each.performer.name, "as": each.alias, "gender": each.gender}
            for each in scene.performers
        ],
        "wanted": scene.id in wanted,
        "ignored": scene.id in ignored,
        "links": [{"url": link.url, "site": link.site} for link in scene.links[:CARD_LINKS]],
        "created": scene.created,
        "new": bool(since and scene.created and scene.created >= since),
    }


def make_details(scene: Scene, box: Box, excluded: Collection[str]) -> dict[str, Any]:
    """Return a scene of the box as JSON for the detail dialog: its card, tags, links, images, fingerprints.

    `scene_details` answers with it. `excluded` is the setting of excluded tags, which the dialog marks.
    """
    tags = [
        {"id": tag.id, "name": tag.name, "excluded": tag.id in excluded or fold_text(tag.name) in excluded}
        for tag in scene.tags
    ]
    return {
        **make_card(scene, box),
        "details": scene.details,
        "tags": tags,
        "links": [{"url": link.url, "site": link.site} for link in scene.links],
        "images": [resize_url(box, image.url, LARGE_WIDTH) for image in scene.images],
        "left_out": list(scene.left_out),
        "fingerprints": [
            {"algorithm": each.algorithm, "hash": each.hash, "duration": each.duration}
            for each in scene.fingerprints or ()
        ],
    }

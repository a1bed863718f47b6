"""The content that a scene's item should show by the settings: text fields, tag lists, pictures. Pure."""

from __future__ import annotations

from shared.counted_words import count_things

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plexsync.write.stash_scenes import StashScene
from plexsync.write.tag_lists import MOST_PERFORMERS, choose_tags, list_tags
from plexsync.write.text_fields import list_text_fields
from shared.plex.diff import WantedItem
from shared.plex.edits import same_value
from shared.plex.model import PlexItem
from shared.settings import Settings

POSTER, BACKGROUND = "poster", "background"
MIRROR = "mirror"


SYNC_OFF, NOT_ORGANIZED, NOTHING_ENTERED = "syncing is off", "not organized", "nothing entered yet"
SKIP_SENTENCES: Mapping[str, str] = {
    SYNC_OFF: "Sync Metadata is off in the settings, so nothing is sent.",
    NOT_ORGANIZED: "It is not marked as organized, and Organized Only is on in the settings.",
    NOTHING_ENTERED: "Nothing was entered for it in Stash yet.",
}


class ItemContent(NamedTuple):
    """The content an item should have; `pictures` are addresses in Stash, `notes` say what was cut or left out."""

    wanted: WantedItem
    pictures: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Return a hash of the content; if it equals the last write's, nothing would be written differently."""
        text = json.dumps([self.wanted.fields, self.wanted.tags, self.pictures], sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def make_content(scene: StashScene, settings: Settings) -> ItemContent:
    """Return the content that the settings give the item of a scene; without metadata only its pictures.

    The plan of an item and comparisons call it.
    """
    if scene.is_bare or not settings.sync_master:
        pictures = dict(list_pictures(scene, settings)) if settings.sync_master else {}
        return ItemContent(WantedItem(), pictures, ())
    texts = dict(list_text_fields(scene, settings))
    genres, too_many = choose_tags(scene.tags, settings)
    tags = dict(list_tags(scene, genres, settings))
    notes = [each.note for each in texts.values() if each.note] + too_many
    if settings.sync_performers and len(scene.performers) > MOST_PERFORMERS:
        notes.append(f"{count_things(len(scene.performers), 'performer')}, the first {MOST_PERFORMERS} are sent")
    fields = {name: each.text for name, each in texts.items()}
    return ItemContent(WantedItem(fields, tags), dict(list_pictures(scene, settings)), tuple(notes))


def find_reason_to_skip(scene: StashScene, settings: Settings) -> str:
    """Return why a scene is not synced, a key of `SKIP_SENTENCES`; empty when it is synced.

    Syncs count the reasons in the statistics, previews show the sentence.
    """
    if not settings.sync_master:
        return SYNC_OFF
    if settings.organized_only and not scene.organized:
        return NOT_ORGANIZED
    return NOTHING_ENTERED if scene.is_bare and not any(list_pictures(scene, settings)) else ""


def list_pictures(scene: StashScene, settings: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each picture of an item with its addresses in Stash, best first, for its content and the prefetch.

    The background is a still of a marker or the cover, because Stash's preview is a video.
    """
    if settings.sync_poster and scene.cover:
        yield POSTER, (scene.cover,)
    if settings.sync_background and scene.cover:
        yield BACKGROUND, (*scene.stills[:1], scene.cover)


def restrict_clearing(wanted: WantedItem, item: PlexItem, written: Mapping[str, str], *, may_clear: bool) -> WantedItem:
    """Return the wanted values without those that would clear a foreign value; `ItemPlanner` calls it."""
    fields = {
        name: value
        for name, value in wanted.fields.items()
        if value or (may_clear and shows_written_value(item, name, written.get(name, "")))
    }
    tags = {kind: names for kind, names in wanted.tags.items() if names or may_clear}
    return wanted._replace(fields=fields, tags=tags)


def shows_written_value(item: PlexItem, field: str, written: str) -> bool:
    """Return True if the item still shows this plugin's last value, so that `restrict_clearing` lets it go."""
    return bool(written) and same_value(field, item.fields.get(field, ""), written)

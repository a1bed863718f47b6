"""What a scene wants its Plex item to look like, by the settings. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plexsync.write.stash_scenes import ScenePerformer, StashScene
from shared.plex.diff import Wanted
from shared.plex.edits import same_value, tag_key
from shared.plex.model import Item, Tag
from shared.plex.text import clean_field, clean_tag, rating_text, whole_date
from shared.settings import Settings

POSTER, BACKGROUND = "poster", "background"
MOST_PERFORMERS = 100
MIRROR = "mirror"


class ItemContent(NamedTuple):
    """The fields and tags of an item, where its pictures are to be found in Stash, and what had to be left out."""

    wanted: Wanted
    pictures: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing would be written differently."""
        text = json.dumps([self.wanted.fields, self.wanted.tags, self.pictures], sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


class Cleaned(NamedTuple):
    """A value, and a warning about it ("" for none)."""

    value: str
    note: str = ""


def make_content(scene: StashScene, settings: Settings) -> ItemContent:
    """Everything the settings let through; empty when nobody has entered anything for the scene."""
    if scene.is_bare or not settings.sync_master:
        return ItemContent(Wanted(), {}, ())
    told = dict(list_text_fields(scene, settings))
    genres, too_many = choose_tags(scene.tags, settings)
    tags = dict(list_tags(scene, genres, settings))
    notes = [each.note for each in told.values() if each.note] + too_many
    if settings.sync_performers and len(scene.performers) > MOST_PERFORMERS:
        notes.append(f"{len(scene.performers)} performers, the first {MOST_PERFORMERS} are sent")
    fields = {name: each.value for name, each in told.items()}
    return ItemContent(Wanted(fields, tags), dict(list_pictures(scene, settings)), tuple(notes))


def list_text_fields(scene: StashScene, settings: Settings) -> Iterator[tuple[str, Cleaned]]:
    """Plex's text fields; an empty one is to be cleared, one that is left out is left alone."""
    if scene.title:
        yield "title", clean_text("title", scene.title)
    if settings.sync_summary:
        yield "summary", clean_text("summary", scene.details)
    if settings.sync_studio:
        yield "studio", clean_text("studio", scene.studio)
    if settings.sync_date and (date := whole_date(scene.date) or ("" if not scene.date else None)) is not None:
        yield "originallyAvailableAt", Cleaned(date)
    if settings.sync_rating:
        yield "userRating", Cleaned(rating_text(scene.rating100) or "")
    tagline = fill_template(settings.tagline_template, scene) if settings.sync_tagline else ""
    if tagline:
        yield "tagline", clean_text("tagline", tagline)


def clean_text(field: str, value: str) -> Cleaned:
    """A text Plex can take."""
    return Cleaned(*clean_field(field, value))


def fill_template(template: str, scene: StashScene) -> str:
    """The tagline, such as "{studio} ({year})"; empty when everything it names is empty."""
    performers = ", ".join(each.name for each in scene.performers)
    values = {
        **{name: getattr(scene, name) for name in ("title", "studio", "date", "code", "director")},
        "year": scene.date[:4],
        "performers": performers,
    }
    filled = template
    for name, value in values.items():
        filled = filled.replace("{" + name + "}", value)
    has_value = any(value and "{" + name + "}" in template for name, value in values.items())
    return filled.strip() if has_value or filled == template else ""


def choose_tags(names: Sequence[str], settings: Settings) -> tuple[list[str], list[str]]:
    """The tags to send in a fixed order, and a warning when they are too many."""
    include, exclude = ({tag_key(name) for name in each} for each in (settings.include_tags, settings.exclude_tags))
    cleaned = {tag_key(name): name for name in sorted(map(clean_tag, names), reverse=True) if name}
    wanted = [cleaned[key] for key in sorted(cleaned) if key not in exclude and (not include or key in include)]
    limit = int(settings.max_tags)
    note = [f"{len(wanted)} tags, the first {limit} by name are sent"] if len(wanted) > limit else []
    return wanted[:limit], note


def list_tags(scene: StashScene, genres: Sequence[str], settings: Settings) -> Iterator[tuple[str, tuple[Tag, ...]]]:
    """The kinds of tags that are ours, each with its whole list."""
    if settings.sync_tags:
        yield "genre", tuple(Tag(name) for name in genres)
    if settings.sync_labels:
        yield "label", tuple(Tag(name) for name in genres)
    if settings.sync_performers:
        yield "actor", make_cast(scene.performers[:MOST_PERFORMERS], settings.photo_address)
    if settings.sync_collection:
        studio = clean_tag(scene.studio)
        yield "collection", (Tag(studio),) if studio else ()


def make_cast(performers: Iterable[ScenePerformer], address: str) -> tuple[Tag, ...]:
    """The performers in Stash's order; with photos when Plex can fetch them from Stash."""
    cast: dict[str, Tag] = {}
    for each in performers:
        name = clean_tag(each.name)
        if name:
            cast.setdefault(tag_key(name), Tag(name, thumb=make_photo_url(each.picture, address)))
    return tuple(cast.values())


def make_photo_url(picture: str, address: str) -> str:
    """A performer's picture as Plex can fetch it; without the time in it, which changes with every save."""
    start = picture.find("/performer/")
    return f"{address.rstrip('/')}{picture[start:].partition('?')[0]}" if address and start >= 0 else ""


def list_pictures(scene: StashScene, settings: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where the pictures are, the best first; the preview is a video, so the background is a still."""
    if settings.sync_poster and scene.cover:
        yield POSTER, (scene.cover,)
    if settings.sync_background and scene.cover:
        yield BACKGROUND, (*scene.stills[:1], scene.cover)


def restrict_clearing(wanted: Wanted, item: Item, written: Mapping[str, str], *, may_clear: bool) -> Wanted:
    """Without the clearing of values that are not what we wrote: an absent value never erases somebody else's."""
    fields = {
        name: value
        for name, value in wanted.fields.items()
        if value or (may_clear and is_ours(item, name, written.get(name, "")))
    }
    tags = {kind: names for kind, names in wanted.tags.items() if names or may_clear}
    return wanted._replace(fields=fields, tags=tags)


def is_ours(item: Item, field: str, written: str) -> bool:
    """Whether Plex shows what we wrote."""
    return bool(written) and same_value(field, item.fields.get(field, ""), written)

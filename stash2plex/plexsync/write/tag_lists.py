"""The tag lists of an item: genres, labels, actors with photos, and the studio's collection. Pure.

Every name passes `clean_tag` of shared/plex/title_and_text_form.py. Names that differ only in case are one tag in Plex.
"""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Iterable, Iterator, Sequence

from plexsync.write.stash_scenes import ScenePerformer, StashScene
from shared.plex.edits import tag_key
from shared.plex.model import PlexTag
from shared.plex.title_and_text_form import clean_tag
from shared.settings import Settings

MOST_PERFORMERS = 100


def choose_tags(names: Sequence[str], settings: Settings) -> tuple[list[str], list[str]]:
    """Return the tags of a scene that the settings let through, sorted, and a note if there are too many."""
    include, exclude = ({tag_key(name) for name in each} for each in (settings.include_tags, settings.exclude_tags))
    cleaned = {tag_key(name): name for name in sorted(map(clean_tag, names), reverse=True) if name}
    wanted = [cleaned[key] for key in sorted(cleaned) if key not in exclude and (not include or key in include)]
    limit = int(settings.max_tags)
    note = [f"{count_things(len(wanted), 'tag')}, the first {limit} by name are sent"] if len(wanted) > limit else []
    return wanted[:limit], note


def list_tags(
    scene: StashScene, genres: Sequence[str], settings: Settings
) -> Iterator[tuple[str, tuple[PlexTag, ...]]]:
    """Yield each kind of tag that the settings sync, with the whole list that the item should have."""
    if settings.sync_tags:
        yield "genre", tuple(PlexTag(name) for name in genres)
    if settings.sync_labels or settings.extra_labels:
        names = [*map(clean_tag, settings.extra_labels), *(genres if settings.sync_labels else ())]
        yield "label", make_tags(names)
    if settings.sync_directors:
        yield "director", make_tags(map(clean_tag, scene.director.split(",")))
    if settings.sync_performers:
        yield "actor", make_cast(scene.performers[:MOST_PERFORMERS], settings.photo_address)
    if settings.sync_collection:
        studio = clean_tag(scene.studio)
        yield "collection", (PlexTag(studio),) if studio else ()


def make_tags(names: Iterable[str]) -> tuple[PlexTag, ...]:
    """Return a tag for each name, the first of those that Plex takes for one."""
    tags: dict[str, PlexTag] = {}
    for name in filter(None, names):
        tags.setdefault(tag_key(name), PlexTag(name))
    return tuple(tags.values())


def make_cast(performers: Iterable[ScenePerformer], address: str) -> tuple[PlexTag, ...]:
    """Return the performers in Stash's order as the item's actors; with photos if Plex can fetch them from Stash."""
    cast: dict[str, PlexTag] = {}
    for each in performers:
        name = clean_tag(each.name)
        if name:
            cast.setdefault(tag_key(name), PlexTag(name, thumb=make_photo_url(each.picture, address)))
    return tuple(cast.values())


def make_photo_url(picture: str, address: str) -> str:
    """Return the address at which Plex can fetch a performer's picture, for the cast; empty if there is none.

    Stash's address holds the time of the last save, which is cut off so that a save alone changes nothing.
    """
    start = picture.find("/performer/")
    return f"{address.rstrip('/')}{picture[start:].partition('?')[0]}" if address and start >= 0 else ""

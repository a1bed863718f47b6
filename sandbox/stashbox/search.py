"""Searching by words: a scene needs any of the words, other entries need all; one typo per word is forgiven."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sandbox.stashbox.criteria import is_id, parse_id
from sandbox.stashbox.model import BoxEntity, Performer, Scene, Studio, Tag
from sandbox.stashbox.world import World

EntityT = TypeVar("EntityT", bound=BoxEntity)
DEFAULT_LIMIT = 10


def search_scenes(world: World, term: str) -> list[Scene]:
    """Return scenes with any of the words in title, studio, performers, code or date; most words first.

    The searches of the box's doubles call it.
    """
    found = _find_directly(world, Scene, term)
    if found is not None:
        return found
    wanted = set(split_words(term))
    ranked = [(len(wanted & _words_of_scene(world, scene)), scene) for scene in _live(world.scenes.values())]
    return [scene for rank, scene in sorted(ranked, key=lambda pair: (-pair[0], pair[1].id)) if rank]


def search_performers(world: World, term: str, gender: str | None = None) -> list[Performer]:
    """Return performers that all words fit, by name, disambiguation or alias; whole names first.

    The searches of the box's doubles call it.
    """
    found = _find_directly(world, Performer, term)
    if found is None:
        texts = {each.id: [each.name, each.disambiguation or "", *each.aliases] for each in world.performers.values()}
        found = _rank(_live(world.performers.values()), term, texts)
    return [each for each in found if not gender or each.gender == gender]


def search_studios(world: World, term: str) -> list[Studio]:
    """Return studios that all words fit, by name, network or alias.

    The searches of the box's doubles call it.
    """
    found = _find_directly(world, Studio, term)
    if found is not None:
        return found
    texts = {}
    for studio in world.studios.values():
        parent = world.studios.get(studio.parent_id or "")
        texts[studio.id] = [studio.name, *studio.aliases, parent.name if parent else ""]
    return _rank(_live(world.studios.values()), term, texts)


def search_tags(world: World, term: str) -> list[Tag]:
    """Return tags that all words fit, by name or alias.

    The searches of the box's doubles call it.
    """
    found = _find_directly(world, Tag, term)
    if found is not None:
        return found
    texts = {each.id: [each.name, *each.aliases] for each in world.tags.values()}
    return _rank(_live(world.tags.values()), term, texts)


@functools.lru_cache(maxsize=100_000)
def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a search term or a name in lower case; each search asks for those of all names."""
    return tuple(re.findall(r"\w+", text.lower()))


def _find_directly(world: World, kind: type[EntityT], term: str) -> list[EntityT] | None:
    """Return the entity of a UUID, deleted or not, or those that carry an address; None for other terms."""
    table = world.table_of(kind)
    text = term.strip()
    if is_id(text):
        return [table[parse_id(text)]] if parse_id(text) in table else []
    if not text.lower().startswith(("http://", "https://")):
        return None
    return [each for each in _live(table.values()) if text.lower() in _addresses_of(each)]


def _addresses_of(entity: BoxEntity) -> list[str]:
    return [link.url.lower() for link in getattr(entity, "links", ())]


def _live(entities: Iterable[EntityT]) -> list[EntityT]:
    return [each for each in entities if not each.deleted]


def _rank(entities: Sequence[EntityT], term: str, texts: dict[str, list[str]]) -> list[EntityT]:
    wanted = split_words(term)
    found = [each for each in entities if wanted and all(_has_word(word, texts[each.id]) for word in wanted)]
    whole = term.strip().lower()
    return sorted(found, key=lambda each: (whole not in (text.lower() for text in texts[each.id]), each.id))


def _has_word(wanted: str, texts: list[str]) -> bool:
    return any(_fits(word, wanted) for text in texts for word in split_words(text))


@functools.lru_cache(maxsize=100_000)
def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted) or _is_near(word, wanted)


def _is_near(left: str, right: str) -> bool:
    """Return True if one letter changed, added or left out makes the words equal."""
    if abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 3:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
    rest, other = left[start:], right[start:]
    return other[1:] == rest[1:] or rest[1:] == other or other[1:] == rest


def _words_of_scene(world: World, scene: Scene) -> set[str]:
    studio = world.studios.get(scene.studio_id or "")
    names = [world.performers[each.performer_id].name for each in scene.performers]
    parts = [scene.title or "", studio.name if studio else "", scene.code or "", scene.release_date or "", *names]
    return set(split_words(" ".join(parts)))

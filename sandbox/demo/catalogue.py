"""The demo world: the boxes hold all of it, the library owns and links a part of it.

    catalogue = make_catalogue()                        # about 3,200 scenes; the same for the same arguments
    world = build_world(catalogue)                      # for sandbox.stashbox.server.StashBox
    owned = pick_owned(catalogue)                       # the scenes the library has files of
    other = make_catalogue(box="two")                   # same names under other ids, some details differ
    large = make_catalogue(sizes=Sizes.for_scenes(100_000))

Lists of two catalogues of the same seed and sizes go together by position. `merges` and `deletions` happened after the
library was linked: the records are still listed here as they were, `build_world` applies what happened.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from typing import NamedTuple

from sandbox.demo.people import make_performers
from sandbox.demo.places import make_studios, make_tags
from sandbox.demo.words import CATEGORIES, THEMES, Theme
from sandbox.stashbox.identity import IdSource, TimeSource
from sandbox.stashbox.model import (
    Category,
    Credit,
    DrawnImage,
    Fingerprint,
    Performer,
    Scene,
    Site,
    SiteLink,
    Studio,
    Tag,
    Target,
)
from sandbox.stashbox.world import DEFAULT_KEY, World


class Sizes(NamedTuple):
    """The number of objects of each kind."""

    scenes: int = 3200
    performers: int = 260
    studios: int = 72
    tags: int = 220

    @classmethod
    def for_scenes(cls, scenes: int) -> Sizes:
        """Return sizes in proportion to the number of scenes, for demo, pictures and benchmarks."""
        return cls(scenes, max(scenes // 12, 12), max(scenes // 45, 10), min(max(scenes // 15, 60), 3000))


DEMO = Sizes()


class Catalogue(NamedTuple):
    """The records of one box as they were when the library was linked, and what happened since."""

    seed: str
    box: str
    categories: list[Category]
    sites: list[Site]
    tags: list[Tag]
    studios: list[Studio]
    performers: list[Performer]
    scenes: list[Scene]
    merges: list[tuple[Target, Target]]
    deletions: list[Target]
    liked_performers: list[Performer]
    liked_studios: list[Studio]


def make_catalogue(seed: str = "demo", box: str = "one", sizes: Sizes = DEMO) -> Catalogue:
    """Return the records of one box; `box` decides about ids and small differences."""
    ids, times = IdSource(f"{seed}/{box}"), TimeSource()
    home, wiki = (Site(ids.make_id(), times.make_time(), times.make_time(), name) for name in ("Home", "Wiki"))
    categories = [
        Category(ids.make_id(), times.make_time(), times.make_time(), name, group) for name, group in CATEGORIES
    ]
    tags = make_tags(seed, box, sizes.tags, categories)
    studios = make_studios(seed, box, sizes.studios, home)
    performers = make_performers(seed, box, sizes.performers, [home, wiki])
    maker = _SceneMaker(seed, box, studios, performers, tags, home)
    scenes = [maker.make_scene(number) for number in range(sizes.scenes)]
    return Catalogue(
        seed,
        box,
        categories,
        [home, wiki],
        tags,
        studios,
        performers,
        scenes,
        [*_pair(performers, 7, 40), *_pair(studios, 23, 40), *_pair(tags, 31, 40), *_pair(scenes, 397, 400)],
        [*performers[9::40], *studios[29::40], *tags[37::40], *scenes[401::400]],
        performers[2::9],
        studios[4::11],
    )


def build_world(catalogue: Catalogue) -> World:
    """Return the state of a box: all records, then the merges and deletions, then its user's favorites."""
    world = World(f"{catalogue.seed}/{catalogue.box}/later")
    for part in catalogue[2:8]:
        for entity in part:
            world.add(copy.copy(entity))
    user = world.accounts[DEFAULT_KEY]
    user.performers |= {each.id for each in catalogue.liked_performers}
    user.studios |= {each.id for each in catalogue.liked_studios}
    for source, target in catalogue.merges:
        world.merge(_find_in(world, source), _find_in(world, target))
    for gone in catalogue.deletions:
        world.delete(_find_in(world, gone))
    return world


def _find_in(world: World, listed: Target) -> Target:
    return world.table_of(type(listed))[listed.id]


def pick_owned(catalogue: Catalogue, share: float = 0.62) -> list[Scene]:
    """Return the scenes of which the demo's library has files: the same positions in every box."""
    chance = random.Random(f"{catalogue.seed}/owned")
    return [scene for scene in catalogue.scenes if chance.random() < share]


def _pair(entities: Sequence[Target], first: int, step: int) -> list[tuple[Target, Target]]:
    return list(zip(entities[first::step], entities[first + 1 :: step]))


class _SceneMaker:
    """Makes random scenes; their ids depend on the box, their content does not."""

    def __init__(
        self,
        seed: str,
        box: str,
        studios: Sequence[Studio],
        performers: Sequence[Performer],
        tags: Sequence[Tag],
        home: Site,
    ) -> None:
        self._chance = random.Random(f"{seed}/scenes")
        self._ids = IdSource(f"{seed}/{box}/scenes")
        self._times = TimeSource()
        self._studios, self._performers, self._tags, self._home = studios, performers, tags, home
        self._tags_by_name = {tag.name: tag for tag in tags}

    def make_scene(self, number: int) -> Scene:
        """Return the next scene of the demo; every hundredth has almost nothing, as real boxes have them."""
        chance, scene_id = self._chance, self._ids.make_id()
        created = self._times.make_time()
        theme = THEMES[number % len(THEMES)]
        title, date = self._make_title(theme), self._make_date()
        cast, tags, prints = self._choose_cast(), self._choose_tags(theme), self._make_fingerprints()
        studio, code = self._choose(self._studios), f"{theme.name[:3].upper()}-{number:05d}"
        director, picture = chance.choice(self._performers).name, DrawnImage(self._ids.make_id(), 1280, 720)
        if number % 100 == 99:
            return Scene(scene_id, created, created, performers=cast[:1], fingerprints=prints[:1])
        return Scene(
            scene_id,
            created,
            created,
            title=title,
            details=f"{theme.name} with {len(cast)} in front of the camera." if number % 3 else None,
            release_date=date,
            links=[SiteLink(f"https://scenes.example/{code.lower()}", self._home.id)],
            studio_id=studio.id,
            tag_ids=[tag.id for tag in tags],
            images=[picture],
            performers=cast,
            fingerprints=prints,
            duration=prints[0].duration,
            director=director if number % 4 == 0 else None,
            code=code if number % 2 else None,
        )

    def _choose(self, entries: Sequence[Studio]) -> Studio:
        """Return a random entry; the first ones are chosen often, the last ones rarely."""
        return entries[int(len(entries) * self._chance.random() ** 2)]

    def _make_title(self, theme: Theme) -> str:
        chance = self._chance
        return f"{chance.choice(theme.openings)} {chance.choice(theme.subjects)} {chance.choice(theme.endings)}"

    def _make_date(self) -> str | None:
        chance = self._chance
        year, month, day = chance.randint(2008, 2026), chance.randint(1, 12), chance.randint(1, 28)
        form = chance.random()
        if form < 0.02:
            return None
        return f"{year}" if form < 0.04 else f"{year}-{month:02d}" if form < 0.06 else f"{year}-{month:02d}-{day:02d}"

    def _choose_cast(self) -> list[Credit]:
        chance = self._chance
        number = chance.choice((1, 1, 2, 2, 3))
        chosen = {int(len(self._performers) * chance.random() ** 2): None for _ in range(number)}
        cast = [self._performers[each] for each in chosen]
        return [Credit(each.id, each.aliases[0] if each.aliases and chance.random() < 0.1 else None) for each in cast]

    def _choose_tags(self, theme: Theme) -> list[Tag]:
        chance = self._chance
        own = [self._tags_by_name[name] for name in theme.tags if name in self._tags_by_name]
        own = chance.sample(own, min(chance.randint(2, 5), len(own)))
        others = [self._tags[int(len(self._tags) * chance.random() ** 2)] for _ in range(chance.randint(0, 4))]
        return list(dict.fromkeys([*own, *others]))

    def _make_fingerprints(self) -> list[Fingerprint]:
        chance = self._chance
        duration, votes = chance.randint(300, 5400), int(chance.random() ** 4 * 12) + 1
        return [Fingerprint(chance.getrandbits(64), kind, duration, votes) for kind in ("OSHASH", "PHASH")]

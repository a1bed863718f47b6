"""Studios, networks and tags of the demo world."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sandbox.demo.words import NETWORK_STARTS, STUDIO_KINDS, TAG_FORMS, THEMES
from sandbox.stashbox.identity import IdSource, TimeSource
from sandbox.stashbox.model import Category, DrawnImage, Site, SiteLink, Studio, Tag

FAMILY = 8  # a network and the studios below it


def make_studios(seed: str, box: str, count: int, home: Site) -> list[Studio]:
    """Return studios in families: the first of eight is the network of the others; the last family has none."""
    ids, times = IdSource(f"{seed}/{box}/studios"), TimeSource()
    studios: list[Studio] = []
    for number, name in enumerate(_list_studio_names(count)):
        network = studios[number - number % FAMILY] if number % FAMILY else None
        has_parent = network is not None and number < count - FAMILY
        created = times.make_time()
        studios.append(
            Studio(
                ids.make_id(),
                created,
                created,
                name,
                aliases=[name.replace(" ", "")] if number % 4 == 1 else [],
                links=[SiteLink(f"https://{name.lower().replace(' ', '-')}.example/", home.id)],
                parent_id=network.id if network and has_parent else None,
                images=[] if number % 6 == 5 else [DrawnImage(ids.make_id(), -1, -1, "svg")],
            )
        )
    return studios


def make_tags(seed: str, box: str, count: int, categories: Sequence[Category]) -> list[Tag]:
    """Return tags: the themes' own first, then combinations; some have no category, one has a very long name."""
    chance = random.Random(f"{seed}/tags")
    ids, times = IdSource(f"{seed}/{box}/tags"), TimeSource()
    tags: list[Tag] = []
    for number, name in enumerate(_list_tag_names(count)):
        created = times.make_time()
        category = chance.choice(categories)
        tags.append(
            Tag(
                ids.make_id(),
                created,
                created,
                name,
                description=f"Shows: {name.lower()}." if number % 3 else None,
                aliases=_make_aliases(name, number),
                category_id=None if number % 12 == 11 else category.id,
            )
        )
    return tags


def _list_studio_names(count: int) -> list[str]:
    names = []
    for number in range(count):
        family, place = divmod(number, FAMILY)
        start = NETWORK_STARTS[family % len(NETWORK_STARTS)]
        series = f" {family // len(NETWORK_STARTS) + 1}" if family >= len(NETWORK_STARTS) else ""
        names.append(f"{start}{series} {STUDIO_KINDS[place] if place else 'Network'}")
    return names


def _list_tag_names(count: int) -> list[str]:
    plain = list(dict.fromkeys(name for theme in THEMES for name in theme.tags))
    combined = [f"{form} {name}" for name in plain for form in TAG_FORMS]
    names = [*plain, "Everything That Can Be Seen From the Top " * 7 + "of the Hill", *combined]
    return names[:count]


def _make_aliases(name: str, number: int) -> list[str]:
    aliases = [f"{name}s"] if number % 2 and not name.endswith("s") else []
    return aliases + ([name.replace(" ", "")] if " " in name and len(name) < 40 and number % 5 == 0 else [])

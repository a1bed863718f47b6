"""Performers of the demo world; every name is put together from syllables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from sandbox.demo.words import COUNTRIES, FIRST_ENDS, FIRST_STARTS, LAST_ENDS, LAST_STARTS, MARKS
from sandbox.stashbox.identity import IdSource, TimeSource
from sandbox.stashbox.model import BodyMark, DrawnImage, Performer, Site, SiteLink

GENDERS = ("FEMALE", "MALE", "FEMALE", "MALE", "NON_BINARY")
EYES = ("BLUE", "BROWN", "GREY", "GREEN", "HAZEL")
HAIR = ("BLONDE", "BRUNETTE", "BLACK", "RED", "AUBURN", "GREY")
ETHNICITIES = ("CAUCASIAN", "BLACK", "ASIAN", "LATIN", "MIXED")
ROLES = ("cellist", "guide", "baker", "dancer", "ranger")


def make_performers(seed: str, box: str, count: int, sites: Sequence[Site]) -> list[Performer]:
    """Return performers; every twentieth shares a name with the one before and differs by a note in brackets."""
    chance = random.Random(f"{seed}/performers")
    ids, times = IdSource(f"{seed}/{box}/performers"), TimeSource()
    performers: list[Performer] = []
    names = _draw_names(chance, count)
    for number, name in enumerate(names):
        is_namesake = number % 20 == 19
        details = _draw_details(chance, number)
        if is_namesake:
            details["disambiguation"] = chance.choice(ROLES)
        if box != "one" and number % 7 == 3:
            details.update(height=(details["height"] or 170) + 1, hair_color="OTHER")
        created = times.make_time()
        pictures = [
            DrawnImage(ids.make_id(), 600, 900, "png" if number % 5 == 0 else "jpeg") for _ in range(number % 3 + 1)
        ]
        full = names[number - 1] if is_namesake else name
        performers.append(
            Performer(
                ids.make_id(),
                created,
                created,
                full,
                links=_make_links(full, sites),
                images=[] if number % 13 == 12 else pictures,
                **details,
            )
        )
    return performers


def _draw_names(chance: random.Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        first = chance.choice(FIRST_STARTS) + chance.choice(FIRST_ENDS)
        last = chance.choice(LAST_STARTS) + chance.choice(LAST_ENDS)
        middle = f" {chance.choice(FIRST_STARTS)}." if len(names) > 12_000 else ""
        names[f"{first}{middle} {last}"] = None
    return list(names)


def _draw_details(chance: random.Random, number: int) -> dict[str, Any]:
    year, month, day = chance.randint(1960, 2004), chance.randint(1, 12), chance.randint(1, 28)
    forms = (f"{year}", f"{year}-{month:02d}", None)
    start = year + chance.randint(18, 30)
    drawn: dict[str, Any] = {
        "gender": chance.choice(GENDERS),
        "aliases": [
            chance.choice(FIRST_STARTS) + chance.choice(FIRST_ENDS) for _ in range(chance.choice((0, 0, 1, 2)))
        ],
        "birth_date": forms[number % 3] if number % 10 == 0 else f"{year}-{month:02d}-{day:02d}",
        "ethnicity": chance.choice(ETHNICITIES),
        "country": chance.choice(COUNTRIES),
        "eye_color": chance.choice(EYES),
        "hair_color": chance.choice(HAIR),
        "height": chance.randint(152, 198),
        "career_start_year": start,
        "career_end_year": start + 9 if number % 4 == 0 else None,
        "tattoos": [BodyMark(*chance.choice(MARKS))] if number % 3 == 0 else None,
    }
    if number % 11 == 10:
        drawn.update(height=None, eye_color=None, ethnicity=None, country=None, career_start_year=None)
    return drawn


def _make_links(name: str, sites: Sequence[Site]) -> list[SiteLink]:
    slug = name.lower().replace(" ", "-").replace(".", "")
    return [SiteLink(f"https://{site.name.lower()}.example/{slug}", site.id) for site in sites]

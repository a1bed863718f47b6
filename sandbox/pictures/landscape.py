"""A sky, a sun and three rows of hills, as a mosaic of square blocks; colours and shapes come from a key."""

from __future__ import annotations

import math
import random
from typing import NamedTuple

BLOCK = 8
Colour = tuple[int, int, int]
Mosaic = list[list[Colour]]


class Hills(NamedTuple):
    """One row of hills."""

    base: float
    swing: float
    waves: float
    phase: float
    colour: Colour


def draw_landscape(key: str, columns: int, rows: int) -> Mosaic:
    """Blocks from top to bottom."""
    chance = random.Random(key)
    top, bottom = _make_colour(chance, 90, 190), _make_colour(chance, 170, 250)
    hills = [_make_hills(chance, depth) for depth in range(3)]
    sun = (chance.random() * 0.8 + 0.1, chance.random() * 0.3 + 0.1)
    skylines = [[_find_height(row, column / columns) for column in range(columns)] for row in hills]
    mosaic: Mosaic = []
    for row in range(rows):
        down = row / rows
        sky = _blend(top, bottom, down)
        line = [
            _colour_sky(sky, column / columns - sun[0], (down - sun[1]) * rows / columns) for column in range(columns)
        ]
        for shape, skyline in zip(hills, skylines):
            line = [shape.colour if down >= edge else old for edge, old in zip(skyline, line)]
        mosaic.append(line)
    return mosaic


def draw_svg(key: str) -> bytes:
    """A round sign with the key's colours, as studio logos are."""
    chance = random.Random(key)
    inner, outer = (f"rgb{_make_colour(chance, low, low + 80)}".replace(" ", "") for low in (150, 40))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" width="120" height="60">'
        f'<rect width="120" height="60" rx="12" fill="{outer}"/><circle cx="60" cy="30" r="20" fill="{inner}"/></svg>'
    ).encode()


def _make_colour(chance: random.Random, low: int, high: int) -> Colour:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def _make_hills(chance: random.Random, depth: int) -> Hills:
    shade = 150 - 45 * depth
    colour = (chance.randint(shade // 3, shade // 2), chance.randint(shade // 2, shade), chance.randint(20, shade // 2))
    return Hills(
        0.5 + 0.16 * depth, 0.05 + chance.random() * 0.08, chance.random() * 3 + 1, chance.random() * 6, colour
    )


def _find_height(hills: Hills, across: float) -> float:
    return hills.base + hills.swing * math.sin(across * hills.waves * math.pi + hills.phase)


def _colour_sky(sky: Colour, across: float, down: float) -> Colour:
    """The sky, or the sun if its middle is this near."""
    return (255, 240, 190) if math.hypot(across, down) < 0.07 else sky


def _blend(start: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end))
    return red, green, blue

"""A sky, a sun and three rows of hills, as a mosaic of square blocks; colors and shapes come from a key."""

from __future__ import annotations

import math
import random
from typing import NamedTuple

BLOCK = 8
Color = tuple[int, int, int]
Mosaic = list[list[Color]]


class Hills(NamedTuple):
    """The shape and the color of one row of hills."""

    base: float
    swing: float
    waves: float
    phase: float
    color: Color


def draw_landscape(key: str, columns: int, rows: int) -> Mosaic:
    """Return the colors of the blocks, row by row from the top."""
    chance = random.Random(key)
    top, bottom = _make_color(chance, 90, 190), _make_color(chance, 170, 250)
    hills = [_make_hills(chance, depth) for depth in range(3)]
    sun = (chance.random() * 0.8 + 0.1, chance.random() * 0.3 + 0.1)
    skylines = [[_find_height(row, column / columns) for column in range(columns)] for row in hills]
    mosaic: Mosaic = []
    for row in range(rows):
        down = row / rows
        sky = _blend(top, bottom, down)
        line = [
            _color_sky(sky, column / columns - sun[0], (down - sun[1]) * rows / columns) for column in range(columns)
        ]
        for shape, skyline in zip(hills, skylines):
            line = [shape.color if down >= edge else old for edge, old in zip(skyline, line)]
        mosaic.append(line)
    return mosaic


def draw_svg(key: str) -> bytes:
    """Return a round sign in the key's colors, like a studio logo."""
    chance = random.Random(key)
    inner, outer = (f"rgb{_make_color(chance, low, low + 80)}".replace(" ", "") for low in (150, 40))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" width="120" height="60">'
        f'<rect width="120" height="60" rx="12" fill="{outer}"/><circle cx="60" cy="30" r="20" fill="{inner}"/></svg>'
    ).encode()


def _make_color(chance: random.Random, low: int, high: int) -> Color:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)


def _make_hills(chance: random.Random, depth: int) -> Hills:
    shade = 150 - 45 * depth
    color = (chance.randint(shade // 3, shade // 2), chance.randint(shade // 2, shade), chance.randint(20, shade // 2))
    return Hills(0.5 + 0.16 * depth, 0.05 + chance.random() * 0.08, chance.random() * 3 + 1, chance.random() * 6, color)


def _find_height(hills: Hills, across: float) -> float:
    return hills.base + hills.swing * math.sin(across * hills.waves * math.pi + hills.phase)


def _color_sky(sky: Color, across: float, down: float) -> Color:
    """Return the color of the sky, or that of the sun close to its middle."""
    return (255, 240, 190) if math.hypot(across, down) < 0.07 else sky


def _blend(start: Color, end: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end))
    return red, green, blue

"""A sky, a sun and three rows of hills, as a mosaic of square blocks; colors and shapes come from a key."""

from __future__ import annotations

import math
import random
from typing import NamedTuple

BLOCK = 8
SUN_SIZE = 0.07
Color = tuple[int, int, int]
Mosaic = list[list[Color]]
SUN_COLOR = (255, 240, 190)


class Hills(NamedTuple):
    """The shape and the color of one row of hills."""

    base: float
    swing: float
    waves: float
    phase: float
    color: Color


def draw_landscape(key: str, columns: int, rows: int) -> Mosaic:
    """Return the colors of a picture's blocks, row by row from the top; `draw_picture` scales them."""
    chance = random.Random(key)
    top, bottom = _make_color(chance, 90, 190), _make_color(chance, 170, 250)
    hills = [_make_hills(chance, depth) for depth in range(3)]
    sun = (chance.random() * 0.8 + 0.1, chance.random() * 0.3 + 0.1)
    edges = [[_find_edge(row, column / columns, rows) for column in range(columns)] for row in hills]
    mosaic: Mosaic = []
    for row in range(rows):
        line = _draw_sky(_blend(top, bottom, row / rows), sun, row / rows, columns, rows)
        for shape, edge in zip(hills, edges):
            if row >= max(edge):
                line = [shape.color] * columns
            elif row >= min(edge):
                line = [shape.color if row >= first else old for first, old in zip(edge, line)]
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


def _find_edge(hills: Hills, across: float, rows: int) -> int:
    """Return the first of the rows that hills cover in a column; `rows` if they cover none."""
    height = _find_height(hills, across)
    first = max(math.ceil(height * rows) - 1, 0)  # the row, or the one before it: a product is rounded
    return next((row for row in range(first, rows) if row / rows >= height), rows)


def _draw_sky(sky: Color, sun: tuple[float, float], down: float, columns: int, rows: int) -> list[Color]:
    """Return a row of sky, with that part of the sun that is in it."""
    line, height = [sky] * columns, (down - sun[1]) * rows / columns
    if abs(height) < SUN_SIZE:
        near = range(max(int((sun[0] - SUN_SIZE) * columns), 0), min(int((sun[0] + SUN_SIZE) * columns) + 2, columns))
        for column in near:
            if math.hypot(column / columns - sun[0], height) < SUN_SIZE:
                line[column] = SUN_COLOR
    return line


def _blend(start: Color, end: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end))
    return red, green, blue

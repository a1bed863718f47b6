"""The nodes of a parsed pattern."""

from __future__ import annotations

from typing import NamedTuple, Union

Span = tuple[int, int]

WORD_SPANS = ((48, 57), (65, 90), (95, 95), (97, 122))


class CharClass(NamedTuple):
    """A class of characters: those in any span of code points or Unicode category, or all but those."""

    spans: tuple[Span, ...] = ()
    categories: tuple[str, ...] = ()
    negated: bool = False

    def contains(self, char: str, category: str) -> bool:
        """Return True if a search may match this character, whose Unicode category is given, with the class.

        A step of a search asks.
        """
        code = ord(char)
        inside = any(low <= code <= high for low, high in self.spans) or category.startswith(self.categories)
        return inside != self.negated


class CharSet(NamedTuple):
    """One character that is in any of the classes, such as `a`, `.` or `[a-z\\d]`."""

    classes: tuple[CharClass, ...]
    negated: bool = False
    ignore_case: bool = False


class Assertion(NamedTuple):
    """A position between characters: "start", "end", "line start", "line end", "boundary" or "no boundary"."""

    position: str


class Concatenation(NamedTuple):
    """Nodes one after the other; without items it matches the empty text."""

    items: tuple[Node, ...] = ()


class Alternation(NamedTuple):
    """One of several nodes."""

    items: tuple[Node, ...]


class Repeat(NamedTuple):
    """A node repeated at least and at most so many times; None is no limit."""

    item: Node
    least: int
    most: int | None


Node = Union[CharSet, Assertion, Concatenation, Alternation, Repeat]

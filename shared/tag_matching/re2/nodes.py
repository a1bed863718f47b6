"""The parts a parsed pattern consists of."""

from __future__ import annotations

from typing import NamedTuple, Union

Span = tuple[int, int]

WORD_SPANS = ((48, 57), (65, 90), (95, 95), (97, 122))


class PatternNode(NamedTuple):
    """Some characters: spans of code points, Unicode categories, or everything but those."""

    spans: tuple[Span, ...] = ()
    categories: tuple[str, ...] = ()
    negated: bool = False

    def holds(self, char: str, category: str) -> bool:
        """True if a character is in the class."""
        code = ord(char)
        inside = any(low <= code <= high for low, high in self.spans) or category.startswith(self.categories)
        return inside != self.negated


class Chars(NamedTuple):
    """One character out of a set."""

    parts: tuple[PatternNode, ...]
    negated: bool = False
    ignore_case: bool = False


class Assertion(NamedTuple):
    """A place: "start", "end", "line start", "line end", "boundary", "no boundary"."""

    place: str


class Sequence(NamedTuple):
    """One after the other; empty means nothing."""

    items: tuple[Node, ...] = ()


class Alternation(NamedTuple):
    """One of several."""

    items: tuple[Node, ...]


class Repeat(NamedTuple):
    """Something so many times; no `most` is no limit."""

    item: Node
    least: int
    most: int | None


Node = Union[Chars, Assertion, Sequence, Alternation, Repeat]

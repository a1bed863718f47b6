"""Compiles a parsed pattern into a program: instructions for an automaton that follows all alternatives at once."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple, Union

from shared.tag_matching.re2.nodes import Alternation, Assertion, CharClass, CharSet, Concatenation, Node, Repeat
from shared.tag_matching.re2.syntax import PatternError

MAX_INSTRUCTIONS = 2000


class MatchChar(NamedTuple):
    """Consume one character of the set and go on with the next instruction."""

    classes: tuple[CharClass, ...]
    negated: bool
    ignore_case: bool

    def matches(self, char: str) -> bool:
        """Return True if a search may go on past this character; `Pattern.search` asks."""
        forms = {char, char.lower(), char.upper()} if self.ignore_case else {char}
        return any(self._contains(form) for form in forms if len(form) == 1) != self.negated

    def _contains(self, char: str) -> bool:
        category = unicodedata.category(char)
        return any(each.contains(char, category) for each in self.classes)


class Split(NamedTuple):
    """Go on with both of two instructions."""

    first: int
    second: int


class Assert(NamedTuple):
    """Go on with the next instruction if the text is at such a position."""

    position: str


class Accept(NamedTuple):
    """The pattern has matched."""


Instruction = Union[MatchChar, Split, Assert, Accept]


def compile_program(node: Node) -> list[Instruction]:
    """Return the instructions for a parsed pattern, for `compile_pattern`; raise PatternError if there are too many."""
    program: list[Instruction] = []
    _emit(node, program)
    program.append(Accept())
    return program


def _emit(node: Node, program: list[Instruction]) -> None:
    if len(program) > MAX_INSTRUCTIONS:
        raise PatternError("it is too large")
    if isinstance(node, CharSet):
        program.append(MatchChar(node.classes, node.negated, node.ignore_case))
    elif isinstance(node, Assertion):
        program.append(Assert(node.position))
    elif isinstance(node, Concatenation):
        for item in node.items:
            _emit(item, program)
    elif isinstance(node, Alternation):
        _emit_alternation(node.items, program)
    else:
        _emit_repeat(node, program)


def _emit_alternation(items: tuple[Node, ...], program: list[Instruction]) -> None:
    """Emit all items: each but the last is entered by a split and left by a jump (a split of one target) to the end."""
    jumps: list[int] = []
    for item in items[:-1]:
        split = _reserve(program)
        _emit(item, program)
        jumps.append(_reserve(program))
        program[split] = Split(split + 1, len(program))
    _emit(items[-1], program)
    for jump in jumps:
        program[jump] = Split(len(program), len(program))


def _emit_repeat(node: Repeat, program: list[Instruction]) -> None:
    for _ in range(node.least):
        _emit(node.item, program)
    if node.most is None:
        split = _reserve(program)
        _emit(node.item, program)
        program.append(Split(split, split))
        program[split] = Split(split + 1, len(program))
        return
    splits: list[int] = []
    for _ in range(node.most - node.least):
        splits.append(_reserve(program))
        _emit(node.item, program)
    for split in splits:
        program[split] = Split(split + 1, len(program))


def _reserve(program: list[Instruction]) -> int:
    """Append a placeholder for a split whose targets are known later, and return its index."""
    program.append(Accept())
    return len(program) - 1

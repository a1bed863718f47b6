"""A parsed pattern as a list of instructions for a machine that is in many places at once."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple, Union

from shared.tag_matching.re2.nodes import Alternation, Assertion, Chars, Node, PatternNode, Repeat, Sequence
from shared.tag_matching.re2.syntax import PatternError

LONGEST = 2000


class Eat(NamedTuple):
    """Goes on to the next instruction if the character is one of these."""

    parts: tuple[PatternNode, ...]
    negated: bool
    ignore_case: bool

    def takes(self, char: str) -> bool:
        """True if the character fits."""
        forms = {char, char.lower(), char.upper()} if self.ignore_case else {char}
        return any(self._holds(form) for form in forms if len(form) == 1) != self.negated

    def _holds(self, char: str) -> bool:
        category = unicodedata.category(char)
        return any(part.holds(char, category) for part in self.parts)


class Split(NamedTuple):
    """Goes on in two places."""

    first: int
    second: int


class Need(NamedTuple):
    """Goes on if the place is right."""

    place: str


class Done(NamedTuple):
    """The pattern was found."""


Step = Union[Eat, Split, Need, Done]


def compile_program(node: Node) -> list[Step]:
    """The instructions; PatternError when there would be too many."""
    program: list[Step] = []
    _emit(node, program)
    program.append(Done())
    return program


def _emit(node: Node, program: list[Step]) -> None:
    if len(program) > LONGEST:
        raise PatternError("it is too large")
    if isinstance(node, Chars):
        program.append(Eat(node.parts, node.negated, node.ignore_case))
    elif isinstance(node, Assertion):
        program.append(Need(node.place))
    elif isinstance(node, Sequence):
        for item in node.items:
            _emit(item, program)
    elif isinstance(node, Alternation):
        _emit_choice(node.items, program)
    else:
        _emit_repeat(node, program)


def _emit_choice(items: tuple[Node, ...], program: list[Step]) -> None:
    """Each but the last branch is entered by a split and left by a jump to the end."""
    exits: list[int] = []
    for item in items[:-1]:
        fork = len(program)
        program.append(Done())
        _emit(item, program)
        exits.append(len(program))
        program.append(Done())
        program[fork] = Split(fork + 1, len(program))
    _emit(items[-1], program)
    for place in exits:
        program[place] = Split(len(program), len(program))


def _emit_repeat(node: Repeat, program: list[Step]) -> None:
    for _ in range(node.least):
        _emit(node.item, program)
    if node.most is None:
        fork = len(program)
        program.append(Done())
        _emit(node.item, program)
        program.append(Split(fork, fork))
        program[fork] = Split(fork + 1, len(program))
        return
    forks: list[int] = []
    for _ in range(node.most - node.least):
        forks.append(len(program))
        program.append(Done())
        _emit(node.item, program)
    for fork in forks:
        program[fork] = Split(fork + 1, len(program))

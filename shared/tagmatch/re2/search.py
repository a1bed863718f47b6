"""Runs a program over a text, all places at once, remembering every move it has worked out."""

from __future__ import annotations

from typing import NamedTuple

from shared.tagmatch.re2.nodes import WORD_SPANS
from shared.tagmatch.re2.program import Done, Need, Split, Step

MOST_MOVES = 5000
DEFAULT_WORK = 500_000  # about a second; an ordinary pattern needs a thousandth of it for all tags of a box
START = ""


class TooMuchWork(Exception):
    """The budget is used up."""


class Budget:
    """How many instructions may be looked at, over all searches that share it."""

    def __init__(self, work: int = DEFAULT_WORK) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Take some; TooMuchWork when there is not enough left."""
        self.left -= work
        if self.left < 0:
            raise TooMuchWork


class Move(NamedTuple):
    """Where the machine is after a character, and whether it had found the pattern before it."""

    places: frozenset[int]
    found: bool


class Pattern:
    """A compiled pattern."""

    def __init__(self, text: str, program: list[Step]) -> None:
        self.text = text
        self._program = program
        self._moves: dict[tuple[frozenset[int], str, str], Move] = {}

    def search(self, text: str, budget: Budget) -> bool:
        """Whether the pattern occurs anywhere in the text."""
        places: frozenset[int] = frozenset()
        before = START
        for char in [*text, ""]:
            key = (places, _sort_of(before), char)
            move = self._moves.get(key)
            if move is None:
                move = self._work_out(places, before, char, budget)
                if len(self._moves) >= MOST_MOVES:
                    self._moves.clear()
                self._moves[key] = move
            if move.found:
                return True
            places, before = move.places, char
        return False

    def _work_out(self, places: frozenset[int], before: str, char: str, budget: Budget) -> Move:
        """Follow splits and checks from all places and the start, then eat the character."""
        waiting, seen, after = [0, *places], set(), set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            step = self._program[number]
            if isinstance(step, Done):
                return Move(frozenset(), True)
            if isinstance(step, Split):
                waiting += [step.first, step.second]
            elif isinstance(step, Need):
                waiting += [number + 1] if is_place(step.place, before, char) else []
            elif char and step.takes(char):
                after.add(number + 1)
        budget.spend(len(seen) + 1)
        return Move(frozenset(after), False)


def is_place(place: str, before: str, char: str) -> bool:
    """Whether a check holds between two characters; no character is the start or the end of the text."""
    if place == "start":
        return not before
    if place == "end":
        return not char
    if place == "line start":
        return before in ("", "\n")
    if place == "line end":
        return char in ("", "\n")
    return (_is_word(before) != _is_word(char)) == (place == "boundary")


def _sort_of(char: str) -> str:
    """What checks can tell apart of the character before: none, a word's, a line's end, another."""
    if char in (START, "\n"):
        return char
    return "a" if _is_word(char) else "."


def _is_word(char: str) -> bool:
    return bool(char) and any(low <= ord(char) <= high for low, high in WORD_SPANS)

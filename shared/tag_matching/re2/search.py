"""Runs a program over a text, all places at once, remembering every move it has worked out."""

from __future__ import annotations

from shared.tag_matching.re2.nodes import WORD_SPANS
from shared.tag_matching.re2.program import Done, Need, Split, Step

MOST_MOVES = 5000
DEFAULT_WORK = 500_000  # about a second; an ordinary pattern needs a thousandth of it for all tags of a box
START = ""


class TooMuchWork(Exception):
    """The budget is used up."""


class Budget:
    """The number of instructions that all searches sharing it may execute."""

    def __init__(self, work: int = DEFAULT_WORK) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Take some; TooMuchWork when there is not enough left."""
        self.left -= work
        if self.left < 0:
            raise TooMuchWork


class State(dict[str, "State"]):
    """The instructions active before a character, and the next state for each character seen there."""

    def __init__(self, places: frozenset[int], before: str) -> None:
        super().__init__()
        self.places = places
        self.before = before


FOUND = State(frozenset(), START)


class Pattern:
    """A compiled pattern."""

    def __init__(self, text: str, program: list[Step]) -> None:
        self.text = text
        self._program = program
        self._states: dict[tuple[frozenset[int], str], State] = {}
        self._count = 0

    def search(self, text: str, budget: Budget) -> bool:
        """True if the pattern occurs anywhere in the text."""
        state = self._find_state(frozenset(), START)
        for char in (*text, ""):
            following = state.get(char)
            if following is None:
                following = self._remember(state, char, budget)
            if following is FOUND:
                return True
            state = following
        return False

    def _remember(self, state: State, char: str, budget: Budget) -> State:
        """Work out a move and keep it; with too many of them all are forgotten."""
        places = self._work_out(state.places, state.before, char, budget)
        if self._count >= MOST_MOVES:
            for each in self._states.values():
                each.clear()
            self._states = {(state.places, state.before): state}
            self._count = 0
        following = FOUND if places is None else self._find_state(places, _sort_of(char))
        state[char] = following
        self._count += 1
        return following

    def _find_state(self, places: frozenset[int], before: str) -> State:
        """One state for all ways that lead there."""
        key = (places, before)
        if key not in self._states:
            self._states[key] = State(places, before)
        return self._states[key]

    def _work_out(self, places: frozenset[int], before: str, char: str, budget: Budget) -> frozenset[int] | None:
        """Follow splits and checks from all places and the start, then eat the character; None: it is found."""
        waiting, seen, after = [0, *places], set(), set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            step = self._program[number]
            if isinstance(step, Done):
                return None
            if isinstance(step, Split):
                waiting += [step.first, step.second]
            elif isinstance(step, Need):
                waiting += [number + 1] if is_place(step.place, before, char) else []
            elif char and step.takes(char):
                after.add(number + 1)
        budget.spend(len(seen) + 1)
        return frozenset(after)


def is_place(place: str, before: str, char: str) -> bool:
    """True if an assertion holds between two characters; no character is the start or the end of the text."""
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
    """Return the class of the character before that assertions depend on: none, word, line end, other."""
    if char in (START, "\n"):
        return char
    return "a" if _is_word(char) else "."


def _is_word(char: str) -> bool:
    return bool(char) and any(low <= ord(char) <= high for low, high in WORD_SPANS)

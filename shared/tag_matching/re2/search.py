"""Searches a text for a program in one pass; the states of the automaton are made when first reached, and cached."""

from __future__ import annotations

from shared.tag_matching.re2.nodes import WORD_SPANS
from shared.tag_matching.re2.program import Accept, Assert, Instruction, Split

MAX_TRANSITIONS = 5000
DEFAULT_BUDGET = 500_000  # about a second; an ordinary pattern needs a thousandth of it for all tags of a box
TEXT_START = ""


class BudgetExceeded(Exception):
    """Raised by a search when its budget is used up."""


class Budget:
    """The number of instructions that all searches sharing it may execute."""

    def __init__(self, instructions: int = DEFAULT_BUDGET) -> None:
        self.left = instructions

    def spend(self, instructions: int) -> None:
        """Subtract instructions that a search executed; raise BudgetExceeded if fewer were left.

        `Pattern.search` calls it.
        """
        self.left -= instructions
        if self.left < 0:
            raise BudgetExceeded


class State(dict[str, "State"]):
    """A state of the automaton: its active instructions, the kind of character before, and its known transitions."""

    def __init__(self, active: frozenset[int], before: str) -> None:
        super().__init__()
        self.active = active
        self.before = before


MATCHED = State(frozenset(), TEXT_START)


class Pattern:
    """A compiled pattern with its cache of states."""

    def __init__(self, text: str, program: list[Instruction]) -> None:
        self.text = text
        self._program = program
        self._states: dict[tuple[frozenset[int], str], State] = {}
        self._transitions = 0

    def search(self, text: str, budget: Budget) -> bool:
        """Return True if the pattern occurs anywhere in the text, for `PatternSet`.

        Raise BudgetExceeded if that takes too long.
        """
        state = self._find_state(frozenset(), TEXT_START)
        for char in (*text, ""):
            following = state.get(char)
            if following is None:
                following = self._add_transition(state, char, budget)
            if following is MATCHED:
                return True
            state = following
        return False

    def _add_transition(self, state: State, char: str, budget: Budget) -> State:
        """Return the state after a character and cache the transition; a full cache is emptied."""
        active = self._step(state.active, state.before, char, budget)
        if self._transitions >= MAX_TRANSITIONS:
            for each in self._states.values():
                each.clear()
            self._states = {(state.active, state.before): state}
            self._transitions = 0
        following = MATCHED if active is None else self._find_state(active, _find_char_kind(char))
        state[char] = following
        self._transitions += 1
        return following

    def _find_state(self, active: frozenset[int], before: str) -> State:
        key = (active, before)
        if key not in self._states:
            self._states[key] = State(active, before)
        return self._states[key]

    def _step(self, active: frozenset[int], before: str, char: str, budget: Budget) -> frozenset[int] | None:
        """Return the instructions active after this character, or None if the pattern has matched before it.

        The first instruction is always active, because a match may begin at every character.
        """
        waiting, seen, following = [0, *active], set(), set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            instruction = self._program[number]
            if isinstance(instruction, Accept):
                return None
            if isinstance(instruction, Split):
                waiting += [instruction.first, instruction.second]
            elif isinstance(instruction, Assert):
                waiting += [number + 1] if is_at_position(instruction.position, before, char) else []
            elif char and instruction.matches(char):
                following.add(number + 1)
        budget.spend(len(seen) + 1)
        return frozenset(following)


def is_at_position(position: str, before: str, char: str) -> bool:
    """Return True if an assertion holds between two characters; an empty one is the start or the end of the text.

    `Pattern.search` asks.
    """
    if position == "start":
        return not before
    if position == "end":
        return not char
    if position == "line start":
        return before in ("", "\n")
    if position == "line end":
        return char in ("", "\n")
    return (_is_word(before) != _is_word(char)) == (position == "boundary")


def _find_char_kind(char: str) -> str:
    """Return one character for all that assertions treat alike: none, newline, word or other."""
    if char in (TEXT_START, "\n"):
        return char
    return "a" if _is_word(char) else "."


def _is_word(char: str) -> bool:
    return bool(char) and any(low <= ord(char) <= high for low, high in WORD_SPANS)

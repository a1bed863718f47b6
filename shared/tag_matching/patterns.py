"""Tells which tag names are excluded: by Stash's own list of patterns, or by a blacklist of the user."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from shared.tag_matching.folding import fold
from shared.tag_matching.re2 import DEFAULT_BUDGET, Budget, BudgetExceeded, Pattern, PatternError, compile_pattern

ENTRY = re.compile(r"\s*/.+?/\s*(?=,|$)|[^,]+")


class PatternProblem(NamedTuple):
    """A pattern that is not used, and the reason, which pages show to the user."""

    pattern: str
    reason: str


class PatternSet:
    """Regular expressions, of which any may occur anywhere in a name; `problems` are those that cannot be used."""

    def __init__(self, texts: Iterable[str], *, ignore_case: bool = True, budget: int = DEFAULT_BUDGET) -> None:
        self.problems: list[PatternProblem] = []
        self._patterns: list[tuple[Pattern, Budget]] = []
        for text in filter(None, texts):
            try:
                self._patterns.append((compile_pattern(text, ignore_case=ignore_case), Budget(budget)))
            except PatternError as error:
                self.problems.append(PatternProblem(text, str(error)))

    @classmethod
    def read_excluded(cls, texts: Iterable[str]) -> PatternSet:
        """Return the set of tag names that Stash's own settings exclude, for Tag Manager's blacklist and Words tab.

        Stash compares both pattern and name in lower case, which turns \\W into \\w, and so does this.
        """
        return cls((text.lower() for text in texts), ignore_case=False)

    def matches(self, name: str) -> bool:
        """Return True if a pattern occurs in this name; patterns that took too long so far are skipped.

        Blacklist and tag cleaning ask.
        """
        text = name.lower()
        return any(self._occurs(pattern, budget, text) for pattern, budget in tuple(self._patterns))

    def _occurs(self, pattern: Pattern, budget: Budget, text: str) -> bool:
        """Return True if one pattern occurs; drop it once its searches in all names together took too long."""
        try:
            return pattern.search(text, budget)
        except BudgetExceeded:
            self._patterns.remove((pattern, budget))
            self.problems.append(PatternProblem(pattern.text, "it takes too long"))
            return False


class Blacklist:
    """A list of the user: whole names, compared as Stash compares names, and /regular expressions/ that ignore case."""

    def __init__(self, entries: Iterable[str]) -> None:
        wanted = [entry.strip() for entry in entries if entry.strip() and not entry.strip().startswith("#")]
        expressions = [entry for entry in wanted if is_expression(entry)]
        self._names = {fold(entry) for entry in wanted if not is_expression(entry)}
        self._patterns = PatternSet(entry[1:-1] for entry in expressions)

    @classmethod
    def read(cls, text: str) -> Blacklist:
        """Return the blacklist that a setting spells out, for Tag Manager; `split_entries` says how."""
        return cls(split_entries(text))

    @property
    def problems(self) -> list[PatternProblem]:
        """Return the expressions that cannot be used; pages show them."""
        return self._patterns.problems

    def matches(self, name: str) -> bool:
        """Return True if a tag of this name must not be added, proposed or imported; Tag Manager's plans ask."""
        return fold(name) in self._names or self._patterns.matches(name)


def split_entries(text: str) -> list[str]:
    """Return the entries of a blacklist setting: one a line, or separated by commas outside of /…/.

    `Blacklist.read` calls it.
    """
    if "\n" in text:
        return text.splitlines()
    return [found[0].strip() for found in ENTRY.finditer(text) if found[0].strip()]


def is_expression(entry: str) -> bool:
    """Return True if an entry of a blacklist is a pattern between slashes; Blacklist and tag cleaning ask."""
    return len(entry) > 2 and entry.startswith("/") and entry.endswith("/")

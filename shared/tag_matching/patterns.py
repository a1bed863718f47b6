"""Patterns of excluded tags: Stash's own and the user's blacklist."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from shared.tag_matching.folding import fold
from shared.tag_matching.re2 import DEFAULT_WORK, Budget, Pattern, PatternError, TooMuchWork, compile_pattern

ENTRY = re.compile(r"\s*/.+?/\s*(?=,|$)|[^,]+")


class Problem(NamedTuple):
    """A pattern that is not used, and why; for the user, said once per run."""

    pattern: str
    why: str


class Patterns:
    """Regular expressions of which any may be found anywhere in a name; `problems` are those that cannot be used."""

    def __init__(self, texts: Iterable[str], *, ignore_case: bool = True, work: int = DEFAULT_WORK) -> None:
        self.problems: list[Problem] = []
        self._patterns: list[tuple[Pattern, Budget]] = []
        for text in filter(None, texts):
            try:
                self._patterns.append((compile_pattern(text, ignore_case=ignore_case), Budget(work)))
            except PatternError as error:
                self.problems.append(Problem(text, str(error)))

    @classmethod
    def read_excluded(cls, texts: Iterable[str]) -> Patterns:
        """Stash's own list. It lower-cases pattern and name, so that \\W means \\w there; here, too."""
        return cls((text.lower() for text in texts), ignore_case=False)

    def matches(self, name: str) -> bool:
        """True if a pattern matches this name."""
        text = name.lower()
        return any(self._occurs(pattern, budget, text) for pattern, budget in tuple(self._patterns))

    def _occurs(self, pattern: Pattern, budget: Budget, text: str) -> bool:
        """One budget for all names: a pattern may be slow with one, but not with thousands."""
        try:
            return pattern.search(text, budget)
        except TooMuchWork:
            self._patterns.remove((pattern, budget))
            self.problems.append(Problem(pattern.text, "it takes too long"))
            return False


class Blacklist:
    """The user's list: whole names, compared as Stash compares names, and /regular expressions/ without case."""

    def __init__(self, entries: Iterable[str]) -> None:
        wanted = [entry.strip() for entry in entries if entry.strip() and not entry.strip().startswith("#")]
        expressions = [entry for entry in wanted if _is_expression(entry)]
        self._names = {fold(entry) for entry in wanted if not _is_expression(entry)}
        self._patterns = Patterns(entry[1:-1] for entry in expressions)

    @classmethod
    def read(cls, text: str) -> Blacklist:
        """From a setting, see `split_entries`."""
        return cls(split_entries(text))

    @property
    def problems(self) -> list[Problem]:
        """The expressions that cannot be used."""
        return self._patterns.problems

    def matches(self, name: str) -> bool:
        """True if a pattern matches this name."""
        return fold(name) in self._names or self._patterns.matches(name)


def split_entries(text: str) -> list[str]:
    """Entries of a setting: one per line, or with commas between them; a comma inside /…/ separates nothing."""
    if "\n" in text:
        return text.splitlines()
    return [found[0].strip() for found in ENTRY.finditer(text) if found[0].strip()]


def _is_expression(entry: str) -> bool:
    return len(entry) > 2 and entry.startswith("/") and entry.endswith("/")

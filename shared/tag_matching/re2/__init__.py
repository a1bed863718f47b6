"""Patterns as Stash understands them (Go's RE2), searched in time linear to the text: no pattern can hang.

    pattern = compile_pattern(r"^solo\\b", ignore_case=True)    # PatternError says what is wrong with it
    pattern.search("Solo Hike", Budget())                      # True

There is no backtracking, hence no lookaround and no backreferences, which RE2 does not have either.
"""

from __future__ import annotations

from shared.tag_matching.re2.program import compile_program
from shared.tag_matching.re2.search import DEFAULT_BUDGET, Budget, BudgetExceeded, Pattern
from shared.tag_matching.re2.syntax import PatternError, parse_pattern

__all__ = ["DEFAULT_BUDGET", "Budget", "BudgetExceeded", "Pattern", "PatternError", "compile_pattern"]


def compile_pattern(text: str, *, ignore_case: bool = False) -> Pattern:
    """Return a pattern ready to search names with, for `PatternSet`.

    Raise PatternError if RE2 would refuse it or it is too large.
    """
    return Pattern(text, compile_program(parse_pattern(text, ignore_case=ignore_case)))

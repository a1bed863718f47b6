"""The pattern engine: RE2's syntax, the same answers as other engines, and no pattern that hangs."""

from __future__ import annotations

import random
import re

import pytest

from shared.tag_matching.re2 import Budget, BudgetExceeded, PatternError, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("", "", True),
        ("hike", "long hike home", True),
        ("^hike$", "hike", True),
        ("^hike$", "hikes", False),
        ("h.ke", "h\nke", False),
        ("(?s)h.ke", "h\nke", True),
        ("(?m)^b$", "a\nb", True),
        ("^b$", "a\nb", False),
        (r"\bsun\b", "the sun!", True),
        (r"\Bsun", "the sun", False),
        (r"\Asun\z", "sun", True),
        (r"^\d{3,4}p$", "1080p", True),
        (r"^\d{3,4}p$", "10800p", False),
        ("a{,2}", "a{,2}", True),
        ("a{2", "a{2", True),
        ("x{0}y", "y", True),
        ("(?i)SUN", "sun", True),
        ("(?i:s)un", "Sun", True),
        ("(?i:s)un", "SUN", False),
        ("(?i)a(?-i)b", "AB", False),
        ("[^a-c]", "abc", False),
        ("(?i)[^a]", "A", False),
        ("[]x]", "]", True),
        ("[a-]", "-", True),
        (r"[\d\-]", "-", True),
        ("[[:alpha:]]", "7", False),
        ("[[:^digit:]]", "7", False),
        (r"\pL", "é", True),
        (r"\p{Lu}", "é", False),
        (r"\P{Lu}", "é", True),
        (r"\p{^Lu}", "é", True),
        (r"\w", "é", False),
        (r"\x41\x{42}\103", "ABC", True),
        (r"\Q.*\E", "any", False),
        (r"\Q.*\E", "a.*b", True),
        (r"\.\+\t", ".+\t", True),
        ("(?P<name>a|b)+?c", "abac", True),
        ("(?<name>a)", "a", True),
        ("a||b", "", True),
        ("İ", "i̇", False),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, found: bool) -> None:
    assert compile_pattern(pattern).search(text, Budget()) is found


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a", r"a \) is missing"),
        ("a)", r"a \) without"),
        ("[a", r"\] is missing|ends too early"),
        ("*a", "nothing for"),
        ("a**", "repeats a repetition"),
        ("a{2}{3}", "repeats a repetition"),
        ("a{1001}", "no valid number"),
        ("a{3,2}", "no valid number"),
        ("(?=a)", "looking ahead"),
        ("(?<!a)", "looking ahead or behind"),
        (r"(a)\1", "not supported"),
        (r"\Z", "not supported"),
        (r"\pX", "Unicode class"),
        (r"\p{Greek}", "Unicode class"),
        ("[[:nope:]]", "not known"),
        ("[z-a]", "range"),
        (r"[a-\d]", "range"),
        (r"\xzz", "number of a character"),
        ("(?x)a", "not supported"),
        ("(?P<1>a)", "name of a group"),
        ("a\\", "too early"),
        ("((a{1000}){1000}){1000}", "too large"),
        ("(" * 60 + ")" * 60, "too deeply"),
    ],
)
def test_a_pattern_that_stash_would_refuse_is_refused_with_a_reason(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a|aa)+$", r"(\w+\s?)*z", "(.*){12}x", "(a?){30}a{30}$"])
def test_patterns_that_hang_in_other_engines_take_few_instructions(pattern: str) -> None:
    budget = Budget()
    compile_pattern(pattern).search("a" * 300 + "!", budget)
    assert Budget().left - budget.left < 100_000


def test_a_budget_ends_what_takes_too_long() -> None:
    with pytest.raises(BudgetExceeded):
        compile_pattern("(.{0,40}){0,20}x").search("abcdefghijklmnopqrstuvwxyz" * 10, Budget(2_000))


def test_random_patterns_find_the_same_as_pythons_engine() -> None:
    chance = random.Random(7)
    atoms = [
        *"abcx.",
        "[ab]",
        "[^a]",
        r"\w",
        r"\W",
        r"\d",
        r"\b",
        "^",
        "$",
        "(a|b)",
        "(?:ab|c)",
        "(a*)",
        r"\s",
        "(?i:A)",
    ]
    quantifiers = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"]
    compared = 0
    for _ in range(3000):
        pattern = "".join(chance.choice(atoms) + chance.choice(quantifiers) for _ in range(chance.randint(1, 5)))
        text = "".join(chance.choice("abcx 1\nA_") for _ in range(chance.randint(0, 7)))
        try:
            theirs = re.compile(pattern.replace("$", r"\Z"), re.ASCII)
            ours = compile_pattern(pattern)
        except (re.error, PatternError):
            continue
        compared += 1
        assert ours.search(text, Budget()) is bool(theirs.search(text)), (pattern, text)
    assert compared > 1000


def test_more_characters_than_the_cache_holds_change_nothing() -> None:
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 6000)))
    pattern = compile_pattern("a.*b")
    assert [pattern.search(text, Budget()) for text in (f"a{many}b", f"a{many}", f"{many}b")] == [True, False, False]

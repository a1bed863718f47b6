"""Matching and blacklists: the cases of tests/cases/tagmatch.json, which the JavaScript tests read, too."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from shared.tag_matching import Blacklist, LocalTag, LocalTags, PatternSet, SimilarityIndex, Synonyms
from shared.tag_matching.patterns import split_entries
from shared.tag_matching.similarity import EditDistance

CASES = json.loads((Path(__file__).parents[2] / "cases" / "tagmatch.json").read_text(encoding="utf-8"))


def make_tags(case: dict[str, Any]) -> LocalTags:
    rows = [
        LocalTag(
            t["id"], t["name"], t.get("aliases", ()), [tuple(e) for e in t.get("links", ())], t.get("sort_name", "")
        )
        for t in case["tags"]
    ]
    random.Random(1).shuffle(rows)
    return LocalTags(rows)


@pytest.mark.parametrize("case", CASES["matching"], ids=lambda case: case["claim"])
def test_a_remote_tag_is_matched_as_stash_does_it(case: dict[str, Any]) -> None:
    match = make_tags(case).match(*case["remote"])

    assert ([match.tag_id, match.by] if match else None) == case["expect"]
    assert list(match.others if match else ()) == case.get("others", [])


@pytest.mark.parametrize("case", CASES["blacklist"], ids=lambda case: f"{case['entries']} {case['name'][:20]}")
def test_the_blacklist_matches_names_and_expressions(case: dict[str, Any]) -> None:
    blacklist = Blacklist(case["entries"])

    assert blacklist.matches(case["name"]) is case["expect"]
    assert len(blacklist.problems) == case.get("problems", 0)


@pytest.mark.parametrize("case", CASES["entries"], ids=lambda case: repr(case["setting"]))
def test_a_setting_is_taken_apart_into_entries(case: dict[str, Any]) -> None:
    assert split_entries(case["setting"]) == case["expect"]


def test_a_pattern_that_takes_too_long_with_many_names_is_set_aside_and_reported_once() -> None:
    patterns = PatternSet(["(.{0,25}){0,30}x", "blue"], budget=20_000)
    names = ["".join(chr(200 + (row * 7 + column) % 900) for column in range(50)) for row in range(60)]

    assert not any(patterns.matches(name) for name in names) and patterns.matches("Blue")
    assert [problem.reason for problem in patterns.problems] == ["it takes too long"]


@pytest.mark.parametrize("case", CASES["excluded"], ids=lambda case: f"{case['patterns']} {case['name']}")
def test_excluded_patterns_work_as_in_stash(case: dict[str, Any]) -> None:
    patterns = PatternSet.read_excluded(case["patterns"])

    assert patterns.matches(case["name"]) is case["expect"]
    assert len(patterns.problems) == case.get("problems", 0)


def test_the_holders_of_a_name_are_found_by_name_and_alias() -> None:
    tags = LocalTags([LocalTag(1, "Rain"), LocalTag(2, "Storm", ["RAIN"])])

    assert tags.find_holders("rain") == [(1, "name"), (2, "alias")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain walk", "Rain Walk"),
        ("rain-walk", "Rain Walk"),
        ("Re\u0301gen", "R\u00e9gen"),
        ("Rian Walk", "Rain Walk"),
        ("Mountain", None),
    ],
)
def test_a_similar_name_is_proposed_and_a_different_one_is_not(text: str, expected: str | None) -> None:
    found = SimilarityIndex({1: ["Rain Walk", "Wet Walk"], 2: ["River Song"], 3: ["R\u00e9gen"]}).find_similar(
        text, threshold=75
    )

    assert [each.name for each in found] == ([expected] if expected else [])


def test_the_best_proposal_comes_first_and_each_tag_once() -> None:
    found = SimilarityIndex({1: ["Red Stone", "Red Stones"], 2: ["Red Stove"]}).find_similar("red stones", threshold=70)

    assert [(each.id, each.score) for each in found] == [(1, 100), (2, 80)]


@pytest.mark.parametrize(
    ("text", "score"), [("walk rain", 99), ("Rain Walk", 100), ("walk  RAIN-", 99), ("walk snow", None)]
)
def test_the_same_words_in_another_order_are_proposed(text: str, score: int | None) -> None:
    found = SimilarityIndex({1: ["Rain Walk"]}).find_similar(text)

    assert [each.score for each in found] == ([score] if score else [])


@pytest.mark.parametrize("text", ["", " ", "-", "x"])
def test_a_text_of_hardly_any_letters_finds_nothing(text: str) -> None:
    assert SimilarityIndex({1: ["Rain Walk", ""], 2: ["-"]}).find_similar(text, threshold=1) == []


def count_edits(left: str, right: str) -> int:
    """Return the edit distance by the textbook algorithm, one cell after the other."""
    row = list(range(len(right) + 1))
    for line, letter in enumerate(left, 1):
        before, row[0] = row[0], line
        for column, other in enumerate(right, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != other))
    return row[-1]


def test_edits_are_counted_as_by_the_textbook_algorithm() -> None:
    chance = random.Random(3)
    for _ in range(2000):
        left, right = ("".join(chance.choices("abc ", k=chance.randint(0, 9))) for _ in range(2))
        assert EditDistance(left).count_edits(right) == count_edits(left, right), (left, right)


def test_a_name_with_one_wrong_letter_is_always_found() -> None:
    chance = random.Random(5)
    names = ["".join(chance.choices("abcdefghijklmnop", k=8)) for _ in range(400)]
    index = SimilarityIndex({name: [name] for name in names})
    wrong = [name[:3] + "z" + name[4:] for name in names]

    assert all(name in [each.id for each in index.find_similar(text)] for name, text in zip(names, wrong))


def test_synonyms_work_in_both_directions_and_across_groups() -> None:
    synonyms = Synonyms.read({"Hiking": ["Trekking"], "Walking": ["hiking"]})

    assert set(synonyms.find_others("TREKKING")) == {"Hiking", "Walking"}
    assert set(synonyms.find_others("walking")) == {"Hiking", "Trekking"}
    assert synonyms.find_others("unknown") == []

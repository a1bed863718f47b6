"""Synonyms and blacklist: single changes, what an entry hits, and what a file would change."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Tag
from shared.errors import BundleError
from tests.tagManager.conftest import Bench


def test_one_group_of_synonyms_is_changed_and_the_others_stay(bench: Bench) -> None:
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking"], "rain": ["drizzle"]})
    answer = bench.operate("synonyms_change", put={"walking": ["strolling", " "]}, remove=["rain"])
    assert answer["synonyms"] == {"hiking": ["trekking"], "walking": ["strolling"]}


def test_one_entry_leaves_the_blacklist_and_the_others_stay(bench: Bench) -> None:
    bench.operate("blacklist_save", entries=["rain", "fog"])
    bench.operate("blacklist_add", names=["snow"])
    assert bench.operate("blacklist_remove", names=["rain"])["blacklist"] == ["fog", "snow"]


@pytest.mark.parametrize(
    ("entry", "problem", "hits"),
    [
        ("rain", False, ["Rain"]),
        ("/^s/", False, ["Snow", "Storm"]),
        ("/(oops/", True, []),
        ("/(a+)+$/", False, []),
        ("nothing", False, []),
    ],
)
def test_an_entry_says_what_it_hits_before_it_is_kept(
    bench: Bench, rain: Tag, entry: str, problem: bool, hits: list[str]
) -> None:
    for name in ("Snow", "Storm"):
        bench.world.add_tag(name)
    bench.task("refresh_tags")
    answer = bench.operate("blacklist_try", entries=[entry])
    (tried,) = answer["entries"]
    assert (bool(tried["problem"]), tried["examples"], tried["count"]) == (problem, hits, len(hits))
    assert bench.operate("words_get")["blacklist"] == []


def test_a_file_is_compared_before_anything_changes(bench: Bench) -> None:
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking"], "rain": ["drizzle"]})
    bench.operate("blacklist_save", entries=["fog"])
    text = bench.operate("words_export")["text"]
    bench.operate("synonyms_save", synonyms={"hiking": ["walking"], "snow": ["sleet"]})
    bench.operate("blacklist_save", entries=["hail"])

    beside = bench.operate("words_import", text=text, preview=True)["changes"]
    instead = bench.operate("words_import", text=text, preview=True, replace=True)["changes"]
    assert beside["synonyms"] == {"added": ["rain: drizzle"], "changed": ["hiking: trekking"], "removed": []}
    assert instead["synonyms"]["removed"] == ["snow: sleet"]
    assert instead["blacklist"] == {"added": ["fog"], "changed": [], "removed": ["hail"]}
    assert bench.operate("words_get")["blacklist"] == ["hail"]


def test_a_file_taken_over_instead_leaves_nothing_else(bench: Bench) -> None:
    bench.operate("blacklist_save", entries=["fog"])
    text = bench.operate("words_export")["text"]
    bench.operate("blacklist_save", entries=["hail"])
    bench.operate("words_import", text=text, replace=True)
    assert bench.operate("words_get")["blacklist"] == ["fog"]


def test_a_file_with_a_damaged_blacklist_is_refused(bench: Bench) -> None:
    text = '{"format": "tag-manager-words", "version": 1, "blacklist": {"a": 1}}'
    with pytest.raises(BundleError, match="damaged"):
        bench.operate("words_import", text=text)

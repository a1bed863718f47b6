"""Synonyms and blacklist: single changes, and the tags that an entry matches."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Tag
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
def test_an_entry_is_previewed_before_it_is_saved(
    bench: Bench, rain: Tag, entry: str, problem: bool, hits: list[str]
) -> None:
    for name in ("Snow", "Storm"):
        bench.world.add_tag(name)
    bench.task("refresh_tags")
    answer = bench.operate("blacklist_try", entries=[entry])
    (preview,) = answer["entries"]
    assert (bool(preview["problem"]), preview["examples"], preview["count"]) == (problem, hits, len(hits))
    assert bench.operate("words_get")["blacklist"] == []

"""Word lists as one file: exported, compared, added or put in place of the stored ones."""

from __future__ import annotations

import json

import pytest

from sandbox.stashbox.model import Tag
from shared.errors import BundleError
from tests.tagManager.conftest import Bench


def test_an_exported_file_restores_synonyms_blacklist_and_rejections(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.operate("synonyms_save", synonyms={"hiking": ["trekking", " "]})
    bench.operate("blacklist_save", entries=["rain", "/^x/"])
    bench.operate("link_reject", tag_id=local_rain, endpoint=bench.box.endpoint, remote_id=rain.id)
    text = bench.operate("words_export")["text"]
    bench.operate("synonyms_save", synonyms={})
    bench.operate("blacklist_save", entries=["fog"])
    counts = bench.operate("words_import", text=text)["counts"]
    words = bench.operate("words_get")
    assert (words["synonyms"], words["blacklist"]) == ({"hiking": ["trekking"]}, ["fog", "rain", "/^x/"])
    assert counts["rejections"] == 1


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


def test_an_import_that_replaces_leaves_nothing_else(bench: Bench) -> None:
    bench.operate("blacklist_save", entries=["fog"])
    text = bench.operate("words_export")["text"]
    bench.operate("blacklist_save", entries=["hail"])
    bench.operate("words_import", text=text, replace=True)
    assert bench.operate("words_get")["blacklist"] == ["fog"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('"blacklist": {"a": 1}', "damaged"),
        ('"mappings": [{"endpoint": "e", "category": "c", "tag": "x"}]', "tag must be an id"),
        ('"mappings": [{"endpoint": "e", "category": "c", "tag": 9223372036854775808}]', "tag must be an id"),
        ('"rejections": [{"tag": 1, "endpoint": "e", "id": {}, "added": 0}]', "id must be a text"),
        ('"rejections": [{"tag": 1, "endpoint": "e", "id": "r"}]', "added is missing"),
        ('"synonyms": ' + "[" * 5000, "not JSON"),
        ('"synonyms": NaN', "not JSON"),
    ],
)
def test_a_damaged_file_is_refused_and_changes_nothing(bench: Bench, content: str, sentence: str) -> None:
    bench.operate("blacklist_save", entries=["fog"])
    with pytest.raises(BundleError, match=sentence):
        bench.operate("words_import", text=f'{{"format": "tag-manager-words", "version": 1, {content}}}', replace=True)
    assert bench.operate("words_get")["blacklist"] == ["fog"]


@pytest.mark.parametrize("text", ["nonsense", "[]", json.dumps({"format": "tag-manager-words", "version": 2})])
def test_a_file_that_tag_manager_did_not_export_is_refused(bench: Bench, text: str) -> None:
    with pytest.raises(Exception, match="file"):
        bench.operate("words_import", text=text)

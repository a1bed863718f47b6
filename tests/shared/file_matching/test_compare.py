"""Which scene of a box a local file is, and how sure that is."""

from __future__ import annotations

from typing import Any

import pytest

from shared.file_matching.compare import FAR, NO_LENGTH, REPORTED, SEVERAL, match_scene, read_scene_files
from shared.stash_box import BoxFingerprint, Scene

OSHASH, PHASH = 0xABCDEF0123456789, 0x0F0F0F0F0F0F0F0F


def make_row(duration: float = 1200.0, **prints: str) -> dict[str, Any]:
    found = [{"type": kind, "value": value} for kind, value in prints.items()]
    return {"id": "7", "title": "", "files": [{"path": "/m/a.mp4", "duration": duration, "fingerprints": found}]}


def make_scene(name: str, kind: str, value: int, duration: int = 1200, votes: int | None = 3) -> Scene:
    return Scene(name, fingerprints=(BoxFingerprint(kind, f"{value:x}", duration, votes),))


LOCAL = read_scene_files(make_row(oshash=f"{OSHASH:016x}", phash=f"{PHASH:x}"))


@pytest.mark.parametrize(
    ("scene", "doubt"),
    [
        (make_scene("same file", "oshash", OSHASH), ""),
        (make_scene("same file, wrong length", "oshash", OSHASH, 60), ""),
        (make_scene("same file, reported", "oshash", OSHASH, votes=0), REPORTED),
        (make_scene("votes unknown", "oshash", OSHASH, votes=None), ""),
        (make_scene("same video", "phash", PHASH, 1203), ""),
        (make_scene("near", "phash", PHASH ^ 0b1111), ""),
        (make_scene("far", "phash", PHASH ^ 0b11111), FAR),
        (make_scene("no length", "phash", PHASH, 0), NO_LENGTH),
        (make_scene("trailer", "phash", PHASH, 60), None),
        (make_scene("other video", "phash", PHASH ^ 0xFFFFFFFF), None),
        (make_scene("equal number of another kind", "phash", OSHASH), None),
        (make_scene("no hash", "oshash", 0), None),
        (make_scene("same file", "oshash", OSHASH)._replace(deleted=True), None),
    ],
    ids=lambda each: each.id if isinstance(each, Scene) else None,
)
def test_a_match_is_sure_only_if_files_or_pictures_and_lengths_are_equal(scene: Scene, doubt: str | None) -> None:
    assert [each.evidence.doubt for each in match_scene(LOCAL, [scene])] == ([] if doubt is None else [doubt])


def test_of_several_scenes_the_one_with_the_same_file_is_sure() -> None:
    similar, same = make_scene("similar", "phash", PHASH), make_scene("same", "oshash", OSHASH)
    found = match_scene(LOCAL, [similar, same])
    assert [(each.scene.id, each.evidence.doubt) for each in found] == [("same", ""), ("similar", SEVERAL)]


def test_two_scenes_with_the_same_file_are_both_only_probable() -> None:
    found = match_scene(LOCAL, [make_scene("one", "oshash", OSHASH), make_scene("two", "oshash", OSHASH)])
    assert [each.evidence.doubt for each in found] == [SEVERAL, SEVERAL]


@pytest.mark.parametrize("value", ["", "0", "x", "1" * 17])
def test_a_text_that_is_no_hash_is_left_out(value: str) -> None:
    assert read_scene_files(make_row(oshash=value)).prints == ()


def test_an_answer_holds_while_the_files_are_the_same() -> None:
    one = make_row(oshash=f"{OSHASH:016x}")
    assert read_scene_files({**one, "title": "Named"}).digest == read_scene_files(one).digest
    assert read_scene_files(make_row(oshash=f"{OSHASH + 1:016x}")).digest != read_scene_files(one).digest


def test_a_scene_without_a_file_has_nothing_to_compare() -> None:
    local = read_scene_files({"id": "7", "title": "Bare", "files": []})
    assert (local.title, local.prints) == ("Bare", ())

"""What speaks for and against a link, and how much; decided without any program."""

from __future__ import annotations

from typing import Any

import pytest
from tagging.scene_links.evidence import Candidate, CrossCheck, LinkCase, judge_link, make_cases, needs_check
from tagging.scene_links.facts import BoxFacts
from tagging.scene_links.file_relation import OTHER, PART, SAME, VERSION, is_far, relate_files
from tagging.scene_links.linked_files import LinkedFiles

from shared.file_matching.compare import LocalPrint, SceneFiles
from shared.stash_box import BoxFingerprint

OWN, THERE = "own", "there"
PHASH = 0x0F0F_0F0F_0F0F_0F0F


def make_files(number: int = 1, duration: float = 1200.0, oshash: int = 0, phash: int = 0) -> SceneFiles:
    """Return the files of a scene, with the hashes that are not zero."""
    prints = [LocalPrint(kind, value, duration) for kind, value in (("oshash", oshash), ("phash", phash)) if value]
    return SceneFiles(number, "Mine", "/m.mp4", duration, tuple(prints), (duration,))


def make_case(
    files: SceneFiles | None = None, state: str = "found", check: CrossCheck | None = None, **facts: Any
) -> LinkCase:
    """Return the case of one link; the box was asked by the file's own fingerprints, and found the linked record."""
    known = {"title": "T", "length": 1200, "prints": None, "asked": "d", "candidates": (OWN,), **facts}
    linked = LinkedFiles(OWN, files or make_files(oshash=7), "d", state, "", BoxFacts(**known))
    return LinkCase(linked, (linked,), 0, "", check)


def make_candidate(name: str, votes: int | None = 3, doubt: str = "") -> Candidate:
    return Candidate(name, {}, "oshash", 0, "7", "7", 1200, votes, doubt)


def judge(case: LinkCase) -> tuple[int, list[str], str]:
    """Return score, codes and target; a link without a doubt has 0."""
    found = judge_link(case)
    return (found.score, [each.code for each in found.reasons], found.target) if found else (0, [], "")


@pytest.mark.parametrize(
    ("here", "elsewhere", "expected"),
    [
        (None, [make_candidate(THERE)], (90, ["elsewhere"], THERE)),
        (None, [make_candidate(THERE, doubt="several")], (80, ["elsewhere"], "")),
        (None, [make_candidate(THERE, doubt="far")], (60, ["elsewhere"], "")),
        (None, [make_candidate(THERE, votes=0, doubt="reported")], (40, ["elsewhere"], "")),
        (make_candidate(OWN, 1), [make_candidate(THERE, 9)], (55, ["stronger"], THERE)),
        (make_candidate(OWN, 2), [make_candidate(THERE, 3)], (0, [], "")),
        (make_candidate(OWN, 0, "reported"), [], (50, ["reported"], "")),
        (make_candidate(OWN), [], (0, [], "")),
        (None, [], (0, [], "")),
    ],
)
def test_fingerprints_at_another_record_weigh_by_how_sure_they_are(
    here: Candidate | None, elsewhere: list[Candidate], expected: tuple[int, list[str], str]
) -> None:
    assert judge(make_case(check=CrossCheck(here, tuple(elsewhere)))) == expected


@pytest.mark.parametrize(
    ("local", "box", "far"),
    [
        (1200, 1200, False),
        (1200, 1321, False),
        (1200, 1350, True),
        (60, 89, False),
        (60, 91, True),
        (6000, 5400, False),
    ],
)
def test_a_length_is_far_off_beyond_thirty_seconds_and_a_tenth(local: float, box: float, far: bool) -> None:
    assert is_far(local, box) is is_far(box, local) is far


@pytest.mark.parametrize(
    ("facts", "check", "score"),
    [
        ({"length": 0}, None, 0),
        ({"length": 600}, None, 75),
        ({"length": 1400}, None, 48),
        ({"length": 600, "prints": (BoxFingerprint("phash", "1", 1199, 2),)}, None, 0),
        ({"length": 600, "prints": (BoxFingerprint("phash", "1", 1199, 1),)}, None, 75),
        ({"length": 600}, CrossCheck(make_candidate(OWN, 1), ()), 30),
        ({"length": 600}, CrossCheck(make_candidate(OWN, 2), ()), 0),
        ({"length": 600}, CrossCheck(make_candidate(OWN, None), ()), 0),
    ],
)
def test_a_length_weighs_by_the_difference_unless_users_know_this_file(
    facts: dict[str, Any], check: CrossCheck | None, score: int
) -> None:
    assert judge(make_case(check=check, **facts))[0] == score


def test_a_scene_with_several_files_has_the_length_of_the_nearest() -> None:
    files = make_files(duration=2000.0, oshash=7)._replace(lengths=(2000.0, 1210.0, 0.0))
    assert judge(make_case(files))[0] == 0


@pytest.mark.parametrize(
    ("case", "asks"),
    [
        (make_case(), False),
        (make_case(candidates=(OWN, THERE)), True),
        (make_case(candidates=(THERE,)), True),
        (make_case(candidates=()), False),
        (make_case(asked="other files"), True),
        (make_case(asked="", candidates=(), prints=(BoxFingerprint("oshash", f"{7:016x}", 1200, 1),)), False),
        (make_case(length=600), True),
        (make_case(state="deleted"), True),
        (make_case(state="merged"), False),
        (make_case(make_files())._replace(linked=make_case(make_files()).linked._replace(digest="")), False),
    ],
)
def test_the_box_is_asked_about_fingerprints_only_if_something_is_doubtful(case: LinkCase, asks: bool) -> None:
    assert needs_check(case) is asks


def test_a_link_of_which_the_box_said_nothing_is_not_judged() -> None:
    linked = make_case().linked
    assert make_cases([linked._replace(state="failed"), linked._replace(state="")], {}) == []


def test_a_moved_fingerprint_names_the_record_and_needs_no_check() -> None:
    (case,) = make_cases([make_case(make_files(phash=PHASH)).linked], {(OWN, PHASH): THERE})
    assert judge(case) == (95, ["moved"], THERE)
    assert not needs_check(case)


@pytest.mark.parametrize(
    ("files", "length", "relation"),
    [
        ([make_files(1, oshash=7), make_files(2, oshash=7)], 1200, SAME),
        ([make_files(1, phash=PHASH), make_files(2, phash=PHASH ^ 0b111)], 1200, SAME),
        ([make_files(1, phash=PHASH), make_files(2, 900.0, phash=PHASH)], 1200, VERSION),
        ([make_files(1, phash=PHASH), make_files(2, phash=PHASH ^ 0xFFF)], 1200, VERSION),
        ([make_files(1, phash=PHASH), make_files(2, phash=~PHASH % (1 << 64))], 1200, OTHER),
        ([make_files(1, 700.0), make_files(2, 500.0)], 1200, PART),
        ([make_files(1, 1190.0), make_files(2, 1250.0)], 1200, VERSION),
        ([make_files(1, 1190.0), make_files(2, 300.0)], 1200, OTHER),
        ([make_files(1, 1190.0), make_files(2, 300.0)], 0, OTHER),
    ],
)
def test_scenes_with_one_link_are_the_same_video_parts_versions_or_different(
    files: list[SceneFiles], length: int, relation: str
) -> None:
    assert relate_files(files, 0, length) == relation

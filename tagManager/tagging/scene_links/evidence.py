"""Decides from lengths, fingerprints and the box's answers whether a link of a scene is probably wrong. Pure.

A finding is never acted on by itself: re-cuts and other versions have other lengths, and users submit wrong hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from shared.file_matching.compare import FAR, NO_LENGTH, REPORTED, SEVERAL, SceneFiles, has_same_length
from shared.stash_box import BoxFingerprint
from tagging.scene_links.file_relation import OTHER, PART, SAME, VERSION, is_far, relate_files
from tagging.scene_links.linked_files import LinkedFiles
from tagging.scenes.answer_cache import DELETED, FOUND, MERGED, MISSING

MOVED, ELSEWHERE, STRONGER, LENGTH = "moved", "elsewhere", "stronger", "length"
SHARED = {OTHER: "shared_other", PART: "shared_part", VERSION: "shared_version", SAME: "shared_same"}
GROUPS = {
    "gone": (DELETED, MERGED, MISSING),
    "moved": (MOVED,),
    "elsewhere": (ELSEWHERE, STRONGER, REPORTED),
    "length": (LENGTH,),
    "shared": tuple(SHARED.values()),
}
WRONG = (*GROUPS["moved"], *GROUPS["elsewhere"], *GROUPS["length"], SHARED[OTHER])  # the record is another video
GONE_WEIGHTS = {MERGED: 95, DELETED: 95, MISSING: 85}
SHARED_WEIGHTS = {OTHER: 60, VERSION: 25, SAME: 20, PART: 15}
DOUBT_WEIGHTS = {"": 90, SEVERAL: 80, FAR: 60, NO_LENGTH: 60, REPORTED: 40}
MOVED_WEIGHT, REPORTED_WEIGHT, STRONGER_WEIGHT = 95, 50, 55
LEAST_LENGTH_WEIGHT, MOST_LENGTH_WEIGHT = 45, 75
KNOWN_HERE = 30  # the weight of a reason that the file's own fingerprint at the linked scene contradicts
EACH_MORE, MOST_SCORE = 5, 99
LEAST_SCORE = 50  # from here on the page calls a link doubtful; weaker doubts are only worth a look
SEVERAL_VOTES = 2
CLEARLY_MORE = 3  # so many times the votes, and at least so many


class Candidate(NamedTuple):
    """A scene of the box that a file can be: what to show of it, and the fingerprints that are nearest."""

    id: str
    card: Mapping[str, Any]
    by: str
    distance: int
    local_hash: str
    box_hash: str
    box_length: int
    votes: int | None
    doubt: str


class CrossCheck(NamedTuple):
    """The box's answer to all fingerprints of a local scene: the linked record if they fit it, and the other ones."""

    here: Candidate | None
    elsewhere: tuple[Candidate, ...]


class DoubtReason(NamedTuple):
    """One reason to doubt a link, how much it weighs from 0 to 100, and what the page shows of it."""

    code: str
    weight: int
    values: Mapping[str, Any]


class LinkFinding(NamedTuple):
    """The doubts about one link, and the id to which it should probably lead, empty if none is known."""

    score: int
    reasons: tuple[DoubtReason, ...]
    target: str
    check: CrossCheck | None


class LinkCase(NamedTuple):
    """Everything that is known about one link.

    `group` are the files of all local scenes with this link, `place` is that of the scene among them. `moved_to` is
    the record to which the box moved the file's fingerprint.
    """

    linked: LinkedFiles
    group: tuple[LinkedFiles, ...]
    place: int
    moved_to: str = ""
    check: CrossCheck | None = None


def make_cases(group: Sequence[LinkedFiles], moved: Mapping[tuple[str, int], str]) -> list[LinkCase]:
    """Return a case for each scene of a group with one link whose record is known; task and page judge these.

    `moved` has the record to which a box moved a fingerprint, by the record before and the fingerprint's number.
    """
    return [
        LinkCase(each, tuple(group), place, find_moved(each, moved))
        for place, each in enumerate(group)
        if each.state in (FOUND, *GONE_WEIGHTS)
    ]


def find_moved(linked: LinkedFiles, moved: Mapping[tuple[str, int], str]) -> str:
    """Return the id of the record to which the box moved the phash of a linked scene; empty if it moved none."""
    found = (moved.get((linked.remote_id, each.value)) for each in linked.local.prints if each.kind == "phash")
    return next((each for each in found if each), "")


def needs_check(case: LinkCase) -> bool:
    """Return True if the link may be wrong by what is known: the check of links must ask the box about fingerprints."""
    linked = case.linked
    if not linked.digest or case.moved_to or linked.state == MERGED:
        return False
    if linked.state != FOUND:
        return True
    is_unknown = not knows_hash(linked) and may_fit_elsewhere(linked)
    return is_unknown or find_length_doubt(linked) is not None or find_shared(case) == OTHER


def knows_hash(linked: LinkedFiles) -> bool:
    """Return True if, by the box's answers so far, only the linked record has a fingerprint of the scene's files."""
    facts = linked.facts
    if facts is None:
        return False
    if facts.asked == linked.digest and facts.asked:
        return linked.remote_id in facts.candidates and len(facts.candidates) == 1
    there = {(each.algorithm, each.hash.zfill(16)) for each in facts.prints or ()}
    return any((each.kind, f"{each.value:016x}") in there for each in linked.local.prints)


def may_fit_elsewhere(linked: LinkedFiles) -> bool:
    """Return True if the files of a linked scene may belong to another record of the box; the check of links asks.

    They do not if the box was asked about their fingerprints and named no record but the linked one.
    """
    facts = linked.facts
    return facts is None or facts.asked != linked.digest or any(each != linked.remote_id for each in facts.candidates)


def find_length_doubt(linked: LinkedFiles) -> tuple[float, int] | None:
    """Return the nearest length of the files and the record's length if they are too far apart, else None.

    A record that users have submitted in the file's length as well is one with several versions.
    """
    facts = linked.facts
    lengths = [each for each in linked.local.lengths if each > 0]
    if facts is None or not facts.length or not lengths:
        return None
    nearest = min(lengths, key=lambda each: abs(each - facts.length))
    if not is_far(nearest, facts.length) or any(has_version(each, facts.prints or ()) for each in lengths):
        return None
    return nearest, facts.length


def has_version(duration: float, prints: Sequence[BoxFingerprint]) -> bool:
    """Return True if one of the record's fingerprints with enough votes has this length."""
    return any(
        each.votes is not None
        and each.votes >= SEVERAL_VOTES
        and each.duration > 0
        and has_same_length(duration, each.duration)
        for each in prints
    )


def find_shared(case: LinkCase) -> str:
    """Return how a scene's files relate to those of other scenes with its link (`relate_files`); "" without others."""
    if len(case.group) < 2:
        return ""
    files: list[SceneFiles] = [each.local for each in case.group]
    return relate_files(files, case.place, case.linked.facts.length if case.linked.facts else 0)


def judge_link(case: LinkCase) -> LinkFinding | None:
    """Return the finding about a link, for the check of all or of one scene; None if nothing speaks against it."""
    reasons = sorted(list_reasons(case), key=lambda each: -each.weight)
    if not reasons:
        return None
    more = EACH_MORE * sum(each.weight > KNOWN_HERE for each in reasons[1:])
    return LinkFinding(min(MOST_SCORE, reasons[0].weight + more), tuple(reasons), choose_target(case), case.check)


def is_other_video(finding: LinkFinding) -> bool:
    """Return True if a finding says that the linked record is another video, and not only gone at the box."""
    return any(each.code in WRONG for each in finding.reasons)


def choose_target(case: LinkCase) -> str:
    """Return the id of the record to which a doubted link should lead; empty if none is certain enough."""
    if case.moved_to:
        return case.moved_to
    if case.linked.successor and case.linked.state == MERGED:
        return case.linked.successor
    best = case.check.elsewhere[:1] if case.check else ()
    return best[0].id if best and not best[0].doubt else ""


def list_reasons(case: LinkCase) -> Iterator[DoubtReason]:
    """Yield all reasons to doubt a link."""
    linked = case.linked
    if linked.state in GONE_WEIGHTS:
        yield DoubtReason(linked.state, GONE_WEIGHTS[linked.state], {"to": linked.successor})
    if case.moved_to:
        yield DoubtReason(MOVED, MOVED_WEIGHT, {"to": case.moved_to})
    yield from list_hash_reasons(case)
    if linked.state == FOUND:
        yield from list_length_reasons(case)
    yield from list_shared_reasons(case)


def list_hash_reasons(case: LinkCase) -> Iterator[DoubtReason]:
    """Yield the reasons that the fingerprints give: they belong to another record, or users reported them."""
    check = case.check
    if check is None:
        return
    best, here = (check.elsewhere[0] if check.elsewhere else None), check.here
    if best is not None and here is None:
        yield DoubtReason(ELSEWHERE, DOUBT_WEIGHTS[best.doubt], describe_candidate(best))
    elif best is not None and here is not None and not best.doubt and has_clearly_more(best, here):
        yield DoubtReason(STRONGER, STRONGER_WEIGHT, {**describe_candidate(best), "here": here.votes})
    if here is not None and here.doubt == REPORTED:
        yield DoubtReason(REPORTED, REPORTED_WEIGHT, {"votes": here.votes})


def has_clearly_more(one: Candidate, other: Candidate) -> bool:
    """Return True if clearly more users submitted the fingerprint for `one` than for `other`."""
    votes = one.votes or 0
    return votes >= CLEARLY_MORE and votes >= CLEARLY_MORE * max(other.votes or 0, 0)


def describe_candidate(found: Candidate) -> dict[str, Any]:
    """Return the values of a reason about a record that has the scene's fingerprints, for its text on the page."""
    return {"to": found.id, "by": found.by, "distance": found.distance, "votes": found.votes, "doubt": found.doubt}


def list_length_reasons(case: LinkCase) -> Iterator[DoubtReason]:
    """Yield the reason that file and record differ in length; none if several users have this file at the record."""
    doubt = find_length_doubt(case.linked)
    if doubt is None:
        return
    local, box = doubt
    here = case.check.here if case.check else None
    if here is not None and here.doubt != REPORTED and (here.votes is None or here.votes >= SEVERAL_VOTES):
        return
    share = abs(local - box) / max(local, box)
    weight = LEAST_LENGTH_WEIGHT + round(75 * (share - 0.1))
    weight = KNOWN_HERE if here is not None else max(LEAST_LENGTH_WEIGHT, min(MOST_LENGTH_WEIGHT, weight))
    yield DoubtReason(LENGTH, weight, {"local": round(local), "box": box})


def list_shared_reasons(case: LinkCase) -> Iterator[DoubtReason]:
    """Yield the reason that other scenes have the same link; its weight depends on how their files relate."""
    relation = find_shared(case)
    if not relation:
        return
    others = [each.local.number for number, each in enumerate(case.group) if number != case.place]
    is_known = (case.check is not None and case.check.here is not None) or knows_hash(case.linked)
    weight = KNOWN_HERE if relation == OTHER and is_known else SHARED_WEIGHTS[relation]
    yield DoubtReason(SHARED[relation], weight, {"scenes": others})

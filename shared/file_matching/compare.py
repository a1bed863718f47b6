"""Decides which scenes of a box a local file can be, and how sure that is. Pure.

A match is sure if the files are equal (oshash), or if the perceptual hashes are near and the lengths agree, and if no
other scene of the box fits as well. Every other match is only probable, and says why (`doubt`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shared.paths import file_name
from shared.stash_box import BoxFingerprint, Fingerprint, Scene

KINDS = ("oshash", "phash")
SURE_DISTANCE = 4  # bits; a box that looks further may also find another scene of the same set
MOST_DISTANCE = 16  # two hashes of different videos differ in about 32 bits
TOLERANCE_SECONDS = 5.0  # a perceptual hash alone also fits trailers and cuts
TOLERANCE_SHARE = 0.02
REASONS = {"oshash": "same file (oshash)", "phash": "same video (phash) and length"}
REPORTED, NO_LENGTH, FAR, SEVERAL = "reported", "no_length", "far", "several"


class LocalPrint(NamedTuple):
    """A fingerprint of a local file, and the file's length in seconds."""

    kind: str
    value: int
    duration: float


class SceneFiles(NamedTuple):
    """A scene of the library with the fingerprints and lengths of all its files; the first file stands for it."""

    number: int
    title: str
    path: str
    duration: float
    prints: tuple[LocalPrint, ...]
    lengths: tuple[float, ...] = ()

    @property
    def digest(self) -> str:
        """Return a short text that differs if the files of the scene differ.

        A stored answer of a box holds while it is equal. Whoever stores answers about files keeps it.
        """
        return hashlib.blake2b(repr(sorted(self.prints)).encode(), digest_size=8).hexdigest()

    @property
    def search(self) -> tuple[Fingerprint, ...]:
        """Return the fingerprints in the form in which the client of a box looks them up.

        The comparison of files asks so.
        """
        return tuple(Fingerprint(each.kind, f"{each.value:016x}") for each in self.prints)


class Evidence(NamedTuple):
    """The two fingerprints that are nearest to each other; `doubt` is empty if they prove the match."""

    by: str
    distance: int
    local_hash: str
    box_hash: str
    local_duration: float
    box_duration: int
    doubt: str = ""


class FileMatch(NamedTuple):
    """A scene of the box that a local scene can be."""

    scene: Scene
    evidence: Evidence


def read_scene_files(row: Mapping[str, Any]) -> SceneFiles:
    """Return the fingerprints and lengths of a scene's files from Stash's row, without those that boxes do not take.

    Comparisons and submissions of fingerprints begin with it.
    """
    files = row.get("files") or [{"path": "", "duration": 0.0, "fingerprints": ()}]
    prints = {
        LocalPrint(each["type"], int(each["value"], 16), float(file["duration"] or 0))
        for file in files
        for each in file["fingerprints"]
        if each["type"] in KINDS and is_hash(each["value"])
    }
    path, title = files[0]["path"], row.get("title") or ""
    lengths = tuple(float(file["duration"] or 0) for file in files)
    return SceneFiles(int(row["id"]), title or file_name(path), path, lengths[0], tuple(sorted(prints)), lengths)


def is_hash(text: str) -> bool:
    """Return True for a 64-bit hash in hexadecimal but zero, which Stash stores for a video that it could not read.

    Fingerprints are compared and submitted only if they are such.
    """
    try:
        return 0 < int(text, 16) < 1 << 64
    except ValueError:
        return False


def match_scene(local: SceneFiles, candidates: Iterable[Scene]) -> list[FileMatch]:
    """Return the candidates of a box that fit a local scene, the best first; at most one of them is without doubt.

    The comparison of files calls it, and the check of links.
    """
    found = [
        FileMatch(scene, best)
        for scene in candidates
        if not scene.deleted and (best := find_evidence(local, scene)) is not None
    ]
    found.sort(key=lambda each: rank_evidence(each.evidence))
    sure = [each for each in found if not each.evidence.doubt]
    equal = [each for each in sure if each.evidence.by == "oshash"] or sure
    if len(equal) == 1:
        return [each if each is equal[0] or each.evidence.doubt else add_doubt(each, SEVERAL) for each in found]
    return [each if each.evidence.doubt else add_doubt(each, SEVERAL) for each in found]


def add_doubt(match: FileMatch, doubt: str) -> FileMatch:
    """Return the match with this doubt, so that it is only probable; `match_scene` calls it."""
    return match._replace(evidence=match.evidence._replace(doubt=doubt))


def find_evidence(local: SceneFiles, scene: Scene) -> Evidence | None:
    """Return the strongest evidence that a local scene is this scene of the box; None if no fingerprint fits.

    `match_scene` calls it, and the check of links.
    """
    prints = scene.fingerprints or ()
    found = (compare_prints(mine, theirs, scene) for mine in local.prints for theirs in prints)
    return min((each for each in found if each is not None), key=rank_evidence, default=None)


def rank_evidence(evidence: Evidence) -> tuple[bool, bool, int]:
    """Return a key to sort evidence by: sure before probable, equal files before similar ones, near before far.

    `match_scene` and `find_evidence` sort by it.
    """
    return bool(evidence.doubt), evidence.by != "oshash", evidence.distance


def compare_prints(mine: LocalPrint, theirs: BoxFingerprint, scene: Scene) -> Evidence | None:
    """Return the evidence that a local and a box's fingerprint give; None if they differ or their lengths disagree.

    `find_evidence` calls it.
    """
    if mine.kind != theirs.algorithm or not is_hash(theirs.hash):
        return None
    distance = bin(mine.value ^ int(theirs.hash, 16)).count("1")
    if distance > (0 if mine.kind == "oshash" else MOST_DISTANCE):
        return None
    length = theirs.duration or scene.duration or 0
    doubt = find_doubt(mine, theirs, distance, length)
    if doubt is None:
        return None
    hashes = f"{mine.value:016x}", theirs.hash.zfill(16)
    return Evidence(mine.kind, distance, *hashes, round(mine.duration, 1), length, doubt)


def find_doubt(mine: LocalPrint, theirs: BoxFingerprint, distance: int, length: int) -> str | None:
    """Return the doubt about a fitting fingerprint, "" if it proves the match, None if the lengths contradict it.

    `compare_prints` calls it.
    """
    if mine.kind == "phash" and length and mine.duration and not has_same_length(mine.duration, length):
        return None
    if theirs.votes is not None and theirs.votes <= 0:
        return REPORTED
    if mine.kind == "oshash":
        return ""
    if not length or not mine.duration:
        return NO_LENGTH
    return FAR if distance > SURE_DISTANCE else ""


def has_same_length(duration: float, other: float) -> bool:
    """Return True if two lengths in seconds differ so little that the video can be the same.

    All comparisons of files ask.
    """
    return abs(other - duration) <= max(TOLERANCE_SECONDS, duration * TOLERANCE_SHARE)


def explain_evidence(evidence: Evidence) -> str:
    """Return a sentence part such as "same file (oshash)", for the reason in plans and the history."""
    reason = REASONS[evidence.by]
    return f"{reason}, {evidence.distance} of 64 bits differ" if evidence.distance else reason

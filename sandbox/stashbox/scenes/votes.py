"""Votes of the box's users on fingerprints: who submitted or reported which hash of a scene, and how long the file is.

A vote replaces the same user's earlier one. What the catalogue lists counts as the votes of other users.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sandbox.stashbox.criteria import BoxFailure, parse_hash, parse_id
from sandbox.stashbox.model import Account, Fingerprint, PrintVote, Scene
from sandbox.stashbox.world import World

MOST_AT_ONCE = 1000
VALID, INVALID = 1, -1
VOTES = {"VALID": VALID, "INVALID": INVALID, "REMOVE": 0}


class PrintTally(NamedTuple):
    """All votes on one hash of a scene, or those of one user; the duration is the one that most of them name."""

    hash: str
    algorithm: str
    duration: int
    submissions: int
    reports: int
    user_submitted: bool
    user_reported: bool
    created: str
    updated: str


def list_tallies(world: World, scene: Scene, user: Account, *, is_own: bool = False) -> list[PrintTally]:
    """Return the fingerprints of a scene with their votes, as the box tells them to a user.

    With `is_own` only that user's votes.
    """
    voters = [user] if is_own else list(world.accounts.values())
    found = (_count(scene, each, voters, user, is_own=is_own) for each in scene.fingerprints)
    return [each for each in found if each is not None]


def _count(
    scene: Scene, each: Fingerprint, voters: Iterable[Account], user: Account, *, is_own: bool
) -> PrintTally | None:
    key = (scene.id, each.algorithm, each.value)
    votes = [voter.votes[key] for voter in voters if key in voter.votes]
    others = (0, 0) if is_own else (each.submissions, each.reports)
    durations = Counter({each.duration: sum(others)}) + Counter(vote.duration for vote in votes)
    if not durations:
        return None
    mode = min(durations, key=lambda one: (-durations[one], one))
    own = user.votes[key].vote if key in user.votes else 0
    submissions = others[0] + sum(vote.vote == VALID for vote in votes)
    reports = others[1] + sum(vote.vote == INVALID for vote in votes)
    owned = (own == VALID, own == INVALID)
    return PrintTally(each.hash, each.algorithm, mode, submissions, reports, *owned, scene.created, scene.updated)


def save_vote(world: World, user: Account, scene: Scene, print_: Fingerprint, vote: int) -> None:
    """Replace a user's vote on a hash of a scene; 0 removes it. The scene keeps its time of update.

    The mutations for fingerprints call it.
    """
    key = (scene.id, print_.algorithm, print_.value)
    user.votes.pop(key, None)
    if vote:
        user.votes[key] = PrintVote(vote, print_.duration)
    listed = {(each.algorithm, each.value) for each in scene.fingerprints}
    known = list(scene.fingerprints)
    if vote and key[1:] not in listed:
        known.append(print_._replace(submissions=0))
    kept = [each for each in known if _has_votes(world, scene, each)]
    world.change(scene, updated=scene.updated, fingerprints=kept)


def _has_votes(world: World, scene: Scene, each: Fingerprint) -> bool:
    key = (scene.id, each.algorithm, each.value)
    return each.submissions + each.reports > 0 or any(key in voter.votes for voter in world.accounts.values())


def submit_one(world: World, user: Account, given: dict[str, Any]) -> bool:
    """Save a user's vote on one fingerprint; return True, also if it is ignored: an MD5, no length or scene.

    The mutation `submitFingerprint` calls it.
    """
    print_ = _read_print(given["fingerprint"])
    scene = world.scenes.get(parse_id(given["scene_id"]))
    if print_.algorithm == "MD5" or scene is None or scene.deleted:
        return True
    vote = 0 if given.get("unmatch") else VOTES[given.get("vote") or "VALID"]
    if vote == INVALID and not any(
        each.algorithm == print_.algorithm and each.hash == print_.hash and each.submissions
        for each in list_tallies(world, scene, user)
    ):
        raise BoxFailure("fingerprint has no submissions")
    if print_.duration > 0:
        save_vote(world, user, scene, print_, vote)
    return True


def submit_many(world: World, user: Account, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Save a user's votes on up to 1,000 fingerprints; return a row with hash, scene and error for each but MD5s.

    The mutation `submitFingerprints` calls it.
    """
    if len(given) > MOST_AT_ONCE:
        raise BoxFailure(f"maximum of {MOST_AT_ONCE} fingerprints allowed per batch")
    return [_submit_row(world, user, each) for each in given if each["algorithm"] != "MD5"]


def _submit_row(world: World, user: Account, given: dict[str, Any]) -> dict[str, Any]:
    print_, scene_id = _read_print(given), parse_id(given["scene_id"])
    scene = world.scenes.get(scene_id)
    row = {"hash": print_.hash, "scene_id": scene_id}
    if scene is None or scene.deleted:
        return {**row, "error": "invalid or deleted scene"}
    if print_.duration <= 0:
        return {**row, "error": "duration must be greater than 0"}
    save_vote(world, user, scene, print_, VALID)
    return {**row, "error": None}


def _read_print(given: dict[str, Any]) -> Fingerprint:
    return Fingerprint(parse_hash(given["hash"]), given["algorithm"], given["duration"])

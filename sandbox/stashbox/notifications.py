"""Notices to a box's users. Of the twelve kinds three come up: new scenes of favorites, and moved fingerprints.

They are written as stash-box v0.10 does (internal/queries/sql/notification.sql), without their end after 14 days.
"""

from __future__ import annotations

from typing import Any

from sandbox.stashbox.criteria import BoxFailure
from sandbox.stashbox.model import (
    Account,
    BoxNotice,
    FavoritePerformerScene,
    FavoriteStudioScene,
    FingerprintMovedScene,
    Scene,
)
from sandbox.stashbox.world import World

MOVED = "FINGERPRINT_MOVED"
PERFORMER_SCENE, STUDIO_SCENE = "FAVORITE_PERFORMER_SCENE", "FAVORITE_STUDIO_SCENE"
KINDS: dict[type[BoxNotice], str] = {
    FavoritePerformerScene: PERFORMER_SCENE,
    FavoriteStudioScene: STUDIO_SCENE,
    FingerprintMovedScene: MOVED,
}
LEVELS: dict[type[BoxNotice], str] = {FingerprintMovedScene: "URGENT"}
PHASH = "PHASH"
NULL = "the requested element is null which the schema does not allow"


def move_fingerprint(world: World, source: Scene, target: Scene, value: int) -> None:
    """Move a perceptual hash with all votes to another scene, as a moderator does; tests call this.

    The users whose positive vote moved are told if they have subscribed to it; the moderator is none of them, because a
    box does not tell users what they did themselves. The scenes keep their time of update.
    """
    moved = [each for each in source.fingerprints if (each.algorithm, each.value) == (PHASH, value)]
    kept = [each for each in source.fingerprints if each not in moved]
    world.change(source, updated=source.updated, fingerprints=kept)
    world.change(target, updated=target.updated, fingerprints=[*target.fingerprints, *moved])
    for account in world.accounts.values():
        vote = account.votes.pop((source.id, PHASH, value), None)
        if vote is not None:
            account.votes[(target.id, PHASH, value)] = vote
            if vote.vote > 0 and MOVED in account.subscriptions:
                account.notices.insert(0, FingerprintMovedScene(source.id, target.id, f"{value:016x}", target.updated))


def accept_scene(world: World, scene: Scene, author: Account | None = None, *, is_bot: bool = False) -> None:
    """Tell the users who have favorites in a new scene of it, as the box does when it accepts the scene's edit.

    Its author is not told, and nobody is told of a bot's edit. Tests call this.
    """
    people = {each.performer_id for each in scene.performers}
    for account in world.accounts.values():
        if is_bot or account is author:
            continue
        if STUDIO_SCENE in account.subscriptions and scene.studio_id in account.studios:
            account.notices.insert(0, FavoriteStudioScene(scene.id, scene.created))
        if PERFORMER_SCENE in account.subscriptions and not people.isdisjoint(account.performers):
            account.notices.insert(0, FavoritePerformerScene(scene.id, scene.created))


def query_notifications(user: Account, given: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the user's notices, newest first; other than in lists of scenes, bad pages are errors.

    The resolver of notices calls it.
    """
    size, offset = given["per_page"], (given["page"] - 1) * given["per_page"]
    if size < 0:
        raise BoxFailure("ERROR: LIMIT must not be negative (SQLSTATE 2201W)")
    if offset < 0:
        raise BoxFailure("ERROR: OFFSET must not be negative (SQLSTATE 2201X)")
    found = [each for each in user.notices if given.get("type") in (None, KINDS[type(each)])]
    unread = [each for each in found if not (given.get("unread_only") and each.is_read)]
    rows = [
        {"created": each.created, "read": each.is_read, "level": LEVELS.get(type(each), "NORMAL"), "data": each}
        for each in unread
    ]
    return {"count": len(rows), "notifications": rows[offset : offset + size]}


def find_scene_of(scene_id: str, info: Any) -> Scene:
    """Return the scene of a box's notice; one that was removed for good fails the whole answer.

    The resolvers of notices call it.
    """
    found: Scene | None = info.context.world.scenes.get(scene_id)
    if found is None:
        raise BoxFailure(NULL)
    return found

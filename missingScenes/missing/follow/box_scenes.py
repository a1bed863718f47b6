"""The new scenes of all that is followed at one box: one list for many performers, one for many studios.

What is new is decided by the box's own times, so that a clock that is set brings nothing twice and nothing old.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import NamedTuple

from missing.follow.rules import FollowedScene, make_followed_scene
from missing.follow.store import Follow
from shared.stash.filters import parse_time
from shared.stash.library import split
from shared.stash_box import SceneFilter, StashBoxClient
from shared.stash_box.box import TPDB

IDS_AT_ONCE = 500
OVERLAP = timedelta(days=7)  # a box may give a scene the time of its edit, and show it when the edit is accepted
ADDED, RELEASED = "CREATED_AT", "DATE"  # orders of a list; ThePornDB does not tell when it added a scene
KINDS = ("performer", "studio")


class NewScenes(NamedTuple):
    """The scenes of one list that are new for someone who is followed, and the box's newest time in it."""

    found: list[tuple[Follow, FollowedScene]]
    newest: str


def choose_filter(kind: str, ids: Sequence[str]) -> SceneFilter:
    """Return the filter for the scenes of these performers or of these studios.

    Each reader of a box's scenes calls it.
    """
    return SceneFilter(any_performers=ids) if kind == "performer" else SceneFilter(any_studios=ids)


def read_new_scenes(client: StashBoxClient, kind: str, follows: Sequence[Follow], read_until: str) -> NewScenes:
    """Return the box's scenes that are new for one of these follows, all of one kind; raise if the box fails meanwhile.

    `read_until` is the box's time up to which the last check read. The check calls this for performers and for studios.
    """
    found: list[tuple[Follow, FollowedScene]] = []
    newest = read_until
    for ids in split_ids(client, follows):
        concerned = [each for each in follows if not set(each.ids).isdisjoint(ids)]
        for scene in read_back(client, kind, ids, find_start(concerned, read_until)):
            newest = max(newest, find_time(scene) if scene.card["created"] else "")
            about = find_ids_of_scene(kind, scene)
            found += [(each, scene) for each in concerned if not about.isdisjoint(each.ids) and is_new(scene, each)]
    return NewScenes(found, newest)


def split_ids(client: StashBoxClient, follows: Sequence[Follow]) -> Iterator[Sequence[str]]:
    """Yield the box's ids of these follows in pieces for one list each: 500 at once, of ThePornDB one."""
    ids = sorted({each for follow in follows for each in follow.ids})
    yield from split(ids, 1 if client.box.kind == TPDB else IDS_AT_ONCE)


def read_back(client: StashBoxClient, kind: str, ids: Sequence[str], start: str) -> Iterator[FollowedScene]:
    """Yield the scenes of these performers or studios, the newest first, back to `start`, a time of the box.

    `read_new_scenes` calls it.
    """
    order = RELEASED if client.box.kind == TPDB else ADDED
    scenes = client.list_scenes(choose_filter(kind, ids), sort=order)
    seen: set[str] = set()  # a scene that is added meanwhile moves the others to the next page
    for number in count(1):
        page = scenes.read_page(number, wants_total=False)
        for scene in (make_followed_scene(each, client.box) for each in page.scenes):
            if find_time(scene) < start:
                return
            if scene.id not in seen:
                seen.add(scene.id)
                yield scene
        if not page.has_more:
            return


def find_start(follows: Sequence[Follow], read_until: str) -> str:
    """Return the box's time from which a list is read: the last check less an overlap, but no earlier than a follow.

    `read_new_scenes` calls it.
    """
    began = min(each.began for each in follows)
    moment = parse_time(read_until) if read_until else None
    return max(began, write_moment(moment - OVERLAP)) if moment else began


def is_new(scene: FollowedScene, follow: Follow) -> bool:
    """Return True if the box added the scene after the follow began; by days if the box does not tell the time.

    `read_new_scenes` calls it.
    """
    return find_time(scene) > follow.began if scene.card["created"] else find_time(scene) >= follow.began[:10]


def find_time(scene: FollowedScene) -> str:
    """Return when the box added a scene, as a text that sorts by time; its release date if the box does not tell it.

    The check of follows and the preview of rules compare it.
    """
    return sort_time(scene.card["created"]) or str(scene.card["date"] or "")


def sort_time(created: str | None) -> str:
    """Return a box's time without the letter at its end, so that times can be compared as texts.

    The letter would stand behind fractions of a second. Follows and the box's notices call it.
    """
    return (created or "").rstrip("Z")


def find_ids_of_scene(kind: str, scene: FollowedScene) -> set[str]:
    """Return the ids of the performers of a scene, or that of its studio, to find the follows that it belongs to."""
    studio = scene.card["studio"]
    if kind == "performer":
        return {each["id"] for each in scene.card["performers"]}
    return {studio["id"]} if studio else set()


def limit_time(newest: str, now: float) -> str:
    """Return the newest time of a box, at most a day after `now`: a later one would hide all scenes until then.

    The check saves it.
    """
    latest = write_moment(datetime.fromtimestamp(now, timezone.utc) + timedelta(days=1))
    return min(newest, latest)


def write_moment(moment: datetime) -> str:
    """Return a moment in the form in which a box writes times, so that both can be compared as texts.

    The check of follows and the preview of rules call it.
    """
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")


def find_beginning(client: StashBoxClient, kind: str, ids: Sequence[str], now: float) -> str:
    """Return the time of the newest scene that the box has already; scenes after it are new for a follow.

    A box that does not tell when it added a scene is compared by release dates, so the present day counts there.
    """
    today = write_moment(datetime.fromtimestamp(now, timezone.utc))
    if client.box.kind == TPDB:
        return today[:10]
    page = client.list_scenes(choose_filter(kind, ids), sort=ADDED, per_page=1).read_page(1, wants_total=False)
    return (sort_time(page.scenes[0].created) or today[:10]) if page.scenes else ""

"""Finds the statuses of a page of scenes, in a number of requests that does not grow with Whisparr's library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.whisparr.client import Whisparr
from shared.whisparr.history import DownloadEvent, find_last, read_failures
from shared.whisparr.model import WhisparrScene, plain_id
from shared.whisparr.status import Status, find_status, group_records, may_have_failed, unknown_status

FEW_SCENES = 2  # up to so many scenes, one request each costs less than a performer's whole list
MOST_SINGLE = 20
MOST_LISTS = 20
ENTITY_BULK = 2_000  # scenes of one page's entities read at once; a few kilobytes each
FAILURE_SECONDS = 30 * 86_400.0
NOT_ASKED = "not asked: too many scenes at once"


class PageEntity(NamedTuple):
    """A "performer" or "studio" whose page is shown; sub-studios are entities of their own."""

    kind: str
    stash_id: str


class StatusReading(NamedTuple):
    """The status of every scene, and the numbers of those Whisparr has, for `refresh_statuses`."""

    statuses: Mapping[str, Status]
    movie_ids: Mapping[str, int]


class LookupPlan(NamedTuple):
    """The way to find the scenes: by lists of entities, or one by one; the rest stays unknown."""

    entities: tuple[PageEntity, ...]
    single: tuple[str, ...]
    is_complete: bool


def plan_lookup(stash_ids: Sequence[str], entities: Sequence[PageEntity]) -> LookupPlan:
    """Return for `read_statuses` the way with fewer requests: per scene, or per entity and its scenes."""
    is_single_cheaper = len(stash_ids) <= max(FEW_SCENES, len(entities) + 1)
    if not entities or (is_single_cheaper and len(stash_ids) <= MOST_SINGLE):
        return LookupPlan((), tuple(stash_ids[:MOST_SINGLE]), len(stash_ids) <= MOST_SINGLE)
    return LookupPlan(tuple(entities[:MOST_LISTS]), (), len(entities) <= MOST_LISTS)


def read_statuses(
    whisparr: Whisparr, stash_ids: Iterable[str], entities: Sequence[PageEntity] = (), excluded: Collection[str] = ()
) -> StatusReading:
    """Return the statuses of scenes, for the operation that shows them; the page of an entity takes three requests.

    `excluded` are ids known to be excluded. Without an entity, scenes beyond MOST_SINGLE are "unknown", never "none".
    """
    wanted = list(dict.fromkeys(plain_id(each) for each in stash_ids))
    plan = plan_lookup(wanted, entities)
    scenes = find_scenes(whisparr, plan, frozenset(wanted))
    statuses = find_statuses(whisparr, {each: scenes.get(each) for each in wanted}, excluded)
    if not plan.is_complete:
        asked = set(plan.single) | set(scenes)
        statuses.update({each: unknown_status(NOT_ASKED) for each in wanted if each not in asked})
    return StatusReading(statuses, {key: scene.id for key, scene in scenes.items()})


def find_scenes(whisparr: Whisparr, plan: LookupPlan, wanted: frozenset[str]) -> dict[str, WhisparrScene]:
    """Return for `read_statuses` those of the wanted scenes that Whisparr has, by id."""
    single = (whisparr.find_scene(each) for each in plan.single)
    ids = {key: None for each in plan.entities for key in whisparr.list_entity_ids(each.kind, each.stash_id)}
    listed = whisparr.iter_scenes(list(ids), ENTITY_BULK)
    found = [scene for scene in single if scene] + [scene for scene in listed if scene.stash_id in wanted]
    return {scene.stash_id: scene for scene in found}


def refresh_statuses(
    whisparr: Whisparr, movie_ids: Mapping[str, int], excluded: Collection[str] = ()
) -> dict[str, Status]:
    """Return the present statuses of scenes whose numbers in Whisparr are known, by two requests.

    It is called after an add and when a page refreshes.
    """
    by_id = {scene.id: scene for scene in whisparr.iter_scenes(list(movie_ids.values()))}
    found = {plain_id(key): by_id.get(number) for key, number in movie_ids.items()}
    return find_statuses(
        whisparr, {key: scene if is_same(scene, key) else None for key, scene in found.items()}, excluded
    )


def is_same(scene: WhisparrScene | None, stash_id: str) -> bool:
    """Return True if a number still belongs to the scene it was kept for; `refresh_statuses` asks."""
    return scene is not None and scene.stash_id == stash_id


def find_statuses(
    whisparr: Whisparr, scenes: Mapping[str, WhisparrScene | None], excluded: Collection[str]
) -> dict[str, Status]:
    """Return the statuses of scenes that were read, for `read_statuses` and `refresh_statuses`.

    The queue is requested only if one of them may be in it, failed downloads only if one may have failed.
    """
    has_any = any(scenes.values())
    records = group_records(whisparr.read_queue()) if has_any else {}

    def find(key: str, scene: WhisparrScene | None, failure: str = "") -> Status:
        queued = records.get(scene.id, ()) if scene else ()
        return find_status(scene, queued, is_excluded=key in excluded, failure=failure)

    found = {key: find(key, scene) for key, scene in scenes.items()}
    open_ones = {key: scene for key, scene in scenes.items() if scene and may_have_failed(found[key], scene)}
    failures = read_recent_failures(whisparr) if open_ones else {}
    failed = {key: scene for key, scene in open_ones.items() if scene.id in failures}
    return {**found, **{key: find(key, scene, describe_failed(failures[scene.id])) for key, scene in failed.items()}}


def read_recent_failures(whisparr: Whisparr) -> dict[int, DownloadEvent]:
    """Return the failed downloads of the last month by Whisparr's clock, for `find_statuses`.

    If the client has a cache, only those since the last reading are requested.
    """
    now, cache = whisparr.wire.answered_at, whisparr.failures
    if now is None:
        return {}
    before = cache.find(now) if cache else None
    known = [DownloadEvent(*row) for row in before.rows] if before else []
    new = read_failures(whisparr, before.find_start(now) if before else now - FAILURE_SECONDS)
    found = find_last([*known, *new.values()])
    if cache:
        cache.save(now, list(found.values()), before)
    return found


def describe_failed(event: DownloadEvent) -> str:
    """Return when and why a download failed, as part of a status or of the dialog of a scene."""
    return f"the last download failed {event.date}: {event.detail}" if event.detail else f"failed {event.date}"

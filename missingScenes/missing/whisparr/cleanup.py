"""Takes scenes out of Whisparr, or stops monitoring them, once they are tagged in Stash."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from missing.owned.by_id import find_owned_anywhere
from missing.whisparr.connection import open_whisparr
from shared.errors import BundleError, Conflict, ServiceError
from shared.journal import Change, Entry, Finding, Item, Json, Run, Work, open_run, set_field
from shared.journal.changes import DO, SKIPPED
from shared.page.arguments import read_flag, read_number
from shared.page.paging import format_time
from shared.queue.drain import EntryOutcome, later
from shared.queue.outbox import QueueEntry as Queued
from shared.queue.task import QueueWork
from shared.scope import concerns_all
from shared.whisparr.add import NewScene, add_scene
from shared.whisparr.client import BULK_SIZE, Whisparr
from shared.whisparr.errors import NAME
from shared.whisparr.model import WhisparrScene
from shared.whisparr.status import is_importing

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "whisparr_cleanup"
PREVIEW = "cleanup.preview"
LIBRARY, MONITORED = "in_whisparr", "monitored"
DAY = 86400.0
IMPORT_SECONDS = 120.0
REASON = "tagged in Stash"
IMPORTING = "Left alone: a file is being imported."


class CleanupTarget:
    """Scenes of Whisparr's library: removed with an exclusion, or no longer monitored; both can be taken back."""

    batch_size = 10
    items_at_once = 5

    def __init__(self, call: Call) -> None:
        self._call = call

    @cached_property
    def whisparr(self) -> Whisparr:
        """Whisparr as the settings say."""
        return open_whisparr(self._call, self._call.settings)[0]

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """What Whisparr has of each scene; one that is gone is not monitored either."""
        del fields
        found = {item: self.whisparr.find_scene(item.id) for item in items}
        return {
            item: {LIBRARY: describe(scene) if scene else None, MONITORED: bool(scene and scene.monitored)}
            for item, scene in found.items()
        }

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Change one scene after the other; what is gone already is done."""
        results: dict[Item, BundleError | None] = {}
        stopped_by: BundleError | None = None
        for item, changes in work:
            results[item] = stopped_by or self._try_one(item, changes[0])
            stopped_by = stopped_by or (results[item] if concerns_all(results[item]) else None)
        return results

    def _try_one(self, item: Item, change: Change) -> BundleError | None:
        try:
            scene = self.whisparr.find_scene(item.id)
            if change.field == MONITORED:
                if scene:
                    self.whisparr.set_monitored([scene.id], bool(change.after))
            elif change.after is None:
                if scene:
                    self.whisparr.remove_scene(scene.id)
            else:
                add_scene(self.whisparr, restore(item.id, change.after))
        except (ServiceError, Conflict) as error:
            return error
        return None


def describe(scene: WhisparrScene) -> dict[str, Any]:
    """What is needed to bring a removed scene back."""
    return {
        "title": scene.title,
        "profile_id": scene.profile_id,
        "root_folder": scene.root_folder,
        "tags": list(scene.tags),
        "monitored": scene.monitored,
    }


def restore(scene_id: str, kept: dict[str, Any]) -> NewScene:
    """The add that brings a scene back as it was, which lifts its exclusion, too."""
    tags = tuple(kept["tags"])
    return NewScene(scene_id, kept["title"], kept["profile_id"], kept["root_folder"], tags, monitored=kept["monitored"])


def make_target(call: Call) -> CleanupTarget:
    """What cleans up."""
    return CleanupTarget(call)


def plan_removal(scene: WhisparrScene, *, only_unmonitor: bool, is_busy: bool) -> Iterator[Entry]:
    """What to do with a scene that is tagged in Stash."""
    item = Item("whisparr scene", scene.stash_id, scene.title or scene.stash_id)
    if is_busy:
        yield Finding(item, SKIPPED, IMPORTING, LIBRARY, NAME)
    elif only_unmonitor:
        yield set_field(item, MONITORED, True, False, source=NAME, reason=REASON)
    else:
        yield Change(item, LIBRARY, DO, describe(scene), None, NAME, REASON)


def make_queue(call: Call) -> QueueWork:
    """How the scenes that were saved are worked off."""
    return QueueWork(lambda entry: clean_one(call, entry))


def clean_one(call: Call, entry: Queued) -> EntryOutcome | None:
    """One scene that got stash ids: whatever Whisparr has of it goes, of all boxes."""
    settings = call.settings
    if not settings.enableAutoCleanup or not settings.whisparrUrl:
        return None
    row = call.stash.scenes.get(int(entry.key.partition(":")[2]), "stash_ids { stash_id }")
    ids = list(dict.fromkeys(str(link["stash_id"]) for link in (row or {}).get("stash_ids") or ()))
    if not ids:
        return None
    target = make_target(call)
    scenes = [scene for scene in map(target.whisparr.find_scene, ids) if scene]
    wanted = [scene for scene in scenes if scene.monitored or not settings.unmonitorOnly]
    if not wanted:
        return None
    if any(target.whisparr.is_importing(scene.id) for scene in wanted):
        return later(IMPORT_SECONDS, "A file of the scene is being imported; it stays in Whisparr until then.")
    title = "Scenes tagged in Stash"
    with open_run(call, target, kind=KIND, title=title, reuse_for=DAY, keep_empty=False) as run:
        for scene in wanted:
            run.work(plan_removal(scene, only_unmonitor=settings.unmonitorOnly, is_busy=False))
    return None


def clean_up(call: Call) -> dict[str, Any]:
    """The task: everything in Whisparr that is tagged in Stash, up to the limit; a dry run only makes the plan."""
    return clean_library(call, dry_run=read_flag(call.args, "dry_run"))


def preview_cleanup(call: Call) -> dict[str, Any]:
    """The task's dry run."""
    return clean_library(call, dry_run=True)


def clean_library(call: Call, *, dry_run: bool) -> dict[str, Any]:
    """Go through Whisparr's library in pieces."""
    settings = call.settings
    limit = read_number(call.args, "limit", settings.cleanupLimit)
    target = make_target(call)
    title = "Clean-up of Whisparr"
    with open_run(call, target, kind=KIND, title=title, dry_run=dry_run) as run:
        planned = Cleaning(call, target, run, limit).go_through()
    summary, is_cut = run.summary(), planned >= limit
    if dry_run:
        kept = {"plan_id": summary.plan_id, "at": call.clock.now(), "count": summary.planned, "limit": limit}
        call.store.kv.put(PREVIEW, {**kept, "is_cut": is_cut})
    tail = f" The limit of {limit} was reached; run it again for the rest." if is_cut else ""
    call.log.info(f"{title}: {summary.sentence()}{tail}")
    return {**summary.to_json(), "dry_run": dry_run, "message": f"{summary.sentence()}{tail}"}


def show_preview(call: Call) -> dict[str, Any]:
    """The plan of the last dry run, to be looked at and applied."""
    kept = call.store.kv.get(PREVIEW)
    if kept is None:
        return {"plan_id": None, "count": 0, "made_at": None, "limit": None, "is_cut": False}
    about = {"plan_id": str(kept["plan_id"]), "count": kept["count"], "made_at": format_time(kept["at"])}
    return {**about, "limit": kept.get("limit"), "is_cut": bool(kept.get("is_cut"))}


class Cleaning:
    """One pass through Whisparr's library."""

    def __init__(self, call: Call, target: CleanupTarget, run: Run, limit: int) -> None:
        self._call = call
        self._whisparr = target.whisparr
        self._run = run
        self._limit = limit
        self._only_unmonitor: bool = call.settings.unmonitorOnly

    def go_through(self) -> int:
        """Plan and apply piece by piece; how many scenes were found to be tagged in Stash."""
        movie_ids = self._whisparr.list_movie_ids()
        busy = {record.movie_id for record in self._whisparr.read_queue() if is_importing(record)}
        planned = 0
        for start in range(0, len(movie_ids), BULK_SIZE):
            piece = movie_ids[start : start + BULK_SIZE]
            scenes = [scene for scene in self._whisparr.iter_scenes(piece) if scene.stash_id]
            planned += self._clean(scenes, busy, self._limit - planned)
            self._call.stash.keep_alive()
            self._call.progress(min(1.0, (start + BULK_SIZE) / len(movie_ids)))
            if planned >= self._limit:
                break
        return planned

    def _clean(self, scenes: Sequence[WhisparrScene], busy: Collection[int], most: int) -> int:
        owned = find_owned_anywhere(self._call.stash, [scene.stash_id for scene in scenes])
        tagged = [scene for scene in scenes if scene.stash_id in owned]
        open_ones = [scene for scene in tagged if scene.monitored or not self._only_unmonitor]
        chosen = open_ones[: max(most, 0)]
        self._run.count("unchanged", len(scenes) - len(open_ones))
        self._run.work(entry for scene in chosen for entry in self._plan(scene, scene.id in busy))
        return len(chosen)

    def _plan(self, scene: WhisparrScene, is_busy: bool) -> Iterator[Entry]:
        return plan_removal(scene, only_unmonitor=self._only_unmonitor, is_busy=is_busy)

"""The tasks Cleanup Whisparr and its dry run: take out of Whisparr the scenes that the library has."""

from __future__ import annotations

from missing.whisparr.cleanup.plan import name_cleanup
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.owned.by_id import find_owned_anywhere
from missing.whisparr.cleanup.plan import IN_QUEUE, plan_removal
from missing.whisparr.cleanup.target import KIND, CleanupTarget, make_target
from missing.whisparr.instances import iter_settings, read_key
from shared.arguments import flag, takes, whole
from shared.journal import Entry, Run, open_run
from shared.settings import Settings
from shared.whisparr.client import BULK_SIZE
from shared.whisparr.model import WhisparrScene

if TYPE_CHECKING:
    from shared.runtime.call import Call

PREVIEW = "cleanup.preview"
SAVED_PREVIEW = {"plan_id": (int, str, None), "count": int, "at": float, "limit?": (int, None), "is_cut?": bool}
LIMIT = whole("limit", None, "at most so many scenes; the default is the setting")


@takes(flag("dry_run", False, "only saves a plan"), LIMIT)
def clean_up(call: Call) -> dict[str, Any]:
    """Task Cleanup Whisparr: take out scenes that the library has, up to the limit; `dry_run` only saves a plan."""
    return clean_library(call, dry_run=call.args["dry_run"])


@takes(LIMIT)
def preview_cleanup(call: Call) -> dict[str, Any]:
    """Task Cleanup Whisparr (dry run): save the plan of the clean-up for the page and change nothing."""
    return clean_library(call, dry_run=True)


def clean_library(call: Call, *, dry_run: bool) -> dict[str, Any]:
    """Clean up Whisparr's library in pieces, or plan that, and return the task's result.

    Both clean-up tasks call it.
    """
    settings = call.settings
    limit = settings.cleanupLimit if call.args["limit"] is None else call.args["limit"]
    target = make_target(call)
    title = "Cleaned up Whisparr"
    done = name_cleanup(settings.unmonitorOnly)
    with open_run(call, target, kind=KIND, title=title, dry_run=dry_run, details=done) as run:
        planned = 0
        whisparrs = list(iter_settings(settings)) or [settings]  # without any, opening it says what is missing
        for place, each in enumerate(whisparrs):
            part = Part(place, len(whisparrs))
            planned += CleanupPass(call, target, run, each, limit - planned, part).clean_up_pieces()
            if planned >= limit:
                break
    summary, is_cut = run.summary(), planned >= limit
    if dry_run:
        saved = {"plan_id": summary.plan_id, "at": call.clock.now(), "count": summary.planned, "limit": limit}
        call.store.kv.put(PREVIEW, {**saved, "is_cut": is_cut})
    tail = f" The limit of {limit} was reached; run it again for the rest." if is_cut else ""
    call.log.info(f"{title}: {summary.sentence()}{tail}")
    return {**summary.to_json(), "dry_run": dry_run, "message": f"{summary.sentence()}{tail}"}


class Part(NamedTuple):
    """The place of one Whisparr among all of them, for the progress of the task."""

    place: int
    number: int

    def reach(self, share: float) -> float:
        """Return the share of all Whisparrs that is done when this share of the present one is done.

        The clean-up shows it.
        """
        return (self.place + min(1.0, share)) / self.number


class CleanupPass:
    """One pass of a clean-up task through the library of one Whisparr."""

    def __init__(self, call: Call, target: CleanupTarget, run: Run, settings: Settings, limit: int, part: Part) -> None:
        self._call = call
        self._whisparr = target.find_client(settings)
        self._key = read_key(settings)
        self._run = run
        self._limit = limit
        self._part = part
        self._only_unmonitor: bool = call.settings.unmonitorOnly

    def clean_up_pieces(self) -> int:
        """Take owned scenes out of Whisparr, or unmonitor them, piece by piece; return how many were chosen.

        `clean_library` compares the number with the limit. Scenes that are left because of an import count, too.
        """
        movie_ids = self._whisparr.list_movie_ids()
        queued = {record.movie_id for record in self._whisparr.read_queue()}
        planned = 0
        for start in range(0, len(movie_ids), BULK_SIZE):
            piece = movie_ids[start : start + BULK_SIZE]
            scenes = [scene for scene in self._whisparr.iter_scenes(piece) if scene.stash_id]
            reached = self._part.reach((start + BULK_SIZE) / len(movie_ids))
            planned += self._clean(scenes, queued, self._limit - planned, until=reached)
            self._call.stash.keep_alive()
            self._call.progress(reached)
            if planned >= self._limit:
                break
        return planned

    def _clean(self, scenes: Sequence[WhisparrScene], queued: Collection[int], most: int, *, until: float) -> int:
        owned = find_owned_anywhere(self._call.stash, [scene.stash_id for scene in scenes])
        tagged = [scene for scene in scenes if scene.stash_id in owned]
        open_ones = [scene for scene in tagged if scene.monitored or not self._only_unmonitor]
        chosen = open_ones[:most]
        self._run.count("unchanged", len(scenes) - len(open_ones))
        for scene in chosen:
            if scene.id in queued:
                self._call.log.info(f"{scene.title or scene.stash_id}: {IN_QUEUE}")
        entries = (entry for scene in chosen for entry in self._plan(scene, scene.id in queued))
        self._run.work(entries, until=until)
        return len(chosen)

    def _plan(self, scene: WhisparrScene, is_in_queue: bool) -> Iterator[Entry]:
        return plan_removal(scene, only_unmonitor=self._only_unmonitor, is_in_queue=is_in_queue, key=self._key)

"""Compares scenes with their items in Plex field by field and says in which way each differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from plexsync.match.matcher import list_writable_keys, make_matcher
from plexsync.queue.constants import REASON_AMBIGUOUS, REASON_MISSING, REASON_SHARED, REASON_UNLINKED, make_scene_key
from plexsync.server.connection import ConnectedServer
from plexsync.watched.store import WatchedStore
from plexsync.write.content import SKIP_SENTENCES, find_reason_to_skip, list_pictures
from plexsync.write.plan import ItemPlan, ItemPlanner, note_equal
from plexsync.write.stash_scenes import StashScene, read_scenes
from plexsync.write.store import WriteRecord, WriteRecordStore
from shared.journal import Change
from shared.plex.model import PlexItem
from shared.queue.outbox import Outbox
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.runtime.call import Call

WAITING_KINDS = {
    REASON_MISSING: "missing",
    REASON_AMBIGUOUS: "ambiguous",
    REASON_SHARED: "shared",
    REASON_UNLINKED: "unlinked",
}
SENT_KINDS = ("empty", "stale", "drifted")
# The kinds of differences in the words of the page.
COUNT_TEXTS = {
    "stale": "outdated",
    "drifted": "changed by Plex",
    "empty": "empty in Plex",
    "missing": "not in Plex",
    "ambiguous": "fit several items",
    "shared": "share an item",
    "unlinked": "unlinked by hand",
    "skipped": "left out",
    "orphaned": "deleted in Stash",
    "unchanged": "equal",
}
BATCH_SIZE = 100


class SceneDifference(NamedTuple):
    """A scene whose item in Plex differs; `kind` is one of `SENT_KINDS`, of `WAITING_KINDS`, or "skipped".

    `message` says why nothing can be written, `changes` are the rows to write.
    """

    scene: StashScene
    kind: str
    message: str
    changes: tuple[Change, ...] = ()


class Comparison:
    """Compares scenes with a server in batches and counts the kinds of differences; tasks and previews use it.

    With `is_explaining` it also collects what stays untouched in Plex and why, for the preview of a few scenes.
    """

    def __init__(self, call: Call, server: ConnectedServer) -> None:
        settings = call.settings
        self._call = call
        self._server = server
        self._settings = settings
        self.records = WriteRecordStore(call.store)
        self.watched = WatchedStore(call.store)
        self._planner = ItemPlanner(call.stash, server, settings)
        self.matcher = make_matcher(call.store, server, settings)
        self.counts: Counter[str] = Counter()
        self.kept: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.is_explaining = False
        self._equal: list[WriteRecord] = []

    def find_differences(self, ids: Sequence[int], *, has_pictures: bool = False) -> Iterator[SceneDifference]:
        """Yield one difference for each scene that differs from its item, read from Plex.

        Previews and reconciliations call it. With `has_pictures` covers are downloaded and compared, too.
        """
        for start in range(0, len(ids), BATCH_SIZE):
            yield from self._compare(ids[start : start + BATCH_SIZE], has_pictures)
            self._call.progress((start + BATCH_SIZE) / max(len(ids), 1))

    def _compare(self, ids: Sequence[int], has_pictures: bool) -> Iterator[SceneDifference]:
        scenes = read_scenes(self._call.stash, ids)
        left_out = {scene.id: find_reason_to_skip(scene, self._settings) for scene in scenes.values()}
        wanted = {number: scene for number, scene in scenes.items() if not left_out[number]}
        self.counts["skipped"] += len(scenes) - len(wanted)
        if self.is_explaining:
            yield from (
                SceneDifference(scenes[number], "skipped", SKIP_SENTENCES[reason])
                for number, reason in left_out.items()
                if reason
            )
        found = self.matcher.match_scenes(wanted.values(), is_run=True)
        items = self.matcher.read_items(wanted, found)
        with self._call.store.write():  # one transaction: a hundred take longer than all the rest of a comparison
            obstacles = {scene.id: self.matcher.record_match(scene, found[scene.id]) for scene in wanted.values()}
        records = self.records.find_records(items)
        for scene in wanted.values():
            reason, message = obstacles[scene.id]
            if reason:
                differences = [SceneDifference(scene, WAITING_KINDS[reason], message)]
            else:
                keys = list_writable_keys([found[scene.id]])
                pairs = [(items[key], records.get(key) or WriteRecord(key)) for key in keys]
                differences = list(self._compare_scene(scene, pairs, has_pictures))
            self.counts[differences[0].kind if differences else "unchanged"] += 1
            if differences:  # a scene may be several items
                yield differences[0]._replace(changes=tuple(change for each in differences for change in each.changes))
        self._save_equal()

    def _save_equal(self) -> None:
        """Save the records of items that show all already, in one transaction."""
        with self._call.store.write():
            for record in self._equal:
                self.records.save_record(record)
        self._equal.clear()

    def _compare_scene(
        self, scene: StashScene, items: Sequence[tuple[PlexItem, WriteRecord]], has_pictures: bool
    ) -> Iterator[SceneDifference]:
        for item, record in items:
            plan = self._planner.plan_item(scene, item, record, has_pictures=has_pictures)
            self._explain(scene, plan)
            if plan.changes:
                yield SceneDifference(scene, classify_difference(plan, record), "", plan.changes)
            elif not has_pictures and record.fingerprint != plan.fingerprint:
                if any(list_pictures(scene, self._settings)):
                    yield SceneDifference(scene, "stale", "")  # its pictures were not compared here and may differ
                else:
                    note_equal(record, plan, scene)
                    self._equal.append(record)

    def _explain(self, scene: StashScene, plan: ItemPlan) -> None:
        """Collect the notes of an item's plan; only for few scenes, because they stay in memory."""
        if self.is_explaining:
            named = {"scene_id": scene.id, "label": scene.label}
            self.kept += [{**named, "field": each.field, "reason": each.reason} for each in plan.kept]
            self.notes += [{**named, "note": note} for note in plan.notes]

    def iter_changed(self, ids: Sequence[int]) -> Iterator[int]:
        """Yield the scenes that may differ, by the index and the write records; reads no item of Plex.

        The tasks Sync All and Sync Recent queue them.
        """
        for start in range(0, len(ids), BATCH_SIZE):
            scenes = read_scenes(self._call.stash, ids[start : start + BATCH_SIZE])
            with self._call.store.write():
                changed = [scene.id for scene in scenes.values() if self._count_one(scene) == "queued"]
            yield from changed
            self._call.progress((start + BATCH_SIZE) / max(len(ids), 1))

    def _count_one(self, scene: StashScene) -> str:
        """Count a scene as skipped, unchanged or queued, and return which."""
        is_skipped = bool(find_reason_to_skip(scene, self._settings))
        kind = "skipped" if is_skipped else "unchanged" if self._is_unchanged(scene) else "queued"
        self.counts[kind] += 1
        return kind

    def _is_unchanged(self, scene: StashScene) -> bool:
        """Return True if neither side changed since the last sync.

        The scene is compared by the fingerprint of its content, the item by its time of change in the index.
        """
        match = self.matcher.match_scene(scene)
        if self.matcher.record_match(scene, match)[0]:
            return False
        fingerprint, keys = self._planner.make_content(scene).fingerprint, list_writable_keys([match])
        records, items = self.records.find_records(keys), self.matcher.index.find_items(keys)
        return all(
            key in records
            and key in items
            and records[key].fingerprint == fingerprint
            and records[key].seen_at == items[key].updated_at
            for key in keys
        )


def classify_difference(plan: ItemPlan, record: WriteRecord) -> str:
    """Return the kind of a difference that can be sent.

    "drifted" if Plex changed what was synced, "empty" if Plex only lacks values, else "stale".
    """
    if record.fingerprint and record.fingerprint == plan.fingerprint:
        return "drifted"  # Plex changed what was synced
    values = [change for change in plan.changes if change.field in plan.wanted.fields]
    return "empty" if values and all(not change.before for change in values) else "stale"


def forget_deleted(comparison: Comparison, ids: Sequence[int]) -> int:
    """Forget the matches and plays of scenes that Stash no longer has, at a comparison of all; return how many."""
    deleted = {*comparison.matcher.matches.list_scene_ids(), *comparison.records.list_scene_ids()} - set(ids)
    for scene_id in deleted:
        comparison.matcher.release_items(scene_id)
    comparison.records.forget_lost_items()
    comparison.watched.forget_gone(ids)
    return len(deleted)


def queue_differences(
    call: Call, differences: Iterator[SceneDifference], *, has_missing: bool, only_missing: bool
) -> int:
    """Queue the scenes whose difference can be sent, for a reconciliation; return how many.

    `has_missing` queues scenes that Plex does not have, too; `only_missing` queues no others.
    """
    wanted = (
        each.scene.id
        for each in differences
        if (has_missing if each.kind == "missing" else each.kind in SENT_KINDS and not only_missing)
    )
    return queue_scene_ids(call, wanted)


def queue_scene_ids(call: Call, ids: Iterable[int], note: Any = None) -> int:
    """Queue scenes, a hundred in one transaction, for the tasks of many scenes; return how many."""
    outbox, queued = Outbox(call.store), 0
    for piece in split(ids, BATCH_SIZE):
        with call.store.write():
            for scene_id in piece:
                outbox.put(make_scene_key(scene_id), note=note)
        queued += len(piece)
    return queued


def describe_counts(counts: Mapping[str, int]) -> str:
    """Return the counters of a comparison as text for a task's result, such as "3 not in Plex, 120 equal"."""
    shown = (f"{counts[kind]:,} {text}" for kind, text in COUNT_TEXTS.items() if counts.get(kind))
    return ", ".join(shown) or "nothing to compare"

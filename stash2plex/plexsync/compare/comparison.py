"""Compares Plex with Stash field by field: what is empty, stale, drifted, missing or left over; queued or previewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from plexsync.match.matcher import list_writable_keys, make_matcher
from plexsync.queue.constants import REASON_AMBIGUOUS, REASON_MISSING, REASON_SHARED, REASON_UNLINKED, REPORTS
from plexsync.server.connection import ConnectedServer
from plexsync.write.plan import ItemPlan, ItemPlanner
from plexsync.write.stash_scenes import StashScene, read_scenes
from plexsync.write.store import WriteRecord, WriteRecordStore
from shared.journal import Change, Entry, Finding, Item, Journal
from shared.journal.changes import SKIPPED
from shared.plex.model import Item as PlexItem
from shared.queue.outbox import Outbox
from shared.settings import Settings
from shared.stash.filters import parse_time, updated_since

if TYPE_CHECKING:
    from shared.runtime.call import Call

ALL, DAY, WEEK, MISSING = "all", "24h", "7days", "missing"
HOURS = {DAY: 24, WEEK: 7 * 24}
WAITING_KINDS = {
    REASON_MISSING: "missing",
    REASON_AMBIGUOUS: "ambiguous",
    REASON_SHARED: "shared",
    REASON_UNLINKED: "unlinked",
}
SENT_KINDS = ("empty", "stale", "drifted")
BATCH_SIZE = 100
REPORTS_KEPT = 10


class SceneDifference(NamedTuple):
    """What keeps an item from showing its scene: one of the kinds that are sent, that wait, or "skipped"."""

    scene: StashScene
    kind: str
    message: str
    changes: tuple[Change, ...] = ()


class Comparison:
    """Compares scenes with a server, batch by batch."""

    def __init__(self, call: Call, server: ConnectedServer) -> None:
        settings = call.settings
        self._call = call
        self._server = server
        self._settings = settings
        self._records = WriteRecordStore(call.store)
        self._planner = ItemPlanner(call.stash, server, settings)
        self.matcher = make_matcher(call.store, server, settings)
        self.counts: Counter[str] = Counter()
        self.kept: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.is_explaining = False

    def find_differences(self, ids: Sequence[int], *, has_pictures: bool = False) -> Iterator[SceneDifference]:
        """The gaps of some scenes."""
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
                SceneDifference(scenes[number], "skipped", reason) for number, reason in left_out.items() if reason
            )
        found = self.matcher.match_scenes(wanted.values())
        items = self.matcher.read_items(wanted, found)
        for scene in wanted.values():
            gaps = list(self._compare_scene(scene, found[scene.id], items, has_pictures))
            self.counts[gaps[0].kind if gaps else "unchanged"] += 1
            if gaps:  # a scene may be several items
                yield gaps[0]._replace(changes=tuple(change for gap in gaps for change in gap.changes))

    def _compare_scene(
        self, scene: StashScene, match: Any, items: dict[str, PlexItem], has_pictures: bool
    ) -> Iterator[SceneDifference]:
        reason, message = self.matcher.record_match(scene, match)
        if reason:
            yield SceneDifference(scene, WAITING_KINDS[reason], message)
            return
        fingerprint = self._planner.make_content(scene).fingerprint
        for key in list_writable_keys([match]):
            record = self._records.get_record(key)
            plan = self._planner.plan_item(scene, items[key], record, has_pictures=has_pictures)
            self._explain(scene, plan)
            if plan.changes:
                yield SceneDifference(scene, classify_difference(plan, record, fingerprint), "", plan.changes)
            elif not has_pictures and record.fingerprint != fingerprint:
                yield SceneDifference(scene, "stale", "")  # its pictures were not looked at here, and may be other ones

    def _explain(self, scene: StashScene, plan: ItemPlan) -> None:
        """What a preview shows beside the rows; a whole library would be too much of it."""
        if self.is_explaining:
            named = {"scene_id": scene.id, "label": scene.label}
            self.kept += [{**named, "field": each.field, "reason": each.reason} for each in plan.kept]
            self.notes += [{**named, "note": note} for note in plan.notes]

    def iter_changed(self, ids: Sequence[int]) -> Iterator[int]:
        """The scenes that may have something to write, by what is known without reading any item of Plex."""
        for start in range(0, len(ids), BATCH_SIZE):
            for scene in read_scenes(self._call.stash, ids[start : start + BATCH_SIZE]).values():
                if find_reason_to_skip(scene, self._settings):
                    self.counts["skipped"] += 1
                elif self._is_unchanged(scene):
                    self.counts["unchanged"] += 1
                else:
                    self.counts["queued"] += 1
                    yield scene.id
            self._call.progress((start + BATCH_SIZE) / max(len(ids), 1))

    def _is_unchanged(self, scene: StashScene) -> bool:
        """Whether neither side has changed since the last sync: our wishes by fingerprint, Plex's item by its time."""
        match = self.matcher.match_scene(scene)
        if self.matcher.record_match(scene, match)[0]:
            return False
        fingerprint, keys = self._planner.make_content(scene).fingerprint, list_writable_keys([match])
        records, items = self._records.find_records(keys), self.matcher.index.find_items(keys)
        return all(
            key in records
            and key in items
            and records[key].fingerprint == fingerprint
            and records[key].seen_at == items[key].updated_at
            for key in keys
        )


def find_reason_to_skip(scene: StashScene, settings: Settings) -> str:
    """Why the settings leave a scene out, in a sentence; empty when they do not."""
    if not settings.sync_master:
        return "Sync Metadata is off in the settings, so nothing is sent."
    if settings.organized_only and not scene.organized:
        return "It is not marked as organized, and Organized Only is on in the settings."
    return "Nothing was entered for it in Stash yet." if scene.is_bare else ""


def classify_difference(plan: ItemPlan, record: WriteRecord, fingerprint: str) -> str:
    """What kind of gap a difference is."""
    if record.fingerprint and record.fingerprint == fingerprint:
        return "drifted"  # Plex has changed what we wrote
    values = [change for change in plan.changes if change.field in plan.wanted.fields]
    return "empty" if values and all(not change.before for change in values) else "stale"


def list_scene_ids(call: Call, scope: str) -> list[int]:
    """The scenes of a scope."""
    if scope in HOURS:
        since = datetime.fromtimestamp(call.clock.now(), timezone.utc) - timedelta(hours=HOURS[scope])
        near = call.stash.scenes.stream(call.stash.scenes.ids(updated_since(since)), "updated_at")
        return [int(row["id"]) for rows in near for row in rows if parse_time(row["updated_at"]) >= since]
    return call.stash.scenes.ids()


def forget_deleted(comparison: Comparison, call: Call, ids: Sequence[int]) -> int:
    """Matches of scenes that Stash has deleted; how many there were."""
    known = {row[0] for row in call.store.read("SELECT scene_id FROM matches")}
    for scene_id in known - set(ids):
        comparison.matcher.release_items(scene_id)
    return len(known - set(ids))


def queue_differences(call: Call, gaps: Iterator[SceneDifference], *, has_missing: bool, only_missing: bool) -> int:
    """Put scenes with gaps into the queue; how many."""
    outbox, queued = Outbox(call.store), 0
    for gap in gaps:
        is_wanted = has_missing if gap.kind == "missing" else gap.kind in SENT_KINDS and not only_missing
        if is_wanted:
            outbox.put(f"scene:{gap.scene.id}")
            queued += 1
    return queued


def save_preview(call: Call, gaps: Iterator[SceneDifference], counts: Counter[str], title: str) -> int:
    """Keep the gaps as a plan, to be looked at and applied."""
    live = {"unchanged": 0, "skipped": 0}

    def entries() -> Iterator[Entry]:
        for gap in gaps:
            yield from gap.changes or [make_finding(gap)]
        live.update({name: counts[name] for name in live})

    return Journal(call.store).save_plan(entries(), kind="sync", title=title, counted=live)


def describe_counts(counts: Mapping[str, int]) -> str:
    """What was found, in a few words."""
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()) if number) or "nothing to compare"


def make_finding(gap: SceneDifference) -> Finding:
    """A gap nothing can be written for."""
    return Finding(Item("scene", str(gap.scene.id), gap.scene.label), SKIPPED, gap.message)


def save_report(call: Call, report: dict[str, Any]) -> None:
    """Remember what a reconciliation found; the page shows the last ones."""
    reports = call.store.kv.get(REPORTS) or []
    call.store.kv.put(REPORTS, [{**report, "at": call.clock.now()}, *reports][:REPORTS_KEPT])

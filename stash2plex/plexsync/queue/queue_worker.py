"""Works on queue entries: reads the scenes as they are now, compares them with their items, writes the differences."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from plexsync.queue.constants import SENT_SENTENCE
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.match.matcher import list_writable_keys, make_matcher
from plexsync.page.statistics import Statistics
from plexsync.queue.constants import (
    CURRENT_SCENE,
    EQUAL,
    KEPT,
    LAST_SYNC,
    LEFT_OUT,
    REASON_MISSING,
    REASON_UNLINKED,
    SENT,
    parse_scene_id,
)
from plexsync.queue.queue_wait import DrainWait
from plexsync.queue.retry_times import FIRST_RETRY_SECONDS, MOST_MISSING_RETRIES, find_missing_wait
from plexsync.queue.watches import make_watches
from plexsync.schedule import count_waiting_for_file, list_schedules
from plexsync.server.connection import ConnectedServer, connect_server, convert_library_error, narrow_error, widen_error
from plexsync.server.folder_scan import FolderScans
from plexsync.start.consent import require_start
from plexsync.write.change_rows import PICTURES
from plexsync.write.content import NOTHING_ENTERED, find_reason_to_skip
from plexsync.write.plan import ItemPlan, ItemPlanner, make_repeat_edit, note_result, note_synced_values
from plexsync.write.stash_scenes import StashScene, read_scenes
from plexsync.write.store import WriteRecord, WriteRecordStore
from plexsync.write.target import PlexTarget
from shared.errors import SERVICE, BundleError, Busy, NotFound, ServiceError, UsageError
from shared.journal import open_run
from shared.plex.matching import ItemMatch
from shared.plex.model import PlexItem
from shared.page.schedules import start_due
from shared.queue.drain import STASH, EntryOutcome, finish_as, park, try_later
from shared.queue.outbox import QueueEntry
from shared.queue.task import QueueWork

if TYPE_CHECKING:
    from shared.runtime.call import Call

RUN_KIND = "sync"
RUN_SECONDS = 3600.0  # what is synced within an hour is one run of the history
BATCH_SIZE = 20
WAITS_FOR_FILE = (
    "Plex does not have its file. It is sent once Plex has it: Plex is asked again whenever the queue is worked on, "
    "and every ten minutes while a page of Stash is open."
)
WAITING_TASKS = ("drain", "process_queue")  # tasks that wait for entries that are due soon


def make_queue(call: Call) -> QueueWork:
    """Return the worker of this plugin's queue; every drain of the queue calls it."""
    sync = SyncWorker(call)
    settings = call.settings
    if call.work.name in WAITING_TASKS:
        start_due(call, list_schedules(call))
    return QueueWork(
        sync.work_entry,
        sync.prepare_batch,
        BATCH_SIZE,
        max_attempts=int(settings.max_retries),
        may_wait=DrainWait(call).may_wait if call.work.name in WAITING_TASKS else never_wait,
        watches=make_watches(settings),
    )


def never_wait() -> bool:
    """Return False, for drains that a person started: they end when nothing is due any more."""
    return False


class SyncWorker:
    """The worker of one drain: `prepare_batch` reads what a batch needs, `work_entry` syncs one entry."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._settings = call.settings
        self._statistics = Statistics(call.store)
        self._records = WriteRecordStore(call.store)
        self._server: ConnectedServer | None = None
        self._scenes: dict[int, StashScene] = {}
        self._found: dict[int, ItemMatch] = {}
        self._items: dict[str, PlexItem] = {}

    def prepare_batch(self, entries: Sequence[QueueEntry]) -> None:
        """Connect once; read a batch's scenes from Stash, match them, read their items; each drain calls it."""
        try:
            self._connect()
            self._call.stash.keep_alive()
            self._scenes = read_scenes(self._call.stash, sorted({parse_scene_id(entry.key) for entry in entries}))
            wanted = {
                number: scene
                for number, scene in self._scenes.items()
                if not find_reason_to_skip(scene, self._settings)
            }
            self._found = self._matcher.match_scenes(wanted.values())
        except ServiceError as error:  # none of these requests concerns a single item
            raise self._note_outage(widen_error(error)) from error
        try:
            self._items = (
                self._matcher.read_items(wanted, self._found) if list_writable_keys(self._found.values()) else {}
            )
        except ServiceError as error:
            raise self._classify_error(error) from error
        self._statistics.end_outage()
        self._planner.prefetch_pictures(self._list_next(entries, wanted))

    def _list_next(
        self, entries: Sequence[QueueEntry], wanted: Mapping[int, StashScene]
    ) -> Iterator[tuple[StashScene, WriteRecord]]:
        """Yield the scenes of a batch in the order of the work, with the write record of each item."""
        records = self._records.find_records(self._items)
        for scene in filter(None, (wanted.get(parse_scene_id(entry.key)) for entry in entries)):
            for key in list_writable_keys([self._found[scene.id]]):
                yield scene, records.get(key) or WriteRecord(key)

    def _connect(self) -> None:
        if self._server is None:
            server = connect_server(self._call, self._settings)
            require_start(self._call.store, server.machine_id)
            self._server = server
            self._matcher = make_matcher(self._call.store, self._server, self._settings)
            self._planner = ItemPlanner(self._call.stash, self._server, self._settings)
            self._scans = FolderScans(self._call, self._server, self._matcher.rules)
            if count_waiting_for_file(self._call):
                self._matcher.refresh()

    def _classify_error(self, error: ServiceError) -> BundleError:
        """Return the error in the class of its reach and note an outage."""
        return self._note_outage(convert_library_error(narrow_error(error, self._require_server().plex)))

    def _note_outage(self, error: BundleError) -> BundleError:
        if isinstance(error, ServiceError) and error.reach == SERVICE and error.service != STASH:
            self._statistics.begin_outage(str(error))
        return error

    def work_entry(self, entry: QueueEntry) -> EntryOutcome | None:
        """Sync the scene of one queue entry, or let Plex scan its folder; the drain calls it.

        Returns None when done, else why and how long the entry waits.
        """
        try:
            return self._sync_scene(entry)
        except ServiceError as error:
            wider = self._classify_error(error)
            self._statistics.count_event("postponed" if wider.stops_run else "failed")
            raise wider from error

    def _sync_scene(self, entry: QueueEntry) -> EntryOutcome | None:
        started = self._call.clock.monotonic()
        scene = self._scenes.get(parse_scene_id(entry.key))
        if scene is None:
            self._matcher.release_items(parse_scene_id(entry.key))
            return None
        if entry.key.startswith("scan:"):
            return self._scans.scan_folders(scene)
        if reason := find_reason_to_skip(scene, self._settings):
            self._statistics.count_event(f"skipped: {reason}")
            return finish_as(LEFT_OUT)
        match = self._found[scene.id]
        reason, message = self._matcher.record_match(scene, match)
        if reason:
            return self._decide_waiting(entry, reason, message)
        self._call.store.kv.put(CURRENT_SCENE, {"scene_id": scene.id, "label": scene.label})
        ways = set()
        for key in list_writable_keys([match]):
            try:
                ways.add(self._sync_item(scene, self._items[key], is_forced=bool((entry.note or {}).get("force"))))
            except NotFound as error:
                self._matcher.index.forget_items([key])
                return try_later(FIRST_RETRY_SECONDS, str(error))
        with self._call.store.write():
            self._statistics.count_event("done", 1, self._call.clock.monotonic() - started)
            self._call.store.kv.put(LAST_SYNC, self._call.clock.now())
        return finish_as(next(way for way in (SENT, KEPT, EQUAL, LEFT_OUT) if way in ways))

    def _decide_waiting(self, entry: QueueEntry, reason: str, message: str) -> EntryOutcome | None:
        """Return how long an entry waits for a person's decision or for Plex to have the file; costs no attempt."""
        if reason == REASON_UNLINKED:  # a person has decided
            self._statistics.count_event(f"skipped: {reason}")
            return finish_as(LEFT_OUT)
        if reason != REASON_MISSING:
            return park(reason, message)
        if self._settings.skip_not_found or entry.postponed >= MOST_MISSING_RETRIES:
            return park(reason, WAITS_FOR_FILE)
        return try_later(find_missing_wait(entry.postponed), f"{message} It is looked for again.")

    def _sync_item(self, scene: StashScene, item: PlexItem, *, is_forced: bool) -> str:
        """Plan one item, apply the plan, save the write record; return SENT, KEPT, EQUAL or LEFT_OUT.

        Raises the errors of single fields.
        """
        record = self._records.get_record(item.rating_key)
        plan = self._planner.plan_item(scene, item, record)
        for note in (*plan.notes, *(f"{kept.field} kept: {kept.reason}" for kept in plan.kept)):
            self._call.log.info(f"{self._name(scene)}: {note}")
        is_empty = plan.is_empty_of(scene, record)
        problems: dict[str, BundleError] = {}
        if plan.changes:
            problems = self._apply(scene, plan, record)
        else:
            record.resolve_pending(item)
            record.seen_at = item.updated_at
        if is_forced:
            self._require_server().plex.send_edit(item, make_repeat_edit(plan))
            self._statistics.count_event("edits")
        record.scene_id = scene.id
        note_synced_values(record, plan, problems)
        note_result(record, plan, scene)
        self._records.save_record(record, is_synced=not is_empty)
        for error in problems.values():
            raise error
        if plan.is_limited and self._require_server().plex.merges_tags:  # this write has shown that it takes more
            return self._sync_item(scene, self._require_server().plex.read_item(item.rating_key), is_forced=False)
        if is_empty:
            self._statistics.count_event(f"skipped: {NOTHING_ENTERED}")
            return LEFT_OUT
        return SENT if plan.changes or is_forced else KEPT if record.kept else EQUAL

    def _name(self, scene: StashScene) -> str:
        """Return the scene's name for the log."""
        return f"scene {scene.id}" if self._settings.obfuscate_logs else scene.label

    def _apply(self, scene: StashScene, plan: ItemPlan, record: WriteRecord) -> dict[str, BundleError]:
        """Write the rows of one item; return the errors of single fields, raise the error of the whole item."""
        target = SyncTarget(self._call, self._require_server())
        target.fresh, target.records = {plan.item.rating_key: plan.item}, {plan.item.rating_key: record}
        target.data = dict(plan.data)
        target.shown = {plan.item.rating_key: {row.field: row.before for row in plan.changes if row.field in PICTURES}}
        run = open_run(
            self._call,
            target,
            kind=RUN_KIND,
            title="Sent to Plex",
            keep_empty=False,
            reuse_for=RUN_SECONDS,
            details=tell_done(SENT_SENTENCE),
        )
        with run:
            run.work(plan.changes)
        self._statistics.count_event("edits")
        self._statistics.count_event("uploads", target.uploads)
        for note in target.notes:
            self._call.log.warning(f"{self._name(scene)}: {note}")
        if target.failure is not None:
            raise target.failure
        if target.written < {change.field for change in plan.changes}:
            raise Busy("Plex changed the item just now. It is compared again.")
        return target.problems

    def _require_server(self) -> ConnectedServer:
        if self._server is None:
            raise UsageError("The queue is worked on without a connection.")
        return self._server


class SyncTarget(PlexTarget):
    """The journal's target during a sync; it keeps the errors, which the journal only records, for the queue."""

    failure: BundleError | None = None

    def __init__(self, call: Call, server: ConnectedServer) -> None:
        super().__init__(call, server)
        self.problems: dict[str, BundleError] = {}
        self.written: set[str] = set()

    def write(self, work: Any) -> Any:
        """Write planned changes to Plex and keep the errors by field, for the worker; the journal calls it."""
        results = super().write(work)
        self.written = {change.field for _, changes in work for change in changes}
        for result in results.values():
            if isinstance(result, BundleError):
                self.failure = result
            elif isinstance(result, Mapping):
                self.problems.update(result)
        return results

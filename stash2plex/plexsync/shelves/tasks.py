"""The tasks of shelves: preview, update, and removing one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from plexsync.queue.constants import SHELVES_UPDATED
from plexsync.server.connection import ConnectedServer, connect_server
from plexsync.shelves.content import ShelfScenes, add_poster, find_scenes, is_item_error, make_content
from plexsync.shelves.plan import (
    PLACES,
    POSTER,
    TITLE,
    ShelfContent,
    needs_members,
    plan_removal,
    plan_shelf,
)
from plexsync.shelves.reader import ShelfReader
from plexsync.shelves.store import Shelf, ShelfStore
from plexsync.shelves.target import RUN_KIND, ShelfTarget, name_item
from plexsync.start.consent import require_start
from shared.arguments import ident, takes
from shared.counted_words import count_things
from shared.errors import BundleError, UsageError
from shared.journal import Change, Entry, Finding, Journal, open_run
from shared.journal.changes import CONFLICT
from shared.journal.run_details import describe_problems, tell_done

if TYPE_CHECKING:
    from plexsync.shelves.plan import ShelfRecord
    from shared.plex.model import PlexSection
    from shared.journal.journal import RunSummary
    from shared.runtime.call import Call

NO_SHELF = "There is no shelf yet. Make one on the Shelves tab of Stash2Plex."
WAITS = "Each shelf waits for its first preview: press Preview on the Shelves tab, then apply it."
UPDATED = "Updated {items collection} in Plex"
REMOVED = "Removed a shelf from Plex"


@takes(ident("shelf_id", None, "only this shelf; a collection that was deleted in Plex is then made again"))
def preview_shelves(call: Call) -> dict[str, Any]:
    """Task Preview Shelves: save a plan of what Update Shelves would write to Plex; nothing is written there."""
    shelves = choose_shelves(call)
    if not shelves:
        return {"message": NO_SHELF}
    server = connect_server(call)
    is_one = call.args["shelf_id"] is not None
    run = ShelfRun(call, server, makes_again=is_one)
    plans = [entries for shelf in shelves for entries in run.iter_plans(shelf)]
    entries = [entry for each in plans for entry in each]
    if is_one and not entries and not run.problems:  # Plex shows it already, so there is nothing to apply
        ShelfStore(call.store).approve(shelves[0].id, server.machine_id)
    unchanged = {"unchanged": sum(not each for each in plans)}
    done = tell_done(UPDATED)
    plan_id = Journal(call.store).save_plan(
        entries, kind=RUN_KIND, title="Shelves", counted=unchanged, details=done, problems=run.problems
    )
    return {"message": describe_preview(Journal(call.store).preview(plan_id)), "plan_id": str(plan_id)}


def describe_preview(summary: RunSummary) -> str:
    """Return what `preview_shelves` found as the message of its task."""
    compared = f"{count_things(summary.seen, 'collection')} compared, {summary.planned} to write. Nothing was written."
    return " ".join([compared, *describe_problems(summary.problems)])


@takes()
def update_shelves(call: Call) -> dict[str, Any]:
    """Task Update Shelves: write to Plex what changed of the shelves that a person has applied once."""
    server = connect_server(call)
    require_start(call.store, server.machine_id)
    shelves = ShelfStore(call.store).list_shelves()
    approved = [shelf for shelf in shelves if shelf.approved == server.machine_id]
    if not approved:
        return {"message": WAITS if shelves else NO_SHELF}
    target = ShelfTarget(call, server)
    run = ShelfRun(call, server, target.reader)
    with open_run(
        call, target, kind=RUN_KIND, title="Shelves", keep_empty=False, details=tell_done(UPDATED)
    ) as journal_run:
        for done, shelf in enumerate(approved):
            for entries in run.iter_plans(shelf):
                changes = [entry for entry in entries if isinstance(entry, Change)]
                if changes:
                    journal_run.work(changes, until=None)
                else:  # what is left as it is stands on the card, and not in the history of each day
                    journal_run.count("unchanged")
            call.progress((done + 1) / len(approved))
        journal_run.add_problems(run.problems)
    call.store.kv.put(SHELVES_UPDATED, call.clock.now())
    return {"message": journal_run.summary().sentence(), "problems": run.problems}


@takes(ident("shelf_id"))
def remove_shelf(call: Call) -> dict[str, Any]:
    """Task of the page: take back in Plex all that a shelf has made, and take it off the list.

    A shelf whose collection Plex does not delete stays on the list, so that it can be removed later.
    """
    server = connect_server(call)
    require_start(call.store, server.machine_id)
    shelves = ShelfStore(call.store)
    shelf = require_shelf(shelves, call.args["shelf_id"])
    target = ShelfTarget(call, server)
    shelves.withdraw(shelf.id)  # so that no update makes it again if this one is cut off
    with open_run(call, target, kind=RUN_KIND, title="Removal of a shelf", details=tell_done(REMOVED)) as journal_run:
        for record in shelves.list_records(shelf.id, server.machine_id):
            present = target.reader.find_present(record, (PLACES,), has_members=True)
            record = shelves.settle_members(record, present.members or (), record.members)
            item = name_item(record, str(record.written.get(TITLE, shelf.name)))
            entries = plan_removal(item, record, present)
            journal_run.work(entries, until=None)
            if not any(isinstance(entry, Change) for entry in entries):
                shelves.forget_record(record)
    if shelves.list_records(shelf.id, server.machine_id):
        return {"message": f"{journal_run.summary().sentence()} {shelves.find_problem(shelf.id)}"}
    shelves.remove_shelf(shelf.id)
    return {"message": journal_run.summary().sentence()}


def choose_shelves(call: Call) -> list[Shelf]:
    """Return the shelf that the argument `shelf_id` names, or all shelves without it."""
    shelves, shelf_id = ShelfStore(call.store), call.args["shelf_id"]
    return shelves.list_shelves() if shelf_id is None else [require_shelf(shelves, shelf_id)]


def require_shelf(shelves: ShelfStore, shelf_id: int) -> Shelf:
    """Return a shelf; raise UsageError if it was removed or never was one."""
    shelf = shelves.find_shelf(shelf_id)
    if shelf is None or shelf.is_removed:
        raise UsageError("This shelf does not exist any more. Reload the page.")
    return shelf


class ShelfRun:
    """Plans shelves one after the other; `problems` says by name why a shelf or its poster could not be planned."""

    def __init__(
        self, call: Call, server: ConnectedServer, reader: ShelfReader | None = None, *, makes_again: bool = False
    ) -> None:
        self.problems: dict[str, str] = {}
        self._call = call
        self._server = server
        self._shelves = ShelfStore(call.store)
        self._reader = reader or ShelfReader(server, self._shelves)
        self._makes_again = makes_again

    def iter_plans(self, shelf: Shelf) -> Iterator[list[Entry]]:
        """Yield the plan's rows for each library of a shelf, and save what was found for its card."""
        try:
            found = find_scenes(self._call, shelf.kind, shelf.source_id)
        except BundleError as error:
            if not is_item_error(error):
                raise
            self._note_problem(shelf, str(error))
            return
        plans = [self._plan(shelf, found, section, record) for section, record in self._list_records(shelf, found)]
        findings = [each for entries in plans for each in entries if isinstance(each, Finding)]
        self.problems.update({each.item.label: each.message for each in findings if each.outcome == CONFLICT})
        problem = self.problems.get(shelf.label, next((each.message for each in findings), ""))
        self._shelves.note_found(shelf.id, name=found.source.name, scenes=found.total, problem=problem)
        yield from plans

    def _list_records(self, shelf: Shelf, found: ShelfScenes) -> Iterator[tuple[PlexSection, ShelfRecord]]:
        """Yield the libraries of a shelf: those with one of its scenes or with its collection, else the first one."""
        pairs = [
            (section, self._shelves.find_record(shelf.id, self._server.machine_id, section.id))
            for section in self._server.sections
        ]
        used = [(section, record) for section, record in pairs if record.rating_key or section.id in found.items]
        yield from used or pairs[:1]

    def _plan(self, shelf: Shelf, found: ShelfScenes, section: PlexSection, record: ShelfRecord) -> list[Entry]:
        try:
            content = make_content(shelf, found, section)
        except UsageError as error:
            self._note_problem(shelf, str(error))
            return []
        try:
            content = add_poster(self._call, content, shelf, found.source, record)
        except UsageError as error:
            self._note_problem(shelf, str(error))
        fields = list(list_read_fields(content, record))
        present = self._reader.find_present(record, fields, has_members=needs_members(content, record))
        if present.is_own(record):
            record = self._shelves.settle_values(record, present.values, content.values)
            if present.members is not None:
                record = self._shelves.settle_members(record, present.members, content.members)
        owner = self._reader.find_owner(record, content.values[TITLE])
        item = name_item(record, f"{content.values[TITLE]} ({section.title})")
        return plan_shelf(item, content, record, present, owner, makes_again=self._makes_again)

    def _note_problem(self, shelf: Shelf, problem: str) -> None:
        self.problems[shelf.label] = problem
        self._shelves.note_problem(shelf.id, problem)


def list_read_fields(content: ShelfContent, record: ShelfRecord) -> Iterator[str]:
    """Yield the fields beside title and order that may have to be written, so that Plex must be asked for them."""
    for field in (PLACES, POSTER):
        wanted, written = content.values.get(field), record.written.get(field)
        if field in content.values and (wanted or written) and not record.has_written(field, wanted):
            yield field

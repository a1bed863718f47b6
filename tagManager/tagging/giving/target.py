"""Journal target that submits fingerprints to boxes, and takes them back.

A scene of the library is the item; a field is the fingerprints at one box. The present values are what the box says, so
a run that was killed finds out what the box got. Before each request the plugin notes what it is about to send.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.endpoints import normalize_endpoint
from shared.errors import BundleError, Conflict, NotFound, ServiceError, SettingError
from shared.file_matching.compare import read_scene_files
from shared.journal import Change, Item, Json, Work, name_member
from shared.stash.links import find_ids
from shared.stash_box import LookupFound, PrintSubmission, StashBoxClient
from shared.stash_box.configured import open_client, read_boxes, require_box
from tagging.giving.plan import list_present, make_member, name_print, read_endpoint
from tagging.giving.store import BEGUN, GIVEN, TAKEN_BACK, GivenPrint, forget_prints, read_prints, save_prints

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash.library import Row

KIND = "fingerprints"
FIELDS = "title stash_ids { endpoint stash_id } files { path duration fingerprints { type value } }"
SETTING = "offerFingerprints"
SWITCHED_OFF = "Submitting fingerprints is switched off. Switch on Offer Fingerprints in the settings of Tag Manager."
ANY_LENGTH = 1  # a box ignores a vote without a length, also one that removes the fingerprint

Errors = dict[str, BundleError]


class Step(NamedTuple):
    """One fingerprint to send or take back: the change, the request's entry, and the note about it."""

    change: Change
    sent: PrintSubmission
    note: GivenPrint


class GivingTarget:
    """Journal target of the kind `fingerprints`."""

    batch_size = 40  # as many scenes as a box looks up in one request

    def __init__(self, call: Call) -> None:
        self._call = call
        self._store = call.store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return by item and field the fingerprints that the boxes have from the user now; the journal compares them.

        A scene that is gone or unlinked is asked about by its notes, so that an undo still works.
        """
        numbers = [int(item.id) for item in items]
        rows = self._call.stash.scenes.read(numbers, FIELDS)
        noted = read_prints(self._store, numbers)
        found: dict[Item, dict[str, Json]] = {item: {} for item in items}
        for field in fields:
            links = list_links(rows, noted, read_endpoint(field), numbers)
            with self._open(field) as client:
                present = read_present(client, {each for own in links.values() for each in own})
            for item in items:
                found[item][field] = [
                    make_member(each, name) for each in links[int(item.id)] for name in sorted(present.get(each, ()))
                ]
        return found

    def write(self, work: Work) -> Mapping[Item, Errors]:
        """Submit or take back the fingerprints of planned changes, box by box; return each item's errors by member."""
        results: dict[Item, Errors] = {item: {} for item, _ in work}
        for field in dict.fromkeys(change.field for _, changes in work for change in changes):
            chosen = [change for _, changes in work for change in changes if change.field == field]
            with self._open(field) as client:
                for change, error in self._write_field(client, chosen):
                    member = change.before if change.action == "remove" else change.after
                    results[change.item][name_member(field, member)] = error
        return results

    def _write_field(self, client: StashBoxClient, changes: Sequence[Change]) -> Iterator[tuple[Change, BundleError]]:
        adding = [change for change in changes if change.action == "add"]
        if adding and not getattr(self._call.settings, SETTING):
            raise SettingError(SETTING, SWITCHED_OFF)
        rows = self._call.stash.scenes.read([int(change.item.id) for change in changes], FIELDS)
        ready: list[Step] = []
        for change in adding:
            step = make_step(change, rows.get(int(change.item.id)))
            if isinstance(step, BundleError):
                yield change, step
            else:
                ready.append(step)
        yield from self._submit(client, ready)
        yield from self._take_back(client, [make_removal(each) for each in changes if each.action == "remove"])

    def _submit(self, client: StashBoxClient, steps: Sequence[Step]) -> Iterator[tuple[Change, BundleError]]:
        if not steps:
            return
        save_prints(self._store, [step.note for step in steps], BEGUN)
        sent = list(dict.fromkeys(step.sent for step in steps))  # two scenes of the library may share a file
        errors = collect(client.submit_prints(sent), sent)
        save_prints(self._store, [step.note for step in steps if step.sent not in errors], GIVEN)
        forget_prints(self._store, [step.note for step in steps if step.sent in errors])
        yield from ((step.change, errors[step.sent]) for step in steps if step.sent in errors)

    def _take_back(self, client: StashBoxClient, steps: Sequence[Step]) -> Iterator[tuple[Change, BundleError]]:
        if not steps:
            return
        sent = list(dict.fromkeys(step.sent for step in steps))
        errors = collect(client.withdraw_prints(sent), sent)
        save_prints(self._store, [step.note for step in steps if step.sent not in errors], TAKEN_BACK)
        yield from ((step.change, errors[step.sent]) for step in steps if step.sent in errors)

    @contextlib.contextmanager
    def _open(self, field: str) -> Iterator[StashBoxClient]:
        box = require_box(read_boxes(self._call.stash), read_endpoint(field))
        with contextlib.closing(open_client(self._call, box)) as client:
            yield client


def list_links(
    rows: Mapping[int, Row], noted: Iterable[GivenPrint], endpoint: str, numbers: Iterable[int]
) -> dict[int, list[str]]:
    """Return by scene the ids at a box that may have its fingerprints: of its links, and of its notes. Pure."""
    found = {each: find_ids(rows[each]["stash_ids"], endpoint) if each in rows else [] for each in numbers}
    box = normalize_endpoint(endpoint)
    for each in noted:
        if each.endpoint == box and each.remote_id not in found[each.scene]:
            found[each.scene].append(each.remote_id)
    return found


def read_present(client: StashBoxClient, remote_ids: Collection[str]) -> dict[str, set[str]]:
    """Return by id of the box's scene the fingerprints that it has from the user; a failed lookup counts as none."""
    return {
        remote_id: list_present(outcome.record)
        for outcomes in client.look_up_own_prints(sorted(remote_ids))
        for remote_id, outcome in outcomes.items()
        if isinstance(outcome, LookupFound)
    }


def collect(
    outcomes: Iterable[tuple[PrintSubmission, BundleError | None]], sent: Iterable[PrintSubmission]
) -> dict[PrintSubmission, BundleError]:
    """Return the errors of a request that submits fingerprints; the target calls it.

    An error that ends the request holds for all fingerprints that have no outcome yet.
    """
    found: dict[PrintSubmission, BundleError | None] = {}
    try:
        found.update(outcomes)
    except ServiceError as error:
        if error.stops_run:
            raise
        found.update({each: error for each in sent if each not in found})
    return {each: error for each, error in found.items() if error is not None}


def make_step(change: Change, row: Row | None) -> Step | BundleError:
    """Return the step that submits an added fingerprint, or the error if its scene, link or file has changed. Pure."""
    endpoint, member = read_endpoint(change.field), change.after
    if row is None:
        return NotFound(f"Stash has no scene {change.item.id} any more.", service="Stash")
    if member["scene_id"] not in find_ids(row["stash_ids"], endpoint):
        return Conflict("The scene is not linked to this scene of the box any more. Make a new plan.")
    prints = {name_print(each.kind, each.value): each for each in read_scene_files(row).prints}
    found = prints.get(member["print"])
    if found is None:
        return Conflict("No file of the scene has this fingerprint any more. Make a new plan.")
    return Step(change, make_submission(member, int(found.duration)), make_note(change, endpoint, member))


def make_removal(change: Change) -> Step:
    """Return the step that takes a fingerprint back. Pure."""
    endpoint, member = read_endpoint(change.field), change.before
    return Step(change, make_submission(member, ANY_LENGTH), make_note(change, endpoint, member))


def make_submission(member: Mapping[str, str], duration: int) -> PrintSubmission:
    """Return a member of the journal's field as the client of a box submits it."""
    kind, _, text = member["print"].partition(" ")
    return PrintSubmission(member["scene_id"], kind.upper(), text, duration)


def make_note(change: Change, endpoint: str, member: Mapping[str, str]) -> GivenPrint:
    """Return the note about a member of the journal's field, as `given_prints` keeps it."""
    return GivenPrint(int(change.item.id), endpoint, member["scene_id"], member["print"])


def make_target(call: Call) -> GivingTarget:
    """Return the target for plans of the kind `fingerprints`; the entry table names this function."""
    return GivingTarget(call)

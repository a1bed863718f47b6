"""The journal target that adds scenes to Whisparr and takes back what this plugin added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from missing.whisparr.add.defaults import AddDefaults, choose_defaults, ensure_tags
from missing.whisparr.add.pending_adds import (
    PendingAdd,
    confirm_add,
    delete_add,
    delete_pending_add,
    find_add,
    find_pending_add,
    save_add,
    save_pending_add,
)
from missing.whisparr.add.plan import FIELD
from missing.whisparr.connection import open_whisparr, save_program
from missing.whisparr.exclusion_cache import save_exclusion
from missing.whisparr.number_cache import save_number
from shared.errors import BundleError, Conflict, ServiceError, SettingError
from shared.journal import Change, Item, Journal, Json, Work, Written, write_each
from shared.journal.recovery import has_open_intents, settle_kind
from shared.whisparr.add import NewScene, add_scene
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import WrongChoice

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "whisparr_adds"
SETTINGS = {
    "root folder": ("whisparrRootFolder", "Root Folder"),
    "quality profile": ("whisparrQualityProfile", "Quality Profile ID"),
}


class AddTarget:
    """Scenes in Whisparr as a journal target: adds them, and takes back what this plugin added."""

    batch_size = 1  # an add takes seconds: progress and canceling in between
    items_at_once = 0

    def __init__(self, call: Call) -> None:
        self._call = call

    @cached_property
    def _whisparr(self) -> Whisparr:
        return open_whisparr(self._call, self._call.settings)[0]

    @cached_property
    def _defaults(self) -> AddDefaults:
        return choose_defaults(self._whisparr, self._call.settings)

    @cached_property
    def _tag_ids(self) -> tuple[int, ...]:
        return ensure_tags(self._whisparr, self._defaults.tags)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each scene whether Whisparr has it; the journal compares this with a planned change."""
        del fields
        return {item: {FIELD: self._whisparr.find_scene(item.id) is not None} for item in items}

    def settle_items(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each scene of an interrupted add whether Whisparr has it from this plugin, and record that.

        The journal calls it to find out what a killed process has written.
        """
        del fields
        present: dict[Item, dict[str, Json]] = {item: {FIELD: self._settle_add(item)} for item in items}
        self._save_program()
        return present

    def _settle_add(self, item: Item) -> bool:
        scene, pending = self._whisparr.find_scene(item.id), find_pending_add(self._call.store, item.id)
        if pending and scene:  # while it is not there, the request may still be under way
            return confirm_add(self._call.store, pending, item.id, scene)
        return scene is not None

    def write(self, work: Work) -> Written:
        """Add or take back one scene after the other; the journal calls it with planned changes."""
        written = write_each(work, self._write_item)
        self._save_program()
        return written

    def _save_program(self) -> None:
        save_program(self._call, self._call.settings.whisparrUrl, self._whisparr.program)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> str | None:
        try:
            if changes[0].after:
                return self._add(item)
            self._take_back(item)
        except WrongChoice as error:  # it would be the same for every scene
            key, name = SETTINGS[error.subject]
            raise SettingError(key, f'{error} (setting "{name}")') from error
        return None

    def _add(self, item: Item) -> str | None:
        """Add a scene; return Whisparr's remark about a new one."""
        store, chosen = self._call.store, self._defaults
        new = NewScene(item.id, item.label, chosen.profile_id, chosen.root_folder, self._tag_ids, chosen.search)
        earlier = find_pending_add(store, item.id)
        save_pending_add(store, item.id, self._make_pending_add(chosen))
        try:
            added = add_scene(self._whisparr, new)
        except ServiceError as error:
            if not error.may_have_happened:
                delete_pending_add(store, item.id)
            raise
        save_number(store, item.id, added.scene.id)
        save_exclusion(store, item.id, False)
        if added.is_new:
            save_add(store, item.id, added.scene.id)
        else:
            confirm_add(store, earlier, item.id, added.scene)
        return added.note if added.note and added.is_new else None

    def _make_pending_add(self, chosen: AddDefaults) -> PendingAdd:
        asked = self._whisparr.wire.answered_at or self._call.clock.now()
        return PendingAdd(float(int(asked)), chosen.profile_id, chosen.root_folder)  # Whisparr gives whole seconds

    def _take_back(self, item: Item) -> None:
        movie_id = find_add(self._call.store, item.id)
        if movie_id is None:
            raise Conflict(f'"{item.label}" was not added by this plugin, so it stays in Whisparr.')
        self._whisparr.undo_add(movie_id, item.id)
        delete_add(self._call.store, item.id)


def make_target(call: Call) -> AddTarget:
    """Return the journal's target of the kind `whisparr_adds`; the entry table names it."""
    return AddTarget(call)


def confirm_open_adds(call: Call) -> None:
    """Find the outcome of adds whose process was killed; an open page calls it. Errors are only logged."""
    if not call.settings.whisparrUrl or not has_open_intents(Journal(call.store), KIND):
        return
    try:
        settle_kind(call, KIND, make_target(call))
    except BundleError as error:
        call.log.debug(f"It was not found out what became of adds to Whisparr: {error}")

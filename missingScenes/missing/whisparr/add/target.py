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
from missing.whisparr.instances import MORE, choose_settings, read_key, read_name, split_id
from missing.whisparr.number_cache import save_number
from shared.errors import BundleError, Conflict, ServiceError, SettingError
from shared.journal import Change, Item, Journal, Json, Work, Written, write_each
from shared.journal.recovery import has_open_intents, settle_kind
from shared.settings import Settings
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


class InstanceAdds:
    """Adds to one Whisparr: its client, and the choices for new scenes there."""

    def __init__(self, call: Call, settings: Settings) -> None:
        self.call = call
        self.settings = settings
        self.key = read_key(settings)

    @cached_property
    def whisparr(self) -> Whisparr:
        """Return the client of this Whisparr, which the target's reads and writes use."""
        return open_whisparr(self.call, self.settings)[0]

    @cached_property
    def _defaults(self) -> AddDefaults:
        return choose_defaults(self.whisparr, self.settings)

    @cached_property
    def _tag_ids(self) -> tuple[int, ...]:
        return ensure_tags(self.whisparr, self._defaults.tags)

    def settle_add(self, item: Item, scene_id: str) -> bool:
        """Find out whether an interrupted add was carried out, record that, and return True if it was.

        AddTarget calls it. While the add is pending, a scene counts only if this plugin's request added it. If
        something else did, the pending add is deleted. Without a pending add, every scene that Whisparr has counts.
        """
        store = self.call.store
        scene, pending = self.whisparr.find_scene(scene_id), find_pending_add(store, item.id)
        if pending and scene:  # while it is not there, the request may still be under way
            return confirm_add(store, pending, item.id, scene)
        return scene is not None

    def save_program(self) -> None:
        """Save which build of Whisparr answered, for the next connection; AddTarget calls it after reads and writes."""
        save_program(self.call, self.settings, self.whisparr.program)

    def explain(self, error: WrongChoice) -> SettingError:
        """Return AddTarget's error for a choice that this Whisparr does not have.

        The error would be the same for every scene.
        """
        key, name = SETTINGS[error.subject]
        if self.key:
            return SettingError(MORE, f"{error} (setting of {read_name(self.settings)})")
        return SettingError(key, f'{error} (setting "{name}")')

    def add(self, item: Item, scene_id: str) -> str | None:
        """Add a scene, for AddTarget; return Whisparr's remark about a new one."""
        store, chosen = self.call.store, self._defaults
        new = NewScene(scene_id, item.label, chosen.profile_id, chosen.root_folder, self._tag_ids, chosen.search)
        earlier = find_pending_add(store, item.id)
        save_pending_add(store, item.id, self._make_pending_add(chosen))
        try:
            added = add_scene(self.whisparr, new)
        except ServiceError as error:
            if not error.may_have_happened:
                delete_pending_add(store, item.id)
            raise
        save_number(store, scene_id, added.scene.id, self.key)
        save_exclusion(store, scene_id, False, self.key)
        if added.is_new:
            save_add(store, item.id, added.scene.id)
        else:
            confirm_add(store, earlier, item.id, added.scene)
        return added.note if added.note and added.is_new else None

    def _make_pending_add(self, chosen: AddDefaults) -> PendingAdd:
        asked = self.whisparr.wire.answered_at or self.call.clock.now()
        return PendingAdd(float(int(asked)), chosen.profile_id, chosen.root_folder)  # Whisparr gives whole seconds

    def take_back(self, item: Item, scene_id: str) -> None:
        """Remove a scene that this plugin added; AddTarget calls it for an undo."""
        movie_id = find_add(self.call.store, item.id)
        if movie_id is None:
            raise Conflict(f'"{item.label}" was not added by this plugin, so it stays in Whisparr.')
        self.whisparr.undo_add(movie_id, scene_id)
        delete_add(self.call.store, item.id)


class AddTarget:
    """Scenes in Whisparr as a journal target: adds them, and takes back what this plugin added."""

    batch_size = 1  # an add takes seconds: progress and canceling in between
    items_at_once = 0

    def __init__(self, call: Call) -> None:
        self._call = call
        self._instances: dict[str, InstanceAdds] = {}

    def _find(self, item: Item) -> tuple[InstanceAdds, str]:
        """Return the Whisparr of an item and the scene's own id."""
        scene_id, key = split_id(item.id)
        if key not in self._instances:
            self._instances[key] = InstanceAdds(self._call, choose_settings(self._call.settings, key))
        return self._instances[key], scene_id

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each scene whether Whisparr has it; the journal compares this with a planned change."""
        del fields
        return {item: {FIELD: self._is_there(item)} for item in items}

    def _is_there(self, item: Item) -> bool:
        instance, scene_id = self._find(item)
        return instance.whisparr.find_scene(scene_id) is not None

    def settle_items(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return for each scene of an interrupted add whether Whisparr has it from this plugin, and record that.

        The journal calls it to find out what a killed process has written.
        """
        del fields
        present: dict[Item, dict[str, Json]] = {item: {FIELD: self._settle_add(item)} for item in items}
        self._save_programs()
        return present

    def _settle_add(self, item: Item) -> bool:
        instance, scene_id = self._find(item)
        return instance.settle_add(item, scene_id)

    def write(self, work: Work) -> Written:
        """Add one scene after the other to its Whisparr, or take it out; the journal calls it with planned changes."""
        written = write_each(work, self._write_item)
        self._save_programs()
        return written

    def _save_programs(self) -> None:
        for instance in self._instances.values():
            instance.save_program()

    def _write_item(self, item: Item, changes: Sequence[Change]) -> str | None:
        instance, scene_id = self._find(item)
        try:
            if changes[0].after:
                return instance.add(item, scene_id)
            instance.take_back(item, scene_id)
        except WrongChoice as error:
            raise instance.explain(error) from error
        return None


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

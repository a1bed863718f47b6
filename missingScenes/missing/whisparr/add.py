"""Adds missing scenes to Whisparr: one, or many as a plan that a task applies; taken back only what we added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.boxes import find_named_box
from missing.marks.operations import list_open_wanted, read_scenes
from missing.marks.store import WANTED
from missing.owned.by_fingerprint import find_probably_owned
from missing.whisparr.connection import connect_whisparr, keep_program, open_whisparr
from missing.whisparr.exclusions import keep_exclusions, note_exclusion
from missing.whisparr.pending_adds import (
    PendingAdd,
    drop_wish,
    find_add,
    find_wish,
    forget_add,
    note_add,
    note_wish,
    settle_wish,
)
from missing.whisparr.scene_lookup import note_number
from missing.whisparr.status import show_status
from shared.errors import BundleError, Conflict, Refused, ServiceError, SettingError, UsageError
from shared.journal import Change, Entry, Finding, Item, Journal, Json, Work, apply_now
from shared.journal.changes import CHANGED, DO, SKIPPED, UNCHANGED
from shared.journal.recovery import has_open_intents, settle_kind
from shared.page.arguments import read_flag
from shared.page.run_view import describe_run
from shared.scope import concerns_all
from shared.settings import Settings
from shared.whisparr.add import NewScene, add_scene
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import NAME, WrongChoice
from shared.whisparr.model import plain_id, supports_box
from shared.whisparr.page_status import refresh_statuses

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "whisparr_adds"
FIELD = "in_whisparr"
DEFAULT_PROFILE = 1
SETTING_NAMES = {"root folder": "Root Folder", "quality profile": "Quality Profile ID"}
GOOD = {"changed": "Added.", "unchanged": "Already in Whisparr."}
EXCLUDED = "it is on Whisparr's exclusion list"


class Defaults(NamedTuple):
    """How scenes are added."""

    profile_id: int
    root_folder: str
    tags: tuple[int, ...]
    search: bool


def choose_defaults(whisparr: Whisparr, settings: Settings) -> Defaults:
    """What the settings say; where they say nothing and Whisparr has only one, that one."""
    return Defaults(
        choose_profile(whisparr, settings.whisparrQualityProfile),
        settings.whisparrRootFolder or choose_root_folder(whisparr),
        choose_tags(whisparr, settings.whisparrTags),
        settings.whisparrSearchOnAdd,
    )


def choose_profile(whisparr: Whisparr, wanted: int) -> int:
    """The quality profile; nobody chose the default, and it need not exist."""
    if wanted != DEFAULT_PROFILE:
        return wanted
    ids = [each.id for each in whisparr.list_profiles()]
    return ids[0] if len(ids) == 1 else wanted


def choose_root_folder(whisparr: Whisparr) -> str:
    """The only root folder."""
    names = [each.name for each in whisparr.list_root_folders()]
    if len(names) == 1:
        return names[0]
    has = f"Whisparr has: {', '.join(names)}" if names else "Whisparr has none yet: make one there first"
    raise SettingError("whisparrRootFolder", f'Choose a folder in the setting "Root Folder". {has}.')


def choose_tags(whisparr: Whisparr, labels: Sequence[str]) -> tuple[int, ...]:
    """The numbers of tags, which are made when they are not there."""
    if not labels:
        return ()
    known = {each.name.lower(): each.id for each in whisparr.list_tags()}
    return tuple(known.get(label.lower()) or whisparr.add_tag(label.lower()).id for label in labels)


class AddTarget:
    """Scenes in Whisparr: adds them, and takes back what it added."""

    batch_size = 1  # an add takes seconds: progress and cancelling in between
    items_at_once = 0

    def __init__(self, call: Call) -> None:
        self._call = call

    @cached_property
    def _whisparr(self) -> Whisparr:
        return open_whisparr(self._call, self._call.settings)[0]

    @cached_property
    def _defaults(self) -> Defaults:
        return choose_defaults(self._whisparr, self._call.settings)

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Whether Whisparr has each scene; after an add whose end nobody noted: whether it has it from us."""
        del fields
        present: dict[Item, dict[str, Json]] = {item: {FIELD: self._is_there(item)} for item in items}
        keep_program(self._call, self._call.settings.whisparrUrl, self._whisparr.program)
        return present

    def _is_there(self, item: Item) -> bool:
        scene, wish = self._whisparr.find_scene(item.id), find_wish(self._call.store, item.id)
        if wish and scene:  # while it is not there, the request may still be under way
            return settle_wish(self._call.store, wish, item.id, scene)
        return scene is not None

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Add or take back, one after the other; what stops one stops all that would meet it as well."""
        results: dict[Item, BundleError | None] = {}
        stopped_by: BundleError | None = None
        for item, changes in work:
            results[item] = stopped_by or self._try_one(item, changes[0])
            stopped_by = stopped_by or (results[item] if concerns_all(results[item]) else None)
        return results

    def _try_one(self, item: Item, change: Change) -> BundleError | None:
        try:
            if change.after:
                self._add(item)
            else:
                self._take_back(item)
        except WrongChoice as error:
            name = SETTING_NAMES[error.subject]
            return Refused(f'{error} (setting "{name}")', service=error.service, operation=error.operation)
        except (ServiceError, SettingError, Conflict, UsageError) as error:
            return error
        return None

    def _add(self, item: Item) -> None:
        store, chosen = self._call.store, self._defaults
        new = NewScene(item.id, item.label, chosen.profile_id, chosen.root_folder, chosen.tags, chosen.search)
        earlier = find_wish(store, item.id)
        note_wish(store, item.id, self._wish(chosen))
        try:
            added = add_scene(self._whisparr, new)
        except ServiceError as error:
            if not error.may_have_happened:
                drop_wish(store, item.id)
            raise
        note_number(store, item.id, added.scene.id)
        if added.is_ours:
            note_add(store, item.id, added.scene.id)
        else:
            settle_wish(store, earlier, item.id, added.scene)
        if added.note and added.is_ours:
            self._call.log.warning(f"{item.label}: {added.note}")

    def _wish(self, chosen: Defaults) -> PendingAdd:
        asked = self._whisparr.wire.answered_at or self._call.clock.now()
        return PendingAdd(float(int(asked)), chosen.profile_id, chosen.root_folder)  # Whisparr tells whole seconds

    def _take_back(self, item: Item) -> None:
        movie_id = find_add(self._call.store, item.id)
        if movie_id is None:
            raise Conflict(f'"{item.label}" was not added by this plugin, so it stays in Whisparr.')
        self._whisparr.undo_add(movie_id, item.id)
        forget_add(self._call.store, item.id)


def make_target(call: Call) -> AddTarget:
    """What adds scenes."""
    return AddTarget(call)


def require_supported(call: Call) -> None:
    """Refuse scenes of boxes that Whisparr does not know."""
    box = find_named_box(call, str(call.arg("endpoint")))
    if not supports_box(box.endpoint, box.name):
        raise UsageError(f"Scenes of {box.name} cannot be added: Whisparr knows those of StashDB only.")


def plan_adds(
    scenes: Sequence[Mapping[str, Any]], excluded: Collection[str] = (), owned: Mapping[str, str] | None = None
) -> Iterator[Entry]:
    """One add for each scene that Whisparr may have; `owned`: what those are called that are probably there already."""
    unique = {plain_id(str(each["id"])): each for each in scenes}
    for scene_id, scene in unique.items():
        item = Item("whisparr scene", scene_id, str(scene.get("title") or scene.get("code") or scene_id))
        if scene_id in excluded:
            yield Finding(item, SKIPPED, f"Not added: {EXCLUDED}.", FIELD, NAME)
        elif owned and scene_id in owned:
            message = f'Not added: it is probably in your library as "{owned[scene_id]}". Link it instead.'
            yield Finding(item, SKIPPED, message, FIELD, "Stash")
        else:
            yield Change(item, FIELD, DO, False, True, NAME, "missing in the library")


def add_one(call: Call) -> dict[str, Any]:
    """Add one scene now; already there is success. `force` lifts an exclusion of the scene."""
    scene = call.arg("scene")
    (scene,) = read_scenes({"scenes": [scene]})
    require_supported(call)
    settings, scene_id = call.settings, plain_id(str(scene["id"]))
    with connect_whisparr(call, settings) as whisparr:
        if not read_flag(call.args, "force") and whisparr.find_exclusion(scene_id):
            note_exclusion(call.store, scene_id, True)
            return {"run": None, "status": None, "is_excluded": True, "message": f"Not added: {EXCLUDED}."}
        title = f'Add to Whisparr: "{scene.get("title") or scene_id}"'
        summary = apply_now(call, make_target(call), kind=KIND, title=title, entries=plan_adds([scene]))
        status = read_status(whisparr, scene_id)
    note_exclusion(call.store, scene_id, False)
    run = describe_run(Journal(call.store), summary.run_id or 0)
    outcome = CHANGED if summary.items[CHANGED] else UNCHANGED
    return {"run": run, "status": status, "is_excluded": False, "message": GOOD[outcome]}


def read_status(whisparr: Whisparr, scene_id: str) -> dict[str, Any] | None:
    """How far Whisparr is with a scene that it has."""
    scene = whisparr.find_scene(scene_id)
    return show_status(refresh_statuses(whisparr, {scene_id: scene.id})[scene_id]) if scene else None


def plan_many(call: Call) -> dict[str, Any]:
    """A plan that adds these scenes, or all that are wanted, to be confirmed with its number and applied by a task."""
    is_whole = call.args.get("list") == WANTED
    scenes = list_open_wanted(call, str(call.arg("endpoint"))) if is_whole else read_scenes(call.args)
    require_supported(call)
    settings = call.settings
    with connect_whisparr(call, settings) as whisparr:
        whisparr.connect()
        chosen = choose_defaults(whisparr, settings)
        excluded = keep_exclusions(call.store, whisparr)
        names = {each.id: each.name for each in whisparr.list_profiles()}
    owned = find_probably_owned(call, str(call.arg("endpoint")), [str(each["id"]) for each in scenes])
    entries = list(plan_adds(scenes, excluded, {plain_id(each): name for each, name in owned.items()}))
    count = sum(isinstance(each, Change) for each in entries)
    title = f"Add {count} scene{'' if count == 1 else 's'} to Whisparr"
    plan_id = Journal(call.store).save_plan(entries, kind=KIND, title=title)
    profile = {"profile": chosen.profile_id, "profile_name": names.get(chosen.profile_id)}
    told = {**profile, "root_folder": chosen.root_folder, "search": chosen.search}
    left_out = len(entries) - count
    by_exclusion = sum(isinstance(each, Finding) and each.source == NAME for each in entries)
    counts = {"count": count, "excluded": by_exclusion, "owned": left_out - by_exclusion}
    return {"plan_id": str(plan_id), **counts, "whisparr": told}


def settle_adds(call: Call) -> None:
    """Find out what became of adds whose process was killed; trouble with Whisparr is told where Whisparr is used."""
    if not call.settings.whisparrUrl or not has_open_intents(Journal(call.store), KIND):
        return
    try:
        settle_kind(call, KIND, make_target(call))
    except BundleError as error:
        call.log.debug(f"It was not found out what became of adds to Whisparr: {error}")


def exclude_scene(call: Call) -> dict[str, Any]:
    """Forbid Whisparr to add a scene."""
    (scene,) = read_scenes({"scenes": [call.arg("scene")]})
    require_supported(call)
    with connect_whisparr(call, call.settings) as whisparr:
        whisparr.add_exclusion(str(scene["id"]), str(scene.get("title") or ""))
    note_exclusion(call.store, str(scene["id"]), True)
    return {"message": "Whisparr will not add it."}

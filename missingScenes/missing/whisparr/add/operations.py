"""The operations that add scenes to Whisparr: one scene, a plan for many, an exclusion."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from typing import TYPE_CHECKING, Any

from missing.marks.operations import list_open_wanted
from missing.marks.scene_arguments import MOST_SCENES, SCENE
from missing.marks.store import WANTED
from missing.owned.by_fingerprint import find_probably_owned
from missing.whisparr.add.plan import EXCLUDED, plan_adds
from missing.whisparr.add.prepare import prepare_adds, require_known_box
from missing.whisparr.add.target import KIND, make_target
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.exclusion_cache import read_exclusions, save_exclusion
from missing.whisparr.instances import INSTANCE, choose_settings, list_instances, read_name
from missing.whisparr.status import make_status_row
from shared.arguments import choice, flag, record, records, takes, text
from shared.errors import UsageError
from shared.journal import Change, Entry, Finding, Journal
from shared.journal.changes import CHANGED, UNCHANGED
from shared.page.run_view import apply_and_show
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import NAME
from shared.whisparr.model import plain_id
from shared.whisparr.page_status import refresh_statuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

MESSAGES = {"changed": "Added.", "unchanged": "Already in Whisparr."}


def require_supported(call: Call) -> None:
    """Raise UsageError if Whisparr does not know the scenes of the box that the page names.

    The operations about Whisparr begin with it.
    """
    require_known_box(call, call.args["endpoint"])


@takes(
    text("endpoint"),
    record("scene", SCENE, is_open=True),
    flag("force", False, "lifts an exclusion of the scene"),
    INSTANCE,
)
def add_one(call: Call) -> dict[str, Any]:
    """Operation `whisparr_add`: add one scene now and return the run and its status.

    A scene that is there already is a success. `force` lifts an exclusion of the scene.
    """
    scene = call.args["scene"]
    require_supported(call)
    key, scene_id = call.args["whisparr"], plain_id(scene["id"])
    settings = choose_settings(call.settings, key)
    with connect_whisparr(call, settings) as whisparr:
        if not call.args["force"] and whisparr.find_exclusion(scene_id):
            save_exclusion(call.store, scene_id, True, key)
            return {"run": None, "status": None, "is_excluded": True, "message": f"Not added: {EXCLUDED}."}
        title = f'Added "{scene["title"] or scene_id}" to {read_name(settings)}'
        run = apply_and_show(call, make_target(call), kind=KIND, title=title, entries=plan_adds([scene], key=key))
        status = read_status(whisparr, scene_id)
    save_exclusion(call.store, scene_id, False, key)
    outcome = CHANGED if run["totals"][CHANGED] else UNCHANGED
    remark = next(iter(run["reasons"]), None)
    return {
        "run": run,
        "status": status,
        "is_excluded": False,
        "message": remark or MESSAGES[outcome],
        "has_remark": remark is not None,
    }


def read_status(whisparr: Whisparr, scene_id: str) -> dict[str, Any] | None:
    """Return Whisparr's status of one scene as the page shows it, or None if Whisparr does not have it.

    The operations that add, monitor or grab one scene answer with it.
    """
    scene = whisparr.find_scene(scene_id)
    return make_status_row(refresh_statuses(whisparr, {scene_id: scene.id})[scene_id]) if scene else None


SCENES = (
    text("endpoint"),
    records("scenes", SCENE, MOST_SCENES, None, is_open=True),
    choice("list", (WANTED,), "", "instead of `scenes`: all wanted scenes of the box that are not in the library"),
    INSTANCE,
)


def read_scenes(call: Call) -> list[dict[str, Any]]:
    """Return the scenes that the page wants to add: those it names, or all wanted ones of the box.

    `whisparr_options` and `whisparr_plan` call it.
    """
    scenes = list_open_wanted(call, call.args["endpoint"]) if call.args["list"] else call.args["scenes"]
    if scenes is None:
        raise UsageError('The operation needs the argument "scenes" or "list".')
    return list(scenes)


@takes(*SCENES)
def show_options(call: Call) -> dict[str, Any]:
    """Operation `whisparr_options`: return what the add dialog offers, and what a plan would leave out.

    `saved` are the settings; `chosen` is what the dialog selects first, which Whisparr has.
    """
    scenes, key = read_scenes(call), call.args["whisparr"]
    settings = choose_settings(call.settings, key)
    require_supported(call)
    with connect_whisparr(call, settings) as whisparr:
        whisparr.connect()
        profiles = [{"value": each.id, "label": each.name} for each in whisparr.list_profiles()]
        folders = [each.name for each in whisparr.list_root_folders()]
        excluded = read_exclusions(call.store, whisparr, key)
    owned = find_probably_owned(call, call.args["endpoint"], [each["id"] for each in scenes])
    entries = list(plan_adds(scenes, excluded, {plain_id(each): name for each, name in owned.items()}))
    saved = {
        "profile": settings.whisparrQualityProfile,
        "root_folder": settings.whisparrRootFolder,
        "search": settings.whisparrSearchOnAdd,
    }
    chosen = {
        "profile": choose_known(saved["profile"], [each["value"] for each in profiles]),
        "root_folder": choose_known(saved["root_folder"], folders),
        "search": saved["search"],
    }
    whisparrs = [{"key": each.key, "name": each.name} for each in list_instances(call.settings)]
    offered = {"profiles": profiles, "folders": folders, "whisparrs": whisparrs}
    return {**offered, "saved": saved, "chosen": chosen, **count_entries(entries)}


def choose_known(wanted: Any, known: Sequence[Any]) -> Any:
    """Return the wanted choice if Whisparr has it, else its first one, None without any; `show_options` calls it."""
    return wanted if wanted in known else next(iter(known), None)


def count_entries(entries: Sequence[Entry]) -> dict[str, int]:
    """Return how many scenes a plan adds, and how many it leaves out for each reason, for the add dialog."""
    count = sum(isinstance(each, Change) for each in entries)
    excluded = sum(isinstance(each, Finding) and each.source == NAME for each in entries)
    return {"count": count, "excluded": excluded, "owned": len(entries) - count - excluded}


@takes(
    *SCENES,
    flag("with_excluded", False, "also adds scenes on Whisparr's exclusion list, and takes them off it"),
    flag("with_owned", False, "also adds scenes that are probably in the library"),
)
def plan_many(call: Call) -> dict[str, Any]:
    """Operation `whisparr_plan`: save a plan that adds these scenes, or all wanted ones.

    The page shows and confirms the plan, a task applies it.
    """
    scenes, key = read_scenes(call), call.args["whisparr"]
    settings = choose_settings(call.settings, key)
    with_excluded, with_owned = call.args["with_excluded"], call.args["with_owned"]
    prepared = prepare_adds(
        call, call.args["endpoint"], scenes, key, with_excluded=with_excluded, with_owned=with_owned
    )
    entries, chosen = prepared.entries, prepared.chosen
    name = read_name(settings)
    title, done = f"Added scenes to {name}", tell_done(f"Added {{items scene}} to {name}")
    plan_id = Journal(call.store).save_plan(entries, kind=KIND, title=title, details=done)
    profile = {"profile": chosen.profile_id, "profile_name": prepared.profile_name}
    choices = {**profile, "root_folder": chosen.root_folder, "search": chosen.search}
    return {"plan_id": str(plan_id), **count_entries(entries), "whisparr": choices}


@takes(text("endpoint"), record("scene", SCENE, is_open=True), INSTANCE)
def exclude_scene(call: Call) -> dict[str, Any]:
    """Operation `whisparr_exclude`: put a scene on Whisparr's exclusion list."""
    scene, key = call.args["scene"], call.args["whisparr"]
    require_supported(call)
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        whisparr.add_exclusion(scene["id"], scene["title"])
    save_exclusion(call.store, scene["id"], True, key)
    return {"message": "Whisparr will not add it."}

"""The operations of the dialog "Why is it waiting?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from missing.whisparr.add.operations import read_status, require_supported
from missing.whisparr.cleanup.target import KIND, make_target
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.instances import choose_settings, join_id
from missing.whisparr.progress.plan import SceneFacts, find_reasons, plan_monitoring
from missing.whisparr.progress.releases import SCENE_ARGUMENTS, require_scene, show_found
from missing.whisparr.progress.store import FoundReleases, find_releases
from missing.whisparr.status import make_status_row
from shared.arguments import takes
from shared.errors import UsageError
from shared.page.run_view import apply_and_show
from shared.whisparr.client import Whisparr
from shared.whisparr.history import FAILED, DownloadEvent, read_events
from shared.whisparr.model import plain_id
from shared.whisparr.page_status import describe_failed
from shared.whisparr.status import find_status

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_EVENTS = 20
EVENT_TEXTS: Mapping[str, str] = {
    "grabbed": "Grabbed",
    "downloadFolderImported": "Imported",
    FAILED: "Download failed",
    "downloadIgnored": "Download ignored",
    "movieFileDeleted": "File deleted",
    "movieFileRenamed": "File renamed",
    "diskScanImported": "Found on disk",
}


@takes(*SCENE_ARGUMENTS)
def explain_scene_state(call: Call) -> dict[str, Any]:
    """Operation `whisparr_explain`: return why Whisparr has not got a scene yet, its history and the known releases."""
    require_supported(call)
    scene_id, key = plain_id(call.args["scene_id"]), call.args["whisparr"]
    found = find_releases(call.store, join_id(scene_id, key))
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        facts = read_facts(whisparr, scene_id, found)
    is_excluded = facts.exclusion is not None
    failure = next((describe_failed(each) for each in facts.events[:1] if each.type == FAILED), "")
    status = find_status(facts.scene, facts.records, is_excluded=is_excluded, failure=failure)
    return {
        "status": make_status_row(status),
        "reasons": [reason._asdict() for reason in find_reasons(facts)],
        "events": [show_event(each) for each in facts.events[:MOST_EVENTS]],
        **show_found(found),
    }


def read_facts(whisparr: Whisparr, scene_id: str, found: FoundReleases | None) -> SceneFacts:
    """Return everything Whisparr knows about a scene, with at most five requests. `explain_scene_state` calls it."""
    offers = found.offers if found else None
    scene = whisparr.find_scene(scene_id)
    if scene is None:
        return SceneFacts(None, whisparr.find_exclusion(scene_id), offers=offers)
    profiles = {each.id: each.name for each in whisparr.list_profiles()}
    records, events = whisparr.read_queue(scene.id), read_events(whisparr, scene.id)
    return SceneFacts(scene, None, records, events, whisparr.list_health(), profiles, offers)


def show_event(event: DownloadEvent) -> dict[str, Any]:
    """Return an event of Whisparr's history of a scene, as `explain_scene_state` answers it."""
    shown = {"title": event.title, "date": event.date, "detail": event.detail}
    return {"type": event.type, "text": EVENT_TEXTS.get(event.type, event.type), **shown}


@takes(*SCENE_ARGUMENTS)
def monitor_scene(call: Call) -> dict[str, Any]:
    """Operation `whisparr_monitor`: let Whisparr monitor a scene that it has; the history can undo it."""
    require_supported(call)
    scene_id, key = plain_id(call.args["scene_id"]), call.args["whisparr"]
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        scene = require_scene(whisparr, scene_id)
        if scene.monitored:
            raise UsageError("Whisparr monitors this scene already.")
        title = f'Monitored "{scene.title or scene_id}" in Whisparr'
        run = apply_and_show(call, make_target(call), kind=KIND, title=title, entries=[plan_monitoring(scene, key)])
        return {"run": run, "status": read_status(whisparr, scene_id)}

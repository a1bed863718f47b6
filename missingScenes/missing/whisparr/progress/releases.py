"""The operations and the task that look for the releases of one scene and grab one of them."""

from __future__ import annotations

from shared.counted_words import count_things

from typing import TYPE_CHECKING, Any

from missing.whisparr.add.operations import read_status, require_supported
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.instances import INSTANCE, choose_settings, join_id
from missing.whisparr.progress.store import FoundReleases, find_releases, make_release_key, save_releases
from shared.arguments import flag, takes, text
from shared.errors import Refused, TimedOut
from shared.page.followed_task import queue_followed_task
from shared.page.paging import format_time
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import NAME
from shared.whisparr.model import WhisparrScene, plain_id
from shared.whisparr.releases import FORGOTTEN, ReleaseOffer, grab_release, search_releases

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCENE_ARGUMENTS = (text("endpoint"), text("scene_id"), INSTANCE)


@takes(*SCENE_ARGUMENTS, flag("look", False, "asks the indexers; without it, only the last answer is returned"))
def show_releases(call: Call) -> dict[str, Any]:
    """Operation `whisparr_releases`: return what the indexers offer for a scene.

    If the indexers need longer than an operation may take, a task goes on and the answer names it.
    """
    require_supported(call)
    scene_id, key = plain_id(call.args["scene_id"]), call.args["whisparr"]
    if not call.args["look"]:
        return show_found(find_releases(call.store, join_id(scene_id, key)))
    try:
        return show_found(look_for_releases(call, scene_id))
    except TimedOut:
        args = {"endpoint": call.args["endpoint"], "scene_id": scene_id, "whisparr": key}
        return {**show_found(None), **queue_followed_task(call, "releases", "looking for releases", args)}


@takes(*SCENE_ARGUMENTS)
def find_slow_releases(call: Call) -> dict[str, Any]:
    """Task `releases` of the page: look for the releases of a scene as long as Whisparr needs."""
    require_supported(call)
    found = look_for_releases(call, plain_id(call.args["scene_id"]))
    return {"message": f"{count_things(len(found.offers), 'release')} found."}


def look_for_releases(call: Call, scene_id: str) -> FoundReleases:
    """Ask the indexers for a scene's releases and save them; `show_releases` and `find_slow_releases` call it."""
    key = call.args["whisparr"]
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        scene = require_scene(whisparr, scene_id)
        if not scene.released:
            message = f'"{scene.title}" has no release date in Whisparr, so Whisparr cannot search for it.'
            raise Refused(message, service=NAME, operation="looking for releases")
        return save_releases(call.store, join_id(scene_id, key), search_releases(whisparr, scene.id))


def require_scene(whisparr: Whisparr, scene_id: str) -> WhisparrScene:
    """Return a scene of Whisparr's library, for the operations about releases and monitoring.

    Raise Refused if it is not there.
    """
    scene = whisparr.find_scene(scene_id)
    if scene is None:
        message = "Whisparr does not have this scene any more. Add it first."
        raise Refused(message, service=NAME, operation="looking for a scene")
    return scene


def show_found(found: FoundReleases | None) -> dict[str, Any]:
    """Return the releases of a scene for its dialog: without addresses, which may hold keys."""
    offers = found.offers if found else ()
    at = format_time(found.searched) if found else None
    return {"releases": [show_release(each) for each in offers], "searched_at": at}


def show_release(offer: ReleaseOffer) -> dict[str, Any]:
    """Return one release as the dialog of a scene shows it; `show_found` calls it."""
    shown = {key: value for key, value in offer._asdict().items() if key not in ("guid", "indexer_id")}
    return {"key": make_release_key(offer), **shown}


@takes(*SCENE_ARGUMENTS, text("release", note="the `key` of a release"))
def grab_one(call: Call) -> dict[str, Any]:
    """Operation `whisparr_grab`: let Whisparr download one of the releases that were found, and return the status."""
    require_supported(call)
    scene_id, key = plain_id(call.args["scene_id"]), call.args["whisparr"]
    found = find_releases(call.store, join_id(scene_id, key))
    offers = found.offers if found else ()
    offer = next((each for each in offers if make_release_key(each) == call.args["release"]), None)
    if offer is None:
        raise Refused(FORGOTTEN, service=NAME, operation="grabbing a release")
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        grab_release(whisparr, offer.guid, offer.indexer_id, require_scene(whisparr, scene_id).id)
        status = read_status(whisparr, scene_id)
    return {"message": "Whisparr downloads it.", "status": status}

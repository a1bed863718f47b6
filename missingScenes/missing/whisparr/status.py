"""The operation that shows Whisparr's statuses of the scenes on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.listing.list_setup import read_settings_and_boxes
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.exclusion_cache import mark_excluded
from missing.whisparr.scene_lookup import StatusAnswer, read_by_lookup
from shared.errors import BundleError, UsageError
from shared.stash_box import find_box
from shared.whisparr import status as kinds
from shared.whisparr.client import Whisparr
from shared.whisparr.model import supports_box
from shared.whisparr.page_status import PageEntity, read_statuses, refresh_statuses
from shared.whisparr.status import Status, unknown_status

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_SCENES = 5000
ENTITIES = ("performer", "studio")
TEXTS = {
    kinds.NONE: "",
    kinds.DOWNLOADED: "Downloaded",
    kinds.DOWNLOADING: "Downloading",
    kinds.QUEUED: "Queued",
    kinds.STALLED: "Stalled",
    kinds.WAITING: "Waiting",
    kinds.UNKNOWN: "Unknown",
}


def show_statuses(call: Call) -> dict[str, Any]:
    """Operation `whisparr_status`: return a status for every scene that the page shows.

    An error of Whisparr is never reported as "not there".
    """
    wanted = read_ids(call.arg("scene_ids"))
    settings, boxes = read_settings_and_boxes(call)
    if not settings.whisparrUrl:
        return {"state": "off", "message": None, "statuses": {}, "movie_ids": {}, "pending": 0}
    endpoint = str(call.arg("endpoint"))
    box = find_box(boxes, endpoint)
    if box is None or not supports_box(box.endpoint, box.name):
        name = box.name if box else f"{endpoint}, which Stash does not have any more"
        message = f"Whisparr does not know the scenes of {name}; it gets those of StashDB only."
        return {"state": "unsupported", "message": message, "statuses": {}, "movie_ids": {}, "pending": 0}
    try:
        with connect_whisparr(call, settings) as whisparr:
            answered = read_scene_statuses(call, whisparr, wanted)
    except BundleError as error:
        statuses = dict.fromkeys(wanted, make_status_row(unknown_status(str(error))))
        return {"state": "failed", "message": str(error), "statuses": statuses, "movie_ids": {}, "pending": 0}
    known = mark_excluded(call.store, answered.statuses)
    statuses = {each: make_status_row(status) for each, status in known.items()}
    movie_ids = dict(answered.movie_ids)
    return {"state": "ok", "message": None, "statuses": statuses, "movie_ids": movie_ids, "pending": answered.pending}


def read_scene_statuses(call: Call, whisparr: Whisparr, wanted: Sequence[str]) -> StatusAnswer:
    """Return Whisparr's statuses by the cheapest way the arguments allow.

    By the numbers the page knows (two requests), by performer or studio (three), or one by one.
    """
    known = read_numbers(call.args.get("known"))
    if wanted and known.keys() >= set(wanted):
        present = {each: known[each] for each in wanted}
        statuses = refresh_statuses(whisparr, present)
        # A status NONE means that the number now belongs to another scene.
        if all(status.kind != kinds.NONE for status in statuses.values()):
            return StatusAnswer(statuses, present, 0)
    kind = str(call.args.get("entity_type") or "")
    ids = read_ids(call.args.get("stash_ids") or []) if kind in ENTITIES else []
    if ids:
        reading = read_statuses(whisparr, wanted, [PageEntity(kind, each) for each in ids])
        return StatusAnswer(reading.statuses, reading.movie_ids, 0)
    return read_by_lookup(call.store, whisparr, wanted)


def read_numbers(values: object) -> dict[str, int]:
    """Return Whisparr's numbers by scene, which the page has from an earlier answer; each is checked again."""
    rows: Mapping[Any, Any] = values if isinstance(values, dict) else {}
    return {str(each): int(number) for each, number in rows.items() if str(number).isdigit()}


def read_ids(values: object) -> list[str]:
    """Return ids from the arguments of `whisparr_status`; raise UsageError for no list or over MOST_SCENES ids."""
    if not isinstance(values, list) or len(values) > MOST_SCENES:
        raise UsageError(f"At most {MOST_SCENES} scenes can be asked about at once, as a list of ids.")
    return [str(each) for each in values]


def make_status_row(status: Status) -> dict[str, Any]:
    """Return a status as the page shows it, with its text and whether the scene can be added."""
    return {**status._asdict(), "text": TEXTS[status.kind], "can_add": status.can_add}

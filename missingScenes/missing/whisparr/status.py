"""The operation that shows Whisparr's statuses of the scenes on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from missing.listing.list_setup import read_settings_and_boxes
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.exclusion_cache import mark_excluded
from missing.whisparr.scene_lookup import StatusAnswer, read_by_lookup
from shared.arguments import LARGEST_NUMBER, REQUIRED, Whole, mapping, takes, text, texts
from shared.errors import BundleError
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


@takes(
    text("endpoint"),
    texts("scene_ids", REQUIRED, most=MOST_SCENES),
    text("entity_type", "", "the kind of the page's entity"),
    texts("stash_ids", (), "the box's ids of the entity, or of the studios on the cards of a network", MOST_SCENES),
    mapping("known", Whole(0, LARGEST_NUMBER), {}, "the `movie_ids` of earlier answers"),
)
def show_statuses(call: Call) -> dict[str, Any]:
    """Operation `whisparr_status`: return a status for every scene that the page shows.

    An error of Whisparr is never reported as "not there".
    """
    wanted = call.args["scene_ids"]
    settings, boxes = read_settings_and_boxes(call)
    if not settings.whisparrUrl:
        return {"state": "off", "message": None, "statuses": {}, "movie_ids": {}, "pending": 0}
    endpoint = call.args["endpoint"]
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
    known = call.args["known"]
    if wanted and known.keys() >= set(wanted):
        present = {each: known[each] for each in wanted}
        statuses = refresh_statuses(whisparr, present)
        # A status NONE means that the number now belongs to another scene.
        if all(status.kind != kinds.NONE for status in statuses.values()):
            return StatusAnswer(statuses, present, 0)
    kind, ids = call.args["entity_type"], call.args["stash_ids"]
    if kind in ENTITIES and ids:
        reading = read_statuses(whisparr, wanted, [PageEntity(kind, each) for each in ids])
        return StatusAnswer(reading.statuses, reading.movie_ids, 0)
    return read_by_lookup(call.store, whisparr, wanted)


def make_status_row(status: Status) -> dict[str, Any]:
    """Return a status as the page shows it, with its text and whether the scene can be added."""
    return {**status._asdict(), "text": TEXTS[status.kind], "can_add": status.can_add}

"""How far Whisparr is with the scenes on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.boxes import find_named_box
from missing.connecting import connect_whisparr
from missing.question import LARGEST_PAGE
from shared.errors import BundleError, UsageError
from shared.whisparr import status as kinds
from shared.whisparr.client import Whisparr
from shared.whisparr.model import supports_box
from shared.whisparr.status import Status, unknown_status
from shared.whisparr.statuses import Entity, Reading, read_statuses, refresh_statuses

if TYPE_CHECKING:
    from shared.call import Call

MOST_SCENES = 4 * LARGEST_PAGE
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
    """A status for every scene asked about; trouble with Whisparr is told, never taken for "not there"."""
    wanted = read_ids(call.arg("scene_ids"))
    settings = call.settings
    if not settings.whisparrUrl:
        return {"state": "off", "message": None, "statuses": {}, "movie_ids": {}}
    box = find_named_box(call, str(call.arg("endpoint")))
    if not supports_box(box.endpoint, box.name):
        message = f"Whisparr does not know the scenes of {box.name}; it gets those of StashDB only."
        return {"state": "unsupported", "message": message, "statuses": {}, "movie_ids": {}}
    try:
        with connect_whisparr(call, settings) as whisparr:
            reading = read(whisparr, wanted, call.args)
    except BundleError as error:
        statuses = dict.fromkeys(wanted, show_status(unknown_status(str(error))))
        return {"state": "failed", "message": str(error), "statuses": statuses, "movie_ids": {}}
    statuses = {each: show_status(status) for each, status in reading.statuses.items()}
    return {"state": "ok", "message": None, "statuses": statuses, "movie_ids": dict(reading.movie_ids)}


def read(whisparr: Whisparr, wanted: Sequence[str], args: Mapping[str, Any]) -> Reading:
    """Through the numbers of an earlier answer (two requests), or the page's performer or studio (three)."""
    known = args.get("known")
    if isinstance(known, dict) and known:
        movie_ids = {str(key): int(number) for key, number in known.items() if str(key) in wanted}
        return Reading(refresh_statuses(whisparr, movie_ids), movie_ids)
    kind = str(args.get("entity_type") or "")
    ids = read_ids(args.get("stash_ids") or []) if kind in ENTITIES else []
    return read_statuses(whisparr, wanted, [Entity(kind, each) for each in ids])


def read_ids(values: object) -> list[str]:
    """A bounded list of ids."""
    if not isinstance(values, list) or len(values) > MOST_SCENES:
        raise UsageError(f"At most {MOST_SCENES} scenes can be asked about at once, as a list of ids.")
    return [str(each) for each in values]


def show_status(status: Status) -> dict[str, Any]:
    """A status for the page."""
    percent = f" {status.percent:g} %" if status.percent is not None else ""
    return {
        **status._asdict(),
        "text": f"{TEXTS[status.kind]}{percent}",
        "can_add": status.can_add,
    }

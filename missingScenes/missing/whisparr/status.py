"""The operation that shows Whisparr's statuses of the scenes on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.list_setup import read_settings_and_boxes
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.exclusion_cache import mark_excluded
from missing.whisparr.instances import iter_settings, join_id, read_key, read_name, split_id
from missing.whisparr.scene_lookup import StatusAnswer, read_by_lookup
from shared.arguments import LARGEST_NUMBER, REQUIRED, Whole, mapping, takes, text, texts
from shared.errors import BundleError
from shared.settings import Settings
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
# Of several Whisparrs, the page shows the one that is furthest.
RANKS = (
    kinds.DOWNLOADED,
    kinds.DOWNLOADING,
    kinds.QUEUED,
    kinds.STALLED,
    kinds.WAITING,
    kinds.UNKNOWN,
    kinds.NONE,
)
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
    return merge_answers([ask_instance(call, each, wanted) for each in iter_settings(settings)], wanted)


class InstanceAnswer(NamedTuple):
    """The statuses of one Whisparr, or why it did not answer."""

    settings: Settings
    statuses: Mapping[str, Status]
    movie_ids: Mapping[str, int]
    pending: int
    message: str = ""


def ask_instance(call: Call, settings: Settings, wanted: Sequence[str]) -> InstanceAnswer:
    """Return what one Whisparr says about the scenes; an error is part of the answer. `show_statuses` calls it."""
    key = read_key(settings)
    try:
        with connect_whisparr(call, settings) as whisparr:
            answered = read_scene_statuses(call, whisparr, wanted, key)
    except BundleError as error:
        return InstanceAnswer(settings, dict.fromkeys(wanted, unknown_status(str(error))), {}, 0, str(error))
    marked = mark_excluded(call.store, answered.statuses, key)
    return InstanceAnswer(settings, marked, answered.movie_ids, answered.pending)


def merge_answers(answers: Sequence[InstanceAnswer], wanted: Sequence[str]) -> dict[str, Any]:
    """Return the answer of `whisparr_status` from those of all Whisparrs: for each scene the one that is furthest.

    What the first one cannot say stays unknown unless another one has the scene, so that nothing is added twice.
    """
    first, is_several = answers[0], len(answers) > 1
    statuses: dict[str, dict[str, Any]] = {}
    for scene_id in wanted:
        found = [(each.statuses[scene_id], each.settings) for each in answers if scene_id in each.statuses]
        if not found:
            continue
        status, settings = min(found, key=lambda each: RANKS.index(each[0].kind))
        if status.kind == kinds.NONE or status.kind == kinds.UNKNOWN:
            status, settings = found[0]
        name = read_name(settings) if is_several and status.movie_id else ""
        statuses[scene_id] = {**make_status_row(status), "whisparr": read_key(settings), "whisparr_name": name}
    numbers = [(each, read_key(one.settings), number) for one in answers for each, number in one.movie_ids.items()]
    failed = [each.message for each in answers if each.message]
    return {
        "state": "failed" if first.message else "ok",
        "message": " ".join(failed) or None,
        "statuses": statuses,
        "movie_ids": {join_id(each, key): number for each, key, number in numbers},
        "pending": sum(each.pending for each in answers),
    }


def read_scene_statuses(call: Call, whisparr: Whisparr, wanted: Sequence[str], key: str) -> StatusAnswer:
    """Return one Whisparr's statuses of scenes by the cheapest way the arguments of `whisparr_status` allow.

    By the numbers the page knows (two requests), by performer or studio (three), or one by one.
    """
    split = [(split_id(joined), number) for joined, number in call.args["known"].items()]
    known = {scene_id: number for (scene_id, of), number in split if of == key}
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
    return read_by_lookup(call.store, whisparr, wanted, key)


def make_status_row(status: Status) -> dict[str, Any]:
    """Return a status as the page shows it, with its text and whether the scene can be added."""
    return {**status._asdict(), "text": TEXTS[status.kind], "can_add": status.can_add}

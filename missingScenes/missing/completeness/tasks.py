"""The task Check Completeness: it counts the scenes of linked performers and studios at every box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from missing.completeness.box_counts import count_at_box, count_singly
from missing.completeness.counts import CRITERIA
from missing.completeness.file_counts import add_files
from missing.completeness.library_counts import choose_objects, count_owned, find_favorites, read_entities
from missing.completeness.store import PROGRESS, delete_older_counts, note_growth, save_counts
from missing.custom_fields.tasks import write_fields
from missing.files.store import find_sure_scenes
from shared.arguments import takes
from shared.errors import BundleError, ServiceError
from shared.runtime.clock import is_recent
from shared.stash.library import split
from shared.stash_box import STASH_BOX, Box
from shared.stash_box.batches import BatchSize
from shared.stash_box.configured import open_client, read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

STARTED = "completeness.started"
DAY = 86400.0
BATCH_SIZE = 200


class PassProgress:
    """The progress of one pass, shown in Stash's task list, and saved for a page that is opened meanwhile."""

    def __init__(self, call: Call, total: int) -> None:
        self._call = call
        self._total = total
        self._done = 0

    def add(self, count: int) -> None:
        """Report that so many more entities are counted; Check Completeness calls it after each batch."""
        self._done += count
        self._call.progress(self._done / max(self._total, 1))
        state = {"done": self._done, "total": self._total, "at": self._call.clock.now()}
        self._call.store.kv.put(PROGRESS, state)


@takes()
def check_completeness(call: Call) -> dict[str, Any]:
    """Task Check Completeness: count linked performers and studios at every box and return a sentence.

    A pass that was interrupted less than a day ago continues.
    """
    started = start_pass(call)
    work = [
        (box, kind, list_uncounted(call, kind, box.endpoint, started)) for box in find_boxes(call) for kind in CRITERIA
    ]
    progress = PassProgress(call, sum(len(numbers) for _, _, numbers in work))
    progress.add(0)
    try:
        problems = [str(error) for error in (count_part_or_error(call, *part, progress) for part in work) if error]
    finally:
        call.store.kv.delete(PROGRESS)
    if problems:
        raise BundleError(" ".join(dict.fromkeys(problems)))
    delete_older_counts(call.store, started)
    note_growth(call.store)
    call.store.kv.delete(STARTED)
    count = call.store.read("SELECT count(*) FROM completeness")[0][0]
    return report_check(call, f"Checked performers and studios: {count}.")


def report_check(call: Call, message: str) -> dict[str, Any]:
    """Write the counts into custom fields, if the setting is on, and return the result of Check Completeness."""
    written = write_fields(call)
    if written is None or not written.seen:
        return {"message": message}
    problems = {"Custom fields": written.sentence()} if written.result in ("partial", "failed") else {}
    return {"message": f"{message} Custom fields: {written.sentence()}", "problems": problems}


def find_boxes(call: Call) -> Iterator[Box]:
    """Yield the boxes of Stash that have an API key, for Check Completeness; the others are not counted."""
    for box in read_boxes(call.stash):
        if box.has_key:
            yield box


def start_pass(call: Call) -> float:
    """Return and save the start time of a pass of Check Completeness, by which counted entities are recognized.

    It is now, or the start of a pass that was interrupted less than a day ago.
    """
    now = call.clock.now()
    saved = call.store.kv.get(STARTED, float)
    started: float = saved if saved is not None and is_recent(saved, now, DAY) else now
    call.store.kv.put(STARTED, started)
    return started


def count_part_or_error(
    call: Call, box: Box, kind: str, wanted: Sequence[int], progress: PassProgress
) -> ServiceError | None:
    """Count one kind at one box, for Check Completeness.

    Return the box's error, so that the other boxes are counted.
    """
    try:
        count_part(call, box, kind, wanted, progress)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        return error
    return None


def count_part(call: Call, box: Box, kind: str, wanted: Sequence[int], progress: PassProgress) -> None:
    """Count these performers or studios at one box in pieces and save each piece, as a part of Check Completeness."""
    objects = choose_objects(call.stash, kind)
    favorites, sure = find_favorites(objects), find_sure_scenes(call.store, box.endpoint)
    client = open_client(call, box)
    size = BatchSize(client.channel.memory, box.endpoint, "counts", call.clock.now())
    try:
        for piece in split(wanted, BATCH_SIZE):
            entities = list(read_entities(objects, kind, box.endpoint, piece, favorites))
            linked = count_owned(call.stash, kind, box.endpoint, piece)
            owned = add_files(call, box.endpoint, entities, linked, sure)
            is_plain = box.kind == STASH_BOX
            counted = count_at_box(client, size, entities, owned) if is_plain else count_singly(client, entities, owned)
            for counts in counted:
                save_counts(call.store, box.endpoint, counts, call.clock.now())
                call.stash.keep_alive()
                progress.add(len(counts))
    finally:
        client.close()


def list_uncounted(call: Call, kind: str, endpoint: str, started: float) -> list[int]:
    """Return the numbers of linked performers or studios that Check Completeness still has to count at a box."""
    query = "SELECT local_id FROM completeness WHERE kind = ? AND endpoint = ? AND checked >= ?"
    done = {row["local_id"] for row in call.store.read(query, (kind, endpoint, started))}
    return [number for number in choose_objects(call.stash, kind).linked_ids(endpoint) if number not in done]

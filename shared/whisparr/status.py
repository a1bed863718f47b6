"""The status on a scene's card, decided from Whisparr's scene and its downloads. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.whisparr.model import QueueRecord, WhisparrScene

NONE = "none"
DOWNLOADED = "downloaded"
DOWNLOADING = "downloading"
QUEUED = "queued"
STALLED = "stalled"
WAITING = "waiting"
UNKNOWN = "unknown"

LOADING_STATES = ("", "downloading")
IMPORTING_STATES = ("", "downloading", "importPending", "importing")
IMPORT_ENDED_STATES = ("imported", "ignored")
FAILED_STATES = ("importBlocked", "failedPending", "failed")
QUEUED_STATUSES = ("queued", "delay", "fallback", "unknown")
FAILED_STATUSES = ("warning", "failed", "paused", "downloadClientUnavailable")
MOST_WHILE_LOADING = 99.9
OWN_REASONS: Mapping[str, str] = {
    "paused": "paused in the download client",
    "downloadClientUnavailable": "the download client is not available",
    "failed": "the download failed",
    "warning": "the download client reports a problem",
    "importBlocked": "the import is blocked; look at Whisparr's queue",
    "failedPending": "the download failed",
}
LAST_REASON = "Whisparr reports a problem"


class Status(NamedTuple):
    """A scene's status, of which the page gets every field.

    `percent` is set only while downloading, `seconds_left` if the download client knows it. `movie_id` is 0 if Whisparr
    lacks the scene. `detail` is a text, for `stalled` and `unknown` the reason.
    """

    kind: str
    detail: str = ""
    percent: float | None = None
    seconds_left: float | None = None
    warning: str = ""
    is_upgrading: bool = False
    is_importing: bool = False
    is_excluded: bool = False
    movie_id: int = 0

    @property
    def can_add(self) -> bool:
        """Return True if the page may offer an Add button: Whisparr lacks the scene and does not exclude it."""
        return self.kind == NONE and not self.is_excluded


def find_status(
    scene: WhisparrScene | None, records: Sequence[QueueRecord] = (), *, is_excluded: bool = False, failure: str = ""
) -> Status:
    """Return the status of one scene from its lines of the queue; `scene` is None if Whisparr lacks it.

    Statuses and the dialog of a scene are made with it. `failure` says when and why its last download failed; it
    matters while nothing is in the queue.
    """
    if scene is None:
        return Status(NONE, "excluded in Whisparr" if is_excluded else "", is_excluded=is_excluded)
    if scene.has_file:
        return Status(DOWNLOADED, is_upgrading=bool(records), movie_id=scene.id)
    status = find_loading(records) or find_importing(records) or find_queued(records) or find_stalled(records)
    return (status or find_waiting(scene, records, failure))._replace(movie_id=scene.id)


def unknown_status(reason: str) -> Status:
    """Return the status for when Whisparr could not answer, so that a page shows neither "not there" nor a button."""
    return Status(UNKNOWN, reason)


def find_loading(records: Iterable[QueueRecord]) -> Status | None:
    """Return the status of the furthest running download, or None; one of the rules of `find_status`."""
    loading = [each for each in records if each.status == "downloading" and each.state in LOADING_STATES]
    if not loading:
        return None
    best = max(loading, key=find_percent)
    percent = min(find_percent(best), MOST_WHILE_LOADING)
    return Status(DOWNLOADING, percent=percent, seconds_left=best.time_left, warning=find_reason_given(best))


def find_importing(records: Iterable[QueueRecord]) -> Status | None:
    """Return the status of a download that is being imported, or None; one of the rules of `find_status`."""
    if any(is_importing(each) for each in records):
        return Status(DOWNLOADING, "importing", 100.0, is_importing=True)
    return None


def is_importing(record: QueueRecord) -> bool:
    """Return True if a file is about to be imported, which would be lost if the scene is removed now.

    Statuses and the undo of an add ask.
    """
    return record.status == "completed" and record.state in IMPORTING_STATES and record.health != "error"


def find_queued(records: Iterable[QueueRecord]) -> Status | None:
    """Return the status of a download that has not begun, or None; one of the rules of `find_status`."""
    record = next((each for each in records if each.status in QUEUED_STATUSES), None)
    if record is None:
        return None
    is_delayed = record.status == "delay" and bool(record.expected)
    return Status(QUEUED, f"waits until {record.expected}" if is_delayed else "")


def find_stalled(records: Iterable[QueueRecord]) -> Status | None:
    """Return the status of a download that needs the user, or None; one of the rules of `find_status`."""
    record = next((each for each in records if is_stalled(each)), None)
    return None if record is None else Status(STALLED, find_reason(record))


def is_stalled(record: QueueRecord) -> bool:
    """Return True if a download does not go on without the user; statuses and the dialog of a scene ask."""
    return record.status in FAILED_STATUSES or record.state in FAILED_STATES or record.health == "error"


def find_reason(record: QueueRecord) -> str:
    """Return why a download does not go on: the client's reason, else one of OWN_REASONS. Status and dialog show it."""
    own = OWN_REASONS.get(record.state) or OWN_REASONS.get(record.status) or LAST_REASON
    return find_reason_given(record) or own


def find_reason_given(record: QueueRecord) -> str:
    """Return a download's reason as its client or Whisparr gives it: error, first line or first title.

    The rules of `find_status` show it.
    """
    lines = [line for _, texts in record.messages for line in texts]
    titles = [title for title, _ in record.messages[:1]]
    return next((text for text in (record.error, *lines[:1], *titles) if text), "")


def may_have_failed(status: Status, scene: WhisparrScene | None) -> bool:
    """Return True if a failed download may be the reason why nothing is in the queue: Whisparr has searched before.

    `find_statuses` asks.
    """
    return status.kind == WAITING and scene is not None and bool(scene.last_search) and not scene.is_new


def find_waiting(scene: WhisparrScene, records: Sequence[QueueRecord], failure: str = "") -> Status:
    """Return the status of a scene without a download, and what it waits for; the last rule of `find_status`."""
    if any(each.status == "completed" and each.state in IMPORT_ENDED_STATES for each in records):
        return Status(WAITING, "import finished, library not refreshed yet")
    if records:
        return Status(WAITING, "in Whisparr's queue")
    if not scene.monitored:
        return Status(WAITING, "in Whisparr, not monitored")
    if scene.is_new:
        return Status(WAITING, "search pending")
    if not scene.is_available:
        return Status(WAITING, "not released yet")
    if failure:
        return Status(WAITING, failure)
    return Status(
        WAITING, f"last searched {scene.last_search}, nothing found" if scene.last_search else "never searched"
    )


def find_percent(record: QueueRecord) -> float:
    """Return the finished part of a download in percent, with one decimal, rounded down, for status and dialog."""
    if record.size <= 0:
        return 0.0
    share = math.floor((record.size - record.left) * 1000 / record.size) / 10
    return min(max(share, 0.0), 100.0)


def group_records(records: Iterable[QueueRecord]) -> dict[int, list[QueueRecord]]:
    """Return the lines of Whisparr's queue by its number of the scene; lines without a scene are left out.

    `find_statuses` calls it.
    """
    grouped: dict[int, list[QueueRecord]] = {}
    for record in records:
        if record.movie_id:
            grouped.setdefault(record.movie_id, []).append(record)
    return grouped

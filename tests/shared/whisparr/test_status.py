"""The mapping of scenes and downloads to the five statuses, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from shared.whisparr.model import QueueRecord, WhisparrScene, read_record, read_scene
from shared.whisparr.status import Status, find_status, group_records, unknown_status

ID = "0a0d9ec1-1111-4222-8333-444455556666"


def scene(**fields: Any) -> WhisparrScene:
    return read_scene({"id": 12, "stashId": ID, "monitored": True, "hasFile": False, "isAvailable": True, **fields})


def record(status: str, state: str = "", **fields: Any) -> QueueRecord:
    return read_record({"id": 1, "movieId": 12, "status": status, "trackedDownloadState": state or None, **fields})


DOWNLOADING = record("downloading", "downloading", size=1000, sizeleft=250, timeleft="00:12:34")
STALLED = record("warning", "downloading", errorMessage="The download is stalled with no connections")


def test_a_scene_that_is_not_there_can_be_added() -> None:
    assert find_status(None) == Status("none")
    assert find_status(None).can_add


def test_an_excluded_scene_is_not_offered() -> None:
    status = find_status(None, is_excluded=True)
    assert (status.kind, status.is_excluded, status.can_add) == ("none", True, False)


def test_nothing_is_offered_while_whisparr_cannot_be_asked() -> None:
    assert unknown_status("refused") == Status("unknown", "refused")
    assert not unknown_status("refused").can_add


@pytest.mark.parametrize("said", [{"hasFile": True}, {"movieFileId": 3}, {"statistics": {"movieFileCount": 1}}])
def test_a_file_is_downloaded_however_it_is_said(said: dict[str, Any]) -> None:
    entry = {"id": 12, "stashId": ID, **said}
    assert find_status(read_scene(entry)) == Status("downloaded", movie_id=12)


def test_a_file_with_a_download_is_being_upgraded() -> None:
    assert find_status(scene(hasFile=True), [DOWNLOADING]) == Status("downloaded", is_upgrading=True, movie_id=12)


def test_a_running_download_shows_percent_and_time() -> None:
    assert find_status(scene(), [DOWNLOADING]) == Status("downloading", percent=75.0, seconds_left=754.0, movie_id=12)


def test_a_running_download_beats_a_stalled_one() -> None:
    assert find_status(scene(), [STALLED, DOWNLOADING]).kind == "downloading"


def test_a_running_download_with_a_complaint_keeps_it_as_a_warning() -> None:
    slow = record(
        "downloading",
        "downloading",
        trackedDownloadStatus="warning",
        statusMessages=[{"title": "t", "messages": ["slow"]}],
    )
    status = find_status(scene(), [slow])
    assert (status.kind, status.warning) == ("downloading", "slow")


@pytest.mark.parametrize(
    ("size", "left", "percent"), [(0, 0, 0.0), (1000, 1000, 0.0), (3, 2, 33.3), (100_000, 1, 99.9), (10, 20, 0.0)]
)
def test_percent_is_rounded_down_and_never_100_while_loading(size: int, left: int, percent: float) -> None:
    assert find_status(scene(), [record("downloading", size=size, sizeleft=left)]).percent == percent


@pytest.mark.parametrize("state", ["", "downloading", "importPending", "importing"])
def test_a_complete_download_is_importing(state: str) -> None:
    status = find_status(scene(), [record("completed", state, trackedDownloadStatus="warning")])
    assert status == Status("downloading", "importing", 100.0, is_importing=True, movie_id=12)


@pytest.mark.parametrize("name", ["queued", "fallback", "unknown"])
def test_a_download_that_has_not_begun_is_queued(name: str) -> None:
    assert find_status(scene(), [record(name)]) == Status("queued", movie_id=12)


def test_a_delayed_download_says_until_when() -> None:
    delayed = record("delay", estimatedCompletionTime="2026-01-20T10:00:00Z")
    assert find_status(scene(), [delayed]).detail == "waits until 2026-01-20T10:00:00Z"


MESSAGES = [{"title": "Some.Release", "messages": ["", "No files found are eligible for import"]}]


@pytest.mark.parametrize(
    ("stuck", "reason"),
    [
        (STALLED, "The download is stalled with no connections"),
        (record("failed"), "the download failed"),
        (record("paused", "downloading"), "paused in the download client"),
        (record("downloadClientUnavailable"), "the download client is not available"),
        (record("completed", "importBlocked", statusMessages=MESSAGES), "No files found are eligible for import"),
        (record("completed", "importBlocked", statusMessages=[{"title": "Some.Release"}]), "Some.Release"),
        (record("completed", "importBlocked"), "the import is blocked; look at Whisparr's queue"),
        (record("completed", "failedPending"), "the download failed"),
        (record("completed", "failed"), "the download failed"),
        (record("completed", "importing", trackedDownloadStatus="error"), "Whisparr reports a problem"),
    ],
)
def test_a_download_that_needs_help_is_stalled_with_its_reason(stuck: QueueRecord, reason: str) -> None:
    assert find_status(scene(), [stuck]) == Status("stalled", reason, movie_id=12)


def test_a_record_of_an_unknown_kind_is_waiting_in_the_queue() -> None:
    assert find_status(scene(), [record("newKind")]) == Status("waiting", "in Whisparr's queue", movie_id=12)


@pytest.mark.parametrize("state", ["imported", "ignored"])
def test_an_import_that_ended_waits_for_the_library(state: str) -> None:
    status = find_status(scene(), [record("completed", state)])
    assert (status.kind, status.detail) == ("waiting", "import finished, library not refreshed yet")


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"monitored": False, "addOptions": {"searchForMovie": True}}, "in Whisparr, not monitored"),
        ({"addOptions": {"searchForMovie": True}, "isAvailable": False}, "search pending"),
        ({"isAvailable": False, "lastSearchTime": "2026-01-19T08:00:00Z"}, "not released yet"),
        ({"lastSearchTime": "2026-01-19T08:00:00Z"}, "last searched 2026-01-19T08:00:00Z, nothing found"),
        ({}, "never searched"),
    ],
)
def test_a_scene_without_a_download_is_waiting_and_says_why(fields: dict[str, Any], detail: str) -> None:
    assert find_status(scene(**fields)) == Status("waiting", detail, movie_id=12)


@pytest.mark.parametrize(
    ("span", "seconds"), [("00:12:34", 754.0), ("1.02:03:04", 93_784.0), ("soon", None), (None, None)]
)
def test_lengths_of_time_are_read_as_dotnet_writes_them(span: str | None, seconds: float | None) -> None:
    assert record("downloading", timeleft=span).time_left == seconds


def test_newer_names_of_size_and_time_are_read_too() -> None:
    newer = record("downloading", size=10, sizeLeft=5, timeLeft="00:00:09")
    assert (newer.left, newer.time_left) == (5, 9)


def test_downloads_without_a_scene_are_left_out() -> None:
    unknown = read_record({"id": 2, "status": "downloading"})
    assert group_records([DOWNLOADING, unknown]) == {12: [DOWNLOADING]}


@pytest.mark.parametrize(
    ("entry", "stash_id"),
    [
        ({"foreignId": f"stash:{ID.upper()}"}, ID),
        ({"foreignId": "12345", "itemType": "movie"}, ""),
        ({"foreignId": "tpdbid:77"}, ""),
        ({"foreignId": ID, "stashId": ID}, ID),
    ],
)
def test_scenes_are_known_by_their_bare_id_and_films_have_none(entry: dict[str, Any], stash_id: str) -> None:
    assert read_scene({"id": 1, **entry}).stash_id == stash_id

"""The client for a Whisparr v3; Missing Scenes reads and writes Whisparr only through this folder.

whisparr = Whisparr(Http(make_whisparr_service(url, key), clock=call.clock), known=program_of_last_time)
whisparr.connect()                                    # raises what is wrong, or returns the program
read_statuses(whisparr, ids, [PageEntity("performer", performer_id)])     # shared/whisparr/page_status.py
add_scene(whisparr, NewScene(stash_id, title, profile, folder))       # shared/whisparr/add.py
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.errors import Conflict, NotFound, ServerFailed
from shared.http import Http, Request
from shared.reply_fields import int_of, text_of
from shared.whisparr.failure_cache import FailureCache
from shared.whisparr.model import (
    Exclusion,
    HealthWarning,
    QueueRecord,
    SettingOption,
    WhisparrProgram,
    WhisparrScene,
    plain_id,
    read_exclusion,
    read_record,
    read_scene,
)
from shared.whisparr.status import is_importing
from shared.whisparr.wire import API, WhisparrRequests

BULK_SIZE = 500
ENTITY_LISTS = {"performer": "Performer", "studio": "Studio"}


class MonitoringResult(NamedTuple):
    """The numbers of the scenes whose monitoring changed, and of those that are not in Whisparr any more."""

    changed: tuple[int, ...]
    gone: tuple[int, ...]


class Whisparr:
    """One Whisparr v3; `known`, the `program` of an earlier connection, saves the first request.

    `failures` caches the failed downloads for statuses; without it, each reading is of a whole month.
    """

    def __init__(self, http: Http, known: WhisparrProgram | None = None, failures: FailureCache | None = None) -> None:
        self.wire = WhisparrRequests(http, known)
        self.failures = failures

    @property
    def program(self) -> WhisparrProgram | None:
        """Return the program that answered; the caller keeps it with its address for the next process."""
        return self.wire.program

    def connect(self) -> WhisparrProgram:
        """Return the program, for set-up tests and dialogs.

        Raise the error that says what is wrong with address, key, program or version.
        """
        return self.wire.connect()

    def list_profiles(self) -> list[SettingOption]:
        """Return Whisparr's quality profiles, for the settings and for adding scenes."""
        return self._list_choices("qualityprofile", "name", "listing the quality profiles")

    def list_root_folders(self) -> list[SettingOption]:
        """Return Whisparr's root folders, for the settings and for adding scenes."""
        return self._list_choices("rootfolder", "path", "listing the root folders")

    def list_tags(self) -> list[SettingOption]:
        """Return Whisparr's tags, for the settings and for adding scenes."""
        return self._list_choices("tag", "label", "listing the tags")

    def _list_choices(self, route: str, name: str, operation: str) -> list[SettingOption]:
        return [SettingOption(int_of(row, "id"), text_of(row, name)) for row in self.wire.read_rows(route, operation)]

    def add_tag(self, label: str) -> SettingOption:
        """Return the tag with this label, created if missing; adding scenes uses it. Letters a to z, digits, hyphen."""
        operation = "adding a tag"
        row = self.wire.check_object(self.wire.write("POST", "tag", operation, json={"label": label}), operation)
        return SettingOption(int_of(row, "id"), text_of(row, "label"))

    def list_health(self) -> list[HealthWarning]:
        """Return the warnings of Whisparr's health page, for the set-up test."""
        rows = self.wire.read_rows("health", "reading its health")
        return [HealthWarning(text_of(row, "type"), text_of(row, "message")) for row in rows]

    def find_scene(self, stash_id: str) -> WhisparrScene | None:
        """Return the scene with this StashDB id in Whisparr's library, or None; adds, clean-up and status ask."""
        rows = self.wire.read_rows("movie", "looking for a scene", {"stashId": plain_id(stash_id)})
        scenes = [read_scene(row) for row in rows]
        return next((scene for scene in scenes if scene.stash_id == plain_id(stash_id)), None)

    def read_scene(self, movie_id: int) -> WhisparrScene | None:
        """Return the scene with this number in Whisparr's library, or None; the undo of an add asks."""
        return next(self.iter_scenes([movie_id]), None)

    def iter_scenes(self, movie_ids: Sequence[int], size: int = BULK_SIZE) -> Iterator[WhisparrScene]:
        """Yield the scenes with these numbers, for statuses and the clean-up; numbers that are gone are left out."""
        operation = "reading scenes"
        for start in range(0, len(movie_ids), size):
            ids = list(movie_ids[start : start + size])
            rows = self.wire.write("POST", "movie/bulk", operation, json=ids, repeatable=True)
            yield from (read_scene(row) for row in self.wire.check_rows(rows, operation))

    def list_movie_ids(self) -> list[int]:
        """Return the numbers of all scenes and films, by one small request; the clean-up walks through them."""
        operation = "listing the library"
        return self.wire.check_ids(self.wire.read("movie/list", operation), operation)

    def list_entity_ids(self, kind: str, stash_id: str) -> list[int]:
        """Return Whisparr's numbers of all scenes of a "performer" or "studio", for `read_statuses` on its page."""
        operation = f"listing the scenes of a {kind}"
        params = {f"{kind}ForeignId": plain_id(stash_id)}
        return self.wire.check_ids(
            self.wire.read(f"movie/listBy{ENTITY_LISTS[kind]}ForeignId", operation, params), operation
        )

    def read_queue(self, movie_id: int | None = None) -> list[QueueRecord]:
        """Return the lines of the download queue, all or those of one scene.

        Statuses, the progress of a scene, the clean-up and the undo of an add call it.
        """
        rows = self.wire.read_rows("queue/details", "reading the queue", {"movieId": movie_id})
        return [read_record(row) for row in rows]

    def is_importing(self, movie_id: int) -> bool:
        """Return True if a file of the scene is about to be imported, which removing the scene now would lose.

        The undo of an add asks.
        """
        return any(is_importing(record) for record in self.read_queue(movie_id))

    def list_exclusions(self) -> list[Exclusion]:
        """Return all exclusions, which Missing Scenes caches to mark excluded scenes."""
        return [read_exclusion(row) for row in self.wire.read_rows("exclusions", "listing the exclusions")]

    def find_exclusion(self, stash_id: str) -> Exclusion | None:
        """Return the exclusion of a scene, or None; adding a scene looks for it first."""
        rows = self.wire.read_rows("exclusions", "looking for an exclusion", {"stashId": plain_id(stash_id)})
        found = (read_exclusion(row) for row in rows)
        return next((each for each in found if each.stash_id == plain_id(stash_id)), None)

    def add_exclusion(self, stash_id: str, title: str) -> Exclusion:
        """Forbid Whisparr to add a scene, for the operation `whisparr_exclude`.

        Return the exclusion, which may be there already.
        """
        if present := self.find_exclusion(stash_id):
            return present
        operation = "excluding a scene"
        body = {"foreignId": plain_id(stash_id), "movieTitle": title or plain_id(stash_id), "type": "scene"}
        row = self.wire.write("POST", "exclusions", operation, json=body)
        return read_exclusion(self.wire.check_object(row, operation))

    def remove_scene(self, movie_id: int, *, exclude: bool = True) -> bool:
        """Remove a scene from the library, never its files, for the clean-up; return False if it was gone already.

        Without `exclude` a monitored performer, studio or import list adds it again within a day.
        """
        params = {"deleteFiles": False, "addImportExclusion": exclude}
        return self._delete(f"movie/{movie_id}", "removing a scene", params)

    def _delete(self, route: str, operation: str, params: dict[str, bool] | None = None) -> bool:
        request = Request("DELETE", f"{API}/{route}", params=params or {}, expect="json-or-empty", operation=operation)
        try:
            self.wire.ask(request)
        except NotFound:
            return False
        return True

    def set_monitored(self, movie_ids: Sequence[int], monitored: bool) -> MonitoringResult:
        """Monitor scenes in Whisparr or not, and return which were changed and which are gone.

        The clean-up of Whisparr calls it, which may unmonitor scenes instead of removing them, and so does its
        undo.
        """
        try:
            self._edit_monitored(movie_ids, monitored)
            return MonitoringResult(tuple(movie_ids), ())
        except ServerFailed:
            present = [scene.id for scene in self.iter_scenes(movie_ids)]
            if len(present) == len(set(movie_ids)):
                raise
        if present:
            self._edit_monitored(present, monitored)
        return MonitoringResult(tuple(present), tuple(each for each in movie_ids if each not in present))

    def _edit_monitored(self, movie_ids: Sequence[int], monitored: bool) -> None:
        body = {"movieIds": list(movie_ids), "monitored": monitored}
        self.wire.write("PUT", "movie/editor", "changing what is monitored", json=body, repeatable=False)

    def cancel_downloads(self, movie_id: int) -> int:
        """Stop the downloads of a scene, also in the download client, and return how many there were.

        The undo of an add calls it.
        """
        records = self.read_queue(movie_id)
        for record in records:
            self._delete(f"queue/{record.id}", "stopping a download", {"removeFromClient": True, "blocklist": False})
        return len(records)

    def undo_add(self, movie_id: int, stash_id: str) -> bool:
        """Remove a scene that a plugin added, for the undo of a run; return False if it was gone already.

        Raise Conflict if the number belongs to another scene now, or if a file was downloaded since.
        """
        scene = self.read_scene(movie_id)
        if scene is None:
            return False
        if scene.stash_id != plain_id(stash_id):
            raise Conflict(f'Number {movie_id} in Whisparr is another scene now ("{scene.title}"). It was left alone.')
        if scene.has_file or self.is_importing(movie_id):
            raise Conflict(f'"{scene.title}" has been downloaded since. Remove it in Whisparr if you do not want it.')
        self.cancel_downloads(movie_id)
        return self.remove_scene(movie_id, exclude=False)

"""The Whisparr adapter: everything the plugins ask of a Whisparr v3.

whisparr = Whisparr(Http(make_whisparr_service(url, key), clock=call.clock), known=program_of_last_time)
whisparr.connect()                                    # raises what is wrong, or tells which program answers
read_statuses(whisparr, ids, [Entity("performer", performer_id)])     # shared/whisparr/page_status.py
add_scene(whisparr, NewScene(stash_id, title, profile, folder))       # shared/whisparr/add.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shared.errors import Conflict, NotFound, ServerFailed
from shared.http import Http, Request
from shared.whisparr.model import (
    Exclusion,
    Health,
    QueueRecord,
    SceneLookup,
    SettingOption,
    WhisparrProgram,
    WhisparrScene,
    int_of,
    plain_id,
    read_exclusion,
    read_record,
    read_scene,
    text_of,
)
from shared.whisparr.status import is_importing
from shared.whisparr.wire import API, WhisparrRequests

BULK_SIZE = 500
ENTITY_LISTS = {"performer": "Performer", "studio": "Studio"}


class Unmonitored(NamedTuple):
    """The scenes whose monitoring changed, and those that are not in Whisparr any more."""

    changed: tuple[int, ...]
    gone: tuple[int, ...]


class Whisparr:
    """One Whisparr v3. With `known` (the `program` of an earlier connection) the first request is saved."""

    def __init__(self, http: Http, known: WhisparrProgram | None = None) -> None:
        self.wire = WhisparrRequests(http, known)

    @property
    def program(self) -> WhisparrProgram | None:
        """The program that answered; the next process may reuse it together with its address."""
        return self.wire.program

    def connect(self) -> WhisparrProgram:
        """Proves address, key, program and version; each failure is an error of its own."""
        return self.wire.connect()

    def list_profiles(self) -> list[SettingOption]:
        """The quality profiles."""
        return self._list_choices("qualityprofile", "name", "listing the quality profiles")

    def list_root_folders(self) -> list[SettingOption]:
        """The root folders."""
        return self._list_choices("rootfolder", "path", "listing the root folders")

    def list_tags(self) -> list[SettingOption]:
        """The tags."""
        return self._list_choices("tag", "label", "listing the tags")

    def _list_choices(self, route: str, name: str, operation: str) -> list[SettingOption]:
        return [SettingOption(int_of(row, "id"), text_of(row, name)) for row in self.wire.read_rows(route, operation)]

    def add_tag(self, label: str) -> SettingOption:
        """The tag of that label, made when it is not there (letters a to z, digits, hyphen)."""
        operation = "adding a tag"
        row = self.wire.check_object(self.wire.write("POST", "tag", operation, json={"label": label}), operation)
        return SettingOption(int_of(row, "id"), text_of(row, "label"))

    def list_health(self) -> list[Health]:
        """Return Whisparr's own complaints."""
        rows = self.wire.read_rows("health", "reading its health")
        return [Health(text_of(row, "type"), text_of(row, "message")) for row in rows]

    def find_scene(self, stash_id: str) -> WhisparrScene | None:
        """The library's scene of that UUID."""
        rows = self.wire.read_rows("movie", "looking for a scene", {"stashId": plain_id(stash_id)})
        scenes = [read_scene(row) for row in rows]
        return next((scene for scene in scenes if scene.stash_id == plain_id(stash_id)), None)

    def read_scene(self, movie_id: int) -> WhisparrScene | None:
        """The library's scene of that number."""
        return next(self.iter_scenes([movie_id]), None)

    def iter_scenes(self, movie_ids: Sequence[int], size: int = BULK_SIZE) -> Iterator[WhisparrScene]:
        """The library's scenes of those numbers, `size` in one request; unknown ones are left out."""
        operation = "reading scenes"
        for start in range(0, len(movie_ids), size):
            ids = list(movie_ids[start : start + size])
            rows = self.wire.write("POST", "movie/bulk", operation, json=ids, repeatable=True)
            yield from (read_scene(row) for row in self.wire.check_rows(rows, operation))

    def list_movie_ids(self) -> list[int]:
        """The numbers of all scenes and films, which is cheap."""
        operation = "listing the library"
        return self.wire.check_ids(self.wire.read("movie/list", operation), operation)

    def list_entity_ids(self, kind: str, stash_id: str) -> list[int]:
        """The numbers of all scenes of a "performer" or of a "studio" (without its sub-studios)."""
        operation = f"listing the scenes of a {kind}"
        params = {f"{kind}ForeignId": plain_id(stash_id)}
        return self.wire.check_ids(
            self.wire.read(f"movie/listBy{ENTITY_LISTS[kind]}ForeignId", operation, params), operation
        )

    def read_queue(self, movie_id: int | None = None) -> list[QueueRecord]:
        """All downloads, or those of one scene."""
        rows = self.wire.read_rows("queue/details", "reading the queue", {"movieId": movie_id})
        return [read_record(row) for row in rows]

    def is_importing(self, movie_id: int) -> bool:
        """True if a file of the scene is about to be imported; deleting the scene now would strand it."""
        return any(is_importing(record) for record in self.read_queue(movie_id))

    def look_up(self, stash_id: str) -> SceneLookup:
        """Return the metadata service's answer about a scene; raises MetadataDown if it does not answer."""
        rows = self.wire.read_rows("lookup/scene", "looking a scene up", {"term": f"stash:{plain_id(stash_id)}"})
        movies = [row["movie"] for row in rows if isinstance(row.get("movie"), dict)]
        if not movies:
            return SceneLookup(False, None, False)
        scene = read_scene(movies[0])
        return SceneLookup(True, scene if scene.id else None, bool(movies[0].get("isExcluded")))

    def list_exclusions(self) -> list[Exclusion]:
        """The excluded scenes."""
        return [read_exclusion(row) for row in self.wire.read_rows("exclusions", "listing the exclusions")]

    def find_exclusion(self, stash_id: str) -> Exclusion | None:
        """The exclusion of a scene."""
        rows = self.wire.read_rows("exclusions", "looking for an exclusion", {"stashId": plain_id(stash_id)})
        found = (read_exclusion(row) for row in rows)
        return next((each for each in found if each.stash_id == plain_id(stash_id)), None)

    def add_exclusion(self, stash_id: str, title: str) -> Exclusion:
        """Forbids Whisparr to add a scene; the exclusion there is when it was forbidden already."""
        if present := self.find_exclusion(stash_id):
            return present
        operation = "excluding a scene"
        body = {"foreignId": plain_id(stash_id), "movieTitle": title or plain_id(stash_id), "type": "scene"}
        row = self.wire.write("POST", "exclusions", operation, json=body)
        return read_exclusion(self.wire.check_object(row, operation))

    def remove_scene(self, movie_id: int, *, exclude: bool = True) -> bool:
        """Takes a scene out of the library, never its files; False when it was gone already.

        Without `exclude` a monitored performer, studio or import list brings it back within a day.
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

    def set_monitored(self, movie_ids: Sequence[int], monitored: bool) -> Unmonitored:
        """Changes monitoring and nothing else; one number that is gone does not stop the others."""
        try:
            self._edit_monitored(movie_ids, monitored)
            return Unmonitored(tuple(movie_ids), ())
        except ServerFailed:
            present = [scene.id for scene in self.iter_scenes(movie_ids)]
            if len(present) == len(set(movie_ids)):
                raise
        if present:
            self._edit_monitored(present, monitored)
        return Unmonitored(tuple(present), tuple(each for each in movie_ids if each not in present))

    def _edit_monitored(self, movie_ids: Sequence[int], monitored: bool) -> None:
        body = {"movieIds": list(movie_ids), "monitored": monitored}
        self.wire.write("PUT", "movie/editor", "changing what is monitored", json=body, repeatable=False)

    def cancel_downloads(self, movie_id: int) -> int:
        """Stops the downloads of a scene, in the download client as well; how many there were."""
        records = self.read_queue(movie_id)
        for record in records:
            self._delete(f"queue/{record.id}", "stopping a download", {"removeFromClient": True, "blocklist": False})
        return len(records)

    def undo_add(self, movie_id: int, stash_id: str) -> bool:
        """Takes out what an add of ours put in, with its downloads; False when it was gone already.

        Refuses with Conflict when the number belongs to another scene now, or when a file has arrived since.
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

    def search(self, movie_ids: Iterable[int]) -> int:
        """Asks Whisparr to look for releases; the number of the command."""
        operation = "starting a search"
        body = {"name": "MoviesSearch", "movieIds": list(movie_ids)}
        row = self.wire.write("POST", "command", operation, json=body)
        return int_of(self.wire.check_object(row, operation), "id")

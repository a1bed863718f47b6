"""Scenes with the fields that concern Plex, read from Stash at the time of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from shared.paths import file_name
from shared.plex.matching import SceneFile
from shared.stash import StashClient, is_placeholder

FIELDS = """title details code director date rating100 organized created_at updated_at studio { name }
  performers { name image_path } tags { name } files { path size duration } paths { screenshot }
  scene_markers { screenshot }"""

TEXTS = ("title", "details", "code", "director", "date", "created_at", "updated_at")


class ScenePerformer(NamedTuple):
    """A performer of a scene; `picture` is an address in Stash, empty if Stash has none."""

    name: str
    picture: str = ""


class StashScene(NamedTuple):
    """A scene with the fields that concern Plex; `cover` and `stills` are addresses in Stash."""

    id: int
    title: str = ""
    details: str = ""
    code: str = ""
    director: str = ""
    date: str = ""
    rating100: int | None = None
    organized: bool = False
    created_at: str = ""
    updated_at: str = ""
    studio: str = ""
    performers: tuple[ScenePerformer, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[SceneFile, ...] = ()
    cover: str = ""
    stills: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the title, else the file name, else the number."""
        return self.title or (file_name(self.files[0].path) if self.files else f"Scene {self.id}")

    @property
    def is_bare(self) -> bool:
        """Return True if the scene has no metadata yet, as after a scan."""
        entered = (self.title, self.details, self.code, self.director, self.date, self.studio)
        return not any(entered) and self.rating100 is None and not self.performers and not self.tags


def read_scenes(stash: StashClient, ids: Iterable[int]) -> dict[int, StashScene]:
    """Return the scenes with these ids from Stash, by id, for syncs, comparisons and operations.

    Ids that Stash does not have are left out.
    """
    return {number: make_scene(row) for number, row in stash.scenes.read(ids, FIELDS).items()}


def read_labels(stash: StashClient, ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of these scenes, or else their file names, by id; the Queue tab shows them.

    Ids that Stash does not have are left out.
    """
    rows = stash.scenes.read(ids, "title files { path }")
    return {number: name_scene(number, row["title"], row["files"]) for number, row in rows.items()}


def name_scene(number: int, title: str | None, files: Sequence[Mapping[str, Any]]) -> str:
    """Return the title of a scene for messages and the page, else its file name, else its number."""
    return title or (file_name(files[0]["path"]) if files else f"Scene {number}")


def make_scene(row: Mapping[str, Any]) -> StashScene:
    """Return a scene from a row of Stash's answer; `read_scenes` calls it."""
    return StashScene(
        id=int(row["id"]),
        **{name: str(row.get(name) or "") for name in TEXTS},
        rating100=row["rating100"],
        organized=bool(row["organized"]),
        studio=(row["studio"] or {}).get("name") or "",
        performers=tuple(make_performer(each) for each in row["performers"]),
        tags=tuple(tag["name"] for tag in row["tags"]),
        files=tuple(
            SceneFile(each["path"], int(each["size"] or 0), float(each["duration"] or 0)) for each in row["files"]
        ),
        cover=str(row["paths"]["screenshot"] or ""),
        stills=tuple(each["screenshot"] for each in row["scene_markers"] if each["screenshot"]),
    )


def make_performer(row: Mapping[str, Any]) -> ScenePerformer:
    """Return a scene's performer from Stash's answer; `make_scene` calls it.

    Stash's default picture counts as none.
    """
    picture = row.get("image_path")
    return ScenePerformer(row["name"], "" if is_placeholder(picture) else str(picture))

"""The kinds of records: how each is asked for and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Generic

from shared.stash_box.capabilities import Capabilities
from shared.stash_box.queries.selections import (
    select_candidate,
    select_performer,
    select_scene,
    select_scene_tags,
    select_studio,
    select_tag,
)
from shared.stash_box.records.parse import read_performer, read_scene, read_scene_tags, read_studio, read_tag
from shared.stash_box.records.types import Performer, RecordT, Scene, SceneTags, Studio, Tag


@dataclass(frozen=True)
class Kind(Generic[RecordT]):
    """`word` is for sentences, `type` the name in the schema, `batch` separates large records from small ones."""

    word: str
    type: str
    batch: str
    select: Callable[[Capabilities], str]
    read: Callable[[Any], RecordT]

    @property
    def find(self) -> str:
        """The query for one record."""
        return f"find{self.type}"


SCENE: Kind[Scene] = Kind("scene", "Scene", "scene", select_scene, read_scene)
SCENE_TAGS: Kind[SceneTags] = Kind("scene", "Scene", "scene_tags", select_scene_tags, read_scene_tags)
PERFORMER: Kind[Performer] = Kind("performer", "Performer", "performer", select_performer, read_performer)
STUDIO: Kind[Studio] = Kind("studio", "Studio", "studio", select_studio, read_studio)
TAG: Kind[Tag] = Kind("tag", "Tag", "tag", select_tag, read_tag)
CANDIDATE: Kind[Performer] = Kind("performer", "Performer", "candidate", select_candidate, read_performer)

"""The kinds of records of a box: the query, the requested fields and the parser of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Generic, cast

from shared.reply_shape import Shape, find_mistake
from shared.stash_box.capabilities import BoxCapabilities
from shared.stash_box.queries.selections import (
    select_candidate,
    select_own_prints,
    select_performer,
    select_scene,
    select_scene_fields,
    select_scene_prints,
    select_scene_tags,
    select_scene_tags_prints,
    select_studio,
    select_tag,
)
from shared.stash_box.records import shapes
from shared.stash_box.records.clean import clean_record
from shared.stash_box.records.parse import read_performer, read_scene, read_scene_tags, read_studio, read_tag
from shared.stash_box.records.types import Performer, RecordT, Scene, Studio, Tag, TaggedScene


@dataclass(frozen=True)
class RecordKind(Generic[RecordT]):
    """One kind of record.

    `word` names it in messages, `type` in the schema. Batch sizes are kept per `batch`, as records differ in size.
    `keep` is given each row before it is read.
    """

    word: str
    type: str
    batch: str
    select: Callable[[BoxCapabilities], str]
    parse: Callable[[Any], RecordT]
    shape: Shape
    keep: Callable[[Any], None] | None = None

    def find_mistake(self, row: Any) -> str:
        """Return why a row of a reply cannot be read, such as "aliases is a number"; empty if it can.

        The readers of rows ask before `read`.
        """
        return find_mistake(row, self.shape) or ("" if row.get("id") else "it has no id")

    def read(self, row: Any) -> RecordT:
        """Return the record for a row without a mistake, without what no record should hold.

        The readers of rows call it.
        """
        if self.keep is not None:
            self.keep(row)
        left_out = clean_record(row)
        record = self.parse(row)
        return cast("RecordT", record._replace(left_out=left_out)) if left_out else record

    @property
    def find(self) -> str:
        """Return the name of the query for one record, such as findScene, for lookups."""
        return f"find{self.type}"


SCENE: RecordKind[Scene] = RecordKind("scene", "Scene", "scene", select_scene, read_scene, shapes.SCENE)
SCENE_TAGS: RecordKind[TaggedScene] = RecordKind(
    "scene", "Scene", "scene_tags", select_scene_tags, read_scene_tags, shapes.SCENE_TAGS
)
SCENE_TAGS_PRINTS: RecordKind[TaggedScene] = RecordKind(
    "scene", "Scene", "scene_tags", select_scene_tags_prints, read_scene_tags, shapes.SCENE_TAGS
)
SCENE_PRINTS: RecordKind[Scene] = RecordKind(
    "scene", "Scene", "scene_prints", select_scene_prints, read_scene, shapes.SCENE
)
SCENE_FIELDS: RecordKind[Scene] = RecordKind(
    "scene", "Scene", "scene_fields", select_scene_fields, read_scene, shapes.SCENE
)
# Only the tags are read, but the box is asked for all fields, which another plugin needs.
SCENE_TAGS_AND_FIELDS: RecordKind[TaggedScene] = RecordKind(
    "scene", "Scene", "scene_fields", select_scene_fields, read_scene_tags, shapes.SCENE_TAGS
)
OWN_PRINTS: RecordKind[Scene] = RecordKind("scene", "Scene", "own_prints", select_own_prints, read_scene, shapes.SCENE)
PERFORMER: RecordKind[Performer] = RecordKind(
    "performer", "Performer", "performer", select_performer, read_performer, shapes.PERFORMER
)
STUDIO: RecordKind[Studio] = RecordKind("studio", "Studio", "studio", select_studio, read_studio, shapes.STUDIO)
TAG: RecordKind[Tag] = RecordKind("tag", "Tag", "tag", select_tag, read_tag, shapes.TAG)
CANDIDATE: RecordKind[Performer] = RecordKind(
    "performer", "Performer", "candidate", select_candidate, read_performer, shapes.PERFORMER
)

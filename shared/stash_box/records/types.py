"""Records of a box, and the outcomes of looking one up. A field that a box lacks is None or an empty tuple.

`left_out` says in words which values of the box were not taken (`clean.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar, Union

from shared.errors import ServiceError

SVG_WIDTH = -1


class SiteLink(NamedTuple):
    """A URL of a record, and the box's name for its site."""

    url: str
    site: str = ""


class Image(NamedTuple):
    """A picture of a record; another picture has another `id`. SVG pictures have a width of -1."""

    id: str
    url: str
    width: int | None = None
    height: int | None = None

    @property
    def is_raster(self) -> bool:
        """Return False if the box says that the picture is SVG, which is never stored; the choice of a picture asks."""
        return self.width != SVG_WIDTH


class Ref(NamedTuple):
    """Id and name of a record that another record mentions."""

    id: str
    name: str


class Category(NamedTuple):
    """A category of tags; `group` is PEOPLE, SCENE or ACTION."""

    id: str
    name: str
    group: str = ""
    description: str | None = None


class Tag(NamedTuple):
    """A tag."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    category: Category | None = None
    deleted: bool = False
    updated: str | None = None
    left_out: tuple[str, ...] = ()


class Studio(NamedTuple):
    """A studio; `is_favorite` is None if the box has no favorites."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[SiteLink, ...] = ()
    parent: Ref | None = None
    images: tuple[Image, ...] = ()
    deleted: bool = False
    is_favorite: bool | None = None
    updated: str | None = None
    left_out: tuple[str, ...] = ()


class BodyMark(NamedTuple):
    """A tattoo or piercing."""

    location: str
    description: str | None = None


class Performer(NamedTuple):
    """A performer; dates are as exact as the box knows them (`1990`, `1990-05`, `1990-05-17`).

    `scene_count` is set by searches only.
    """

    id: str
    name: str
    disambiguation: str | None = None
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    links: tuple[SiteLink, ...] = ()
    birth_date: str | None = None
    death_date: str | None = None
    ethnicity: str | None = None
    country: str | None = None
    eye_color: str | None = None
    hair_color: str | None = None
    height: int | None = None
    cup_size: str | None = None
    band_size: int | None = None
    waist_size: int | None = None
    hip_size: int | None = None
    breast_type: str | None = None
    career_start_year: int | None = None
    career_end_year: int | None = None
    tattoos: tuple[BodyMark, ...] = ()
    piercings: tuple[BodyMark, ...] = ()
    images: tuple[Image, ...] = ()
    deleted: bool = False
    merged_into_id: str | None = None
    merged_ids: tuple[str, ...] = ()
    is_favorite: bool | None = None
    updated: str | None = None
    scene_count: int | None = None
    left_out: tuple[str, ...] = ()


class Appearance(NamedTuple):
    """A performer in a scene; `alias` is the name the scene gives them, if it is another one."""

    performer: Ref
    alias: str | None = None
    gender: str | None = None


class BoxFingerprint(NamedTuple):
    """A fingerprint submitted for a scene: algorithm, hash, and the duration of that file.

    `votes` are submissions less reports, None if they were not asked for. `own` is the vote of the key's user: 1 for
    a submission, -1 for a report, 0 for neither, None if the box does not say.
    """

    algorithm: str
    hash: str
    duration: int
    votes: int | None = None
    own: int | None = None


class Scene(NamedTuple):
    """A scene; `fingerprints` is None if the box did not send them."""

    id: str
    title: str | None = None
    code: str | None = None
    details: str | None = None
    director: str | None = None
    date: str | None = None
    duration: int | None = None
    studio: Ref | None = None
    performers: tuple[Appearance, ...] = ()
    tags: tuple[Ref, ...] = ()
    links: tuple[SiteLink, ...] = ()
    images: tuple[Image, ...] = ()
    deleted: bool = False
    created: str | None = None
    updated: str | None = None
    fingerprints: tuple[BoxFingerprint, ...] | None = None
    left_out: tuple[str, ...] = ()


class TaggedScene(NamedTuple):
    """The tags of a scene for the scene sync, with what tells if a local file is this scene.

    `fingerprints` is None if they were not asked for.
    """

    id: str
    tags: tuple[Ref, ...] = ()
    deleted: bool = False
    updated: str | None = None
    left_out: tuple[str, ...] = ()
    title: str | None = None
    duration: int | None = None
    fingerprints: tuple[BoxFingerprint, ...] | None = None


Record = Union[Performer, Scene, TaggedScene, Studio, Tag]
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class LookupFound(Generic[RecordT]):
    """The box has this record."""

    id: str
    record: RecordT


@dataclass(frozen=True)
class Merged(Generic[RecordT]):
    """The record was merged into another one: `into` is its id, `record` that record."""

    id: str
    into: str
    record: RecordT


@dataclass(frozen=True)
class Deleted:
    """The record was deleted at the box without a successor."""

    id: str


@dataclass(frozen=True)
class Missing:
    """The box does not have this id, or the id is malformed."""

    id: str


@dataclass(frozen=True)
class LookupFailed:
    """The lookup of this id failed; it may succeed another time."""

    id: str
    error: ServiceError


Outcome = Union[LookupFound[RecordT], Merged[RecordT], Deleted, Missing, LookupFailed]

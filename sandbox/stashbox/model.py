"""The records of a box: plain data that refer to each other by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Union


class DrawnImage(NamedTuple):
    """An image of the box; its bytes are drawn from its id when asked for. Width -1 is an SVG."""

    id: str
    width: int
    height: int
    kind: str = "jpeg"


class SiteLink(NamedTuple):
    """A URL and the site it belongs to."""

    url: str
    site_id: str


class Fingerprint(NamedTuple):
    """A file's hash that users submitted; `value` is the 64-bit number."""

    value: int
    algorithm: str
    duration: int
    submissions: int = 1
    reports: int = 0

    @property
    def hash(self) -> str:
        """Return the hash as the box writes it."""
        return f"{self.value:016x}"


class PrintVote(NamedTuple):
    """A user's vote on a fingerprint of a scene: 1 submits it, -1 reports it; and the length of the user's file."""

    vote: int
    duration: int


class Credit(NamedTuple):
    """A performer in a scene, under another name if `alias` is set."""

    performer_id: str
    alias: str | None = None


class BodyMark(NamedTuple):
    """A tattoo or piercing."""

    location: str
    description: str | None = None


@dataclass(eq=False)
class BoxEntity:
    """The fields all records have; times are RFC 3339."""

    id: str
    created: str
    updated: str
    deleted: bool = field(default=False, init=False)


@dataclass(eq=False)
class Category(BoxEntity):
    """A tag category."""

    name: str
    group: str = "SCENE"
    description: str | None = None


@dataclass(eq=False)
class Site(BoxEntity):
    """A web site URLs belong to."""

    name: str
    url: str | None = None


@dataclass(eq=False)
class Tag(BoxEntity):
    """A tag."""

    name: str
    description: str | None = None
    aliases: list[str] = field(default_factory=list)
    category_id: str | None = None


@dataclass(eq=False)
class Studio(BoxEntity):
    """A studio or, with studios below it, a network."""

    name: str
    aliases: list[str] = field(default_factory=list)
    links: list[SiteLink] = field(default_factory=list)
    parent_id: str | None = None
    images: list[DrawnImage] = field(default_factory=list)


@dataclass(eq=False)
class Performer(BoxEntity):
    """A performer; dates may be `YYYY`, `YYYY-MM` or whole."""

    name: str
    disambiguation: str | None = None
    aliases: list[str] = field(default_factory=list)
    gender: str | None = None
    links: list[SiteLink] = field(default_factory=list)
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
    tattoos: list[BodyMark] | None = None
    piercings: list[BodyMark] | None = None
    images: list[DrawnImage] = field(default_factory=list)
    merged_into_id: str | None = None
    merged_ids: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Scene(BoxEntity):
    """A scene."""

    title: str | None = None
    details: str | None = None
    release_date: str | None = None
    production_date: str | None = None
    links: list[SiteLink] = field(default_factory=list)
    studio_id: str | None = None
    tag_ids: list[str] = field(default_factory=list)
    images: list[DrawnImage] = field(default_factory=list)
    performers: list[Credit] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    duration: int | None = None
    director: str | None = None
    code: str | None = None


Target = Union[Performer, Scene, Studio, Tag]


@dataclass(eq=False)
class Edit(BoxEntity):
    """A change to the box; merges name their sources."""

    operation: str
    target_type: str
    target_id: str
    source_ids: list[str] = field(default_factory=list)
    status: str = "ACCEPTED"
    applied: bool = True


class FingerprintMovedScene(NamedTuple):
    """A notice: a moderator moved a perceptual hash that the user submitted; GraphQL has a type of this name."""

    source_id: str
    target_id: str
    fingerprint_hash: str
    created: str
    is_read: bool = False


class FavoritePerformerScene(NamedTuple):
    """A notice: the box has a new scene of a performer whom the user marked as a favorite."""

    scene_id: str
    created: str
    is_read: bool = False


class FavoriteStudioScene(NamedTuple):
    """A notice: the box has a new scene of a studio that the user marked as a favorite."""

    scene_id: str
    created: str
    is_read: bool = False


BoxNotice = Union[FavoritePerformerScene, FavoriteStudioScene, FingerprintMovedScene]
# Without the kinds about favorites and fingerprints, which a user has to switch on.
SUBSCRIBED = (
    "COMMENT_OWN_EDIT",
    "DOWNVOTE_OWN_EDIT",
    "FAILED_OWN_EDIT",
    "COMMENT_COMMENTED_EDIT",
    "COMMENT_VOTED_EDIT",
    "UPDATED_EDIT",
)


@dataclass(eq=False)
class Account:
    """A user of the box, what that user likes, the user's votes on fingerprints, and the notices to the user."""

    name: str
    key: str
    roles: tuple[str, ...] = ("READ", "VOTE", "EDIT")
    performers: set[str] = field(default_factory=set)
    studios: set[str] = field(default_factory=set)
    votes: dict[tuple[str, str, int], PrintVote] = field(default_factory=dict)  # by scene, algorithm and value
    subscriptions: list[str] = field(default_factory=lambda: list(SUBSCRIBED))
    notices: list[BoxNotice] = field(default_factory=list)  # newest first

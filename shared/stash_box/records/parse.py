"""Parses a box's JSON into records; every field may be null, because ThePornDB leaves many empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Callable, TypeVar

from shared.stash_box.records.types import (
    Appearance,
    BodyMark,
    BoxFingerprint,
    Category,
    Image,
    Performer,
    Ref,
    Scene,
    SiteLink,
    Studio,
    Tag,
    TaggedScene,
)

Json = Mapping[str, Any]
T = TypeVar("T")
DATE_LENGTH = 10  # TPDB adds a time of day


def read_scene(row: Json) -> Scene:
    """Return a scene of a stash-box from its JSON, for all queries of scenes."""
    return Scene(
        id=row["id"],
        title=row.get("title") or None,
        code=row.get("code") or None,
        details=row.get("details") or None,
        director=row.get("director") or None,
        date=read_date(row.get("release_date") or row.get("date")),
        duration=row.get("duration"),
        studio=read_ref(row.get("studio")),
        performers=_read_all(row.get("performers"), _read_appearance),
        tags=_read_all(row.get("tags"), read_ref),
        links=_read_all(row.get("urls"), _read_link),
        images=_read_all(row.get("images"), _read_image),
        deleted=bool(row.get("deleted")),
        created=row.get("created"),
        updated=row.get("updated"),
        fingerprints=read_fingerprints(row["fingerprints"]) if row.get("fingerprints") is not None else None,
    )


def read_fingerprints(rows: Iterable[Any] | None) -> tuple[BoxFingerprint, ...]:
    """Return the fingerprints of a box's scene, in lower case, from their JSON; the readers of scenes call it."""
    return _read_all(rows, _read_fingerprint)


def read_scene_tags(row: Json) -> TaggedScene:
    """Return tags, title, length and fingerprints of a box's scene from its JSON, for the sync of scene tags."""
    return TaggedScene(
        id=row["id"],
        tags=_read_all(row.get("tags"), read_ref),
        deleted=bool(row.get("deleted")),
        updated=row.get("updated"),
        title=row.get("title") or None,
        duration=row.get("duration"),
        fingerprints=read_fingerprints(row["fingerprints"]) if row.get("fingerprints") is not None else None,
    )


def read_performer(row: Json) -> Performer:
    """Return a box's performer from its JSON, for all queries; older boxes have sizes and birthdate only as objects."""
    sizes = row.get("measurements") or {}
    return Performer(
        id=row["id"],
        name=row.get("name") or "",
        disambiguation=row.get("disambiguation") or None,
        aliases=read_texts(row.get("aliases")),
        gender=row.get("gender") or None,
        links=_read_all(row.get("urls"), _read_link),
        birth_date=read_date(row.get("birth_date")) or _read_fuzzy_date(row.get("birthdate")),
        death_date=read_date(row.get("death_date")),
        ethnicity=row.get("ethnicity") or None,
        country=row.get("country") or None,
        eye_color=row.get("eye_color") or None,
        hair_color=row.get("hair_color") or None,
        height=row.get("height") or None,
        cup_size=row.get("cup_size") or sizes.get("cup_size") or None,
        band_size=row.get("band_size") or sizes.get("band_size") or None,
        waist_size=row.get("waist_size") or sizes.get("waist") or None,
        hip_size=row.get("hip_size") or sizes.get("hip") or None,
        breast_type=row.get("breast_type") or None,
        career_start_year=row.get("career_start_year") or None,
        career_end_year=row.get("career_end_year") or None,
        tattoos=_read_all(row.get("tattoos"), _read_mark),
        piercings=_read_all(row.get("piercings"), _read_mark),
        images=_read_all(row.get("images"), _read_image),
        deleted=bool(row.get("deleted")),
        merged_into_id=row.get("merged_into_id") or None,
        merged_ids=read_texts(row.get("merged_ids")),
        is_favorite=row.get("is_favorite"),
        updated=row.get("updated"),
        scene_count=row.get("scene_count"),
    )


def read_studio(row: Json) -> Studio:
    """Return a studio of a stash-box from its JSON, for all queries of studios."""
    return Studio(
        id=row["id"],
        name=row.get("name") or "",
        aliases=read_texts(row.get("aliases")),
        links=_read_all(row.get("urls"), _read_link),
        parent=read_ref(row.get("parent")),
        images=_read_all(row.get("images"), _read_image),
        deleted=bool(row.get("deleted")),
        is_favorite=row.get("is_favorite"),
        updated=row.get("updated"),
    )


def read_tag(row: Json) -> Tag:
    """Return a tag of a stash-box from its JSON, for all queries of tags."""
    category = row.get("category")
    return Tag(
        id=row["id"],
        name=row.get("name") or "",
        aliases=read_texts(row.get("aliases")),
        description=row.get("description") or None,
        category=read_category(category) if category else None,
        deleted=bool(row.get("deleted")),
        updated=row.get("updated"),
    )


def read_category(row: Json) -> Category:
    """Return a tag category of a stash-box from its JSON, for tags and the list of tags."""
    return Category(row["id"], row.get("name") or "", row.get("group") or "", row.get("description") or None)


def read_ref(row: Json | None) -> Ref | None:
    """Return id and name of a record inside another one, or None; the readers of records call it."""
    return Ref(row["id"], row.get("name") or "") if row and row.get("id") else None


def read_date(text: str | None) -> str | None:
    """Return the date of a record without its time of day; None for none and for a day that no calendar has.

    The readers of records call it. A date may be only a year or a month. Stash refuses an impossible one, and with
    it all other values of the record.
    """
    found = text[:DATE_LENGTH] if text else ""
    try:
        date(*(int(part) for part in (*found.split("-"), "1", "1")[:3]))
    except ValueError:
        return None
    return found


def read_texts(values: Iterable[str | None] | None) -> tuple[str, ...]:
    """Return the texts of a record's list that are not empty; the readers of records call it."""
    return tuple(value for value in values or () if value)


def _read_all(rows: Iterable[Any] | None, read: Callable[[Any], T | None]) -> tuple[T, ...]:
    found = [read(row) for row in rows or () if row]
    return tuple(each for each in found if each is not None)


def _read_link(row: Json) -> SiteLink | None:
    site = (row.get("site") or {}).get("name") or row.get("type") or ""
    return SiteLink(row["url"], site) if row.get("url") else None


def _read_image(row: Json) -> Image | None:
    url = row.get("url")
    return Image(str(row.get("id") or url), url, row.get("width"), row.get("height")) if url else None


def _read_mark(row: Json) -> BodyMark | None:
    return BodyMark(row["location"], row.get("description") or None) if row.get("location") else None


def _read_fingerprint(row: Json) -> BoxFingerprint | None:
    kind, value = str(row.get("algorithm") or "").lower(), str(row.get("hash") or "").lower()
    submissions, reports = row.get("submissions"), row.get("reports")
    votes = None if submissions is None else int(submissions) - int(reports or 0)
    submitted = row.get("user_submitted")
    own = None if submitted is None else int(bool(submitted)) - int(bool(row.get("user_reported")))
    return BoxFingerprint(kind, value, int(row.get("duration") or 0), votes, own) if kind and value else None


def _read_appearance(row: Json) -> Appearance | None:
    performer = read_ref(row.get("performer"))
    gender = (row.get("performer") or {}).get("gender") or None
    return Appearance(performer, row.get("as") or None, gender) if performer else None


def _read_fuzzy_date(row: Json | None) -> str | None:
    """Return the known part of a date in its older form, a full date with its accuracy."""
    if not row or not row.get("date"):
        return None
    length = {"YEAR": 4, "MONTH": 7}.get(row.get("accuracy") or "", DATE_LENGTH)
    return read_date(str(row["date"])[:length])

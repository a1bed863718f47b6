"""Converts a box's performer or studio to Stash's fields. Pure; a value that the box lacks is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from performers.library.entities import Shape
from shared.stash_box import BodyMark, Performer, Studio

Values = dict[str, Any]

GENDERS = frozenset(("MALE", "FEMALE", "TRANSGENDER_MALE", "TRANSGENDER_FEMALE", "INTERSEX", "NON_BINARY"))
TPDB_GENDERS = {"TRANS_FEMALE": "TRANSGENDER_FEMALE", "TRANS_MALE": "TRANSGENDER_MALE", "NONBINARY": "NON_BINARY"}
DATES = ("birthdate", "death_date")
CAREER = ("career_start", "career_end")
WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def describe_performer(record: Performer) -> Values:
    """All that the box knows."""
    return drop_empty(
        {
            "name": record.name,
            "disambiguation": record.disambiguation,
            "alias_list": list(record.aliases),
            "gender": read_gender(record.gender),
            "birthdate": record.birth_date,
            "death_date": record.death_date,
            "ethnicity": to_title(record.ethnicity),
            "country": read_country(record.country),
            "eye_color": to_title(record.eye_color),
            "hair_color": to_title(record.hair_color),
            "height_cm": record.height if record.height and record.height > 0 else None,
            "measurements": join_measurements(record),
            "fake_tits": read_breast_type(record.breast_type),
            "career_start": to_year(record.career_start_year),
            "career_end": to_year(record.career_end_year),
            "tattoos": join_marks(record.tattoos),
            "piercings": join_marks(record.piercings),
            "urls": [link.url for link in record.links],
            "image": record.images[0].url if record.images else None,
        }
    )


def describe_studio(record: Studio) -> Values:
    """Return the studio's values as Stash's fields; the parent is given by its id at the box."""
    return drop_empty(
        {
            "name": record.name,
            "aliases": list(record.aliases),
            "urls": [link.url for link in record.links],
            "parent": [record.parent.id, record.parent.name] if record.parent else None,
            "image": record.images[0].url if record.images else None,
        }
    )


def fit_shape(values: Mapping[str, Any], shape: Shape) -> Values:
    """The values this Stash has fields for."""
    fitted = dict(values)
    if not shape.has_career_dates:
        start, end = (fitted.pop(name, None) for name in CAREER)
        fitted["career_length"] = join_career(start, end)
    if not shape.has_urls:
        fitted["url"] = next(iter(fitted.pop("urls", ())), None)
    if not shape.has_partial_dates:
        fitted.update({name: to_whole_date(fitted.get(name)) for name in DATES})
    return drop_empty(fitted)


def drop_empty(values: Mapping[str, Any]) -> Values:
    """Return the values without empty ones, so that an absent value never erases a present one."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def read_gender(text: str | None) -> str | None:
    """One of Stash's six; anything else is no value."""
    word = re.sub(r"[\s-]+", "_", (text or "").strip().upper())
    word = TPDB_GENDERS.get(word, word)
    return word if word in GENDERS else None


def read_country(text: str | None) -> str | None:
    """Two letters, as Stash stores countries."""
    code = (text or "").strip().upper()
    return code if re.fullmatch(r"[A-Z]{2}", code) else None


def read_breast_type(text: str | None) -> str | None:
    """Natural or Fake; "not applicable" is no value."""
    return None if (text or "").strip().upper() in ("NA", "N/A") else to_title(text)


def to_title(text: str | None) -> str | None:
    """`MIDDLE_EASTERN` as Stash shows it."""
    words = (text or "").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:].lower() for word in words) or None


def to_year(number: int | None) -> str | None:
    """A year as a date of that precision."""
    return str(number) if number else None


def join_career(start: str | None, end: str | None) -> str | None:
    """The career as one text, for Stash before 0.31."""
    return f"{start or ''} - {end or ''}".strip() if start or end else None


def to_whole_date(text: str | None) -> str | None:
    """A date, if it is one to the day."""
    return text if WHOLE_DATE.fullmatch(text or "") else None


def join_measurements(record: Performer) -> str | None:
    """Only whole ones: a part of them would read like another measure."""
    parts = (record.band_size, record.cup_size, record.waist_size, record.hip_size)
    return "{}{}-{}-{}".format(*parts) if all(parts) else None


def join_marks(marks: Iterable[BodyMark]) -> str | None:
    """Tattoos or piercings as one text."""
    texts = (", ".join(part for part in (mark.location, mark.description) if part) for mark in marks)
    return "; ".join(text for text in texts if text) or None


class BoxRecord(NamedTuple):
    """The values of a box's record."""

    remote_id: str
    values: Mapping[str, Any]
    scene_count: int | None = None

    @property
    def name(self) -> str:
        """Its name there."""
        return str(self.values.get("name") or "")


class SourceOffer(NamedTuple):
    """The values of one source; offers stand in the order of precedence."""

    endpoint: str
    box: str
    values: Mapping[str, Any]

"""Converts a box's performer or studio to Stash's fields. Pure; a value that the box lacks is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from performers.library.entities import SupportedFields
from shared.stash_box import BodyMark, Image, Performer, Studio
from shared.stash_box.records.clean import is_web_address

Values = dict[str, Any]

GENDERS = frozenset(("MALE", "FEMALE", "TRANSGENDER_MALE", "TRANSGENDER_FEMALE", "INTERSEX", "NON_BINARY"))
TPDB_GENDERS = {"TRANS_FEMALE": "TRANSGENDER_FEMALE", "TRANS_MALE": "TRANSGENDER_MALE", "NONBINARY": "NON_BINARY"}
LEFT_OUT = "left_out"  # what the client did not take from the record, for a finding of the plan
DATES = ("birthdate", "death_date")
CAREER = ("career_start", "career_end")
WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def describe_performer(record: Performer) -> Values:
    """Return all that a box says about a performer, as Stash's fields; the record cache and search store it."""
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
            "image": choose_image(record.images),
            LEFT_OUT: list(record.left_out),
        }
    )


def describe_studio(record: Studio) -> Values:
    """Return all that a box says about a studio, as Stash's fields; the record cache and the search store it.

    `parent` has the id and the name of the parent studio at the box.
    """
    return drop_empty(
        {
            "name": record.name,
            "aliases": list(record.aliases),
            "urls": [link.url for link in record.links],
            "parent": [record.parent.id, record.parent.name] if record.parent else None,
            "image": choose_image(record.images),
            LEFT_OUT: list(record.left_out),
        }
    )


def choose_image(images: Iterable[Image]) -> str | None:
    """Return the address of a record's first picture that is no SVG, None if it has none.

    Each conversion of a record calls it.
    """
    return next((image.url for image in images if image.is_raster), None)


def fit_fields(values: Mapping[str, Any], supported: SupportedFields) -> Values:
    """Return the values in the fields of this Stash; every plan and the review pass cached values through it."""
    fitted = {name: value for name, value in values.items() if name != LEFT_OUT}
    if "urls" in fitted:  # answers that were cached before the client left such addresses out
        fitted["urls"] = [url for url in fitted["urls"] if is_web_address(url)]
    if not supported.has_career_dates:
        start, end = (fitted.pop(name, None) for name in CAREER)
        fitted["career_length"] = join_career(start, end)
    if not supported.has_urls:
        fitted["url"] = next(iter(fitted.pop("urls", ())), None)
    if not supported.has_partial_dates:
        fitted.update({name: to_whole_date(fitted.get(name)) for name in DATES})
    return drop_empty(fitted)


def drop_empty(values: Mapping[str, Any]) -> Values:
    """Return converted values without empty ones, so that an absent value never erases a present one.

    The conversions of records end with it.
    """
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def read_gender(text: str | None) -> str | None:
    """Return a performer's gender as one of Stash's six, or None if it is none of them.

    `describe_performer` calls it.
    """
    word = re.sub(r"[\s-]+", "_", (text or "").strip().upper())
    word = TPDB_GENDERS.get(word, word)
    return word if word in GENDERS else None


def read_country(text: str | None) -> str | None:
    """Return a performer's country as a two-letter code in capitals, or None for any other text.

    `describe_performer` calls it.
    """
    code = (text or "").strip().upper()
    return code if re.fullmatch(r"[A-Z]{2}", code) else None


def read_breast_type(text: str | None) -> str | None:
    """Return a performer's breast type as Stash's `fake_tits`; "not applicable" becomes None.

    `describe_performer` calls it.
    """
    return None if (text or "").strip().upper() in ("NA", "N/A") else to_title(text)


def to_title(text: str | None) -> str | None:
    """Return a performer's value in Stash's form, from a constant: `MIDDLE_EASTERN` becomes "Middle Eastern".

    `describe_performer` calls it.
    """
    words = (text or "").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:].lower() for word in words) or None


def to_year(number: int | None) -> str | None:
    """Return the year of a performer's career as a date that is only precise to the year.

    `describe_performer` calls it.
    """
    return str(number) if number else None


def join_career(start: str | None, end: str | None) -> str | None:
    """Return start and end of a career as one text, which Stash before 0.31 wants; None if both are unknown.

    `fit_fields` calls it.
    """
    return f"{start or ''} - {end or ''}".strip() if start or end else None


def to_whole_date(text: str | None) -> str | None:
    """Return a date for a Stash that takes only whole dates: a less precise one becomes None; `fit_fields` calls it."""
    return text if WHOLE_DATE.fullmatch(text or "") else None


def join_measurements(record: Performer) -> str | None:
    """Return a performer's measurements as one text; None if one is missing, because the rest would mislead.

    `describe_performer` calls it.
    """
    parts = (record.band_size, record.cup_size, record.waist_size, record.hip_size)
    return "{}{}-{}-{}".format(*parts) if all(parts) else None


def join_marks(marks: Iterable[BodyMark]) -> str | None:
    """Return a performer's tattoos or piercings as one text, each with its place and description.

    `describe_performer` calls it.
    """
    texts = (", ".join(part for part in (mark.location, mark.description) if part) for mark in marks)
    return "; ".join(text for text in texts if text) or None


class BoxRecord(NamedTuple):
    """A box's record in Stash's fields; searching and matching compare it with the library."""

    remote_id: str
    values: Mapping[str, Any]
    scene_count: int | None = None

    @property
    def name(self) -> str:
        """Return the record's name at the box; matching and the conflicts on the page read it."""
        return str(self.values.get("name") or "")


class SourceOffer(NamedTuple):
    """The values one box offers for an object; plans get their offers in the user's order of sources.

    `before` has what the box said at the baseline. Only records of scenes have one.
    """

    endpoint: str
    box: str
    values: Mapping[str, Any]
    before: Mapping[str, Any] | None = None

"""Converts a box's scene to Stash's fields. Pure; a value that the box lacks is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from performers.boxes.conversion import LEFT_OUT, Values, choose_image, drop_empty, to_whole_date
from performers.library.normalize import normalize_url
from shared.stash_box import Scene
from shared.stash_box.records.clean import is_web_address

# `studio` is [id, name]; `performers` are CreditedPerformer; all else is as Stash has it.
STUDIO, PERFORMERS = "studio", "performers"


class CreditedPerformer(NamedTuple):
    """A performer in a box's scene: id and name there, the name that the scene credits, and the gender."""

    id: str
    name: str
    credited_as: str = ""
    gender: str = ""

    @property
    def label(self) -> str:
        """Return the name with the credited one, for people; Stash has no place for the latter.

        Plans and review of scenes show it.
        """
        is_other = self.credited_as and self.credited_as != self.name
        return f"{self.name} (as {self.credited_as})" if is_other else self.name


def describe_record(record: Scene) -> Values:
    """Return all that a box says about a scene; the store of records keeps it, and compares it with later answers."""
    return drop_empty(
        {
            "title": clean_text(record.title),
            "date": record.date,
            "code": clean_text(record.code),
            "director": clean_text(record.director),
            "details": clean_text(record.details),
            "urls": list_addresses(record),
            STUDIO: [record.studio.id, record.studio.name.strip()] if record.studio else None,
            PERFORMERS: [
                [each.performer.id, each.performer.name.strip(), (each.alias or "").strip(), each.gender or ""]
                for each in record.performers
            ],
            "image": choose_image(record.images),
            LEFT_OUT: list(record.left_out),
        }
    )


def clean_text(text: str | None) -> str | None:
    """Return a text as Stash stores it, without blanks around it; `describe_record` calls it."""
    return (text or "").strip() or None


def list_addresses(record: Scene) -> list[str]:
    """Return a record's URLs, each once, for `describe_record`.

    Stash keeps repetitions, and a form with another slash is the same.
    """
    urls = (link.url.strip() for link in record.links)
    return list({normalize_url(url): url for url in reversed([*urls]) if is_web_address(url)}.values())[::-1]


def read_cast(values: Mapping[str, Any]) -> list[CreditedPerformer]:
    """Return the performers in a stored record of a scene, for plans and the review."""
    return [CreditedPerformer(*each) for each in values.get(PERFORMERS, ())]


def fit_date(values: Mapping[str, Any], *, has_partial_dates: bool) -> Values:
    """Return the values without a date that this Stash refuses: before 0.30 it takes whole dates only.

    Plans of scenes and "Take this" call it.
    """
    if has_partial_dates or "date" not in values:
        return dict(values)
    return drop_empty({**values, "date": to_whole_date(values["date"])})

"""Conversion of a box's record to the fields of the running Stash."""

from __future__ import annotations

from typing import Any

import pytest
from performers.boxes.conversion import describe_performer, fit_fields
from performers.library.entities import SupportedFields

from shared.stash_box import BodyMark, Performer


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"gender": "NON_BINARY"}, "gender", "NON_BINARY"),
        ({"gender": "Trans Female"}, "gender", "TRANSGENDER_FEMALE"),
        ({"gender": "xyz"}, "gender", None),
        ({"ethnicity": "MIDDLE_EASTERN"}, "ethnicity", "Middle Eastern"),
        ({"country": "no"}, "country", "NO"),
        ({"country": "Norway"}, "country", None),
        ({"breast_type": "NA"}, "fake_tits", None),
        ({"height": 0}, "height_cm", None),
        ({"band_size": 32, "cup_size": "B"}, "measurements", None),
        ({"band_size": 32, "cup_size": "B", "waist_size": 24, "hip_size": 34}, "measurements", "32B-24-34"),
        ({"tattoos": (BodyMark("Arm", "a fern"), BodyMark("Back"))}, "tattoos", "Arm, a fern; Back"),
    ],
)
def test_a_box_value_is_converted_to_a_stash_field(given: dict[str, Any], field: str, value: Any) -> None:
    assert describe_performer(Performer("x", "Mira", **given)).get(field) == value


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (SupportedFields(), {"career_start": "2010", "career_end": "2014", "birthdate": "1998"}),
        (SupportedFields(has_career_dates=False), {"career_length": "2010 - 2014", "birthdate": "1998"}),
        (SupportedFields(has_partial_dates=False), {"career_start": "2010", "career_end": "2014"}),
    ],
)
def test_values_fit_the_fields_of_the_stash_release(shape: SupportedFields, expected: dict[str, str]) -> None:
    remote = Performer("x", "Mira", career_start_year=2010, career_end_year=2014, birth_date="1998")
    fitted = fit_fields(describe_performer(remote), shape)
    assert fitted == {"name": "Mira", **expected}

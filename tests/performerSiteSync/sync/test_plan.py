"""Fields of boxes in Stash's words, and the decisions about one performer."""

from __future__ import annotations

from typing import Any

import pytest
from performers.boxes.conversion import SourceOffer, describe_performer, fit_shape
from performers.library.entities import Shape
from performers.sync.plan import WrittenBefore, find_locks, plan_entity
from performers.sync.rules import Rules
from performers.sync.target import find_blamed

from shared.journal import Change, Item
from shared.stash_box import BodyMark, Performer

ITEM = Item("performer", "1", "Mira")
NOTHING = WrittenBefore({}, frozenset())
TAKEN_BACK = frozenset({"alias_list"})


def plan(field: str, value: Any, offered: Any, past: WrittenBefore = NOTHING, policy: str = "") -> list[Any]:
    """What becomes of one field: the new values."""
    rules = Rules({field: policy} if policy else {}, {})
    entries = plan_entity(
        ITEM, {"name": "Mira", field: value}, [SourceOffer("e", "Box", {field: offered})], past, rules
    )
    return [entry.after for entry in entries if isinstance(entry, Change)]


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
def test_a_remote_field_in_stashs_words(given: dict[str, Any], field: str, value: Any) -> None:
    assert describe_performer(Performer("x", "Mira", **given)).get(field) == value


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Shape(), {"career_start": "2010", "career_end": "2014", "birthdate": "1998"}),
        (Shape(has_career_dates=False), {"career_length": "2010 - 2014", "birthdate": "1998"}),
        (Shape(has_partial_dates=False), {"career_start": "2010", "career_end": "2014"}),
    ],
)
def test_every_stash_gets_the_fields_it_has(shape: Shape, expected: dict[str, str]) -> None:
    remote = Performer("x", "Mira", career_start_year=2010, career_end_year=2014, birth_date="1998")
    fitted = fit_shape(describe_performer(remote), shape)
    assert fitted == {"name": "Mira", **expected}


@pytest.mark.parametrize(
    ("field", "value", "offered", "past", "policy", "expected"),
    [
        ("country", None, "NO", NOTHING, "", ["NO"]),
        ("country", "SE", "NO", NOTHING, "", []),
        ("country", "SE", "NO", NOTHING, "follow", ["NO"]),
        ("country", "SE", "NO", WrittenBefore({"country": ["DK"]}, frozenset()), "follow", []),
        ("country", "SE", "NO", WrittenBefore({}, frozenset(), frozenset({"country"})), "follow", []),
        ("country", None, "NO", WrittenBefore({}, frozenset(), frozenset({"country"})), "", []),
        ("country", "SE", "NO", WrittenBefore({"country": ["SE"]}, frozenset()), "follow", ["NO"]),
        ("country", "SE", "NO", WrittenBefore({"country": ["SE"]}, frozenset({"country"})), "follow", []),
        ("country", None, "NO", WrittenBefore({"country": ["SE"]}, frozenset()), "follow", []),
        ("country", None, "NO", NOTHING, "ignore", []),
        ("eye_color", "blue", "Blue", WrittenBefore({"eye_color": ["blue"]}, frozenset()), "follow", []),
        ("birthdate", "1998-05-03", "1998", WrittenBefore({"birthdate": ["1998-05-03"]}, frozenset()), "follow", []),
        (
            "birthdate",
            "1998",
            "1998-05-03",
            WrittenBefore({"birthdate": ["1998"]}, frozenset()),
            "follow",
            ["1998-05-03"],
        ),
        ("image", None, "url", NOTHING, "", []),
        (
            "urls",
            ["https://www.a.example/x/"],
            ["http://a.example/x", "http://b.example"],
            NOTHING,
            "",
            ["http://b.example"],
        ),
        ("alias_list", ["Em"], ["em", "MIRA", "Moss", "moss"], NOTHING, "", ["Moss"]),
        ("alias_list", [], ["Em", "Moss"], WrittenBefore({"alias_list": ["Em"]}, frozenset()), "", ["Moss"]),
        ("alias_list", [], ["Em", "Moss"], WrittenBefore({"alias_list": ["Em"]}, frozenset(), TAKEN_BACK), "", []),
        (
            "alias_list",
            ["Em"],
            ["Em", "Moss"],
            WrittenBefore({"alias_list": ["Em"]}, frozenset(), TAKEN_BACK),
            "",
            ["Moss"],
        ),
    ],
)
def test_a_field_is_filled_followed_or_left(
    field: str, value: Any, offered: Any, past: WrittenBefore, policy: str, expected: list[Any]
) -> None:
    assert plan(field, value, offered, past, policy) == expected


def test_the_order_of_one_field_can_differ() -> None:
    offers = [SourceOffer("a", "StashDB", {"hair_color": "Red"}), SourceOffer("b", "TPDB", {"hair_color": "Black"})]
    rules = Rules({}, {"hair_color": ["TPDB"]})
    (change,) = plan_entity(ITEM, {"name": "Mira", "hair_color": None}, offers, NOTHING, rules)
    assert isinstance(change, Change)
    assert (change.after, change.source) == ("Black", "b")


def test_what_was_edited_or_locked_by_hand_is_shown_as_locked() -> None:
    past = WrittenBefore({"country": ["NO"], "gender": ["MALE"]}, frozenset({"name"}))
    assert find_locks({"country": "SE", "gender": "MALE", "name": "Mira"}, past) == {
        "name": "hand",
        "country": "edited",
    }


@pytest.mark.parametrize(
    ("field", "ours", "now", "lock"),
    [
        ("country", ["NO"], None, "undone"),
        ("country", ["NO"], "NO", None),
        ("urls", ["https://a.example"], [], "undone"),
        ("urls", ["https://a.example"], ["https://a.example"], None),
        ("image", [{"$blob": "1"}], None, "undone"),
        ("image", [{"$blob": "1"}], "present", None),
        ("stash_ids", [], [["e", "x"]], "undone"),
    ],
)
def test_what_was_taken_back_is_shown_as_such_until_it_is_there_again(
    field: str, ours: list[Any], now: Any, lock: str | None
) -> None:
    past = WrittenBefore({field: ours} if ours else {}, frozenset(), frozenset({field}))
    assert find_locks({field: now}, past).get(field) == lock


@pytest.mark.parametrize(
    ("message", "blamed"),
    [
        ("performer contains duplicate alias 'x'", {"alias_list"}),
        ("performer with name 'X' already exists", {"name"}),
        ("processing image: http error 404", {"image"}),
        ("something else", set()),
    ],
)
def test_a_refusal_is_blamed_on_its_field(message: str, blamed: set[str]) -> None:
    assert find_blamed(message, ["alias_list", "name", "image", "country"]) == blamed

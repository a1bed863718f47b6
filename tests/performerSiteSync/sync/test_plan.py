"""Plans of one performer: policies, orders of sources, locks, and refusals by Stash."""

from __future__ import annotations

from typing import Any

import pytest
from performers.boxes.conversion import SourceOffer
from performers.sync.plan import WrittenBefore, find_locks, plan_entity
from performers.sync.rules import Rules
from performers.sync.target import find_blamed

from shared.journal import Change, Item

ITEM = Item("performer", "1", "Mira")
NOTHING = WrittenBefore({}, frozenset())
SEEN = WrittenBefore({}, frozenset(), seen={"country": [], "alias_list": ["em"]})
TAKEN_BACK = frozenset({"alias_list"})


def plan(field: str, value: Any, offered: Any, past: WrittenBefore = NOTHING, policy: str = "") -> list[Any]:
    """Return the new values that are planned for one field."""
    rules = Rules({field: policy} if policy else {}, {})
    entries = plan_entity(
        ITEM, {"name": "Mira", field: value}, [SourceOffer("e", "Box", {field: offered})], past, rules
    )
    return [entry.after for entry in entries if isinstance(entry, Change)]


@pytest.mark.parametrize(
    ("field", "value", "offered", "past", "policy", "expected"),
    [
        ("country", None, "NO", NOTHING, "", ["NO"]),
        ("country", "SE", "NO", NOTHING, "", []),
        ("country", "SE", "NO", NOTHING, "follow", []),
        ("country", "SE", "NO", NOTHING, "overwrite", ["NO"]),
        ("country", "SE", "NO", WrittenBefore({"country": ["DK"]}, frozenset()), "overwrite", []),
        ("country", "SE", "NO", WrittenBefore({}, frozenset({"country"})), "overwrite", []),
        ("country", None, "NO", SEEN, "", []),
        ("country", "SE", "NO", WrittenBefore({}, frozenset(), lost={"country": []}), "overwrite", []),
        ("alias_list", [], ["Em", "Moss"], SEEN, "", ["Moss"]),
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
def test_a_field_is_filled_followed_or_left_by_its_policy(
    field: str, value: Any, offered: Any, past: WrittenBefore, policy: str, expected: list[Any]
) -> None:
    assert plan(field, value, offered, past, policy) == expected


def test_a_field_can_have_its_own_order_of_sources() -> None:
    offers = [SourceOffer("a", "StashDB", {"hair_color": "Red"}), SourceOffer("b", "TPDB", {"hair_color": "Black"})]
    rules = Rules({}, {"hair_color": ["TPDB"]})
    (change,) = plan_entity(ITEM, {"name": "Mira", "hair_color": None}, offers, NOTHING, rules)
    assert isinstance(change, Change)
    assert (change.after, change.source) == ("Black", "b")


def test_edited_and_hand_locked_fields_are_locks() -> None:
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
def test_an_undone_field_is_a_lock_until_the_value_is_there_again(
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
def test_a_refusal_of_stash_names_its_field(message: str, blamed: set[str]) -> None:
    assert find_blamed(message, ["alias_list", "name", "image", "country"]) == blamed

"""Whatever a user typed, the plugin runs and says which value it uses."""

from __future__ import annotations

from typing import Any

import pytest

from shared.settings import (
    ADDRESS,
    CHOICE,
    LIST,
    NUMBER,
    SECRET,
    SWITCH,
    TEXT,
    Group,
    Setting,
    describe_setting,
    read_settings,
    rows_of,
)

CHOICES = (("never", "Never"), ("daily", "Every day"))
ROWS = {
    row.key: row
    for row in (
        Setting("text", TEXT, "", "Text", "A text."),
        Setting("path", TEXT, "/", "Path", "A path.", check=lambda text: "" if text[0] == "/" else "must start with /"),
        Setting("url", ADDRESS, "", "URL", "An address."),
        Setting("key", SECRET, "", "Key", "A key."),
        Setting("hours", NUMBER, 24, "Hours", "A time.", low=1, high=168, unit="hours"),
        Setting("pause", NUMBER, 2, "Pause", "A pause.", low=0, high=10),
        Setting("any", NUMBER, 7, "Any", "Any number."),
        Setting("on", SWITCH, True, "On", "A switch."),
        Setting("off", SWITCH, False, "Off", "A switch."),
        Setting("when", CHOICE, "never", "When", "A time.", choices=CHOICES),
        Setting("names", LIST, ("a", "b"), "Names", "Some names."),
    )
}


def read(key: str, raw: object) -> tuple[Any, list[str]]:
    """Return the value and the warnings for one raw value."""
    settings = read_settings([ROWS[key]], {key: raw})
    return getattr(settings, key), settings.warnings


@pytest.mark.parametrize("key", ROWS)
@pytest.mark.parametrize("raw", [None, "", "  "])
def test_unset_means_the_default(key: str, raw: object) -> None:
    assert read(key, raw) == (ROWS[key].default, [])


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("text", "  /data ", "/data"),
        ("text", 5, "5"),
        ("path", "/data", "/data"),
        ("url", "http://localhost:6969/", "http://localhost:6969"),
        ("url", "HTTPS://Host/base/", "https://Host/base"),
        ("url", "localhost:6969", "http://localhost:6969"),
        ("key", " abc ", "abc"),
        ("hours", 48, 48),
        ("hours", "48", 48),
        ("hours", 48.0, 48),
        ("hours", 0, 24),
        ("pause", 0, 0),
        ("any", -3, -3),
        ("on", False, False),
        ("on", "false", False),
        ("on", 0, False),
        ("off", "Yes", True),
        ("off", 1, True),
        ("when", "daily", "daily"),
        ("when", " DAILY ", "daily"),
        ("when", "every day", "daily"),
        ("names", "x, y,, x ,z", ("x", "y", "z")),
        ("names", "x\ny", ("x", "y")),
        ("names", ["x", 5], ("x", "5")),
    ],
)
def test_a_value_that_can_be_understood_is_taken_without_a_word(key: str, raw: object, value: object) -> None:
    assert read(key, raw) == (value, [])


@pytest.mark.parametrize(
    ("key", "raw", "value", "warning"),
    [
        ("text", {"a": 1}, "", '"Text" is "{\'a\': 1}", but must be a text; the default (empty) is used.'),
        ("path", "data", "/", '"Path" is "data", but must start with /; the default (/) is used.'),
        ("url", "ftp://host", "", '"URL" is "ftp://host", but must be an address such as http://localhost:1234;'),
        ("url", "http://", "", '"URL" is "http://", but must be an address'),
        ("url", "my server", "", '"URL" is "my server", but must be an address'),
        ("key", 5, "", '"Key" is not a text; it is ignored.'),
        ("hours", 999, 168, '"Hours" is 999, but must be 1 to 168 hours; 168 is used.'),
        ("hours", -1, 1, '"Hours" is -1, but must be 1 to 168 hours; 1 is used.'),
        ("hours", 2.5, 2, '"Hours" is 2.5, but must be a whole number; 2 is used.'),
        ("hours", "soon", 24, '"Hours" is "soon", but must be a whole number; the default (24 hours) is used.'),
        ("hours", True, 24, '"Hours" is "True", but must be a whole number'),
        ("any", "inf", 7, '"Any" is "inf", but must be a whole number'),
        ("any", "nan", 7, '"Any" is "nan", but must be a whole number'),
        ("on", "perhaps", True, '"On" is "perhaps", but must be on or off; the default (on) is used.'),
        ("on", [1], True, '"On" is "[1]", but must be on or off'),
        (
            "when",
            "hourly",
            "never",
            '"When" is "hourly", but must be one of never, daily; the default (never) is used.',
        ),
        ("names", 5, ("a", "b"), '"Names" is "5", but must be a list separated by commas; the default (a, b) is used.'),
    ],
)
def test_a_value_that_makes_no_sense_is_replaced_with_a_warning_that_names_it(
    key: str, raw: object, value: object, warning: str
) -> None:
    found, warnings = read(key, raw)
    assert found == value
    assert len(warnings) == 1
    assert f"Setting {warning}" in warnings[0]


def test_a_warning_never_shows_a_secret_and_cuts_what_is_long() -> None:
    settings = read_settings(ROWS.values(), {"key": ["hidden-value"], "when": "x" * 5000})
    assert "hidden-value" not in "".join(settings.warnings)
    assert all(len(warning) < 200 for warning in settings.warnings)


def test_undeclared_keys_are_left_alone() -> None:
    assert read_settings([ROWS["text"]], {"old": 1}).values == {"text": ""}


def test_reading_an_undeclared_setting_is_a_bug() -> None:
    with pytest.raises(AttributeError, match="no setting 'other' is declared"):
        _ = read_settings([ROWS["text"]], {}).other


def test_settings_do_not_show_their_values() -> None:
    assert "abc" not in repr(read_settings([ROWS["key"]], {"key": "abc"}))


def test_the_values_of_secrets_are_known_for_masking() -> None:
    assert read_settings(ROWS.values(), {"key": "abcdef"}).secrets == ("abcdef",)


def test_groups_are_read_in_their_order() -> None:
    groups = [Group("a", "A", [ROWS["text"], ROWS["on"]]), Group("b", "B", [ROWS["key"]])]
    assert [row.key for row in rows_of(groups)] == ["text", "on", "key"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("text", "A text. Default: empty."),
        ("hours", "A time. 1 to 168 hours. Default: 24 hours."),
        ("any", "Any number. Default: 7."),
        ("on", "A switch. Default: on. Stash shows it as off until it is set once."),
        ("off", "A switch. Default: off."),
        ("when", "A time. One of never, daily. Default: never."),
        ("names", "Some names. Separated by commas. Default: a, b."),
    ],
)
def test_the_description_says_what_stash_cannot_show(key: str, text: str) -> None:
    assert describe_setting(ROWS[key]) == text


@pytest.mark.parametrize(
    ("low", "high", "text"), [(1, None, "At least 1."), (None, 9, "At most 9."), (None, None, "Default: 1.")]
)
def test_half_open_ranges_are_described(low: int | None, high: int | None, text: str) -> None:
    assert text in describe_setting(Setting("n", NUMBER, 1, "N", "Help.", low=low, high=high))

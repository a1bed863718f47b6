"""The settings panel, asked as the page asks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shared.errors import GraphQLFailed
from tests.harness.installed import InstalledPlugin

KEY = "k-0123456789"


def row(answer: Any, key: str) -> dict[str, Any]:
    """Return one setting as the panel gets it."""
    return next(one for one in answer["settings"] if one["key"] == key)


def test_the_panel_gets_groups_with_their_settings_in_the_declared_order(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("settings_get")
    assert [group["key"] for group in answer["groups"]] == ["all", "packages"]
    assert [(one["group"], one["key"]) for one in answer["settings"]][:2] == [("all", "apiKey"), ("all", "limit")]


def test_an_unset_setting_shows_its_real_default(plugin: InstalledPlugin) -> None:
    assert row(plugin.operation("settings_get"), "isOn") == {
        "key": "isOn",
        "group": "all",
        "label": "On",
        "help": "A switch. Default: on. Stash shows it as off until it is set once.",
        "text": "A switch.",
        "type": "BOOLEAN",
        "default": True,
        "value": None,
        "is_set": False,
        "secret": False,
        "address": None,
        "alarm": None,
        "choices": None,
        "picker": False,
        "minimum": None,
        "maximum": None,
        "unit": None,
        "problem": None,
    }


def test_a_secret_is_kept_and_never_sent_to_the_page(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("settings_save", values={"apiKey": f" {KEY} "})
    assert (row(answer, "apiKey")["is_set"], row(answer, "apiKey")["value"]) == (True, None)
    assert KEY not in str(answer)
    assert plugin.client.read_plugin_settings(plugin.id) == {"apiKey": KEY}


@pytest.mark.parametrize("masked", ["•••", "********", ""])
def test_a_masked_secret_that_comes_back_changes_nothing(plugin: InstalledPlugin, masked: str) -> None:
    plugin.save_settings(apiKey=KEY)
    plugin.operation("settings_save", values={"apiKey": masked, "limit": 3} if masked else {"limit": 3})
    assert plugin.client.read_plugin_settings(plugin.id) == {"apiKey": KEY, "limit": 3}


def test_saving_keeps_what_other_pages_saved_meanwhile(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit=3, unknown="kept")
    plugin.operation("settings_save", values={"isOn": False})
    assert plugin.client.read_plugin_settings(plugin.id) == {"limit": 3, "unknown": "kept", "isOn": False}


def test_null_takes_a_setting_back_to_its_default(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit=3, isOn=False)
    answer = plugin.operation("settings_save", values={"limit": None})
    assert (row(answer, "limit")["is_set"], row(answer, "limit")["default"]) == (False, 5)
    assert plugin.client.read_plugin_settings(plugin.id) == {"isOn": False}


def test_a_value_that_makes_no_sense_is_clamped_and_says_so(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("settings_save", values={"limit": 99})
    assert row(answer, "limit")["value"] == 10
    assert row(answer, "limit")["problem"] == 'Setting "Limit" is 99, but must be 1 to 10; 10 is used.'


def test_a_value_edited_by_hand_is_reported_and_not_fatal(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit={"a": 1})
    answer = plugin.operation("settings_get")
    assert (row(answer, "limit")["value"], len(answer["warnings"])) == (5, 1)
    assert row(answer, "limit")["problem"] == answer["warnings"][0]


def test_a_list_is_shown_and_kept_as_text(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("settings_save", values={"names": "x,y , x"})
    assert (row(answer, "names")["value"], row(answer, "names")["default"]) == ("x, y", "a")
    assert plugin.client.read_plugin_settings(plugin.id) == {"names": "x, y"}


def test_choices_are_listed_for_values_that_are_not_saved_yet(plugin: InstalledPlugin) -> None:
    answer = plugin.operation("setting_choices", key="limit", values={"limit": 2})
    choices = [{"value": "1", "label": "1 books"}, {"value": "2", "label": "2 books"}]
    assert answer == {"choices": choices, "message": None}
    assert plugin.client.read_plugin_settings(plugin.id) == {}


@pytest.mark.parametrize(
    ("name", "args", "sentence"),
    [
        (
            "settings_save",
            {"values": {"nothing": 1}},
            'There is no setting "nothing". Known settings: allowPipInstall,',
        ),
        (
            "settings_save",
            {"values": [1]},
            'The argument "values" of the operation settings_save must be an object, but is a list.',
        ),
        ("setting_choices", {}, 'The argument "key" of the operation setting_choices is missing.'),
        ("setting_choices", {"key": "isOn"}, 'There is nothing to choose from for "On".'),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(
    plugin: InstalledPlugin, name: str, args: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(GraphQLFailed, match=re.escape(sentence)):
        plugin.operation(name, **args)


def test_hooks_know_the_settings_from_then_on(plugin: InstalledPlugin) -> None:
    assert plugin.operation("known_settings") is None
    plugin.operation("settings_save", values={"limit": 7})
    assert plugin.operation("known_settings") == 7
    assert (plugin.state_dir / "settings.json").stat().st_mode & 0o777 == 0o600

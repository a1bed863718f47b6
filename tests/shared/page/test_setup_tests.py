"""Connection tests, each with its own verdict and next step."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from shared import errors
from shared.errors import GraphQLFailed
from shared.page.advice import NEXT_STEPS, advise
from tests.harness.installed import InstalledPlugin
from tests.harness.process import ROOT

KEY = "k-0123456789"


def verdict(plugin: InstalledPlugin, key: str, **values: Any) -> dict[str, Any]:
    """Return the result of one test with these unsaved settings."""
    (answer,) = plugin.operation("setup_tests", only=key, values=values)["tests"]
    return dict(answer)


def test_what_can_be_tested_is_listed_without_testing(plugin: InstalledPlugin) -> None:
    tests = plugin.operation("setup_tests")["tests"]
    assert [test["key"] for test in tests] == ["stash", "listener", "shelf", "key", "limit"]
    assert all(test.keys() == {"key", "title", "text"} for test in tests)


def test_stash_itself_is_tested_by_every_plugin(plugin: InstalledPlugin) -> None:
    answer = verdict(plugin, "stash")
    assert answer["state"] == "ok"
    assert re.fullmatch(r"Stash v\d+\.\d+\.\d+ answers, and all settings are valid\.", answer["message"])


def test_a_setting_that_makes_no_sense_is_a_warning(plugin: InstalledPlugin) -> None:
    plugin.save_settings(limit=99)
    answer = verdict(plugin, "stash")
    assert (answer["state"], answer["next_step"]) == ("warning", "Correct the settings that are named.")


@pytest.mark.parametrize(
    ("key", "values", "state", "next_step", "setting", "code"),
    [
        ("shelf", {}, "ok", None, None, None),
        ("key", {}, "not_set_up", "Enter one.", "apiKey", None),
        (
            "key",
            {"apiKey": KEY},
            "failed",
            "Copy the key or token again: complete, without spaces.",
            None,
            "AuthRejected",
        ),
        ("limit", {"limit": 9}, "warning", "Lower it.", "limit", None),
        ("limit", {"limit": 2}, "failed", "Change the setting and test again.", "limit", "SettingError"),
    ],
)
def test_each_verdict_has_its_state_and_next_step(
    plugin: InstalledPlugin,
    key: str,
    values: dict[str, Any],
    state: str,
    next_step: str | None,
    setting: str | None,
    code: str | None,
) -> None:
    answer = verdict(plugin, key, **values)
    found = (answer["state"], answer["next_step"], answer["setting"], answer["code"])
    assert found == (state, next_step, setting, code)


def test_a_key_that_was_just_typed_does_not_come_back_in_a_message(plugin: InstalledPlugin) -> None:
    assert verdict(plugin, "key", apiKey=KEY)["message"] == "The shelf refused the API key •••."


def test_an_unknown_test_is_refused_with_the_names_of_the_known_ones(plugin: InstalledPlugin) -> None:
    with pytest.raises(GraphQLFailed, match=r'no test "nothing"\. Known tests: stash, listener, shelf, key, limit'):
        plugin.operation("setup_tests", only="nothing")


def declared_errors() -> list[str]:
    """Return the names of the classes in shared/errors.py."""
    tree = ast.parse((ROOT / "shared" / "errors.py").read_text())
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("name", declared_errors())
def test_every_kind_of_error_has_a_next_step_of_its_own(name: str) -> None:
    assert getattr(errors, name) in NEXT_STEPS


def test_an_error_of_an_adapter_gets_the_step_of_its_nearest_kind() -> None:
    class Closed(errors.Unreachable):
        """A class of an adapter."""

    assert advise(Closed("x")) == NEXT_STEPS[errors.Unreachable]

"""The health line and the diagnostics: from the plugin's state, and without keys."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import GraphQLFailed
from shared.health.diagnostics import show_server
from shared.health.report import QueueHealth, judge
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf

KEY = "k-0123456789"
MOVING = QueueHealth(3, 0, "", is_stopped=False)


@pytest.mark.parametrize(
    ("tests", "queue", "errors", "state"),
    [
        ([], None, 0, "untested"),
        (["not_tested", "outdated", "not_set_up"], MOVING, 0, "untested"),
        (["ok", "not_set_up"], MOVING, 0, "ok"),
        (["ok", "outdated"], MOVING, 0, "untested"),
        (["ok", "warning"], None, 0, "warning"),
        (["ok"], None, 1, "warning"),
        (["ok"], QueueHealth(0, 1, "", is_stopped=False), 0, "warning"),
        (["ok"], QueueHealth(2, 0, "Plex is down.", is_stopped=False), 0, "warning"),
        (["ok"], QueueHealth(2, 0, "The token is wrong.", is_stopped=True), 0, "failed"),
        (["ok", "failed", "warning"], MOVING, 1, "failed"),
    ],
)
def test_the_worst_part_decides_the_state(tests: list[str], queue: QueueHealth | None, errors: int, state: str) -> None:
    assert judge(tests, queue, errors) == state


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://discord.example.invalid/api/webhooks/1/token-in-the-path", "https://discord.example.invalid"),
        ("http://ada:secret@10.0.0.5:6969/whisparr?apikey=secret", "http://10.0.0.5:6969"),
        ("http://[fe80::1", "(set, not an address)"),
    ],
)
def test_an_address_is_shown_without_login_path_and_query(address: str, shown: str) -> None:
    assert show_server(address) == shown


def states(health: dict[str, Any]) -> dict[str, str]:
    return {test["key"]: test["state"] for test in health["tests"]}


def test_the_state_is_read_without_a_request_to_another_program(plugin: InstalledPlugin) -> None:
    before = len(plugin.stash.server.traffic.exchanges())
    health = plugin.operation("health")
    assert len(plugin.stash.server.traffic.exchanges()) - before == 1  # the page's own request
    assert health["state"] == "untested"
    assert set(states(health).values()) == {"not_tested"}
    assert health["queue"] == {"waiting": 0, "dead": 0, "trouble": "", "is_stopped": False}
    assert (health["backup"], health["errors"]) == (None, [])


def test_the_last_tests_are_shown_until_the_settings_change(plugin: InstalledPlugin) -> None:
    for key in ("stash", "shelf", "key"):
        plugin.operation("setup_tests", only=key)
    health = plugin.operation("health")
    assert health["state"] == "ok"
    assert states(health) == {
        "stash": "ok",
        "listener": "not_tested",
        "shelf": "ok",
        "key": "not_set_up",
        "limit": "not_tested",
    }
    plugin.save_settings(limit=3)
    plugin.operation("settings_get")
    assert states(plugin.operation("health"))["shelf"] == "outdated"


def test_a_test_with_unsaved_settings_says_nothing_about_the_saved_ones(plugin: InstalledPlugin) -> None:
    plugin.operation("setup_tests", only="key", values={"apiKey": KEY})
    assert states(plugin.operation("health"))["key"] == "not_tested"


def test_an_error_is_shown_until_the_same_work_succeeds(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plugin.operation("setup_tests", only="shelf")
    good = shelf.path.read_text()
    shelf.path.write_text("not JSON")
    plugin.run_task("rename", title="New")
    health = plugin.operation("health")
    assert (health["state"], health["open_errors"]) == ("warning", 1)
    assert health["errors"][0]["label"] == "task rename"
    shelf.path.write_text(good)
    plugin.run_task("rename", title="New")
    health = plugin.operation("health")
    assert (health["state"], [row["is_over"] for row in health["errors"]]) == ("ok", [True])
    plugin.run_task("count")  # a task copies the state file at its end
    assert plugin.operation("health")["backup"]


def test_a_refused_call_is_no_error_of_the_plugin(plugin: InstalledPlugin) -> None:
    with pytest.raises(GraphQLFailed):
        plugin.operation("history_undo")
    assert plugin.operation("health")["errors"] == []


def test_diagnostics_name_what_helps_and_neither_keys_nor_typed_texts(plugin: InstalledPlugin, run_id: str) -> None:
    assert run_id
    plugin.save_settings(apiKey=KEY, limit=3, names="Mira Mosswick, b")
    plugin.operation("setup_tests", only="key")
    with pytest.raises(GraphQLFailed):
        plugin.operation("fail_with_secret")
    text = plugin.operation("diagnostics")["text"]
    assert KEY not in text
    assert "Mira" not in text
    assert "Stash v" in text
    assert "- Key: failed (" in text
    assert "operation fail_with_secret" in text
    assert " titles: finished, 3 changed" in text
    settings = text.partition("Settings:\n")[2].splitlines()
    assert settings == ["- apiKey: •••", "- limit: 3", "- names: (set, 2 entries)"]

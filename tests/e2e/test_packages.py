"""Install, update and uninstall through Stash's own package manager, from what `./dev serve` offers."""

from __future__ import annotations

import pytest

from scripts.commands.build import write_dist
from scripts.commands.serve import SourceServer
from scripts.console import Stop
from scripts.release.index import read_index
from scripts.release.packages import Package, present_plugins
from tests.e2e.stash import PackageManager, StashUnderTest

PLUGINS = present_plugins()


def offer_changed_packages(source: SourceServer, packages: dict[str, Package]) -> None:
    """Offer the same plugins with another content."""
    known = read_index(source.folder / "index.yml")
    changed = [package._replace(zip=package.zip + b"\0" * 64, version="1.0.1") for package in packages.values()]
    write_dist(changed, source.folder, known=known)


def test_the_source_offers_every_plugin(manager: PackageManager) -> None:
    assert sorted(manager.available()) == sorted(PLUGINS)


def test_an_installed_plugin_is_loaded_with_its_settings(manager: PackageManager, stash: StashUnderTest) -> None:
    manager.install(*PLUGINS)
    loaded = {name: plugin for name, plugin in stash.plugins().items() if not name.endswith("Listener")}
    assert sorted(loaded) == sorted(PLUGINS)
    assert [plugin["id"] for plugin in loaded.values() if not (plugin["enabled"] and plugin["settings"])] == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_an_installed_plugin_answers(manager: PackageManager, stash: StashUnderTest, plugin: str) -> None:
    manager.install(plugin)
    answer = stash.operate(plugin, "history_list", page=1, page_size=10)
    assert len(answer["runs"]) == min(answer["count"], 10)


@pytest.mark.parametrize("plugin", PLUGINS)
def test_an_unknown_operation_is_an_error_that_lists_the_known(
    manager: PackageManager, stash: StashUnderTest, plugin: str
) -> None:
    manager.install(plugin)
    with pytest.raises(Stop, match="Known operations: "):
        stash.operate(plugin, "no_such_operation")


def test_an_update_is_offered_when_the_content_changed(
    manager: PackageManager, source: SourceServer, packages: dict[str, Package]
) -> None:
    manager.install(*PLUGINS)
    assert manager.installed() == dict.fromkeys(PLUGINS, False)
    offer_changed_packages(source, packages)
    assert manager.installed() == dict.fromkeys(PLUGINS, True)


def test_an_update_and_an_uninstall_keep_the_state(
    manager: PackageManager, source: SourceServer, packages: dict[str, Package], stash: StashUnderTest
) -> None:
    plugin = PLUGINS[0]
    manager.install(plugin)
    stash.operate(plugin, "history_list", page=1, page_size=10)
    kept = stash.config_dir / "plugin_data" / plugin / "state.sqlite3"
    before = kept.stat().st_ino
    offer_changed_packages(source, packages)
    manager.update(plugin)
    assert manager.installed() == {plugin: False}
    manager.uninstall(plugin)
    assert plugin not in stash.plugins()
    assert kept.stat().st_ino == before

"""Setup and the heartbeat tell when Stash does not use the right listener, and what works without it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.places import PLUGINS
from scripts.release.manifests import load_plugin
from tests.harness.installed import InstalledPlugin, install_plugin

ENABLE = "mutation Enable($map: BoolMap!) { setPluginsEnabled(enabledMap: $map) }"
RELOAD = 'Press "Reload plugins" under Settings > Plugins in Stash.'
NEW_INSTALL = f"Install Sample again under Settings > Plugins in Stash. {RELOAD}"
STILL_WORKS = (
    "Nothing is lost: Sample looks for changes once a minute while a page of Stash is open, and whenever it works on "
    "its queue."
)


class Sample:
    """The sample plugin in the double, in a folder of its own whose files a test may change."""

    def __init__(self, plugin: InstalledPlugin, folder: Path) -> None:
        self.plugin = plugin
        self.manifest = folder / "samplePlugin.yml"
        self.listener = folder / "samplePluginListener.yml"

    def switch_off(self) -> None:
        self.plugin.client.ask(ENABLE, {"map": {"samplePluginListener": False}})

    def reload(self) -> None:
        """Let Stash read all manifests again."""
        self.plugin.client.ask("mutation Reload { reloadPlugins }")

    def copy_listener(self, folder: str) -> Path:
        """Put a copy of the listener into another folder of plugins."""
        target = self.plugin.stash.plugins_dir / folder
        target.mkdir()
        shutil.copy(self.listener, target)
        return target

    def test_listener(self) -> dict[str, Any]:
        """Return the result of the setup test."""
        (result,) = self.plugin.operation("setup_tests", only="listener")["tests"]
        return dict(result)

    def find_notice(self) -> dict[str, str] | None:
        """Return the heartbeat's notice about the listener."""
        notices = self.plugin.operation("heartbeat")["notices"]
        return next((each for each in notices if each["key"] == "listener"), None)


@pytest.fixture(params=["0.25", "0.31"])
def sample(request: pytest.FixtureRequest, sample_folder: Path, tmp_path: Path) -> Iterator[Sample]:
    folder = tmp_path / "samplePlugin"
    shutil.copytree(sample_folder, folder, symlinks=True)
    with install_plugin(folder, is_forked=False, profile=request.param) as plugin:
        yield Sample(plugin, folder)


def replace_version(path: Path, version: str) -> None:
    """Change the version that a manifest states."""
    path.write_text(re.sub(r"^version: .*$", f'version: "{version}"', path.read_text(), flags=re.MULTILINE))


def test_a_listener_that_stash_has_loaded_is_well(sample: Sample) -> None:
    result = sample.test_listener()
    message = "The listener is on: saving something in Stash starts Sample at once."
    assert (result["state"], result["message"], sample.find_notice()) == ("ok", message, None)


def test_a_listener_that_is_switched_off_is_told_with_what_still_works(sample: Sample) -> None:
    sample.switch_off()
    result, notice = sample.test_listener(), sample.find_notice()
    trouble = "The listener is switched off, so saving something in Stash does not start Sample at once."
    step = 'Switch on "Sample: listener" under Settings > Plugins in Stash.'
    assert (result["state"], result["message"], result["next_step"]) == ("warning", f"{trouble} {STILL_WORKS}", step)
    assert notice is not None
    assert (notice["key"], notice["level"], notice["text"]) == (
        "listener",
        "warning",
        f"{trouble} {STILL_WORKS} {step}",
    )


def test_what_is_saved_while_the_listener_is_off_is_found_by_the_heartbeat(sample: Sample) -> None:
    client = sample.plugin.client
    performer = int(client.performers.create({"name": "Ada"})["id"])
    sample.plugin.operation("heartbeat")
    sample.switch_off()
    (sample.plugin.stash.home / "shelf.json").write_text('{"locked": {"title": "yes"}}')
    client.performers.update(performer, {"details": "new"})
    sample.plugin.stash.services.jobs.wait_until_idle()
    beats = (sample.plugin.operation("heartbeat") for _ in range(20))  # a save counts when its second is over
    assert any(beat["pending"] for beat in beats)


def test_without_a_setting_that_needs_it_a_listener_that_is_off_is_no_trouble(sample: Sample) -> None:
    sample.switch_off()
    sample.plugin.save_settings(isOn=False)
    result = sample.test_listener()
    assert (result["state"], sample.find_notice()) == ("not_set_up", None)
    assert result["message"].endswith("With the present settings nothing needs it.")


def test_a_listener_whose_manifest_stash_has_not_read_yet_is_told(sample: Sample) -> None:
    text = sample.listener.read_text()
    sample.listener.unlink()
    sample.reload()
    sample.listener.write_text(text)
    result, notice = sample.test_listener(), sample.find_notice()
    assert (result["state"], result["next_step"]) == ("warning", RELOAD)
    assert result["message"].startswith("Stash has not loaded the listener, ")
    assert notice is not None and notice["text"].endswith(RELOAD)
    sample.reload()
    assert (sample.test_listener()["state"], sample.find_notice()) == ("ok", None)


def test_a_listener_whose_manifest_was_deleted_is_told(sample: Sample) -> None:
    sample.listener.unlink()
    sample.reload()
    result, notice = sample.test_listener(), sample.find_notice()
    assert (result["state"], result["next_step"]) == ("warning", NEW_INSTALL)
    assert result["message"].startswith("The listener's file samplePluginListener.yml is missing, ")
    assert notice is not None and notice["text"].endswith(NEW_INSTALL)


def test_an_old_listener_that_stash_still_holds_is_told(sample: Sample) -> None:
    """The user unpacked a newer version over the old one, and Stash has not read its manifests."""
    for path in (sample.manifest, sample.listener):
        replace_version(path, "9.0.0")
    result = sample.test_listener()
    assert (result["state"], result["next_step"]) == ("warning", RELOAD)
    assert re.match(
        r"Stash uses an old copy of the listener \(version 1\.\d+\.\d+; Sample is version 9\.0\.0\), so some saves ",
        result["message"],
    )
    sample.reload()
    assert sample.test_listener()["state"] == "ok"


def test_an_old_listener_beside_a_new_plugin_is_told(sample: Sample) -> None:
    replace_version(sample.listener, "0.1.0")
    sample.reload()
    result = sample.test_listener()
    assert (result["state"], result["next_step"]) == ("warning", NEW_INSTALL)
    assert "(version 0.1.0; Sample is version " in result["message"]


def test_a_listener_that_hears_less_than_this_version_needs_is_old(sample: Sample) -> None:
    text = sample.listener.read_text()
    sample.listener.write_text(text.replace("Performer.Update.Post", "Scene.Update.Post"))
    sample.reload()
    sample.listener.write_text(text)
    result = sample.test_listener()
    assert (result["state"], result["next_step"]) == ("warning", RELOAD)
    assert result["message"].startswith("Stash uses an old copy of the listener, so some saves ")


@pytest.mark.parametrize("folder", ["aFormerInstallation", "zLater"])
def test_a_second_copy_in_another_folder_is_told_with_its_place(sample: Sample, folder: str) -> None:
    place = sample.copy_listener(folder)
    sample.reload()
    result = sample.test_listener()
    assert (result["state"], result["next_step"]) == ("warning", f"Delete that copy. {RELOAD}")
    assert result["message"].startswith(f"There is another copy of the listener in {place}, so some saves ")


@pytest.mark.parametrize("name", [name for name in PLUGINS if load_plugin(name).listener])
@pytest.mark.parametrize("profile", ["0.25", "0.31"])
def test_every_plugin_with_a_listener_has_the_test(name: str, profile: str, assembled: Callable[[str], Path]) -> None:
    with install_plugin(assembled(name), profile=profile) as plugin:
        assert [test["key"] for test in plugin.operation("setup_tests")["tests"]][:2] == ["stash", "listener"]
        (result,) = plugin.operation("setup_tests", only="listener")["tests"]
    assert result["state"] == "ok", result


def test_a_plugin_without_a_listener_has_no_such_test(assembled: Callable[[str], Path]) -> None:
    with install_plugin(assembled("tagManager")) as plugin:
        assert "listener" not in [test["key"] for test in plugin.operation("setup_tests")["tests"]]

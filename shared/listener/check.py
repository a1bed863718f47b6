"""Finds out whether Stash has a plugin's listener, uses it, and uses the right copy of it; says what to do if not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.page.setup_tests import TestResult, not_set_up, ok, warn
from shared.runtime.plugin import Plugin, listener_id, name_listener
from shared.stash.configuration import LoadedPlugin

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings

WHERE = "under Settings > Plugins in Stash"
RELOAD = f'Press "Reload plugins" {WHERE}.'
MAY_MISS = "so some saves may not be noticed at once."
STILL_WORKS = (
    "Nothing is lost: {name} looks for changes once a minute while a page of Stash is open, and whenever it works on "
    "its queue."
)
NOT_NEEDED = "With the present settings nothing needs it."
VERSION = re.compile(r"^version:\s*[\"']?([^\"'\s]*)", re.MULTILINE)


class ListenerTrouble(NamedTuple):
    """Why the listener does not do its work, and the next step."""

    message: str
    next_step: str


def test_listener(call: Call, settings: Settings) -> TestResult:
    """Setup test `listener` of every plugin that has one: Stash has loaded the right copy, and it is switched on."""
    name, loaded = call.plugin.name, find_loaded(call)
    trouble = describe_silence(call, loaded) or find_wrong_copy(call, loaded)
    is_needed = needs_listener(call.plugin, settings.values)
    if trouble is None:
        end = "" if is_needed else f" {NOT_NEEDED}"
        return ok(f"The listener is on: saving something in Stash starts {name} at once.{end}")
    if not is_needed:
        return not_set_up(f"{trouble.message} {NOT_NEEDED}", trouble.next_step)
    return warn(f"{trouble.message} {STILL_WORKS.format(name=name)}", trouble.next_step)


def find_silence(call: Call) -> ListenerTrouble | None:
    """Return why the listener does nothing although a setting needs it, for the heartbeat; None if it works."""
    if not needs_listener(call.plugin, call.settings.values):
        return None
    return describe_silence(call, find_loaded(call))


def needs_listener(plugin: Plugin, values: Mapping[str, Any]) -> bool:
    """Return True if the settings that the plugin's listener needs are set or on; otherwise it stays silent anyway.

    The set-up test and the heartbeat ask.
    """
    return plugin.listener is not None and all(
        any(values[key] for key in each.split("|")) for each in plugin.listener.needs
    )


def find_loaded(call: Call) -> LoadedPlugin | None:
    """Return the listener as Stash has loaded it, None if it has not; the set-up test and the heartbeat ask."""
    wanted = listener_id(call.plugin)
    return next((each for each in call.stash.list_plugins() if each.id == wanted), None)


def describe_silence(call: Call, loaded: LoadedPlugin | None) -> ListenerTrouble | None:
    """Return the trouble if the listener is missing in Stash's list of plugins or switched off there.

    The set-up test and the heartbeat ask.
    """
    plugin, file = call.plugin, find_own_manifest(call)
    end = f"so saving something in Stash does not start {plugin.name} at once."
    if loaded is None and os.path.isfile(file):
        return ListenerTrouble(f"Stash has not loaded the listener, {end}", RELOAD)
    if loaded is None:
        message = f"The listener's file {os.path.basename(file)} is missing, {end}"
        return ListenerTrouble(message, advise_new_install(plugin))
    if not loaded.is_enabled:
        return ListenerTrouble(f"The listener is switched off, {end}", f'Switch on "{name_listener(plugin)}" {WHERE}.')
    return None


def find_wrong_copy(call: Call, loaded: LoadedPlugin | None) -> ListenerTrouble | None:
    """Return the trouble if Stash uses an old copy of the listener, or may use one because there are several.

    The set-up test asks.
    """
    plugin, file = call.plugin, find_own_manifest(call)
    others = [path for path in list_copies(call) if not is_same_file(path, file)]
    if others:
        places = " and ".join(os.path.dirname(path) for path in others)
        message = f"There is another copy of the listener in {places}, {MAY_MISS}"
        return ListenerTrouble(message, f"Delete that copy. {RELOAD}")
    own = read_manifest_version(os.path.join(call.connection.plugin_dir, f"{plugin.id}.yml"))
    used, beside = loaded.version if loaded is not None else "", read_manifest_version(file)
    if used == beside == own and hears_all(plugin, loaded):
        return None
    old = used if used != own else beside
    numbers = f" (version {old or 'unknown'}; {plugin.name} is version {own})" if old != own else ""
    message = f"Stash uses an old copy of the listener{numbers}, {MAY_MISS}"
    return ListenerTrouble(message, RELOAD if beside == own else advise_new_install(plugin))


def hears_all(plugin: Plugin, loaded: LoadedPlugin | None) -> bool:
    """Return True if the listener as Stash has loaded it hears every kind of save that this version needs.

    `find_wrong_copy` asks.
    """
    heard = loaded.triggers if loaded is not None else frozenset()
    return plugin.listener is None or heard.issuperset(plugin.listener.triggers)


def advise_new_install(plugin: Plugin) -> str:
    """Return the next step when a file of the plugin is missing or old, for the set-up test of the listener."""
    return f"Install {plugin.name} again {WHERE}. {RELOAD}"


def find_own_manifest(call: Call) -> str:
    """Return the path at which the plugin's own folder has the listener's manifest, for the checks of the listener."""
    return os.path.join(call.connection.plugin_dir, f"{listener_id(call.plugin)}.yml")


def read_manifest_version(path: str) -> str:
    """Return the version in the manifest of plugin or listener, or empty, for `find_wrong_copy` to compare them."""
    try:
        with open(path, encoding="utf-8") as file:
            found = VERSION.search(file.read())
    except (OSError, UnicodeDecodeError):
        return ""
    return found.group(1) if found else ""


def list_copies(call: Call) -> Sequence[str]:
    """Return the paths of all copies of the listener's manifest in Stash's plugin folder, for `find_wrong_copy`.

    Stash uses only the first one that it meets.
    """
    wanted = f"{listener_id(call.plugin)}.yml".lower()
    folders = walk_folders(call.stash.read_plugins_folder())
    return sorted(os.path.join(place, name) for place, names in folders for name in names if name.lower() == wanted)


def walk_folders(top: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every folder with its files, through symbolic links as Stash looks, each folder once.

    `list_copies` searches them.
    """
    seen: set[str] = set()
    for place, folders, files in os.walk(top, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        yield place, files


def is_same_file(path: str, other: str) -> bool:
    """Return True if two paths lead to one file, also through links; `find_wrong_copy` asks."""
    return os.path.realpath(path) == os.path.realpath(other)

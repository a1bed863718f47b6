"""Reads the user's configuration of Stash: stash-boxes, tag patterns, libraries; reads and writes plugin settings."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from shared.stash.library import Ask, AskNewest

BOXES = "query Boxes { configuration { general { stashBoxes { name endpoint api_key max_requests_per_minute } } } }"
BOXES_BEFORE_0_29 = "query Boxes { configuration { general { stashBoxes { name endpoint api_key } } } }"
TAG_PATTERNS = "query TagPatterns { configuration { scraping { excludeTagPatterns } } }"
SAVE_TAG_PATTERNS = """mutation SaveTagPatterns($patterns: [String!]) {
  configureScraping(input: {excludeTagPatterns: $patterns}) { excludeTagPatterns }
}"""
LIBRARIES = "query Libraries { configuration { general { stashes { path excludeVideo } } } }"
PLUGINS = "query Plugins { plugins { id name version enabled hooks { name hooks } } }"
PLUGINS_FOLDER = "query PluginsFolder { configuration { general { pluginsPath } } }"
PLUGIN_SETTINGS = "query PluginSettings($ids: [ID!]) { configuration { plugins(include: $ids) } }"
CONFIGURE_PLUGIN = """mutation ConfigurePlugin($id: ID!, $values: Map!) {
  configurePlugin(plugin_id: $id, input: $values)
}"""


class ConfiguredBox(NamedTuple):
    """A stash-box as configured in Stash; `endpoint` is spelled as in `stash_ids`."""

    name: str
    endpoint: str
    api_key: str
    max_requests_per_minute: int = 0  # 0 if this Stash has no such setting or the user left it empty

    def __repr__(self) -> str:
        return f"ConfiguredBox({self.name!r}, {self.endpoint!r})"


class LibraryFolder(NamedTuple):
    """A folder of Stash's library; `has_videos` is False if its videos are excluded."""

    path: str
    has_videos: bool


class LoadedPlugin(NamedTuple):
    """A plugin as Stash has loaded it; `triggers` are the saves that its hooks hear, such as Scene.Update.Post."""

    id: str
    name: str
    version: str
    is_enabled: bool
    triggers: frozenset[str]


class ConfigurationCalls:
    """The calls of `StashClient` that read and write configuration."""

    ask: Ask
    ask_newest: AskNewest
    setting_keys: Collection[str] = ()  # those that the plugin declares

    def read_boxes(self) -> list[ConfiguredBox]:
        """Return the configured stash-boxes; plugins use `read_boxes` of shared/stash_box/configured.py."""
        data = self.ask_newest([BOXES, BOXES_BEFORE_0_29], None, "reading the stash-boxes")
        return [_make_box(row) for row in data["configuration"]["general"]["stashBoxes"]]

    def read_excluded_tag_patterns(self) -> list[str]:
        """Return the patterns of tag names that Stash does not take from stash-boxes; Tag Manager follows them, too."""
        data = self.ask(TAG_PATTERNS, None, "reading the excluded tag patterns")
        return list(data["configuration"]["scraping"]["excludeTagPatterns"] or ())

    def write_excluded_tag_patterns(self, patterns: Collection[str]) -> None:
        """Replace the patterns of tag names that Stash does not take from stash-boxes; the tag cleaning adds some."""
        self.ask(SAVE_TAG_PATTERNS, {"patterns": list(patterns)}, "saving the excluded tag patterns")

    def read_library_folders(self) -> list[LibraryFolder]:
        """Return the folders of Stash's library; the path rule editor and Scan for New Scenes read them."""
        data = self.ask(LIBRARIES, None, "reading the library folders")
        rows = data["configuration"]["general"]["stashes"]
        return [LibraryFolder(row["path"], not row["excludeVideo"]) for row in rows]

    def list_plugins(self) -> list[LoadedPlugin]:
        """Return the plugins that Stash has loaded, on or off; a plugin's check of its listener reads them."""
        rows = self.ask(PLUGINS, None, "reading the list of plugins")["plugins"] or ()
        return [_make_loaded_plugin(row) for row in rows]

    def read_plugins_folder(self) -> str:
        """Return the path of the folder in which Stash looks for plugins; the check of the listener searches it."""
        data = self.ask(PLUGINS_FOLDER, None, "reading the folder of plugins")
        return str(data["configuration"]["general"]["pluginsPath"] or "")

    def read_plugin_settings(self, plugin_id: str) -> dict[str, Any]:
        """Return the settings that the user has set for a plugin; empty if none was ever set.

        Each call and the settings panel read them.
        """
        data = self.ask(PLUGIN_SETTINGS, {"ids": [plugin_id]}, "reading the plugin settings")
        return restore_keys((data["configuration"]["plugins"] or {}).get(plugin_id) or {}, self.setting_keys)

    def write_plugin_settings(self, plugin_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Change these settings of a plugin, keep the others, and return all; None removes a setting.

        Operations that save settings call it.
        """
        merged = {**self.read_plugin_settings(plugin_id), **values}
        kept = {name: value for name, value in merged.items() if value is not None}
        self.ask(CONFIGURE_PLUGIN, {"id": plugin_id, "values": kept}, "saving the plugin settings")
        return kept


def restore_keys(settings: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """Return settings under the keys that a plugin declares: Stash 0.25 returns `plex_url` as `plexUrl`.

    `read_plugin_settings` calls it.
    """
    declared = {re.sub("_(.)", lambda found: found[1].upper(), key): key for key in keys}
    return {declared.get(name, name): value for name, value in settings.items()}


def _make_loaded_plugin(row: Mapping[str, Any]) -> LoadedPlugin:
    triggers = frozenset(trigger for hook in row["hooks"] or () for trigger in hook["hooks"] or ())
    return LoadedPlugin(row["id"], row["name"], row["version"] or "", bool(row["enabled"]), triggers)


def _make_box(row: Mapping[str, Any]) -> ConfiguredBox:
    rate = max(int(row.get("max_requests_per_minute") or 0), 0)
    return ConfiguredBox(row["name"] or row["endpoint"], row["endpoint"], row["api_key"] or "", rate)

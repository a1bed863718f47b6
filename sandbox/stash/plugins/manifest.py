"""Plugin manifests, read as strictly as Stash reads them: an unknown key anywhere refuses the file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CBaseLoader as BaseLoader  # ten times as fast
except ImportError:  # a PyYAML without libyaml
    from yaml import BaseLoader  # type: ignore[assignment]

INTERFACES = ("raw", "rpc", "js")
SETTING_TYPES = ("STRING", "NUMBER", "BOOLEAN")
TASK_KEYS = {"name": str, "description": str, "execArgs": list, "defaultArgs": dict}
HOOK_KEYS = {**TASK_KEYS, "triggeredBy": list}
SETTING_KEYS = {"type": str, "displayName": str, "description": str}
CSP_KEYS = {"script-src": list, "style-src": list, "connect-src": list}
UI_KEYS = {"requires": list, "csp": dict, "javascript": list, "css": list, "assets": dict}
TOP_KEYS = {
    "name": str, "description": str, "url": str, "version": str, "interface": str, "exec": list, "errLog": str,
    "tasks": list, "hooks": list, "ui": dict, "settings": dict,
}  # fmt: skip
Raw = Mapping[str, Any]


class BadManifest(Exception):
    """The file cannot be used as a plugin manifest."""


@dataclass(frozen=True)
class PluginCommand:
    """A task or a hook: what is appended to the command line, which arguments it gets."""

    name: str
    description: str
    exec_args: tuple[str, ...]
    default_args: Mapping[str, str]
    triggered_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ManifestSetting:
    """A setting as the manifest declares it."""

    name: str
    type: str
    display_name: str
    description: str


@dataclass(frozen=True)
class Ui:
    """The `ui` part of a manifest: what a plugin adds to the pages."""

    requires: tuple[str, ...] = ()
    javascript: tuple[str, ...] = ()
    css: tuple[str, ...] = ()
    csp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """One plugin."""

    id: str
    path: Path
    name: str
    description: str | None
    url: str | None
    version: str | None
    interface: str
    exec: tuple[str, ...]
    err_log: str
    tasks: tuple[PluginCommand, ...]
    hooks: tuple[PluginCommand, ...]
    settings: tuple[ManifestSetting, ...]
    ui: Ui

    @property
    def folder(self) -> Path:
        """Return the directory of a plugin's manifest, which its paths start from."""
        return self.path.parent

    @property
    def label(self) -> str:
        """Return the display name of a plugin, for lists and jobs."""
        return self.name or self.id

    def find_task(self, name: str) -> PluginCommand | None:
        """Return a plugin's first task of that exact name, None without one, for the plugin host."""
        return next((task for task in self.tasks if task.name == name), None)

    def hooks_for(self, trigger: str) -> list[PluginCommand]:
        """Return the hooks a trigger starts; one that lists it twice starts twice. `PluginHost.fire` calls it."""
        return [hook for hook in self.hooks for each in hook.triggered_by if each == trigger]


class _StrictLoader(BaseLoader):
    """Scalars stay text, and a key given twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping of the YAML; a key given twice is refused. PyYAML calls this by its name."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise BadManifest(f'line {node.start_mark.line + 1}: key "{key}" already set in map')
        return dict(super().construct_mapping(node, deep))


def find_manifests(folder: Path) -> Iterator[Path]:
    """Yield the path of every *.yml below the plugins folder, in lexical order, through symbolic links.

    The plugin host loads them.
    """
    for place, folders, files in os.walk(folder, followlinks=True):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".yml"):
                yield Path(place) / name


def load_manifest(path: Path) -> Manifest:
    """Return the manifest in a file, for the plugin host; raise BadManifest with what Stash would log."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadManifest(f"yaml: {error}") from error
    if raw in (None, ""):
        raise BadManifest("EOF")
    top = check_keys(raw, TOP_KEYS, "plugin.Config")
    interface = top.get("interface") or "raw"
    if interface not in INTERFACES:
        raise BadManifest(f"invalid interface type {interface}")
    return Manifest(
        id=path.name.rpartition(".")[0],
        path=path,
        name=top.get("name", ""),
        description=top.get("description"),
        url=top.get("url"),
        version=top.get("version"),
        interface=interface,
        exec=tuple(top.get("exec") or ()),
        err_log=top.get("errLog", ""),
        tasks=tuple(_read_command(each, TASK_KEYS, "plugin.OperationConfig") for each in top.get("tasks") or ()),
        hooks=tuple(_read_command(each, HOOK_KEYS, "plugin.HookConfig") for each in top.get("hooks") or ()),
        settings=_read_settings(top.get("settings") or {}),
        ui=_read_ui(top.get("ui") or {}),
    )


def check_keys(raw: Any, known: Mapping[str, type], owner: str) -> Raw:
    """Return a part of a manifest with known keys of the right shape only; empty values count as not given.

    `load_manifest` and its parts call it.
    """
    if not isinstance(raw, dict):
        raise BadManifest(f"cannot unmarshal {_shape(raw)} into {owner}")
    for key, value in raw.items():
        if key not in known:
            raise BadManifest(f"field {key} not found in type {owner}")
        if value != "" and not isinstance(value, known[key]):
            raise BadManifest(f"cannot unmarshal {_shape(value)} into {owner}.{key}")
    return {key: value for key, value in raw.items() if value != ""}


def _shape(value: Any) -> str:
    return "!!map" if isinstance(value, dict) else "!!seq" if isinstance(value, list) else f"!!str `{value}`"


def _read_command(raw: Any, known: Mapping[str, type], owner: str) -> PluginCommand:
    entry = check_keys(raw, known, owner)
    arguments = entry.get("defaultArgs") or {}
    for key, value in arguments.items():
        if not isinstance(value, str):
            raise BadManifest(f"cannot unmarshal {_shape(value)} into string ({key})")
    return PluginCommand(
        entry.get("name", ""),
        entry.get("description", ""),
        tuple(entry.get("execArgs") or ()),
        arguments,
        tuple(entry.get("triggeredBy") or ()),
    )


def _read_settings(raw: Raw) -> tuple[ManifestSetting, ...]:
    settings = []
    for name in sorted(raw):
        entry = check_keys(raw[name] or {}, SETTING_KEYS, "plugin.SettingConfig")
        kind = entry.get("type") or "STRING"
        if kind not in SETTING_TYPES:
            raise BadManifest(f"invalid type {kind} for setting {name}")
        settings.append(ManifestSetting(name, kind, entry.get("displayName", ""), entry.get("description", "")))
    return tuple(settings)


def _read_ui(raw: Raw) -> Ui:
    entry = check_keys(raw, UI_KEYS, "plugin.UIConfig")
    policy = check_keys(entry.get("csp") or {}, CSP_KEYS, "plugin.PluginCSP")
    return Ui(
        tuple(entry.get("requires") or ()),
        tuple(entry.get("javascript") or ()),
        tuple(entry.get("css") or ()),
        {name: tuple(values or ()) for name, values in policy.items()},
        dict(entry.get("assets") or {}),
    )

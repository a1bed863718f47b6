"""Plugins as GraphQL shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.plugins.manifest import Manifest, PluginCommand

PLUGINS = Registry()


def show_plugin(context: Context, plugin: Manifest) -> dict[str, Any]:
    """Return a plugin as GraphQL shows it, for `plugins` and `pluginTasks`."""
    return {
        "id": plugin.id,
        "name": plugin.label,
        "description": plugin.description,
        "url": plugin.url,
        "version": plugin.version,
        "enabled": context.services.plugins.is_enabled(plugin),
        "tasks": [{**_show_task(plugin, task), "plugin": None} for task in plugin.tasks] or None,
        "hooks": [_show_hook(hook) for hook in plugin.hooks] or None,
        "settings": [
            {"name": each.name, "display_name": each.display_name, "description": each.description, "type": each.type}
            for each in plugin.settings
        ],
        "requires": list(plugin.ui.requires) or None,
        "paths": {
            "javascript": _list_files(context, plugin, "javascript", plugin.ui.javascript),
            "css": _list_files(context, plugin, "css", plugin.ui.css),
        },
    }


def _show_task(plugin: Manifest, task: PluginCommand) -> dict[str, Any]:
    return {"name": task.name, "description": task.description, "plugin": plugin}


def _show_hook(hook: PluginCommand) -> dict[str, Any]:
    return {
        "name": hook.name,
        "description": hook.description,
        "hooks": list(hook.triggered_by) or None,
        "plugin": None,
    }


def _list_files(context: Context, plugin: Manifest, kind: str, files: Sequence[str]) -> list[str] | None:
    external = [name for name in files if is_external(name)]
    own = [context.url(f"/plugin/{plugin.id}/{kind}")] if len(external) < len(files) else []
    return external + own or None


def is_external(name: str) -> bool:
    """Return True if a script or style sheet lies on another server.

    The list of a plugin's files and its pages ask.
    """
    return name.startswith(("http://", "https://"))


def _list_plugins(context: Context, _: Args) -> list[dict[str, Any]] | None:
    return [show_plugin(context, plugin) for plugin in context.services.plugins.plugins] or None


def _list_tasks(context: Context, _: Args) -> list[dict[str, Any]] | None:
    host = context.services.plugins
    return [
        _show_task(plugin, task) for plugin in host.plugins if host.is_enabled(plugin) for task in plugin.tasks
    ] or None


def _show_owner(context: Context, objects: Sequence[Any], _: Args) -> list[dict[str, Any]]:
    """Return the owners of tasks; below `plugins` Stash has null there, against its own schema."""
    if any(each["plugin"] is None for each in objects):
        raise StashFailure("the requested element is null which the schema does not allow")
    return [show_plugin(context, each["plugin"]) for each in objects]


PLUGINS.resolvers.update(
    {
        ("Query", "plugins"): root(_list_plugins),
        ("Query", "pluginTasks"): root(_list_tasks),
        ("PluginTask", "plugin"): _show_owner,
        ("PluginHook", "plugin"): _show_owner,
    }
)

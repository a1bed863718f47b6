"""/plugin/{id}/…: a plugin's scripts and styles as one file each, and its assets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sandbox.messages import HttpRequest, Response
from sandbox.stash.logbook import Logbook
from sandbox.stash.objects.plugins import is_external
from sandbox.stash.plugins.host import PluginHost
from sandbox.stash.plugins.manifest import Manifest
from sandbox.stash.routes.static import refuse, serve_content, serve_file

KINDS = {"javascript": "text/javascript", "css": "text/css"}


def answer_plugin_file(host: PluginHost, logbook: Logbook, request: HttpRequest, rest: str) -> Response:
    """Return Stash's answer to a request below /plugin/: scripts, styles and assets of plugins."""
    plugin_id, _, inner = rest.partition("/")
    plugin = host.find(plugin_id)
    if plugin is None or not inner:
        return refuse("Not Found" if inner else "404 page not found", 404)
    kind, _, path = inner.partition("/")
    if kind not in (*KINDS, "assets") or (kind != "assets" and path):
        return refuse("404 page not found", 404)
    if not host.is_enabled(plugin):
        return refuse("plugin disabled", 400)
    if kind == "assets":
        return _serve_asset(plugin, request, f"/{path}" if path else "")
    files = plugin.ui.javascript if kind == "javascript" else plugin.ui.css
    return serve_content(request, _join_files(plugin, files, logbook), KINDS[kind])


def _join_files(plugin: Manifest, files: Sequence[str], logbook: Logbook) -> bytes:
    joined = b""
    for name in files:
        path = plugin.folder / name
        if not is_external(name):
            if path.is_file():
                joined += path.read_bytes()
            else:
                logbook.add("error", f"error serving file {path}: open {path}: no such file or directory")
            joined += b"\n"
    return joined


def _serve_asset(plugin: Manifest, request: HttpRequest, path: str) -> Response:
    path = path[: -len("/index.html")] if path.endswith("/index.html") else path
    folder, rest = _find_folder(plugin, path)
    if folder is None:
        return refuse("404 page not found", 404)
    target = (folder / rest.lstrip("/")).resolve()
    if not str(folder.resolve()).startswith(str(plugin.folder.resolve())) or not target.is_relative_to(
        folder.resolve()
    ):
        return refuse("404 page not found", 404)
    return serve_file(request, target)


def _find_folder(plugin: Manifest, path: str) -> tuple[Path | None, str]:
    for prefix, folder in plugin.ui.assets.items():
        if prefix != "/" and path.startswith(prefix):
            return plugin.folder / folder, path[len(prefix) :]
    root = plugin.ui.assets.get("/")
    return (plugin.folder / root if root else None), path

"""Writes what follows from the plugins' tables: the manifests, and the tables in the documents between two marks.

./dev manifests          writes them
./dev manifests --check  says what differs and exits 1

A document asks for a table by `<!-- table: settings missingScenes -->` … `<!-- /table -->`; beside `settings` there are
`tasks`, `operations` and `arguments`.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Union, cast

from scripts.places import PLUGINS, ROOT
from scripts.release.argument_tables import EVERY_PLUGIN, list_argument_rows
from scripts.release.argument_tables import HEAD as ARGUMENT_HEAD
from scripts.release.page_scripts import ASSETS, STARTER, list_page_scripts, sort_ui_files
from scripts.release.versions import bundle_version
from shared.runtime.handler import load_named
from shared.runtime.plugin import STANDARD_OPERATIONS, Listener, Plugin, listener_id, name_drain, name_listener
from shared.settings import Group, Setting, describe_default, describe_range, describe_setting, rows_of

Yaml = Union[str, list["Yaml"], Mapping[str, "Yaml"]]

HEAD = "# Written by scripts/release/manifests.py from the table in {entry}; edit that.\n"
TABLE = re.compile(r"(<!-- table: (\w+) (\w+) -->\n)(.*?)(<!-- /table -->)", re.DOTALL)
# Words that YAML takes for something else than a text.
YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
LISTENER = "shared/listener/listener.js"
LISTENER_HEAD = "// Written by scripts/release/manifests.py from hear_save.js; edit that.\n"
LISTENER_STEPS = {"filter": "filter_save.js", "find": "find_task.js", "start": "start_task.js"}
YAML_TYPES = {"number": "NUMBER", "switch": "BOOLEAN"}


def main(argv: list[str]) -> int:
    """Run `./dev manifests`: write manifests, listeners and tables, or compare (--check); return the exit code."""
    if argv == ["--check"]:
        drift = find_manifest_drift()
        print("\n".join(drift) or "Manifests and tables are what the plugins declare.")
        return 1 if drift else 0
    for path, text in wanted_files():
        path.write_bytes(text.encode("utf-8"))
    return 0


def find_manifest_drift() -> list[str]:
    """Return the files that differ from the plugins' tables; `./dev check manifests` prints them."""
    drift = [
        f"{path.relative_to(ROOT).as_posix()} is not what the plugin declares; run: ./dev manifests"
        for path, text in wanted_files()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    documents = "".join(path.read_text("utf-8") for path in document_paths())
    wanted = [f"<!-- table: {kind} {name} -->" for kind in ("settings", "arguments") for name in PLUGINS]
    return drift + [f"no document has the table {mark}" for mark in wanted if mark not in documents]


def wanted_files() -> Iterator[tuple[Path, str]]:
    """Yield every generated or partly generated file with its right text; `./dev manifests` writes or compares them."""
    plugins = {name: load_plugin(name) for name in PLUGINS}
    yield ROOT / LISTENER, LISTENER_HEAD + strip_comments("hear_save.js")
    for name, plugin in plugins.items():
        yield ROOT / name / f"{name}.yml", render_manifest(plugin)
        if plugin.listener:
            yield ROOT / name / f"{listener_id(plugin)}.yml", render_listener(plugin, plugin.listener)
    for path in document_paths():
        yield path, fill_tables(path.read_text("utf-8"), {**plugins, EVERY_PLUGIN.id: EVERY_PLUGIN})


def document_paths() -> list[Path]:
    """Return the documents that may contain a table, for `wanted_files`."""
    docs = ROOT / "docs"
    folders = [ROOT, docs, docs / "operations", ROOT / "shared" / "ui", *(ROOT / name for name in PLUGINS)]
    return sorted(path for folder in folders for path in folder.glob("*.md"))


def entry_path(name: str) -> Path:
    """Return the one Python file at the top of a plugin's folder.

    Manifests, tests and benchmarks name it.
    """
    (entry,) = (ROOT / name).glob("*.py")
    return entry


def load_plugin(name: str) -> Plugin:
    """Return the table of one of our plugins, without running the plugin.

    `wanted_files`, tests and benchmarks call it.
    """
    return load_entry(entry_path(name))


def load_entry(entry: Path) -> Plugin:
    """Return the table in an entry file, without running the plugin, for `load_plugin`."""
    spec = importlib.util.spec_from_file_location(f"entry_of_{entry.parent.name}", entry)
    if spec is None or spec.loader is None:
        raise ImportError(f"{entry} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Plugin", module.PLUGIN)


def setting_groups(plugin: Plugin) -> tuple[Group, ...]:
    """Return the plugin's settings as declared, for manifest, listener and tables."""
    return cast("tuple[Group, ...]", load_named(plugin.settings))


# The manifest


def render_manifest(plugin: Plugin) -> str:
    """Return the manifest's text: only keys that Stash's strict reader knows, every text quoted.

    `wanted_files` calls it.
    """
    entry = entry_path(plugin.id).name
    return HEAD.format(entry=entry) + render_yaml(describe_plugin(plugin, entry))


def describe_plugin(plugin: Plugin, entry: str) -> dict[str, Yaml]:
    """Return the manifest as data, for `render_manifest`."""
    manifest: dict[str, Yaml] = {
        "name": plugin.name,
        "description": plugin.description,
        "version": bundle_version(),
        "exec": ["python3", f"{{pluginDir}}/{entry}"],
        "interface": "raw",
        "errLog": "error",
        "ui": list_ui_files(plugin.id),
        "tasks": [
            {"name": task.name, "description": task.description, "defaultArgs": {"mode": mode, **task.args}}
            for mode, task in plugin.tasks.items()
        ],
        "settings": {row.key: describe_row(row) for row in sorted_rows(plugin)},
    }
    return {key: value for key, value in manifest.items() if value}


def render_listener(plugin: Plugin, listener: Listener) -> str:
    """Return the text of the second manifest, of the script that runs inside Stash and hears its saves.

    `wanted_files` calls it.
    """
    return HEAD.format(entry=entry_path(plugin.id).name) + render_yaml(describe_listener(plugin, listener))


def describe_listener(plugin: Plugin, listener: Listener) -> dict[str, Yaml]:
    """Return the second manifest as data, for `render_listener`."""
    return {
        "name": name_listener(plugin),
        "description": f"Belongs to {plugin.name}: tells it at once when something is saved. Leave it switched on.",
        "version": bundle_version(),
        "exec": [LISTENER],
        "interface": "js",
        "hooks": [
            {"name": f"On {trigger}", "triggeredBy": [trigger], "defaultArgs": describe_hook(plugin, listener, fields)}
            for trigger, fields in listener.triggers.items()
        ],
    }


def strip_comments(name: str) -> str:
    """Return a script of the listener without comments, empty lines and indentation; Stash reads it at every save.

    The second manifest contains it.
    """
    path = ROOT / "shared" / "listener" / name
    lines = (line.split(" // ")[0].strip() for line in path.read_text("utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))


def describe_hook(plugin: Plugin, listener: Listener, fields: Sequence[str]) -> dict[str, Yaml]:
    """Return the arguments that Stash hands to the listener's script with each save, its next steps among them.

    `describe_listener` calls it.
    """
    needed = {key for each in listener.needs for key in each.split("|")}
    on = [row.key for row in rows_of(setting_groups(plugin)) if row.key in needed and row.default]
    words = {"fields": fields, "needs": listener.needs, "onByDefault": on}
    return {
        "plugin": plugin.id,
        "task": name_drain(plugin),
        **{name: " ".join(each) for name, each in words.items()},
        **{name: strip_comments(script) for name, script in LISTENER_STEPS.items()},
    }


def list_ui_files(name: str, root: Path = ROOT) -> dict[str, Yaml]:
    """Return the starter, the folder of the page's script and the styles; empty if the plugin has no script.

    The manifest lists them for Stash.
    """
    if not list_page_scripts(name, root).starter:
        return {}
    kit, own = (sort_ui_files(folder, "css") for folder in (root / "shared" / "ui", root / name / "ui"))
    styles: list[Yaml] = [*(f"shared/ui/{file}" for file in kit), *(f"ui/{file}" for file in own)]
    return {"javascript": [STARTER], "css": styles, "assets": {"/": ASSETS}}


def sorted_rows(plugin: Plugin) -> list[Setting]:
    """Return the settings in the order in which Stash shows them, for the manifest."""
    return sorted(rows_of(setting_groups(plugin)), key=lambda row: row.key)


def describe_row(row: Setting) -> dict[str, Yaml]:
    """Return a setting as Stash reads it, for the manifest."""
    kind = YAML_TYPES.get(row.kind, "STRING")
    return {"displayName": row.title, "description": describe_setting(row), "type": kind}


def render_yaml(value: Yaml, indent: str = "") -> str:
    """Return YAML with every text quoted as in JSON, so that no character in it has a meaning.

    Both manifests are written by it.
    """
    if isinstance(value, str):
        return f"{json.dumps(value, ensure_ascii=False)}\n"
    if isinstance(value, list):
        lines = (f"{indent}- {render_yaml(item, indent + '  ').lstrip()}" for item in value)
        return "".join(lines)
    lines = (
        f"{indent}{render_key(key)}: {render_yaml(item)}"
        if isinstance(item, str)
        else f"{indent}{render_key(key)}:\n{render_yaml(item, indent + '  ')}"
        for key, item in value.items()
    )
    return "".join(lines)


def render_key(key: str) -> str:
    """Return a key as people write it, quoted if YAML would misread it; `render_yaml` calls it."""
    return key if key.isidentifier() and key.lower() not in YAML_WORDS else json.dumps(key)


# The tables


def fill_tables(text: str, plugins: Mapping[str, Plugin]) -> str:
    """Return the document with all its tables up to date; `wanted_files` calls it."""

    def fill(found: re.Match[str]) -> str:
        begin, kind, name, end = found.group(1, 2, 3, 5)
        return f"{begin}\n{RENDERERS[kind](plugins[name])}\n{end}"

    return TABLE.sub(fill, text)


def render_settings_table(plugin: Plugin) -> str:
    """Return the table of all settings with their defaults, for `fill_tables`."""
    rows = [
        (row.title, f"`{row.key}`", describe_kind(row), describe_default(row), row.help)
        for row in rows_of(setting_groups(plugin))
    ]
    return render_table(("Setting", "Key", "Type", "Default", "What it does"), rows)


def describe_kind(row: Setting) -> str:
    """Return the type and the allowed values of a setting, for `render_settings_table`."""
    allowed = describe_range(row) if row.kind == "number" else ", ".join(value for value, _ in row.choices)
    return f"{row.kind}: {allowed}" if allowed else row.kind


def render_tasks_table(plugin: Plugin) -> str:
    """Return the table of tasks as Stash lists them, for `fill_tables`."""
    rows = [(f"**{task.name}**", f"`{mode}`", task.description) for mode, task in plugin.tasks.items()]
    return render_table(("Task", "Mode", "What it does"), rows) if rows else "It has no tasks yet.\n"


def render_operations_table(plugin: Plugin) -> str:
    """Return the table of operations with their handlers, for `fill_tables`."""
    operations = {**plugin.operations, **STANDARD_OPERATIONS}
    return render_table(("Operation", "Handler"), [(f"`{key}`", f"`{value}`") for key, value in operations.items()])


def render_arguments_table(plugin: Plugin) -> str:
    """Return the Markdown table of the arguments of all operations and tasks, for the documents."""
    return render_table(ARGUMENT_HEAD, list_argument_rows(plugin))


def render_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table, for all tables of `fill_tables`."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


RENDERERS: dict[str, Callable[[Plugin], str]] = {
    "settings": render_settings_table,
    "tasks": render_tasks_table,
    "operations": render_operations_table,
    "arguments": render_arguments_table,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

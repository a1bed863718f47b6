"""Joins the scripts of a plugin into three files, which a browser loads when it needs them.

The starter is the only one that the manifest lists; Stash loads it on every page. It loads the host for our parts on
Stash's own pages, and the page for the plugin's page.

`python3 -m scripts.release.page_scripts <plugin>` prints the files of each as JSON, in load order; the JavaScript tests
read it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.console import Stop
from scripts.places import ROOT
from scripts.release.shorten import shorten_script

STARTER = "ui/starter.js"
ASSETS = "assets"
# Files that others use while they load come first; "…" stands for every other folder.
UI_ORDER = ("namespace.js", "core", "words", "parts", "…", "start.js")
# What stands in the starter for the names of the other scripts.
PLACEHOLDERS = {"host": '"HOST_SCRIPT"', "page": '"PAGE_SCRIPT"'}
# Stash's pages may have loaded the starters of other plugins since, and each of them set this variable.
HEAD = 'window.StashBundleKit=window.StashBundleKits["{plugin}"];'


class PageScripts(NamedTuple):
    """The scripts of a plugin by their names in the zip, each list in load order."""

    starter: list[str]
    host: list[str]
    page: list[str]

    @property
    def names(self) -> list[str]:
        """Return all scripts in load order, for the build."""
        return [*self.starter, *self.host, *self.page]


def list_page_scripts(plugin: str, root: Path = ROOT) -> PageScripts:
    """Return the scripts of a plugin in the checkout; all lists are empty if it has none of its own.

    Build and manifest call it.
    """
    kit = sort_ui_files(root / "shared" / "ui", "js")
    own = sort_ui_files(root / plugin / "ui", "js")
    names = [*(f"shared/ui/{name}" for name in kit), *(f"ui/{name}" for name in own)] if own else []
    return split_scripts(names)


def split_scripts(names: Iterable[str]) -> PageScripts:
    """Return which scripts belong to the starter, the host and the page, each in the given order.

    `list_page_scripts` calls it.
    """
    scripts = PageScripts([], [], [])
    for name in names:
        scripts[find_stage(name.split("ui/", 1)[1])].append(name)
    return scripts


def find_stage(name: str) -> int:
    """Return the place in PageScripts of a file below ui/; what lies in no folder of a stage belongs to the page.

    `split_scripts` calls it.
    """
    room = name.split("/")[0]
    return PageScripts._fields.index(room) if room in PageScripts._fields else PageScripts._fields.index("page")


def sort_ui_files(folder: Path, ending: str) -> list[str]:
    """Return the files below a ui/ folder in load order: namespace, core, words, parts, the tabs by path, start.

    Build and manifest list scripts and styles by it.
    """
    names = [path.relative_to(folder).as_posix() for path in folder.rglob(f"*.{ending}")]
    return sorted(names, key=lambda name: (find_ui_rank(name), name))


def find_ui_rank(name: str) -> int:
    """Return the place of a file's folder in the load order, which is the same inside the starter and the host.

    `sort_ui_files` calls it.
    """
    rooms = name.split("/")
    room = rooms[1] if rooms[0] in PageScripts._fields else rooms[0]
    return UI_ORDER.index(room) if room in UI_ORDER else UI_ORDER.index("…")


def join_page_scripts(plugin: str, sources: Mapping[str, str], order: PageScripts) -> dict[str, str]:
    """Return the three scripts by their names in the zip; `sources` are the scripts of the checkout by name.

    The names of host and page contain a digest of their content. So a browser never takes an old copy for a new one,
    and the starter of another version finds no file instead of a wrong one.
    `build_page_scripts` calls it.
    """
    if not order.starter:
        return {}
    starter, joined = _join(sources, order.starter), {}
    for stage, placeholder in PLACEHOLDERS.items():
        text = f"{HEAD.format(plugin=plugin)}\n{_join(sources, getattr(order, stage))}"
        name = f"{stage}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
        joined[f"{ASSETS}/{name}"] = text
        if starter.count(placeholder) != 1:
            raise Stop(f"{plugin}: the starter has to contain {placeholder} once, for the name of that script.")
        starter = starter.replace(placeholder, json.dumps(name))
    return {STARTER: starter, **joined}


def _join(sources: Mapping[str, str], names: Iterable[str]) -> str:
    return "".join(f"{shorten_script(sources[name])}\n" for name in names)


def build_page_scripts(plugin: str, root: Path = ROOT) -> dict[str, bytes]:
    """Return the joined scripts of a plugin in the checkout by their names in the zip; the build calls it."""
    order = list_page_scripts(plugin, root)
    sources = {name: find_source(plugin, name, root).read_text("utf-8") for name in order.names}
    return {name: text.encode() for name, text in join_page_scripts(plugin, sources, order).items()}


def find_source(plugin: str, name: str, root: Path = ROOT) -> Path:
    """Return the path in the checkout of a script that has this name in the zip.

    `build_page_scripts` and `main` call it.
    """
    return root / name if name.startswith("shared/") else root / plugin / name


def main(argv: list[str]) -> int:
    """Print the paths of a plugin's scripts as JSON; return the exit code."""
    (plugin,) = argv
    lists = list_page_scripts(plugin)._asdict().items()
    paths = {part: [str(find_source(plugin, name)) for name in names] for part, names in lists}
    sources = {path: shorten_script(Path(path).read_text("utf-8")) for names in paths.values() for path in names}
    sys.stdout.write(json.dumps({**paths, "shortened": sources}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Who may import whom: entry, then plugin package, then shared; third-party packages behind their seams."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from scripts.measure.imports import find_cycles, import_graph, list_runtime_imports
from scripts.measure.shape import Source, module_name, read_sources
from scripts.places import PLUGINS
from tests.harness.process import ROOT

PRODUCT = (*PLUGINS, "shared")
STDLIB = sys.stdlib_module_names | {"_json"}

# Who may import what is neither ours nor Python's.
SEAMS = {
    "requests": ("shared/http/",),
    "urllib3": ("shared/http/",),
    "stashapi": ("shared/stash/",),
    "graphql": ("sandbox/", "scripts/"),
}


def tops_of(source: Source) -> set[str]:
    """The top-level names a file imports at run time."""
    packages = {module_name(source.name)} if source.name.endswith("__init__.py") else set()
    return {name.partition(".")[0] for name in list_runtime_imports(source.tree, module_name(source.name), packages)}


def inner_packages(plugin: str) -> set[str]:
    """What a plugin's folder holds for importing."""
    folder = ROOT / plugin
    return {path.parent.name for path in folder.glob("*/__init__.py")} | {path.stem for path in folder.glob("*.py")}


SOURCES = {source.name: source for source in read_sources((*PRODUCT, "sandbox"))}
OURS = {plugin: inner_packages(plugin) for plugin in PLUGINS}
PRODUCT_FILES = [name for name in SOURCES if name.startswith(PRODUCT)]


def test_the_rooms_were_found() -> None:
    assert len(PRODUCT_FILES) > 40
    assert all(len(packages) >= 2 for packages in OURS.values())


@pytest.mark.parametrize("plugin", PLUGINS)
def test_no_plugin_imports_another(plugin: str) -> None:
    others = set().union(*(packages for name, packages in OURS.items() if name != plugin)) | set(PLUGINS)
    guilty = {name for name in PRODUCT_FILES if name.startswith(f"{plugin}/") and tops_of(SOURCES[name]) & others}
    assert guilty == set()


@pytest.mark.parametrize("room", ["shared", "sandbox"])
def test_neither_shared_nor_sandbox_imports_a_plugin(room: str) -> None:
    plugins = set().union(*OURS.values()) | set(PLUGINS)
    guilty = {name for name in SOURCES if name.startswith(f"{room}/") and tops_of(SOURCES[name]) & plugins}
    assert guilty == set()


def test_the_sandbox_proves_the_product_and_so_does_not_use_it() -> None:
    guilty = {name for name in SOURCES if name.startswith("sandbox/") and "shared" in tops_of(SOURCES[name])}
    assert guilty == set()


def test_the_product_imports_nothing_of_the_workshop() -> None:
    workshop = {"sandbox", "scripts", "tests", "benchmarks"}
    assert {name for name in PRODUCT_FILES if tops_of(SOURCES[name]) & workshop} == set()


def foreign_imports() -> list[tuple[str, str]]:
    """File and package of every import that is neither ours nor Python's."""
    own = set().union(*OURS.values()) | {"shared"}
    return [(name, top) for name in PRODUCT_FILES for top in sorted(tops_of(SOURCES[name]) - own - STDLIB)]


def test_third_party_packages_stay_behind_their_seams() -> None:
    guilty = [(name, top) for name, top in foreign_imports() if not name.startswith(SEAMS.get(top, ("nowhere/",)))]
    assert guilty == []


def test_there_are_no_import_circles_even_with_late_imports() -> None:
    trees = {module_name(name): SOURCES[name].tree for name in PRODUCT_FILES}
    packages = {module_name(name) for name in PRODUCT_FILES if name.endswith("__init__.py")}
    assert find_cycles(import_graph(trees, packages)) == []


def test_only_entries_and_deps_touch_the_path() -> None:
    entries = {f"{plugin}/{path.name}" for plugin in PLUGINS for path in (ROOT / plugin).glob("*.py")}
    guilty = {name for name in PRODUCT_FILES if "sys.path" in SOURCES[name].text}
    assert guilty == entries | {"shared/runtime/deps.py"}


def broad_excepts(source: Source) -> list[str]:
    """The handlers of a file that catch everything."""
    handlers = [node for node in ast.walk(source.tree) if isinstance(node, ast.ExceptHandler)]
    return [
        source.name
        for handler in handlers
        if handler.type is None or {"Exception", "BaseException"} & {ast.unparse(name) for name in caught(handler.type)}
    ]


def caught(expression: ast.expr) -> list[ast.expr]:
    return expression.elts if isinstance(expression, ast.Tuple) else [expression]


def test_three_named_places_catch_everything() -> None:
    found = [name for source in SOURCES.values() if source.name.startswith(PRODUCT) for name in broad_excepts(source)]
    assert sorted(found) == ["shared/queue/drain.py", "shared/runtime/main.py"]


def test_errors_imports_nothing() -> None:
    assert tops_of(SOURCES["shared/errors.py"]) == {"__future__"}


@pytest.mark.parametrize("name", PRODUCT_FILES)
def test_annotations_stay_text_so_that_old_pythons_can_read_them(name: str) -> None:
    has_annotations = any(isinstance(node, ast.arg) and node.annotation for node in ast.walk(SOURCES[name].tree))
    assert not has_annotations or "from __future__ import annotations" in SOURCES[name].text


def test_paths_in_here_exist() -> None:
    rooms = [room for allowed in SEAMS.values() for room in allowed]
    assert [room for room in rooms if not (Path(ROOT) / room).is_dir()] == []

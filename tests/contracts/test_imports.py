"""Who may import whom: entry, then plugin package, then shared; third-party packages behind their seams."""

from __future__ import annotations

import ast
import sys
from functools import cache, lru_cache
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
    "stashapi": ("shared/stash/",),
    "graphql": ("sandbox/", "scripts/"),
}


@cache
def tops_of(name: str) -> frozenset[str]:
    """The top-level names a file imports at run time."""
    packages = {module_name(name)} if name.endswith("__init__.py") else set()
    return frozenset(
        name.partition(".")[0] for name in list_runtime_imports(sources()[name].tree, module_name(name), packages)
    )


def inner_packages(plugin: str) -> set[str]:
    """Return the names of the packages that a plugin's folder holds for importing."""
    folder = ROOT / plugin
    return {path.parent.name for path in folder.glob("*/__init__.py")} | {path.stem for path in folder.glob("*.py")}


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Read the files when the first test needs them: every worker imports this module, but one runs its tests."""
    return {source.name: source for source in read_sources((*PRODUCT, "sandbox"))}


def product_files() -> list[str]:
    """Return the names of the files that users get."""
    return [name for name in sources() if name.startswith(PRODUCT)]


OURS = {plugin: inner_packages(plugin) for plugin in PLUGINS}


def test_the_rooms_were_found() -> None:
    assert len(product_files()) > 40
    assert all(len(packages) >= 2 for packages in OURS.values())


@pytest.mark.parametrize("plugin", PLUGINS)
def test_no_plugin_imports_another(plugin: str) -> None:
    others = set().union(*(packages for name, packages in OURS.items() if name != plugin)) | set(PLUGINS)
    guilty = {name for name in product_files() if name.startswith(f"{plugin}/") and tops_of(name) & others}
    assert guilty == set()


@pytest.mark.parametrize("room", ["shared", "sandbox"])
def test_neither_shared_nor_sandbox_imports_a_plugin(room: str) -> None:
    plugins = set().union(*OURS.values()) | set(PLUGINS)
    guilty = {name for name in sources() if name.startswith(f"{room}/") and tops_of(name) & plugins}
    assert guilty == set()


def test_the_sandbox_proves_the_product_and_so_does_not_use_it() -> None:
    guilty = {name for name in sources() if name.startswith("sandbox/") and "shared" in tops_of(name)}
    assert guilty == set()


def test_the_product_imports_nothing_of_the_workshop() -> None:
    workshop = {"sandbox", "scripts", "tests", "benchmarks"}
    assert {name for name in product_files() if tops_of(name) & workshop} == set()


def foreign_imports() -> list[tuple[str, str]]:
    """File and package of every import that is neither ours nor Python's."""
    own = set().union(*OURS.values()) | {"shared"}
    return [(name, top) for name in product_files() for top in sorted(tops_of(name) - own - STDLIB)]


def test_third_party_packages_stay_behind_their_seams() -> None:
    guilty = [(name, top) for name, top in foreign_imports() if not name.startswith(SEAMS.get(top, ("nowhere/",)))]
    assert guilty == []


def test_there_are_no_import_circles_even_with_late_imports() -> None:
    trees = {module_name(name): sources()[name].tree for name in product_files()}
    packages = {module_name(name) for name in product_files() if name.endswith("__init__.py")}
    assert find_cycles(import_graph(trees, packages)) == []


def test_only_entries_and_deps_touch_the_path() -> None:
    entries = {f"{plugin}/{path.name}" for plugin in PLUGINS for path in (ROOT / plugin).glob("*.py")}
    guilty = {name for name in product_files() if "sys.path" in sources()[name].text}
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
    found = [name for source in sources().values() if source.name.startswith(PRODUCT) for name in broad_excepts(source)]
    assert sorted(found) == ["shared/queue/drain.py", "shared/runtime/main.py"]


def test_errors_imports_nothing() -> None:
    assert tops_of("shared/errors.py") == {"__future__"}


def has_annotations(source: Source) -> bool:
    return any(isinstance(node, ast.arg) and node.annotation for node in ast.walk(source.tree))


def test_annotations_stay_text_so_that_old_pythons_can_read_them() -> None:
    without = [each for each in sources().values() if "from __future__ import annotations" not in each.text]
    assert [each.name for each in without if each.name.startswith(PRODUCT) and has_annotations(each)] == []


def test_paths_in_here_exist() -> None:
    rooms = [room for allowed in SEAMS.values() for room in allowed]
    assert [room for room in rooms if not (Path(ROOT) / room).is_dir()] == []

"""The import graph of the repository, and the cycles in it. Imports within functions and for type checkers count."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

Trees = Mapping[str, ast.Module]
Graph = dict[str, set[str]]


def import_graph(trees: Trees, packages: set[str]) -> Graph:
    """Return for each module the modules of ours it imports; `packages` are the __init__ files. A bar counts cycles."""
    return {
        module: {target for name in list_imports(ast.walk(tree), module, packages) if (target := resolve(name, trees))}
        - {module}
        for module, tree in trees.items()
    }


def resolve(name: str, trees: Trees) -> str | None:
    """Return the module of ours that an imported name is, or is taken from; None for other names.

    `import_graph` calls it.
    """
    if name in trees:
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in trees else None


def list_runtime_imports(tree: ast.Module, module: str, packages: set[str]) -> Iterator[str]:
    """Yield every dotted name that a module imports at run time; tests/contracts/test_imports.py calls this."""
    return list_imports(walk_runtime_nodes(tree), module, packages)


def list_imports(nodes: Iterable[ast.AST], module: str, packages: set[str]) -> Iterator[str]:
    """Yield every dotted name that these nodes of a module import, for `import_graph`."""
    package = module if module in packages else module.rpartition(".")[0]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve_base(node, package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def resolve_base(node: ast.ImportFrom, package: str) -> str:
    """Return the package that a from-import starts at, dots resolved; `list_imports` calls it."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


def walk_runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes except those that only type checkers see; `list_runtime_imports` searches these."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield other
                yield from walk_runtime_nodes(other)
        else:
            yield from walk_runtime_nodes(child)


def find_cycles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or through others; a bar allows none."""
    reach = {module: find_reachable(module, graph) for module in graph}
    groups = {
        tuple(sorted(other for other in reach[module] if module in reach[other]))
        for module in graph
        if module in reach[module]
    }
    return [list(group) for group in sorted(groups)]


def find_reachable(start: str, graph: Graph) -> set[str]:
    """Return every module that a module imports, directly or through others; `find_cycles` calls this."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen

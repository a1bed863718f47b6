"""Who imports whom inside the repository, imports within functions included, and the circles in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

Trees = Mapping[str, ast.Module]
Graph = dict[str, set[str]]


def import_graph(trees: Trees, packages: set[str]) -> Graph:
    """For each module the modules of ours that it imports; `packages` are the modules that are an __init__."""
    return {
        module: {target for name in imported_names(tree, module, packages) if (target := resolve(name, trees))}
        - {module}
        for module, tree in trees.items()
    }


def resolve(name: str, trees: Trees) -> str | None:
    """The module of ours that a dotted name stands for: itself, or the module it is taken from."""
    if name in trees:
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in trees else None


def imported_names(tree: ast.Module, module: str, packages: set[str]) -> Iterator[str]:
    """Every dotted name a module imports at run time."""
    package = module if module in packages else module.rpartition(".")[0]
    for node in runtime_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_base(node, package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def absolute_base(node: ast.ImportFrom, package: str) -> str:
    """The package a from-import starts at, dots resolved."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


def runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes except those that only type checkers see."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield other
                yield from runtime_nodes(other)
        else:
            yield from runtime_nodes(child)


def find_cycles(graph: Graph) -> list[list[str]]:
    """Groups of modules that reach each other."""
    reach = {module: reachable(module, graph) for module in graph}
    groups = {
        tuple(sorted(other for other in reach[module] if module in reach[other]))
        for module in graph
        if module in reach[module]
    }
    return [list(group) for group in sorted(groups)]


def reachable(start: str, graph: Graph) -> set[str]:
    """Everything that a module imports directly or through others."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen

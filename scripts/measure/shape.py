"""The style bars, measured over everything but tests; ./dev check fails if one is missed."""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Union

from scripts.measure.imports import find_cycles, import_graph
from scripts.measure.names import find_repeated_classes, find_unused_functions
from scripts.places import PLUGINS, PRODUCT, ROOT

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]

ROOMS = (*PLUGINS, "shared", "sandbox", "scripts", "benchmarks")
WINDOW = 6
MOCK = re.compile(r"\b(?:Magic)?Mock\(|\bpatch(?:\.\w+)?\(|monkeypatch\.setattr\(")


class Bar(NamedTuple):
    """One measured number, its limit, and the worst place."""

    what: str
    value: float
    limit: float
    where: str = ""

    @property
    def holds(self) -> bool:
        """Return True if the measured value of the code is within the bar's limit; `./dev check shape` asks."""
        return self.value <= self.limit


class Source(NamedTuple):
    """A parsed Python file."""

    name: str
    text: str
    tree: ast.Module


def read_sources(rooms: Iterable[str], root: Path = ROOT) -> list[Source]:
    """Return the parsed Python files below the given folders, the input of all bars."""
    paths = [path for room in rooms for path in (root / room).rglob("*.py") if "node_modules" not in path.parts]
    texts = [(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in sorted(paths)]
    return [Source(name, text, ast.parse(text, name, type_comments=True)) for name, text in texts]


def measure_shape(root: Path = ROOT) -> list[Bar]:
    """Return all style bars for Python; `./dev check shape` prints those that are missed."""
    sources, tests = read_sources(ROOMS, root), read_sources(["tests"], root)
    return [
        *file_bars(sources),
        *folder_bars(sources),
        *function_bars(sources),
        *name_bars(sources),
        *rule_bars(sources),
        *test_bars(tests),
    ]


def file_bars(sources: Sequence[Source]) -> list[Bar]:
    """Return the bars (measure, value, limit, place) for file length, import cycles and repeated lines.

    `measure_shape` calls it.
    """
    longest = max(((len(source.text.splitlines()), source.name) for source in sources), default=(0, ""))
    share, place = repeated_share(sources)
    trees = {module_name(source.name): source.tree for source in sources}
    packages = {module_name(source.name) for source in sources if source.name.endswith("__init__.py")}
    cycles = find_cycles(import_graph(trees, packages))
    return [
        Bar("longest file, lines", longest[0], 400, longest[1]),
        Bar("import cycles", len(cycles), 0, " ↔ ".join(cycles[0]) if cycles else ""),
        Bar("repeated lines, %", round(share, 2), 2, place),
    ]


def folder_bars(sources: Sequence[Source]) -> list[Bar]:
    """Return the bar for modules in one folder; an __init__.py does not count. `measure_shape` calls it."""
    modules = (PurePosixPath(source.name) for source in sources if not source.name.endswith("__init__.py"))
    fullest = Counter(str(path.parent) for path in modules).most_common(1) or [("", 0)]
    return [Bar("modules in one folder", fullest[0][1], 14, fullest[0][0])]


def name_bars(sources: Sequence[Source]) -> list[Bar]:
    """Return the bars for class names with two meanings and for unused public functions of the product.

    `measure_shape` calls it.
    """
    trees = {source.name: source.tree for source in sources}
    product = {name: tree for name, tree in trees.items() if name.startswith(PRODUCT)}
    repeated = find_repeated_classes(trees)
    unused = find_unused_functions({source.name: source.text for source in sources}, product)
    return [
        Bar("class names with two meanings", len(repeated), 0, ", ".join(repeated)),
        Bar("public functions nobody calls", len(unused), 0, next(iter(unused), "")),
    ]


def module_name(file: str) -> str:
    """Return the dotted name by which a file is imported, for the bar on import cycles.

    A plugin's folder is on the path, not in the name.
    """
    parts = file[:-3].split("/")
    if parts[0] in PLUGINS:
        parts = parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions_of(sources: Iterable[Source]) -> list[tuple[str, Function]]:
    """Return every function with its file, for the bars about functions."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(source.name, node) for source in sources for node in ast.walk(source.tree) if isinstance(node, kinds)]


def length(node: Function) -> int:
    """Return the number of lines of a function, for its bar."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def function_bars(sources: Sequence[Source]) -> list[Bar]:
    """Return the bars for the length and the types of functions, for `measure_shape`."""
    functions = functions_of(sources)
    lengths = sorted((length(node), f"{file}:{node.lineno} {node.name}") for file, node in functions) or [(0, "")]
    untyped = [f"{file}:{node.lineno} {node.name}" for file, node in functions if not is_typed(node)]
    p95 = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    return [
        Bar("longest function, lines", lengths[-1][0], 60, lengths[-1][1]),
        Bar("95 % of functions, lines", p95[0], 40),
        Bar("median function, lines", statistics.median(size for size, _ in lengths), 9),
        Bar("functions without full types", len(untyped), 0, next(iter(untyped), "")),
    ]


def is_typed(node: Function) -> bool:
    """Return True if every argument and the result have a type, in a file for Python 2.7 in a comment.

    `function_bars` asks.
    """
    if node.type_comment:
        return True
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given = [argument for argument in named if argument.arg not in {"self", "cls"}]
    return node.returns is not None and all(argument.annotation for argument in given)


def rule_bars(sources: Sequence[Source]) -> list[Bar]:
    """Return the bars for broad excepts, bare excepts and `global`, for `measure_shape`."""
    found: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for node in ast.walk(source.tree):
            kind = offence(node)
            if kind:
                found[kind].append(f"{source.name}:{getattr(node, 'lineno', 0)}")
    limits = {"broad excepts": 3, "bare excepts": 0, "global statements": 0}
    return [Bar(what, len(found[what]), limit, ", ".join(found[what])) for what, limit in limits.items()]


def offence(node: ast.AST) -> str:
    """Return the rule that a node counts against, or an empty text, for `rule_bars`."""
    if isinstance(node, ast.Global):
        return "global statements"
    if not isinstance(node, ast.ExceptHandler):
        return ""
    if node.type is None:
        return "bare excepts"
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    names = {name.id for name in caught if isinstance(name, ast.Name)}
    return "broad excepts" if names & {"Exception", "BaseException"} else ""


def repeated_share(sources: Iterable[Source]) -> tuple[float, str]:
    """Return the percentage of code lines inside repeated runs of six lines, and one such place, for `file_bars`."""
    lines = {source.name: code_lines(source.text) for source in sources}
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, code in lines.items():
        for start in range(len(code) - WINDOW + 1):
            places[tuple(text for _, text in code[start : start + WINDOW])].append((name, start))
    twice = [found for found in places.values() if len(found) > 1]
    repeated = {(name, start + offset) for found in twice for name, start in found for offset in range(WINDOW)}
    total = sum(map(len, lines.values())) or 1
    example = " = ".join(f"{name}:{lines[name][start][0]}" for name, start in twice[0]) if twice else ""
    return 100 * len(repeated) / total, example


def code_lines(text: str) -> list[tuple[int, str]]:
    """Return number and tokens of each code line; comments, docstrings, imports and lone brackets do not count.

    `repeated_share` looks for equal runs among them.
    """
    by_line: dict[int, list[str]] = defaultdict(list)
    at_start = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            at_start = True
        elif token.type in {tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER}:
            continue
        elif not (token.type == tokenize.STRING and at_start):
            by_line[token.start[0]].append(token.string)
            at_start = False
    rows = [(number, tokens) for number, tokens in sorted(by_line.items()) if tokens[0] not in {"import", "from"}]
    return [(number, joined) for number, tokens in rows if len(joined := " ".join(tokens)) > 3]


def test_bars(tests: Sequence[Source]) -> list[Bar]:
    """Return the bars for the length of tests and for mocks, for `measure_shape`."""
    lengths = [length(node) for _, node in functions_of(tests) if node.name.startswith("test")]
    mocks = [source.name for source in tests for _ in MOCK.finditer(source.text)]
    return [
        Bar("median test, lines", statistics.median(lengths) if lengths else 0, 10),
        Bar("mocks per test", round(len(mocks) / (len(lengths) or 1), 3), 0.05, next(iter(mocks), "")),
    ]

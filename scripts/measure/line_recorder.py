"""Records which lines of ours a process runs, for the coverage of the tests. Our .venv starts it in measured processes.

A trace function slows down every call of every module. So our modules are compiled with one more statement before each
of theirs, which sets the byte of its line in a file that all measured processes have mapped into their memory. Nothing
has to be written when a process ends, so the lines of a killed process count, too.
"""

from __future__ import annotations

import _imp
import builtins
import marshal
import mmap
import os
import zlib
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ast

MARKS = "__line_marks__"  # the mapped file's name in all our modules
MARKS_FILE, LAYOUT_FILE = "marks", "layout"


class MarkedSource(NamedTuple):
    """A source file: the bytes of its lines follow the one at the offset."""

    offset: int
    lines: int
    checksum: int


class Layout(NamedTuple):
    """The places at which the lines of our files are marked, by the path of each source below the root."""

    root: str
    plugins: list[str]
    sources: dict[str, tuple[int, int, int]]  # the values of `MarkedSource`


class Recorder:
    """The modules of one process that mark their lines."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        with open(os.path.join(folder, LAYOUT_FILE), "rb") as file:
            self._layout = Layout(*marshal.load(file))  # noqa: S302 - the command that tests wrote it
        with open(os.path.join(folder, MARKS_FILE), "r+b") as file:
            self._marks = mmap.mmap(file.fileno(), 0)

    def start(self) -> None:
        """Let all of our modules that are imported from now on mark their lines; `start` calls it."""
        setattr(builtins, MARKS, self._marks)
        load_plain = SourceFileLoader.get_code

        def get_code(loader: Any, name: str) -> CodeType | None:
            code = load_plain(loader, name)  # byte code of plugins is kept as without us
            return self.find_marking(str(loader.path)) or code

        setattr(SourceFileLoader, "get_code", get_code)  # noqa: B010 - mypy would refuse a plain assignment

    def find_marking(self, path: str) -> CodeType | None:
        """Return the marking code of one of our modules; None if the file at this path is none of them.

        The import of each module calls it.
        """
        found = self._layout.sources.get(find_name(path, self._layout))
        if found is None:
            return None
        offset, _, checksum = found
        with open(path, "rb") as file:
            source = file.read()
        if zlib.crc32(source) != checksum:  # a file of the same name in another version
            return None
        kept = os.path.join(self._folder, f"{offset}.code")
        try:
            with open(kept, "rb") as file:
                code: CodeType = marshal.load(file)  # noqa: S302 - one of our processes wrote it
        except FileNotFoundError:
            code = compile_marking(source, path, offset)
            draft = f"{kept}.{os.getpid()}"
            with open(draft, "wb") as file:
                marshal.dump(code, file)
            os.replace(draft, kept)
        _imp._fix_co_filename(code, path)  # type: ignore[attr-defined]  # as Python does with byte code it has kept
        return code


def find_name(path: str, layout: Layout) -> str:
    """Return the path of a source below the root; those in copies of a plugin's folder stand for those they copy.

    `Recorder.find_marking` calls it.
    """
    if path.startswith(layout.root):
        return path[len(layout.root) :].replace(os.sep, "/")
    parts = path.split(os.sep)
    for place in range(len(parts) - 2, 0, -1):
        if parts[place] in layout.plugins:
            start = place + 1 if parts[place + 1] == "shared" else place
            return "/".join(parts[start:])
    return ""


def compile_marking(source: bytes, path: str, offset: int) -> CodeType:
    """Return the code of a module that marks its lines; the byte of its first line follows the one at the offset.

    `Recorder.find_marking` calls it.
    """
    import ast  # late: processes that find their modules compiled need no parser

    tree = ast.parse(source, path)
    for node in list(ast.walk(tree)):
        for _name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                value[:] = [each for statement in value for each in mark_statement(statement, offset)]
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            node.type = mark_handler(node.type, offset + node.lineno)
    return compile(tree, path, "exec", dont_inherit=True)


def mark_statement(statement: ast.stmt, offset: int) -> Sequence[ast.stmt]:
    """Return a statement with those that mark its lines; nothing may stand before a docstring and __future__.

    `compile_marking` calls it for each.
    """
    import ast

    if isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str):
        return [statement]  # coverage does not count it
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    lines = [*(each.lineno for each in decorators), statement.lineno]
    marks = [place_at(f"{MARKS}[{offset + line}] = 1", statement) for line in lines]
    is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
    return [statement, *marks] if is_future else [*marks, statement]


def mark_handler(caught: ast.expr, mark: int) -> ast.expr:
    """Return the expression of an `except` line that marks the line when Python compares an exception with it."""
    marking: Any = place_at(f"({MARKS}.__setitem__({mark}, 1), 0)[1]", caught)
    marking.value.value.elts[1] = caught
    expression: ast.expr = marking.value
    return expression


def place_at(code: str, node: ast.AST) -> ast.stmt:
    """Return a marking statement that stands, for tracebacks, where another node does.

    `mark_statement` and `mark_handler` call it.
    """
    import ast

    statement = ast.parse(code).body[0]
    for each in ast.walk(statement):
        ast.copy_location(each, node)
    return statement


def start(folder: str) -> None:
    """Record the lines that this process runs, for `./dev test`.

    Python calls it by the line that `scripts/measure/coverage.py` writes into .venv.
    """
    Recorder(folder).start()

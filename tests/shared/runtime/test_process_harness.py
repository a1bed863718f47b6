"""The harness itself follows Stash's rules, including those under which an answer is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.process import Line, decode_stdout, make_outcome, read_line


@pytest.mark.parametrize(
    ("stdout", "output", "error"),
    [
        (b'{"output": {"a": 1}}', {"a": 1}, None),
        (b'{"error": "no"}', None, "no"),
        (b'{"Output": 1, "ERROR": "no"}', 1, "no"),
        (b'{"result": 1}', None, None),
        (b"[1]", "[1]", None),
        (b'"text"', '"text"', None),
        (b"", "", None),
        (b'printed\n{"output": 1}', 'printed\n{"output": 1}', None),
        (b'{"error": ""}', None, ""),
        (b'{"error": 5}', '{"error": 5}', None),
        (b'{"output": NaN}', '{"output": NaN}', None),
    ],
)
def test_stdout_is_read_as_stash_reads_it(stdout: bytes, output: Any, error: str | None) -> None:
    assert decode_stdout(stdout) == (output, error)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\x01i\x02text\n", Line("info", "text")),
        (b"\x01p\x020.5\n", Line("progress", "0.5")),
        (b"\x01x\x02text\n", Line("", "\x01x\x02text")),
        (b"\x01i\x02\n", Line("", "\x01i\x02")),
        (b"text\n", Line("", "text")),
    ],
)
def test_a_line_counts_as_levelled_only_with_the_whole_prefix(raw: bytes, line: Line) -> None:
    assert read_line(raw) == line


@pytest.mark.parametrize(
    ("stdout", "code", "error"),
    [
        (b'{"output": 1}', 0, None),
        (b'{"output": 1}', 3, "exit status 3"),
        (b"", -9, "signal: killed"),
        (b'{"error": "no"}', 1, "no"),
    ],
)
def test_the_exit_code_counts_only_without_an_error(stdout: bytes, code: int, error: str | None) -> None:
    assert make_outcome(stdout, (), code).error == error

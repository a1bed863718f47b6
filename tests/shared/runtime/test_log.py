"""Lines as Stash can read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from shared.runtime.log import LONGEST_LINE, Log, Progress, StrayLines
from shared.runtime.redact import Secrets
from tests.harness.clock import CountingClock
from tests.harness.process import Line, operation, read_line
from tests.shared.conftest import RunSample


class Pipe:
    """A stream that a log writes to, with what has arrived there."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()

    def raw(self) -> bytes:
        os.close(self.write_end)
        with os.fdopen(self.read_end, "rb") as file:
            return file.read()

    def lines(self) -> list[Line]:
        return [read_line(line) for line in self.raw().splitlines()]


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()


@pytest.fixture
def log(pipe: Pipe) -> Log:
    return Log(Secrets(), pipe.write_end)


@pytest.fixture
def deaf_log() -> Iterator[Log]:
    """Return a log whose reader has gone."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    yield Log(Secrets(), write_end)
    os.close(write_end)


def test_every_level_has_its_letter(log: Log, pipe: Pipe) -> None:
    for write in (log.trace, log.debug, log.info, log.warning, log.error):
        write("text")
    assert pipe.raw() == b"".join(b"\x01" + letter + b"\x02text\n" for letter in (b"t", b"d", b"i", b"w", b"e"))


def test_each_line_of_a_text_has_its_own_prefix(log: Log, pipe: Pipe) -> None:
    log.warning("one\n\n  \ntwo\r\nthree\u2028four")
    assert pipe.lines() == [Line("warning", text) for text in ("one", "two", "three", "four")]


@pytest.mark.parametrize("text", ["", "\n", "   "])
def test_a_text_without_content_is_not_written(log: Log, pipe: Pipe, text: str) -> None:
    log.info(text)
    assert pipe.raw() == b""


@pytest.mark.parametrize("char", ["x", "ü", "漢", "😀"])
def test_a_long_line_is_cut_between_characters_and_says_so(log: Log, pipe: Pipe, char: str) -> None:
    log.info(char * 50_000)
    raw = pipe.raw()
    assert len(raw) <= LONGEST_LINE + 4
    assert raw.decode().endswith(f"{char} … ({len(char.encode()) * 50_000} bytes, cut)\n")


def test_control_characters_become_blanks(log: Log, pipe: Pipe) -> None:
    log.info("a\x00b\x1b[31mc\x7fd\u009be")
    assert pipe.lines() == [Line("info", "a b [31mc d e")]


def test_a_lone_surrogate_does_no_harm(log: Log, pipe: Pipe) -> None:
    log.info("title \ud800")
    assert pipe.lines()[0].text.startswith("title ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the key k-123456 here", "the key ••• here"),
        ("quoted my%2Fsecret%2Bvalue", "quoted •••"),
        ("http://host/x?apikey=qwerty1&b=2", "http://host/x?apikey=•••&b=2"),
        ("http://host/x?X-Plex-Token=qwerty1", "http://host/x?X-Plex-Token=•••"),
        ('{"whisparrApiKey": "qwerty1", "a": 1}', '{"whisparrApiKey": "•••", "a": 1}'),
        ("{'api_key': 'qwerty1'}", "{'api_key': '•••'}"),
        ("X-Api-Key: qwerty1", "X-Api-Key: •••"),
        ("Cookie: session=qwerty1", "Cookie: session=•••"),
        ("Authorization: Bearer qwerty1", "Authorization: Bearer •••"),
        ("http://user:qwerty1@host/", "http://user:•••@host/"),
        ("the API key is wrong: check it", "the API key is wrong: check it"),
        ("token rejected (401)", "token rejected (401)"),
    ],
)
def test_secrets_do_not_show(log: Log, pipe: Pipe, text: str, shown: str) -> None:
    log.hide("k-123456", "my/secret+value", "", None)
    log.info(text)
    assert pipe.lines() == [Line("info", shown)]


def test_of_two_secrets_with_the_same_beginning_nothing_is_left(log: Log, pipe: Pipe) -> None:
    log.hide("abcdef", "abcdefgh")
    log.info("abcdefgh abcdef")
    assert pipe.lines() == [Line("info", "••• •••")]


def test_the_cookie_of_a_call_is_masked_from_the_start(run_sample: RunSample) -> None:
    assert run_sample(operation("log_secret")).texts("info") == ["••• and •••", "cookie •••"]


@pytest.mark.parametrize("write", [lambda log: log.error("text"), lambda log: log.exception(ValueError("x"))])
def test_a_reader_that_has_gone_is_no_error(deaf_log: Log, write: Callable[[Log], None]) -> None:
    write(deaf_log)


def report(pipe: Pipe, *steps: tuple[float, float]) -> list[float]:
    """Report fractions, each after a pause, and return what Stash sees of them."""
    clock = CountingClock()
    progress = Progress(clock, pipe.write_end)
    for pause, fraction in steps:
        clock.advance(pause)
        progress(fraction)
    return [float(line.text) for line in pipe.lines()]


def test_progress_is_kept_within_its_bounds(pipe: Pipe) -> None:
    assert report(pipe, (0, -3.0), (1, 0.5), (1, 7.0)) == [0.0, 0.5, 1.0]


def test_progress_never_goes_back(pipe: Pipe) -> None:
    assert report(pipe, (0, 0.5), (1, 0.2), (1, float("nan")), (1, 0.6)) == [0.5, 0.6]


def test_progress_is_not_reported_faster_than_it_can_be_shown(pipe: Pipe) -> None:
    steps = [(0.01, step / 1000) for step in range(1000)]
    assert 30 < len(report(pipe, *steps)) < 50


def test_the_end_is_always_reported(pipe: Pipe) -> None:
    assert report(pipe, (0, 0.1), (0, 0.99), (0, 1.0)) == [0.1, 1.0]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (["half ", "a line", "\n"], [Line("debug", "half a line")]),
        (["one\ntwo\nthree"], [Line("debug", "one"), Line("debug", "two"), Line("debug", "three")]),
        (["\x01w\x02framed by a library\n"], [Line("warning", "framed by a library")]),
        ([""], []),
    ],
)
def test_what_is_printed_becomes_lines(log: Log, pipe: Pipe, written: list[str], lines: list[Line]) -> None:
    stray = StrayLines(log, "debug")
    for text in written:
        stray.write(text)
    stray.finish()
    assert pipe.lines() == lines


def test_a_print_without_end_does_not_fill_the_memory(log: Log, pipe: Pipe) -> None:
    stray = StrayLines(log, "debug")
    for _ in range(10):
        stray.write("x" * 1000)
    assert len(pipe.lines()) == 1

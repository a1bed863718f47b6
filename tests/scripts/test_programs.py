"""Set-up steps: what the person sees of programs that run long and fail in their own words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.console import ProgressLine, Stop
from scripts.places import tool_environment
from scripts.programs import find_program, pick_complaint, run_logged
from scripts.setup.environment import count_packages
from scripts.setup.stamps import is_current, stamp_of, write_stamp


def python(script: str) -> list[str]:
    """A command that runs a line of Python."""
    return [sys.executable, "-c", script]


def test_a_step_that_works_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run_logged("test step", python("print('a lot')"))
    assert capsys.readouterr().out == ""


def test_a_step_shows_its_lines_to_whoever_counts_them() -> None:
    seen: list[str] = []
    run_logged("test step", python("print('one'); print('two')"), on_line=seen.append)
    assert seen == ["one\n", "two\n"]


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "raise SystemExit('something else')",
            r"test step failed: something else \(log: .cache/logs/test-step.log\)\.",
        ),
        ("raise SystemExit(3)", "test step failed: it said nothing"),
        ("raise SystemExit('getaddrinfo ENOTFOUND host')", "the package registry cannot be reached"),
    ],
)
def test_a_step_that_fails_is_one_sentence(script: str, sentence: str) -> None:
    with pytest.raises(Stop, match=sentence):
        run_logged("test step", python(script))


def test_a_step_that_fetches_nothing_never_blames_the_network() -> None:
    with pytest.raises(Stop, match="could not resolve host"):
        run_logged("test step", python("raise SystemExit('could not resolve host')"), fetches=False)


def test_a_program_that_cannot_start_is_named() -> None:
    with pytest.raises(Stop, match="/nowhere/pip cannot be started: No such file"):
        run_logged("test step", ["/nowhere/pip"])


def test_a_missing_program_comes_with_a_hint() -> None:
    with pytest.raises(Stop, match="no-such-program is not installed: get it"):
        find_program("no-such-program", "get it.")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["ERROR: first\n", "ERROR: second\n"], "ERROR: first"),
        (["npm error code\n", "npm error why\n", "see the log\n"], "npm error why"),
        (["one\n", "two\n", "\n"], "two"),
        ([], "it said nothing"),
    ],
)
def test_the_line_that_says_most_is_picked(lines: list[str], complaint: str) -> None:
    assert pick_complaint(lines) == complaint


@pytest.mark.parametrize("home", ["", "/nowhere/at/all"])
def test_tools_get_a_home_in_the_checkout_when_there_is_none(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    assert tool_environment()["HOME"].endswith(".cache/home")


def test_a_good_home_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tool_environment()["HOME"] == str(tmp_path)


def test_a_step_is_done_until_its_input_changes(tmp_path: Path) -> None:
    lock, stamp_file = tmp_path / "lock", tmp_path / "made" / ".ready"
    lock.write_text("a==1")
    write_stamp(stamp_file, stamp_of([lock], "3.9"))
    assert is_current(stamp_file, stamp_of([lock], "3.9"))
    assert not is_current(stamp_file, stamp_of([lock], "3.10"))
    lock.write_text("a==2")
    assert not is_current(stamp_file, stamp_of([lock], "3.9"))


def test_packages_locked_for_several_pythons_count_once() -> None:
    assert 20 < count_packages() < 60


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressLine("Fetching", 2)
    progress.step("a")
    progress.close()
    assert capsys.readouterr().out == "Fetching …\n"

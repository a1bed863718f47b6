"""Files that another program holds for a moment, and folders that stay readable for the same person."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shared.state import files
from shared.state.files import make_private_folder, repeat_while_held


class HeldFile:
    """An act that is refused so many times, as Windows does while a scanner has the file open."""

    def __init__(self, refusals: int, error: OSError) -> None:
        self.refusals = refusals
        self.error = error
        self.tries = 0
        self.slept: list[float] = []

    def __call__(self) -> None:
        self.tries += 1
        if self.tries <= self.refusals:
            raise self.error


def test_a_held_file_is_tried_again_on_windows() -> None:
    held = HeldFile(3, PermissionError(13, "in use"))
    repeat_while_held(held, is_windows=True, sleep=held.slept.append)
    assert (held.tries, held.slept) == (4, [0.01, 0.02, 0.04])


def test_a_file_that_stays_held_is_an_error_after_a_second_or_two() -> None:
    held = HeldFile(1000, PermissionError(13, "in use"))
    with pytest.raises(PermissionError):
        repeat_while_held(held, is_windows=True, sleep=held.slept.append)
    assert 1 < sum(held.slept) < 2


@pytest.mark.parametrize(("error", "is_windows"), [(PermissionError(), False), (FileNotFoundError(), True)])
def test_other_refusals_are_not_tried_again(error: OSError, is_windows: bool) -> None:
    held = HeldFile(1, error)
    with pytest.raises(OSError):
        repeat_while_held(held, is_windows=is_windows, sleep=held.slept.append)
    assert held.tries == 1


@pytest.mark.parametrize(("is_windows", "mode"), [(False, 0o700), (True, 0o755)])
def test_only_posix_gets_a_mode(tmp_path: Path, is_windows: bool, mode: int) -> None:
    before = os.umask(0o022)
    try:
        make_private_folder(str(tmp_path / "a" / "b"), is_windows=is_windows)
    finally:
        os.umask(before)
    if not files.IS_WINDOWS:
        assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == mode

"""The state file in the hands of many processes, and on disks that refuse."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.queue.outbox import Outbox
from shared.state.store import Store
from tests.harness.state import ask, hear, start_program, tell

SUBTRACT_OVERRIDE = 24  # prctl: drop a capability for good
OVERRIDE_PERMISSIONS = (1, 2)  # what lets root write where nobody may

if sys.platform != "win32":
    import resource

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux capabilities")


def drop_overrides() -> None:
    """From here on even root keeps to the permissions of files."""
    libc = ctypes.CDLL(None)
    for capability in OVERRIDE_PERMISSIONS:
        libc.prctl(SUBTRACT_OVERRIDE, capability, 0, 0, 0)


def limit_files() -> None:
    """No file may grow beyond a hundred pages, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def open_together(path: Path, processes: int) -> list[str]:
    """Let several processes open the file at the same moment; what each of them says."""
    programs = [start_program("open_store", path) for _ in range(processes)]
    assert {hear(program) for program in programs} == {"ready"}
    for program in programs:
        tell(program)
    return [program.communicate(timeout=60)[0].strip() for program in programs]


def test_twelve_processes_make_the_file_together(tmp_path: Path) -> None:
    assert open_together(tmp_path / "new" / "state.sqlite3", 12) == ["wal"] * 12


def test_a_damaged_file_is_set_aside_once_by_many_processes(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    path.write_bytes(b"nonsense" * 1000)
    answers = open_together(path, 8)
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1
    assert sorted(answer.split(" ")[0] for answer in answers) == ["The", *["wal"] * 7]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with a state file that nobody may write to."""
    folder = tmp_path / "sample"
    Store(str(folder / "state.sqlite3")).kv.put("a", 1)
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@needs_linux
def test_a_read_only_folder_is_said_quickly_and_harms_nothing(read_only: Path) -> None:
    program = start_program("enqueue", read_only, 0.5, preexec=drop_overrides)
    assert hear(program) == "ready"
    started = time.monotonic()
    answer = ask(program, "scene:1")
    assert answer.startswith("StateError: ")
    assert "write" in answer
    assert time.monotonic() - started < 20  # however busy the machine is
    program.communicate(timeout=60)


@needs_linux
def test_a_full_disk_is_said_and_recovered_from(tmp_path: Path) -> None:
    outbox = Outbox(Store(str(tmp_path / "state.sqlite3")))
    outbox.put("before")
    program = start_program("enqueue", tmp_path, 0.5, preexec=limit_files)
    assert hear(program) == "ready"
    answers = [ask(program, f"scene:{number}") for number in range(600)]
    program.communicate(timeout=60)
    assert answers[0] == "stored" and answers[-1].startswith("StateError: ")
    assert outbox.counts()["waiting"] == 1 + answers.count("stored")
    assert Store(str(tmp_path / "state.sqlite3")).first("PRAGMA integrity_check")[0] == "ok"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 512 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("may not mount a disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_without_a_free_byte_is_said_and_later_all_is_well(tiny_disk: Path) -> None:
    outbox = Outbox(Store(str(tiny_disk / "sample" / "state.sqlite3")))
    outbox.put("before")
    ballast = tiny_disk / "ballast"
    fill(ballast)
    program = start_program("enqueue", tiny_disk / "sample", 0.5)
    assert hear(program) == "ready"
    answers = [ask(program, f"scene:{number}") for number in range(200)]
    assert answers[-1].startswith("StateError: ")
    assert "space" in answers[-1]
    ballast.unlink()
    assert ask(program, "scene:after") == "stored"
    program.communicate(timeout=60)
    kept = sum(not answer.startswith("StateError") for answer in answers)
    assert outbox.counts()["waiting"] == 2 + kept


def fill(path: Path) -> None:
    """Use up the disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError:
            return

"""The commands that tie the parts together: test, bench, build, versions, wheels."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks import Row, measure_process, median_times, peak_memory, ratio_of_times
from scripts.commands.bench import print_table, write_json
from scripts.commands.test import needs_browser, run_holding_last_line, split_order
from scripts.console import Stop
from scripts.measure.coverage import Coverage
from scripts.places import ROOT
from scripts.release.versions import find_version_drift
from scripts.release.wheels import read_wheel, vendor_files

SLOW = Row("save ÷ without plugins", 2.5, 2.0)
FAST = Row("requests", 3, 3, "requests")
INFO = Row("seconds", 1.25, None, "s")


@pytest.mark.parametrize(
    ("argv", "needs"),
    [
        ([], True),
        (["-k", "lease"], True),
        (["tests"], True),
        (["tests/browser"], True),
        (["tests/e2e/test_packages.py::test_x", "-q"], True),
        (["tests/shared"], False),
        (["tests/scripts/test_cli.py::test_help_lists_every_command"], False),
    ],
)
def test_chromium_is_set_up_only_for_tests_that_may_open_pages(argv: list[str], needs: bool) -> None:
    assert needs_browser(argv) is needs


def test_the_last_line_is_kept_for_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    code, last = run_holding_last_line(
        ["sh", "-c", "echo one; echo; echo $WHO; echo '3 passed'; exit 5"], {"WHO": "two"}
    )
    assert (code, last) == (5, "3 passed")
    assert capfd.readouterr().out == "one\n\ntwo\n"


@pytest.mark.parametrize(("row", "holds"), [(SLOW, False), (FAST, True), (INFO, True)])
def test_a_row_holds_up_to_its_bar(row: Row, holds: bool) -> None:
    assert row.holds is holds


def test_the_table_names_what_missed(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([("saves", SLOW), ("boxes", FAST), ("boxes", INFO)])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["MISS", "ok", "ok", "3"]
    assert lines[-1] == "3 rows, 1 over their bar."


def test_rows_are_kept_as_json(tmp_path: Path) -> None:
    write_json(tmp_path / "new" / "bench.json", [("saves", SLOW)])
    row = json.loads((tmp_path / "new" / "bench.json").read_text())["rows"][0]
    assert (row["module"], row["value"], row["bar"], row["holds"]) == ("saves", 2.5, 2.0, False)


def test_subjects_take_turns() -> None:
    order: list[str] = []
    median_times({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2)
    assert order == ["a", "b"] * 3


def test_more_work_has_a_larger_ratio() -> None:
    assert ratio_of_times(lambda: sum(range(200_000)), lambda: sum(range(10)), rounds=3) > 1


def test_memory_counts_what_was_held_at_once() -> None:
    assert 7 < peak_memory(lambda: bytes(8 * 2**20)) < 10


def test_a_process_is_measured_by_its_own_account() -> None:
    holding = "import sys; data = bytearray(64 * 2**20); print(sys.stdin.read()); sys.exit(3)"
    spent = measure_process([sys.executable, "-c", holding], b"given")
    assert (spent.exit_code, spent.stdout) == (3, b"given\n")
    assert 64 < spent.peak_mib < 128
    assert 0 < spent.cpu_seconds <= spent.seconds * 2


def test_all_versions_agree() -> None:
    assert find_version_drift() == []


def test_coverage_counts_what_another_process_ran_in_an_unpacked_zip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plugin = tmp_path / "plugins" / "missingScenes"
    shutil.copytree(ROOT / "shared", plugin / "shared", ignore=shutil.ignore_patterns("[!_e]*"))
    entry = f"import os, sys; sys.path[:0] = [{str(plugin)!r}]; import shared.errors; os._exit(0)"
    starter = tmp_path / "starter.py"
    starter.write_text(f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {entry!r}], cwd='/')")
    with Coverage([ROOT / "shared" / "errors.py"]) as coverage:
        run_holding_last_line([sys.executable, str(starter)], coverage.environment)
        assert not coverage.report()
    covered = re.search(r"shared/errors\.py .* ([0-9.]+)%", capsys.readouterr().out)
    assert covered is not None
    assert float(covered.group(1)) > 50


def test_a_run_that_measured_nothing_is_not_enough(capsys: pytest.CaptureFixture[str]) -> None:
    with Coverage([ROOT / "shared" / "errors.py"]) as coverage:
        assert not coverage.report()
    assert "Coverage: 0.0 %" in capsys.readouterr().out


def make_wheel(path: Path, *extra: str) -> Path:
    """A wheel with a module, tests and what is named."""
    with zipfile.ZipFile(path, "w") as wheel:
        for name in ("pack/__init__.py", "pack/tests/test_a.py", "pack/data.bin", "pack/__main__.py", *extra):
            wheel.writestr(name, "")
        wheel.writestr("pack-1.0.dist-info/METADATA", "Name: pack\nVersion: 1.0\nLicense: MIT\n")
    return path


def test_a_wheel_is_shipped_without_its_tests(tmp_path: Path) -> None:
    wheel = read_wheel(make_wheel(tmp_path / "pack.whl", "pack-1.0.dist-info/licenses/LICENSE.txt"))
    assert sorted(vendor_files([wheel])) == [
        "vendor/licences/LIST.txt",
        "vendor/licences/pack/LICENSE.txt",
        "vendor/pack/__init__.py",
    ]
    assert b"pack 1.0: MIT" in vendor_files([wheel])["vendor/licences/LIST.txt"]


def test_a_wheel_without_a_licence_is_not_shipped(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="carries no licence file"):
        read_wheel(make_wheel(tmp_path / "pack.whl"))


@pytest.mark.parametrize(
    ("argv", "rest", "order"),
    [
        ([], [], []),
        (["tests/shared", "-k", "lease"], ["tests/shared", "-k", "lease"], []),
        (["--random-order", "7"], [], ["--random-order", "7"]),
        (["tests/shared", "--random-order", "7", "-x"], ["tests/shared", "-x"], ["--random-order", "7"]),
    ],
)
def test_a_random_order_is_an_option_of_all_tests_and_of_some(
    argv: list[str], rest: list[str], order: list[str]
) -> None:
    assert split_order(argv) == (rest, order)


def collect_names(seed: int) -> list[str]:
    """The tests of one room in the order of a seed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "--random-order",
        str(seed),
        "tests/shared/state",
    ]
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}  # a person's options may change what is printed
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_a_seed_shuffles_files_and_tests_and_keeps_each_file_together() -> None:
    first, second = collect_names(1), collect_names(2)
    assert (first != second, sorted(first)) == (True, sorted(second))
    files = [name.split("::")[0] for name in first]
    assert sum(one != other for one, other in zip(files, files[1:])) == len(set(files)) - 1
    assert collect_names(1) == first

"""What the measured processes leave behind, put together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from coverage import CoverageData

from scripts.measure.coverage import COVERAGE_VARIABLE, RECORDS_VARIABLE, Coverage, read_records, record_instead
from scripts.places import ROOT

PROGRAM = """import os, sys, threading, subprocess

def work():
    return 1

thread = threading.Thread(target=work)
thread.start()
thread.join()
if os.environ.pop("CHILD", ""):
    subprocess.run([sys.executable, __file__])
else:
    {ending}
"""
RUN_BY_BOTH = {1, 3, 4, 6, 7, 8, 9, 10, 12}


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\x00", b"half a file"])
def test_what_a_killed_process_left_is_passed_over_in_silence(left: bytes) -> None:
    source = str(ROOT / "shared" / "clock.py")
    with Coverage() as coverage:
        stem = coverage.environment["COVERAGE_FILE"]
        whole = CoverageData(f"{stem}.here.pid1.a")
        whole.add_lines({source: [1]})
        whole.close()
        Path(f"{stem}.here.pid2.b").write_bytes(left)
        Path(stem).with_name("3.lines").write_bytes(left)
        assert coverage.combine().get_data().lines(source) == [1]


@pytest.mark.parametrize("ending", ["os._exit(3)", "sys.exit(3)", "raise KeyError", "os.kill(os.getpid(), 15)"])
def test_a_process_and_its_child_record_all_their_lines_however_they_end(tmp_path: Path, ending: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(ending=ending))
    with Coverage() as coverage:
        environment = {**os.environ, **coverage.environment, COVERAGE_VARIABLE: "set", "CHILD": "one"}
        record_instead(environment)
        subprocess.run([sys.executable, str(program)], env=environment, stderr=subprocess.DEVNULL, check=False)
        assert read_records(Path(environment[RECORDS_VARIABLE]))[str(program)] == RUN_BY_BOTH
        assert coverage.combine().get_data().lines(str(program)) is not None


def test_a_process_that_records_itself_can_import_coverage(tmp_path: Path) -> None:
    with Coverage() as coverage:
        environment = {**os.environ, **coverage.environment, COVERAGE_VARIABLE: "set"}
        record_instead(environment)
        check = "import sys, coverage.core; sys.exit(not coverage.core.CTRACER_FILE or not coverage.tracer.CTracer)"
        assert subprocess.run([sys.executable, "-c", check], env=environment, check=False).returncode == 0

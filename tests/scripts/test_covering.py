"""What the measured processes leave behind, put together."""

from __future__ import annotations

from pathlib import Path

import pytest
from coverage import CoverageData

from scripts.measure.coverage import Coverage
from scripts.places import ROOT


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\x00", b"half a file"])
def test_what_a_killed_process_left_is_passed_over_in_silence(left: bytes) -> None:
    source = str(ROOT / "shared" / "clock.py")
    with Coverage() as coverage:
        stem = coverage.environment["COVERAGE_FILE"]
        whole = CoverageData(f"{stem}.here.pid1.a")
        whole.add_lines({source: [1]})
        whole.close()
        Path(f"{stem}.here.pid2.b").write_bytes(left)
        assert coverage.combine().get_data().lines(source) == [1]

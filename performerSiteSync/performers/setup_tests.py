"""Set-up tests of Performer/Site Sync, run from the Setup tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from performers.boxes.sources import NO_SOURCE, read_sources
from performers.boxes.tasks import test_source
from shared.errors import BundleError
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.runtime.call import Call


def check_sources(call: Call, settings: Settings) -> TestResult:
    """Set-up test: test every source that is on; raises the problems of those that cannot be used."""
    del settings
    found = [test_source(call, box) for box in read_sources(call)]
    if not found:
        return not_set_up("No source is switched on and set up.", NO_SOURCE)
    bad = [f"{each['box']}: {each['message']}" for each in found if not each["is_ok"]]
    if bad:
        raise BundleError(" ".join(bad))
    return ok(f"{', '.join(each['box'] for each in found)} can be asked.")


TESTS = (
    SetupTest("sources", "Sources", "Each source that is on, with its key.", "performers.setup_tests:check_sources"),
)

"""The tests of the Setup tab: does each stash-box answer and accept its key; can all blacklist patterns be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.page.setup_tests import SetupTest, TestResult, ok, warn
from shared.settings import Settings
from shared.stash_box import TPDB
from shared.stash_box.setup_tests import check_boxes, summarize_checks
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

TESTS = (
    SetupTest("boxes", "Stash-boxes", "Address, key and what each box offers.", "tagging.setup_tests:test_boxes"),
    SetupTest("patterns", "Blacklist", "The patterns of blacklist and Stash.", "tagging.setup_tests:test_patterns"),
)


def test_boxes(call: Call, settings: Settings) -> TestResult:  # noqa: ARG001
    """Setup test: test every box and name those without a tag list; one that fails does not hide the others."""
    checks = check_boxes(call)
    result = summarize_checks(checks)
    without_list = [check.box.name for check in checks if check.box.kind == TPDB and not check.problem]
    if not without_list:
        return result
    offer = f"No tag list, but scenes can be synced: {', '.join(without_list)}."
    return result._replace(message=f"{result.message} {offer}")


def test_patterns(call: Call, settings: Settings) -> TestResult:  # noqa: ARG001
    """Setup test: return a warning that names the blacklist patterns that cannot be used."""
    problems = [f"{each['text']}: {each['message']}." for each in read_tag_blacklist(call).problems]
    if problems:
        return warn(" ".join(problems), "Correct them on the page under Blacklist, or in Stash's settings.")
    return ok("All patterns can be used.")

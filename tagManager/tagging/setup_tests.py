"""The Setup tab: whether each stash-box answers, accepts its key, and has a tag list; whether patterns make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ServiceError
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok, warn
from shared.settings import Settings
from shared.stash_box import Box, open_client
from tagging.links.boxes import NO_BOX, has_key, read_boxes
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

TESTS = (
    SetupTest("boxes", "Stash-boxes", "Address, key and what each box offers.", "tagging.setup_tests:test_boxes"),
    SetupTest("patterns", "Blacklist", "The patterns of blacklist and Stash.", "tagging.setup_tests:test_patterns"),
)
WHERE = "Look at the box in Stash's settings under Metadata Providers."


def test_boxes(call: Call, settings: Settings) -> TestResult:  # noqa: ARG001
    """Every box is asked; one that fails does not hide the others."""
    boxes = read_boxes(call)
    if not boxes:
        return not_set_up(NO_BOX, WHERE)
    checked = [check_box(call, box) for box in boxes]
    message = " ".join(text for _, text in checked)
    return ok(message) if all(is_good for is_good, _ in checked) else warn(message, WHERE)


def check_box(call: Call, box: Box) -> tuple[bool, str]:
    """Return True if a box works, and the sentence about it."""
    if not has_key(box):
        return False, f"{box.name} has no API key."
    client = open_client(call, box)
    try:
        user = client.check()
    except ServiceError as error:
        return False, str(error)
    finally:
        client.close()
    offer = "it has no tag list; scenes can be synced" if box.rest_url else "tag list and scenes"
    return True, f"{box.name} answers {user or 'this key'}: {offer}."


def test_patterns(call: Call, settings: Settings) -> TestResult:  # noqa: ARG001
    """Patterns that cannot be used are named."""
    problems = [f"{each['text']}: {each['message']}." for each in read_tag_blacklist(call).problems]
    if problems:
        return warn(" ".join(problems), "Correct them on the page under Blacklist, or in Stash's settings.")
    return ok("All patterns can be used.")

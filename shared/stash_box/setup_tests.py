"""The set-up test of a stash-box, which the Setup tab of every plugin with boxes runs."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import ServiceError
from shared.page.setup_tests import TestResult, not_set_up, ok, warn
from shared.stash_box.box import WHERE_BOXES_ARE_SET, Box
from shared.stash_box.client import StashBoxClient
from shared.stash_box.configured import ADD_BOX, NO_KEY, open_client, read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call


class BoxCheck(NamedTuple):
    """The result of checking one box: the user its API key belongs to, or the problem."""

    box: Box
    user: str
    problem: str

    @property
    def sentence(self) -> str:
        """Return the sentence about this box for the result of a set-up test."""
        named = self.problem if self.box.name in self.problem else f"{self.box.name}: {self.problem}"
        return named if self.problem else f"{self.box.name} answers, signed in as {self.user}."


def check_box(client: StashBoxClient) -> BoxCheck:
    """Return the user of a box's key, or the problem; set-up tests and the task Test Connections call it.

    A box without a key is not asked.
    """
    if not client.box.has_key:
        return BoxCheck(client.box, "", NO_KEY)
    try:
        return BoxCheck(client.box, client.check() or "a user without a name", "")
    except ServiceError as error:
        return BoxCheck(client.box, "", str(error))


def check_boxes(call: Call) -> list[BoxCheck]:
    """Return the check of every box of Stash, for a plugin's set-up test; one that fails does not stop the others."""
    checks = []
    for box in read_boxes(call.stash):
        with contextlib.closing(open_client(call, box)) as client:
            checks.append(check_box(client))
    return checks


def summarize_checks(checks: Sequence[BoxCheck], setting: str = "") -> TestResult:
    """Return the result of a plugin's set-up test: a warning with every problem, else ok.

    Without boxes the result names `setting`, the plugin's setting about boxes.
    """
    if not checks:
        return not_set_up("No stash-box is set up in Stash.", ADD_BOX, setting)
    problems = [check.sentence for check in checks if check.problem]
    if problems:
        return warn(" ".join(problems), f"Check the addresses and keys under {WHERE_BOXES_ARE_SET}.")
    return ok(" ".join(check.sentence for check in checks))

"""docs/errors.md knows every kind of error and gives the advice that the setup page gives."""

from __future__ import annotations

import re

import pytest

from shared.errors import BundleError
from shared.page.advice import NEXT_STEPS
from tests.harness.process import ROOT

TEXT = (ROOT / "docs" / "errors.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \|.*\| (.+) \|$", TEXT, re.MULTILINE))


@pytest.mark.parametrize("kind", NEXT_STEPS, ids=lambda kind: str(kind.code))
def test_every_kind_of_error_is_described_with_the_same_advice(kind: type[BundleError]) -> None:
    assert ROWS[kind.code] == NEXT_STEPS[kind]


def test_no_kind_is_described_that_does_not_exist() -> None:
    assert set(ROWS) == {kind.code for kind in NEXT_STEPS}

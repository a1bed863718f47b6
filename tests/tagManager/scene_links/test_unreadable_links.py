"""Rows of the link doctor's tables that cannot be read: told, set aside, and the next call works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.errors import GraphQLFailed
from tests.harness.state import spoil_column
from tests.tagManager.scene_links.conftest import Clinic


def check(clinic: Clinic) -> Any:
    return clinic.check()


def list_links(clinic: Clinic) -> Any:
    return clinic.bench.operate("doctor_list")


@pytest.mark.parametrize(
    ("table", "column", "junk", "call"),
    [
        ("scene_facts", "prints", "[[5]]", check),
        ("scene_facts", "candidates", "{", check),
        ("link_checks", "answer", '{"here": 5, "elsewhere": []}', check),
        ("link_findings", "finding", "[]", list_links),
        ("scene_cards", "card", "null", list_links),
    ],
)
def test_a_row_that_cannot_be_read_is_told_once(
    clinic: Clinic, table: str, column: str, junk: str, call: Callable[[Clinic], Any]
) -> None:
    clinic.mix_up()
    clinic.check()
    list_links(clinic)
    spoil_column(clinic.bench.plugin.state_dir, table, column, junk)
    with pytest.raises((GraphQLFailed, AssertionError), match=f"A row of the table {table} "):
        call(clinic)
    assert call(clinic)
    assert list(clinic.bench.plugin.state_dir.glob(f"*.damaged-rows-{table}-*"))

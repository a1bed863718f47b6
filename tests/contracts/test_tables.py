"""Who may name a table: the folder that creates it."""

from __future__ import annotations

import re

import pytest

from scripts.places import PLUGINS, ROOT

OWNERS: dict[str, tuple[str, ...]] = {
    r"journal_(plans|runs|items|rows|totals|blobs)": ("shared/journal/",),
    r"(FROM|INTO|UPDATE|JOIN) outbox(_counts)?": ("shared/queue/",),
    r"(FROM|INTO|UPDATE|JOIN) kv": ("shared/state/", "shared/queue/"),  # the queue reads it within its transactions
}


@pytest.mark.parametrize("tables", OWNERS)
def test_a_table_is_named_only_in_the_folder_that_creates_it(tables: str) -> None:
    texts = {path: path.read_text("utf-8") for room in (*PLUGINS, "shared") for path in (ROOT / room).rglob("*.py")}
    named = {path.relative_to(ROOT).as_posix() for path, text in texts.items() if re.search(rf"\b{tables}\b", text)}
    assert named
    assert {name for name in named if not name.startswith(OWNERS[tables])} == set()


def test_each_reader_of_a_stored_value_names_its_shape() -> None:
    texts = [path.read_text("utf-8") for room in (*PLUGINS, "shared") for path in (ROOT / room).rglob("*.py")]
    calls = [call for text in texts for call in re.findall(r"\bkv\.get\([\w.]+, [^\n]*", text)]
    assert calls
    assert [
        call for call in calls if re.match(r"kv\.get\([\w.]+, (\[\]|\{\}|\(\)|\"\"|[\d.]+|None|False)\)", call)
    ] == []

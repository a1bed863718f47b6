"""A damaged state file under each built plugin: the plugin answers, says what happened, and works on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.harness.installed import install_plugin


def fill_with_junk(data: bytes) -> bytes:
    """Return as many bytes that are no database."""
    return (b"nonsense" * (len(data) // 8 + 1))[: len(data)]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda _: b"", "was missing or empty"),
        (lambda data: data[:-4096], "was damaged"),
        (lambda data: data[: len(data) // 3], "was damaged"),
        (fill_with_junk, "was damaged"),
    ],
    ids=["zero bytes", "cut by a page", "cut", "junk"],
)
def test_a_damaged_state_file_is_told_and_the_plugin_works_on(
    plugins: Path, plugin: str, damage: Callable[[bytes], bytes], words: str
) -> None:
    with install_plugin(plugins / plugin) as installed:
        installed.operation("heartbeat")
        state = installed.state_dir / "state.sqlite3"
        with closing(sqlite3.connect(state)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode=DELETE")
        state.write_bytes(damage(state.read_bytes()))
        assert "runs" in installed.operation("history_list")
        for _ in range(2):
            notices = str(installed.operation("heartbeat")["notices"])
            assert "bug" not in notices
            assert words in notices

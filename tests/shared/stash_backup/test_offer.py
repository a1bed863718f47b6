"""When a backup of Stash's database is offered before a change, and which files are Stash's backups."""

from __future__ import annotations

import time

import pytest

from shared.stash_backup.copies import sort_copies
from shared.stash_backup.memory import BackupMemory
from shared.stash_backup.offer import Offer, decide_offer, find_last

DAY = 86400.0
NOW = 1000 * DAY


@pytest.mark.parametrize(
    ("items", "last", "declined", "offer"),
    [
        (20, None, None, Offer(False)),
        (21, None, None, Offer(True, False)),
        (200, None, None, Offer(True, False)),
        (201, None, None, Offer(True, True)),
        (201, NOW - 6 * DAY, None, Offer(False)),
        (201, NOW - 8 * DAY, None, Offer(True, True)),
        (201, NOW + DAY, None, Offer(True, True)),
        (201, None, NOW - DAY, Offer(True, False)),
        (201, None, NOW - 8 * DAY, Offer(True, True)),
    ],
    ids=["few", "some", "many", "very many", "backup", "old backup", "backup of the future", "declined", "long ago"],
)
def test_a_backup_is_offered_before_many_changes(
    items: int, last: float | None, declined: float | None, offer: Offer
) -> None:
    assert decide_offer(items, last, declined, NOW) == offer


def test_only_files_that_stash_names_so_are_backups() -> None:
    names = [
        "stash-go.sqlite",
        "stash-go.sqlite.85.20260102_030405",
        "stash-go.sqlite.85.20260102_030405.part",
        "stash-go.sqlite.75.20250101_000000.zip",
        "stash-go.sqlite.85.20269999_000000",
        "other.sqlite.85.20260102_030405",
    ]
    found = sort_copies(names, "stash-go.sqlite")
    assert [copy.name for copy in found] == [names[3], names[1]]
    assert found[1].made_at == time.mktime((2026, 1, 2, 3, 4, 5, 0, 0, -1))


def test_the_newest_backup_counts_whoever_made_it() -> None:
    assert find_last(BackupMemory(made_at=5.0), [3.0, 4.0]) == 5.0
    assert find_last(BackupMemory(), [3.0, 4.0]) == 4.0
    assert find_last(BackupMemory(), []) is None

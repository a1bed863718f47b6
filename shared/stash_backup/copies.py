"""Finds Stash's own backups of its database, by their names: `<database>.<schema>.<time>`. The newest one counts."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from typing import NamedTuple

from shared.stash.backup import DatabasePlace

_ENDING = re.compile(r"\.(\d+)\.(\d{8}_\d{6})(\.zip)?")


class DatabaseCopy(NamedTuple):
    """One backup: the name of its file, and when it was made."""

    name: str
    made_at: float


def find_folder(place: DatabasePlace) -> str:
    """Return the folder in which Stash leaves its backups; offer and backup look into it."""
    return place.backup_folder or os.path.dirname(place.path)


def list_copies(place: DatabasePlace) -> list[DatabaseCopy]:
    """Return Stash's own backups of its database, the oldest first, for the offer of a backup and after one.

    None if this process cannot read the folder.
    """
    try:
        names = os.listdir(find_folder(place))
    except OSError:
        return []
    return sort_copies(names, os.path.basename(place.path))


def sort_copies(names: Iterable[str], database: str) -> list[DatabaseCopy]:
    """Return those of these files that are backups of the database, the oldest first; `list_copies` calls it."""
    found = (parse_name(name, database) for name in names)
    return sorted((copy for copy in found if copy), key=lambda copy: copy.made_at)


def parse_name(name: str, database: str) -> DatabaseCopy | None:
    """Return the backup with this file name, and its time, which Stash writes in its own zone; None for other
    files.

    `sort_copies` calls it.
    """
    match = _ENDING.fullmatch(name[len(database) :]) if name.startswith(database) else None
    if match is None:
        return None
    try:
        return DatabaseCopy(name, time.mktime(time.strptime(match[2], "%Y%m%d_%H%M%S")))
    except (ValueError, OverflowError):
        return None

"""The memory of backups that all plugins share: the last one they had made, and when a person did without one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from shared.json_shape import fits
from shared.state.json_file import recall, remember

if TYPE_CHECKING:
    from shared.runtime.call import Call

FILE = "stash-backup.json"
SHAPE = {"made_at?": (float, None), "declined_at?": (float, None)}


class BackupMemory(NamedTuple):
    """When a plugin of the bundle last had Stash back up its database, and when a person last did without."""

    made_at: float | None = None
    declined_at: float | None = None


def recall_backup(call: Call) -> BackupMemory:
    """Return when a plugin last had a backup made and when a person last declined one; None for what is not known.

    The offer and the backup read it; a file that is missing or unreadable counts as no memory.
    """
    kept = recall(_find_path(call)) or {}
    return BackupMemory(kept.get("made_at"), kept.get("declined_at")) if fits(kept, SHAPE) else BackupMemory()


def remember_backup(call: Call, memory: BackupMemory) -> None:
    """Save these times for the next offer of any plugin; the backup and the person's answer call it."""
    remember(_find_path(call), memory._asdict())


def _find_path(call: Call) -> str:
    return os.path.join(call.shared_dir, FILE)

"""Backs up Stash's database at the beginning of a task; if that fails, the task ends before it has changed anything."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from shared.errors import BundleError, ServiceError, Unreachable
from shared.stash_backup.copies import DatabaseCopy, find_folder, list_copies
from shared.stash_backup.memory import recall_backup, remember_backup
from shared.stash_backup.offer import note_answer

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash.backup import DatabasePlace

FAILED = "Nothing was changed, because Stash's database could not be backed up first"
NEXT_STEP = (
    "Make room, or choose another Backup Directory Path under Settings > System in Stash. "
    "You can also apply without a backup."
)
UNKNOWN_END = "Stash may have made the copy all the same: look into its log, then try again."
MEBIBYTE = 1 << 20


def back_up_or_note(call: Call) -> None:
    """Let Stash back up its database if the person asked for it before this task, else note that it was declined.

    Each task calls it before its handler.
    """
    if call.backs_up_first:
        back_up_first(call)
    else:
        note_answer(call, backup=False)


def back_up_first(call: Call) -> None:
    """Let Stash back up its database, and keep the sentence about the copy for the history of this task's runs.

    `back_up_or_note` calls it. Raise if there is no copy: the task must not go on.
    """
    try:
        place = call.stash.read_database_place()
        require_room(place)
        known = {copy.name for copy in list_copies(place)}
        call.log.info("Stash backs up its database. Nothing can be saved in Stash meanwhile.")
        call.stash.back_up_database()
    except ServiceError as error:
        is_unknown = isinstance(error, Unreachable) and error.may_have_happened
        step = UNKNOWN_END if is_unknown else NEXT_STEP
        raise BundleError(f"{FAILED}. {error} {step}") from error
    copy = next((copy for copy in reversed(list_copies(place)) if copy.name not in known), None)
    remember_backup(call, recall_backup(call)._replace(made_at=call.clock.now()))
    call.stash_backup = describe_copy(place, copy)
    call.log.info(call.stash_backup)


def require_room(place: DatabasePlace) -> None:
    """Raise if a disk has less room than the database needs; a full one would also stop Stash itself.

    `back_up_first` calls it.
    """
    try:
        size = os.path.getsize(place.path)
        folders = {folder: shutil.disk_usage(folder).free for folder in (os.path.dirname(place.path),)}
        if place.backup_folder and os.path.isdir(place.backup_folder):
            folders[place.backup_folder] = shutil.disk_usage(place.backup_folder).free
    except OSError:
        return  # only Stash itself can see its files
    for folder, free in folders.items():
        if free < size:
            room = f"{folder} has {free // MEBIBYTE:,} MiB left, and the copy needs {size // MEBIBYTE + 1:,} MiB."
            raise BundleError(f"{FAILED}. {room} {NEXT_STEP}")


def describe_copy(place: DatabasePlace, copy: DatabaseCopy | None) -> str:
    """Return a sentence with name and folder of the copy, for the history of the task's runs.

    It has only the beginning of the name if this process cannot see the copy.
    """
    folder = find_folder(place)
    if copy is None:
        start = f"{os.path.basename(place.path)}.{place.schema}."
        return f"Stash's database was backed up before, to {folder}; the name of the copy begins with {start}"
    return f"Stash's database was backed up before, as {copy.name} in {folder}."

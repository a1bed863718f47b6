"""Stash's own backup of its database: where it would go, and the request that makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shared.stash.library import Ask

BACKUP_SECONDS = 1800.0  # Stash answers when the copy is complete; a large database on a slow disk takes minutes
PLACE = """query Database {
  configuration { general { databasePath backupDirectoryPath blobsStorage } } systemStatus { appSchema }
}"""
BACK_UP = "mutation BackUpDatabase { backupDatabase(input: {download: false}) }"


class DatabasePlace(NamedTuple):
    """Stash's database file, the folder of its backups (empty: that of the database), and the schema in their names.

    `has_pictures` is False if Stash keeps pictures in files, which a backup of the database leaves out.
    """

    path: str
    backup_folder: str
    schema: int
    has_pictures: bool


class BackupCalls:
    """The calls of `StashClient` about backups; shared/stash_backup makes them."""

    ask: Ask

    def read_database_place(self) -> DatabasePlace:
        """Return the paths of Stash's database and of its backups, for the offer of a backup and for the backup."""
        data = self.ask(PLACE, None, "reading where its database is")
        general = data["configuration"]["general"]
        schema, has_pictures = int(data["systemStatus"]["appSchema"]), general["blobsStorage"] == "DATABASE"
        return DatabasePlace(general["databasePath"], general["backupDirectoryPath"] or "", schema, has_pictures)

    def back_up_database(self) -> None:
        """Let Stash copy its database, before a large change.

        It saves nothing else meanwhile, and does not say where the copy is.
        """
        self.ask(BACK_UP, None, "backing up its database", read_timeout=BACKUP_SECONDS)

"""The parts of one Stash double, which resolvers and routes are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.stash.configuration import Configuration
from sandbox.stash.files.disk import Disk
from sandbox.stash.jobs import JobQueue
from sandbox.stash.library import LibraryFile
from sandbox.stash.logbook import Logbook
from sandbox.stash.packages.manager import PackageManager
from sandbox.stash.plugins.host import PluginHost
from sandbox.stash.profiles import Profile
from sandbox.stash.sessions import Sessions


@dataclass
class Services:
    """All parts of one Stash double."""

    profile: Profile
    home: Path
    library: LibraryFile
    configuration: Configuration
    sessions: Sessions
    logbook: Logbook
    jobs: JobQueue
    plugins: PluginHost
    packages: PackageManager
    disk: Disk = field(default_factory=Disk)
    scan_listeners: list[Callable[[], None]] = field(default_factory=list)

    def tell_scanned(self) -> None:
        """Call the listeners that wait for the end of a scan; a scan calls this at its end."""
        for listener in list(self.scan_listeners):
            listener()

    def close(self) -> None:
        """Stop plugins and jobs, and close the library, when the double stops."""
        self.plugins.close()
        self.jobs.close()
        self.library.close()

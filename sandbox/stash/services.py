"""The parts of one server, handed to resolvers and routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.stash.configuration import Configuration
from sandbox.stash.context import Context
from sandbox.stash.jobs import JobQueue
from sandbox.stash.library import Library
from sandbox.stash.logbook import Logbook
from sandbox.stash.packages import PackageManager
from sandbox.stash.plugins.host import Hooked, PluginHost
from sandbox.stash.profiles import Profile
from sandbox.stash.scan import Disk
from sandbox.stash.sessions import Sessions


@dataclass
class Services:
    """Everything one double of Stash consists of."""

    profile: Profile
    home: Path
    library: Library
    configuration: Configuration
    sessions: Sessions
    logbook: Logbook
    jobs: JobQueue
    plugins: PluginHost
    packages: PackageManager
    disk: Disk = field(default_factory=Disk)
    scan_listeners: list[Callable[[], None]] = field(default_factory=list)

    def tell_scanned(self) -> None:
        """Tell everybody who waits for the end of a scan."""
        for listener in list(self.scan_listeners):
            listener()

    def fire(self, context: Context, trigger: str, object_id: int, given: Any = None, fields: Any = ()) -> None:
        """Run the hooks of a change made by a request, before the request is answered."""
        hooked = Hooked(object_id, trigger, given, tuple(fields))
        self.plugins.fire(hooked, context.session, context.is_abandoned)

    def close(self) -> None:
        """Stop everything that runs."""
        self.plugins.close()
        self.jobs.close()
        self.library.close()

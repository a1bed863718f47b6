"""The call that a handler is given: arguments, settings, store, Stash and log, each made when first used."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from shared.arguments import find_declared, read_arguments
from shared.errors import StateError
from shared.runtime.byte_code import find_state_dir
from shared.runtime.clock import SYSTEM_CLOCK
from shared.runtime.handler import OPERATION, TASK, load_named
from shared.runtime.log import Log, Progress, StrayLines
from shared.runtime.redact import hide_secret
from shared.state.files import make_private_folder
from shared.state.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from shared.runtime.clock import Clock
    from shared.runtime.handler import HandlerCall
    from shared.runtime.plugin import Plugin
    from shared.settings import Group, Settings
    from shared.stash import StashClient

# Reverse proxies in front of Stash usually give up after 30 seconds.
OPERATION_SECONDS = 25.0
STASH_SECONDS = (
    4.0  # of these, the time that is kept for Stash itself, so that a hanging program is not reported as Stash
)
STASH_SHARE = 0.2  # and at most this share of what is left

# Where Stash listens on every interface, it can be reached on this machine only by a real address.
_ANY_HOST = ("", "0.0.0.0", "::", "[::]")  # noqa: S104
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class StashConnection:
    """Address and session of the Stash that started this process."""

    def __init__(self, raw: dict[str, Any]) -> None:
        cookie = raw.get("SessionCookie") or {}
        host = str(raw.get("Host") or "")
        self.scheme = "https" if raw.get("Scheme") == "https" else "http"
        self.host = "127.0.0.1" if host in _ANY_HOST else host.strip("[]")
        self.port = int(raw.get("Port") or 9999)
        self.cookie_name = str(cookie.get("Name") or "session")
        self.cookie = str(cookie.get("Value") or "")
        self.dir = str(raw.get("Dir") or "")
        self.plugin_dir = str(raw.get("PluginDir") or "")
        hide_secret(self.cookie)

    def use_session(self, cookie: object) -> None:
        """Take the session that the listener hands to its task; Stash itself gives such a task one without a user."""
        if isinstance(cookie, str) and cookie:
            self.cookie = cookie
            hide_secret(cookie)

    @property
    def url(self) -> str:
        """Return Stash's address without a path, such as http://127.0.0.1:9999, for the client of Stash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Return True if Stash runs on this machine, so that its self-signed certificate may be accepted.

        Stash's client asks.
        """
        return self.host in _LOOPBACK


class Call:
    """One call of the plugin by Stash."""

    def __init__(
        self, plugin: Plugin, document: dict[str, Any], work: HandlerCall, *, clock: Clock = SYSTEM_CLOCK
    ) -> None:
        self.plugin = plugin
        self.work = work
        self.args: dict[str, Any] = document["args"]
        self.connection = StashConnection(document.get("server_connection") or {})
        self.connection.use_session(self.args.pop("session", None))
        # The token under which the page that queued this task asks for its result; "" without one.
        self.run_token = str(self.args.get("run_token") or "")
        # A person's answer before a task that changes much: Stash backs up its database first, or not; None: not asked.
        answer = self.args.pop("backup_first", None) if work.kind == TASK else None
        self.backs_up_first = None if answer is None else str(answer).lower() == "true"
        self.is_due = work.kind == TASK and self.args.pop("is_due", None) is not None  # started by a schedule
        self.stash_backup = ""  # the sentence about the copy, which the runs of this call keep
        self.clock = clock
        self.deadline = clock.monotonic() + OPERATION_SECONDS if work.kind == OPERATION else None
        self.log = Log()
        self.progress = Progress(clock)
        self._prints = StrayLines(self.log, "debug")
        self._complaints = StrayLines(self.log, "warning")
        self._store: Store | None = None
        self._stash: StashClient | None = None
        self._settings: Settings | None = None

    @property
    def service_deadline(self) -> float | None:
        """Return the deadline for clients of programs other than Stash: after one that hangs, enough is left to ask
        Stash."""
        if self.deadline is None:
            return None
        left = self.deadline - self.clock.monotonic()
        return self.deadline - min(STASH_SECONDS, max(left, 0.0) * STASH_SHARE)

    def capture_prints(self) -> None:
        """Send everything that a handler or a library prints to Stash's log; `main` calls it before the handler."""
        sys.stdout, sys.stderr = self._prints, self._complaints

    def read_arguments(self, handler: Callable[..., Any]) -> None:
        """Replace the arguments that Stash sent by those that the handler declares; `main` calls it first."""
        rows = find_declared(handler)
        if rows is not None:
            self.args = read_arguments(self.work.label, rows, self.args)

    @property
    def run_details(self) -> dict[str, str]:
        """Return the origin of this call for the journal: the kind of call, the run token, the backup of Stash."""
        backup = {"stash_backup": self.stash_backup} if self.stash_backup else {}
        return {"via": self.work.kind, "run_token": self.run_token, **backup}

    def close(self) -> None:
        """Close Stash's session and the store, and log the last printed line; the process calls this at its end."""
        self._prints.finish()
        self._complaints.finish()
        if self._stash is not None:
            self._stash.close()
        if self._store is not None:
            if self.work.kind == TASK:
                self.log.warning(self._store.back_up())
            for warning in self._store.warnings:
                self.log.warning(warning)
            self._store.close()

    @property
    def state_dir(self) -> str:
        """Return the folder of this plugin's files beside Stash's configuration, created if missing.

        The state file is opened in it.
        """
        return make_private_dir(self._find_dir(self.plugin.id))

    @property
    def shared_dir(self) -> str:
        """Return the folder of files that all four plugins share, such as the rate limits; created if missing."""
        return make_private_dir(self._find_dir("shared"))

    def _find_dir(self, name: str) -> str:
        if not self.connection.dir:
            raise StateError(
                f"{self.plugin.name} was not told where Stash keeps its configuration (server_connection.Dir), "
                "so it has no place for its own files. Start it from Stash."
            )
        return find_state_dir(self.connection.dir, name)

    def _settings_path(self) -> str:
        return os.path.join(self._find_dir(self.plugin.id), "settings.json")

    @property
    def store(self) -> Store:
        """Return the plugin's state file; handlers and all that they call use it."""
        if self._store is None:
            migrations = load_named(self.plugin.migrations) if self.plugin.migrations else ()
            path = os.path.join(self.state_dir, "state.sqlite3")
            self._store = Store(path, migrations, clock=self.clock, owner=self.plugin.id)
        return self._store

    @property
    def uses_store(self) -> bool:
        """Return True if this call has used its state file; only then is a success noted among the last errors."""
        return self._store is not None

    @property
    def stash(self) -> StashClient:
        """Return the client of the Stash that started this process; handlers and all that they call use it."""
        if self._stash is None:
            from shared.settings import rows_of
            from shared.stash import StashClient

            self._stash = StashClient(self.connection, log=self.log, clock=self.clock, deadline=self.deadline)
            self._stash.setting_keys = [row.key for row in rows_of(self.setting_groups())]
        return self._stash

    @property
    def settings(self) -> Settings:
        """Return the plugin's settings as they are in Stash now, for handlers; a copy is kept for `known_settings`."""
        if self._settings is None:
            self._settings = self.read_settings(self.stash.read_plugin_settings(self.plugin.id))
            if self.work.kind == TASK:  # a page shows them itself, and asks every minute
                self.log.warning("\n".join(self._settings.warnings))
        return self._settings

    def read_settings(self, raw: dict[str, Any]) -> Settings:
        """Return the settings for this raw map from Stash, and keep it for `known_settings`.

        Whoever has read the map calls it. The first call that notices a change lets a queue try again that an error
        stopped.
        """
        from shared.state.json_file import remember

        before = self.recall_settings()
        if before != raw:
            remember(self._settings_path(), raw)
        if before not in (None, raw) and self.plugin.queue:
            from shared.queue.outbox import Outbox

            Outbox(self.store).try_again()
        return self.understand_settings(raw)

    def known_settings(self) -> Settings | None:
        """Return the settings as last read from Stash, without asking it, for operations that must be fast.

        None if never read.
        """
        raw = self.recall_settings()
        return None if raw is None else self.understand_settings(raw)

    def recall_settings(self) -> dict[str, Any] | None:
        """Return the raw map of settings that some call read from Stash last, for `known_settings`.

        None if none was ever read.
        """
        from shared.state.json_file import recall

        return recall(self._settings_path())

    def understand_settings(self, raw: dict[str, Any]) -> Settings:
        """Return the settings for a raw map that may not be saved yet, for set-up tests.

        Its secrets are masked from now on.
        """
        from shared.settings import read_settings, rows_of

        settings = read_settings(rows_of(self.setting_groups()), raw)
        hide_secret(*settings.secrets)
        return settings

    def setting_groups(self) -> tuple[Group, ...]:
        """Return the plugin's settings as declared, for the settings panel and the reading of settings."""
        groups: tuple[Group, ...] = load_named(self.plugin.settings)
        return groups


def make_private_dir(path: str) -> str:
    """Create the folder if missing, readable for Stash's user only, and return its path.

    `state_dir` and `shared_dir` call it.
    """
    try:
        make_private_folder(path)
    except OSError as error:
        raise StateError(
            f"The folder {path} cannot be made ({error.strerror}). Let the user that runs Stash write to it."
        ) from error
    return path

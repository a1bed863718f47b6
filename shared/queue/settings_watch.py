"""Notices that the settings in Stash are no longer those that a long drain works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import ServiceError

if TYPE_CHECKING:
    from shared.runtime.call import Call

ASK_SECONDS = 5.0


class SettingsWatch:
    """The settings of one drain, against those that other calls have read since and those that Stash has now."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._settings = call.settings  # reads them from Stash, if the drain has not done so yet
        self._known = call.recall_settings()
        self._asked_at = call.clock.monotonic()

    def have_changed(self) -> bool:
        """Return True if the settings changed; a drain calls it again and again, and Stash is asked now and then."""
        if self._call.recall_settings() == self._known:
            self._ask_stash()
        return self._call.recall_settings() != self._known

    def _ask_stash(self) -> None:
        """Read the settings from Stash if they were not read lately; a person may change them on Stash's own page."""
        now = self._call.clock.monotonic()
        if now - self._asked_at < ASK_SECONDS:
            return
        self._asked_at = now
        try:
            self._call.read_settings(self._call.stash.read_plugin_settings(self._call.plugin.id))
        except ServiceError as error:
            self._call.log.debug(str(error))  # Stash is shutting down, or the next request says more

"""The queue's pause: asked for by a person, or caused by an error that a person may have to correct.

A person's pause ends when they say so. Any other one may end by itself, because a proxy's page or a server without its
library passes: one entry is tried again after 1, 2, 5, 10, 20, 40 and then every 60 minutes, and by the first drain
after a start of Stash.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shared.runtime.clock import seconds_until
from shared.state.process import find_parent

if TYPE_CHECKING:
    from typing import Any

    from shared.state.store import Store

MINUTE = 60.0
PROBE_MINUTES = (1, 2, 5, 10, 20, 40, 60)
LONGEST_PROBE_SECONDS = PROBE_MINUTES[-1] * MINUTE
BY_PERSON = "user"

_PAUSED = "outbox.paused"
_PAUSE = {
    "reason": str,
    "cause": str,
    "failures?": int,
    "stash?": object,
    "since": float,
    "failed_at?": float,
    "probe_at?": (float, None),
}
_ENDS = "outbox.pause.ends"


class Pause:
    """The pause of one plugin's queue, as all its processes see it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._clock = store.clock

    def begin(self, reason: str) -> None:
        """Pause the queue until a person resumes.

        The page's operation calls it, and the reason is shown to the user.
        """
        self._store.kv.put(_PAUSED, {"reason": reason, "cause": BY_PERSON, "since": self._clock.now()})

    def hold(self, reason: str, cause: str, *, ends: int, is_probed: bool = True) -> None:
        """Pause because of an error, until the next probe; each failed probe makes the pause longer.

        The drain calls it. An error that only a person's decision ends is not probed. `ends` is what `count_ends`
        returned before the work that failed: if a person has ended a pause since, the error is outdated, and nothing
        is paused.
        """
        now = self._clock.now()
        with self._store.write():
            before = self.describe() or {}
            if before.get("cause") == BY_PERSON or self.count_ends() != ends:
                return
            failures = int(before.get("failures", 0)) + 1
            wait = PROBE_MINUTES[min(failures, len(PROBE_MINUTES)) - 1] * MINUTE
            times = {"since": before.get("since", now), "failed_at": now, "probe_at": now + wait if is_probed else None}
            paused = {"reason": reason, "cause": cause, "failures": failures, "stash": find_parent(), **times}
            self._store.kv.put(_PAUSED, paused)

    def end(self) -> None:
        """Let drains run again, because a person asked for it; the page's operations call it."""
        with self._store.write():
            self._store.kv.put(_PAUSED, None)
            self._store.kv.put(_ENDS, self.count_ends() + 1)

    def count_ends(self) -> int:
        """Return how many times a pause was ended; whoever may pause for an error reads it before the work."""
        return int(self._store.kv.get(_ENDS, int, 0))

    def end_trouble(self) -> None:
        """Let drains run again, unless a person paused them: a probe succeeded, or the settings changed.

        The drain and `Outbox.try_again` call it.
        """
        if self.is_by_error():
            self.end()

    def probe_after_start(self) -> None:
        """Make the next probe due if Stash was started since the last one failed; every drain begins with it."""
        paused = self.describe()
        if paused is not None and paused.get("stash") != find_parent() and self.seconds_to_probe() < math.inf:
            self._store.kv.put(_PAUSED, {**paused, "probe_at": 0.0})

    def describe(self) -> dict[str, Any] | None:
        """Return why, since when and until when the queue is paused, for the page; None if it is not."""
        found: dict[str, Any] | None = self._store.kv.get(_PAUSED, _PAUSE)
        return found

    def is_by_person(self) -> bool:
        """Return True if a person paused the queue; a page that saves settings says that the pause stays."""
        return (self.describe() or {}).get("cause") == BY_PERSON

    def is_by_error(self) -> bool:
        """Return True if the queue is paused, but not by a person; the drain, the heartbeat and the page ask."""
        paused = self.describe()
        return paused is not None and paused.get("cause") != BY_PERSON

    def seconds_to_probe(self) -> float:
        """Return the seconds until drains may work: 0 if now, infinity if only a person ends the pause.

        The queue's wait is computed with it.
        """
        paused = self.describe()
        if paused is None:
            return 0.0
        probe_at = paused.get("probe_at", 0.0)  # version 1.0 stored none
        if paused.get("cause") == BY_PERSON or probe_at is None:
            return math.inf
        return seconds_until(probe_at, paused.get("failed_at", 0.0), self._clock.now())

"""Times until a scene that Plex does not have yet is looked for again.

Entries that failed wait as `shared/queue/drain.py` says, all entries while Plex is down as `shared/queue/breaker.py`
says. `queue_wait.py` says how long a task waits for entries that are not due.
"""

from __future__ import annotations

FIRST_RETRY_SECONDS = 30.0
LONGEST_RETRY_SECONDS = 6 * 3600.0
MOST_MISSING_RETRIES = 12  # then the entry is parked until Plex has the file


def find_missing_wait(retries: int) -> float:
    """Return the seconds until the queue worker looks for a missing item again, after so many retries."""
    return min(FIRST_RETRY_SECONDS * 2.0**retries, LONGEST_RETRY_SECONDS)

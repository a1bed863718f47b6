"""Times until the queue looks again for a scene that Plex does not have yet.

The wait after a failed sync is in `shared/queue/outbox.py`, the pause while Plex is down in `shared/queue/breaker.py`.
How long a task waits for entries that are not due is in `queue_wait.py`.
"""

from __future__ import annotations

FIRST_RETRY_SECONDS = 30.0
LONGEST_RETRY_SECONDS = 6 * 3600.0
MOST_MISSING_RETRIES = 12  # then the entry is parked until Plex has the file


def find_missing_wait(retries: int) -> float:
    """Return the seconds until the queue worker looks for a missing item again, after so many retries."""
    return min(FIRST_RETRY_SECONDS * 2.0**retries, LONGEST_RETRY_SECONDS)

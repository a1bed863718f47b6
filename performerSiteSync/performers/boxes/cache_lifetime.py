"""The lifetime of cached answers of boxes in the state file.

| What | Where | Valid for |
|---|---|---|
| records by id, also that a record is gone or merged | `record_cache.py` | the hours of the setting cacheExpiration |
| results of searches for names and URLs | `search.py` | the same hours |
| failed lookups and searches | nowhere | the next update asks again |
| lists of favorites at a box | nowhere | each sync of favorites reads them |

"Sync from boxes" of one object, new objects and a task with the argument `fresh` ask again whatever is cached. The task
Clear Cache empties all of it.
"""

from __future__ import annotations

from shared.settings import Settings

HOUR = 3600.0


def find_oldest_valid(settings: Settings, now: float) -> float:
    """Return the time before which cached answers are stale; `run_update` and `sync_scenes` ask the boxes again."""
    return now - float(settings.cacheExpiration) * HOUR

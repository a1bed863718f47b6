"""Times for which data read from Plex is used before Plex is asked again.

The index of items and files has no expiry: it is read in full once, then every refresh reads the items that Plex
changed since. A comparison of the whole library reads it in full again. These times say when a refresh may happen.
Full items (tags, locks) are never cached: a sync reads them from Plex each time. Covers are cached for one scene only
(`write/pictures.py`); which cover was sent last is kept with the item's write record (`write/store.py`).
"""

from __future__ import annotations

# A drain or task that found a scene missing asks Plex for new items, but not again within this time.
REFRESH_SECONDS = 10.0
# While scenes wait for Plex to have their file, an open page of Stash refreshes the index this often.
MISSING_REFRESH_SECONDS = 600.0
# A first reading that was interrupted goes on where it ended. After this time it starts again: items may have moved.
INTERRUPTED_READING_SECONDS = 3600.0

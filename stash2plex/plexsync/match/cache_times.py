"""Times for which data from Plex is used before Plex is asked again.

The index of items and files does not expire: it is read in full once, then every refresh reads what Plex changed since.
A comparison of the whole library reads it in full again. The times below say when a refresh may happen. Items with tags
and locks are never cached: a sync reads them from Plex each time. Covers are cached for one scene only
(`write/pictures.py`); the last cover that was sent is saved with the item's write record (`write/store.py`).
"""

from __future__ import annotations

# A drain that found a scene missing asks Plex for new items, but not again within this time, nor within twenty times
# the time it took: if all items of a large library changed in the same second, Plex can only be asked for all of them.
# A comparison asks once.
REFRESH_SECONDS = 10.0
REFRESH_SHARE = 20
# While scenes wait for Plex to have their file, an open page of Stash refreshes the index this often.
MISSING_REFRESH_SECONDS = 600.0
# A first reading that was interrupted goes on where it ended. After this time it starts again: items may have moved.
INTERRUPTED_READING_SECONDS = 3600.0

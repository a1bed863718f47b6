"""Links to items in Plex's own web page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from plexsync.queue.constants import MACHINE_ID

if TYPE_CHECKING:
    from shared.settings import Settings
    from shared.state.store import Store


class PlexWebLinks:
    """Makes the links to items that the Matches tab and a scene's dialog show."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._url = settings.plex_url
        self._machine_id = store.kv.get(MACHINE_ID, str, "")

    def make_item_url(self, rating_key: str) -> str:
        """Return the address of an item in Plex's web page.

        It is empty until the first connection has shown which server it is.
        """
        return self._make_url(f"/library/metadata/{rating_key}")

    def make_collection_url(self, rating_key: str) -> str:
        """Return the address of a collection in Plex's web page, for the card of a shelf."""
        return self._make_url(f"/library/collections/{rating_key}")

    def _make_url(self, path: str) -> str:
        if not self._url or not self._machine_id:
            return ""
        key = quote(path, safe="")
        return f"{self._url}/web/index.html#!/server/{self._machine_id}/details?key={key}"

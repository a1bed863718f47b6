"""The releases that were listed last, so that a person can choose one: Whisparr remembers them for half an hour.

`guid` may hold the user's key at an indexer, so the page gets a digest in its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from shared.runtime.clock import is_recent
from shared.state.json_column import JsonColumn
from shared.state.store import Store
from shared.whisparr.releases import CACHE_SECONDS, ReleaseOffer

COUNT, TEXTS = (int, None), [str]
OFFER = [str, int, str, str, float, float, str, COUNT, COUNT, str, int, TEXTS, TEXTS]  # the members of ReleaseOffer
OFFERS = JsonColumn("releases", "offers", [OFFER])


class FoundReleases(NamedTuple):
    """The releases of one search for a scene, and its time."""

    searched: float
    offers: tuple[ReleaseOffer, ...]


def save_releases(store: Store, scene_id: str, offers: Sequence[ReleaseOffer]) -> FoundReleases:
    """Save the releases of a search, return them with its time, and delete those that Whisparr has forgotten.

    `look_for_releases` calls it.
    """
    found = FoundReleases(store.clock.now(), tuple(offers))
    with store.write() as db:
        db.execute("DELETE FROM releases WHERE searched < ?", (found.searched - CACHE_SECONDS,))
        row = (scene_id, found.searched, json.dumps(found.offers))
        db.execute("INSERT OR REPLACE INTO releases VALUES (?, ?, ?)", row)
    return found


def find_releases(store: Store, scene_id: str) -> FoundReleases | None:
    """Return the releases of the last search for a scene; None without one, or if Whisparr has forgotten them.

    The operations of the scene's dialog call it.
    """
    row = store.first("SELECT searched, offers FROM releases WHERE scene_id = ?", (scene_id,))
    if row is None or not is_recent(row["searched"], store.clock.now(), CACHE_SECONDS):
        return None
    return FoundReleases(row["searched"], tuple(ReleaseOffer(*each) for each in OFFERS.read(row["offers"])))


def make_release_key(offer: ReleaseOffer) -> str:
    """Return the name by which the page chooses a release; the indexer's key cannot be read from it.

    The releases are shown with it, and `whisparr_grab` finds the release by it.
    """
    return hashlib.sha256(f"{offer.indexer_id} {offer.guid}".encode()).hexdigest()[:16]

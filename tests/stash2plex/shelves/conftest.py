"""A pair with shelves; no studio becomes a collection of its own."""

from __future__ import annotations

import pytest

from tests.stash2plex.pair import Pair
from tests.stash2plex.shelves.shelf_pair import ShelfPair


@pytest.fixture
def shelves(pair: Pair) -> ShelfPair:
    pair.change_settings(sync_collection=False, sync_poster=False, sync_background=False)
    return ShelfPair(pair)

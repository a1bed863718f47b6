"""Tags of the boxes that no tag of the library stands for, as the last sync of everything found them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.store import Store


def forget_unmatched(store: Store, links: Iterable[Sequence[str]]) -> None:
    """These tags of boxes (endpoint, id) have a tag here by now."""
    with store.write() as db:
        db.executemany("DELETE FROM unmatched WHERE endpoint = ? AND id = ?", [(link[0], link[1]) for link in links])

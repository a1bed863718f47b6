"""The titles of boxes' scenes, as plans and lists name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shared.stash_box import TaggedScene
from tagging.link_repairs.plan import LinkRepair

if TYPE_CHECKING:
    from shared.state.store import Store

_TITLE = "SELECT title FROM scene_facts WHERE endpoint = ? AND id = ?"


def find_titles(
    store: Store, repairs: Sequence[LinkRepair], found: Mapping[tuple[str, str], TaggedScene]
) -> dict[tuple[str, str], str]:
    """Return the title of each record that the repairs name, by endpoint and id: the box's, else the noted one."""
    titles = {key: record.title or "" for key, record in found.items()}
    for each in repairs:
        for remote_id in filter(None, (each.old_id, each.new_id)):
            if (each.endpoint, remote_id) not in titles:
                row = store.first(_TITLE, (each.endpoint, remote_id))
                titles[each.endpoint, remote_id] = row["title"] if row else ""
    return titles

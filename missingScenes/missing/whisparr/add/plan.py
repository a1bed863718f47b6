"""The plan of adds: one change for each scene, or a finding that says why it is left out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from missing.whisparr.instances import join_id
from shared.journal import Change, Entry, Finding, Item
from shared.journal.changes import DO, SKIPPED
from shared.whisparr.errors import NAME
from shared.whisparr.model import plain_id

FIELD = "in_whisparr"
EXCLUDED = "it is on Whisparr's exclusion list"


def plan_adds(
    scenes: Sequence[Mapping[str, Any]],
    excluded: Collection[str] = (),
    owned: Mapping[str, str] | None = None,
    *,
    key: str = "",
) -> Iterator[Entry]:
    """Yield for each scene the journal's change that adds it, or a finding that says why it is left out.

    An add, a plan of adds and the add dialog call it. `owned` has the local titles of scenes that are probably in the
    library, `key` is that of one of several Whisparrs.
    """
    unique = {plain_id(str(each["id"])): each for each in scenes}
    for scene_id, scene in unique.items():
        item = Item("whisparr scene", join_id(scene_id, key), str(scene.get("title") or scene.get("code") or scene_id))
        if scene_id in excluded:
            yield Finding(item, SKIPPED, f"Not added: {EXCLUDED}.", FIELD, NAME)
        elif owned and scene_id in owned:
            message = f'Not added: it is probably in your library as "{owned[scene_id]}". Link it instead.'
            yield Finding(item, SKIPPED, message, FIELD, "Stash")
        else:
            yield Change(item, FIELD, DO, False, True, NAME, "missing in the library")

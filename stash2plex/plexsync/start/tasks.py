"""The task Take Over What Plex Shows."""

from __future__ import annotations

from shared.counted_words import count_things

from typing import TYPE_CHECKING, Any

from plexsync.compare.comparison import BATCH_SIZE
from plexsync.compare.scopes import ALL, list_scene_ids
from plexsync.match.matcher import SceneMatcher, list_writable_keys, make_matcher
from plexsync.server.connection import connect_server
from plexsync.start.take_over import adopt_values
from plexsync.write.content import find_reason_to_skip, make_content
from plexsync.write.stash_scenes import read_scenes
from plexsync.write.store import WriteRecord, WriteRecordStore
from shared.arguments import takes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call


@takes()
def take_over(call: Call) -> dict[str, Any]:
    """Task Take Over What Plex Shows: values that Plex and Stash have in common count as sent.

    Writes nothing to Plex.
    """
    matcher = make_matcher(call.store, connect_server(call), call.settings)
    matcher.refresh(in_full=True)
    ids, taken = list_scene_ids(call, ALL), 0
    for start in range(0, len(ids), BATCH_SIZE):
        taken += take_over_batch(call, matcher, ids[start : start + BATCH_SIZE])
        call.progress((start + BATCH_SIZE) / len(ids))
    values = f"Values of Stash were found in {count_things(taken, 'item')} of Plex"
    message = (
        f"{values} and count as sent by Stash2Plex now. Nothing was written. "
        "Next, compare all scenes, to send what differs."
    )
    return {"message": message, "taken": taken}


def take_over_batch(call: Call, matcher: SceneMatcher, ids: Sequence[int]) -> int:
    """Take over the items of some scenes and return how many had values of Stash."""
    scenes = read_scenes(call.stash, ids)
    wanted = {number: scene for number, scene in scenes.items() if not find_reason_to_skip(scene, call.settings)}
    found = matcher.match_scenes(wanted.values())
    items = matcher.read_items(wanted, found)
    store, taken = WriteRecordStore(call.store), 0
    for scene in wanted.values():
        if matcher.record_match(scene, found[scene.id])[0]:
            continue
        content, former = make_content(scene, call.settings), store.find_former_record(scene.id)
        for key in list_writable_keys([found[scene.id]]):
            known = store.find_records([key]).get(key)
            record = known or WriteRecord(key, scene.id)
            record.resolve_pending(items[key])
            if adopt_values(record, items[key], content.wanted, former):
                store.save_record(record, is_synced=known is not None)
                taken += 1
    return taken

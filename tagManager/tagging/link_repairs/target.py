"""Journal target for repaired links: the link of a scene, and the tags that came through it, are saved at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, NotFound
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash.links import add_link, find_ids, remove_link
from tagging.cleaning.added_tags import AddedTag, forget_added, save_added
from tagging.scene_links.findings import set_gone
from tagging.scene_links.linked_files import LinkKey, move_link
from tagging.scene_links.published import publish_doubts
from tagging.scenes.earlier_tags import forget_tags, remember_tags
from tagging.scenes.tag_writer import TAGS_FIELD

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "scene_links"
LINKS_FIELD = "stash_ids"


class SceneLinkTarget:
    """Links and tags of scenes; the links to other boxes stay as they are."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._store = call.store

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:
        """Return the links and tags that the scenes have now; the journal compares them with a plan."""
        del fields
        wanted = "stash_ids { endpoint stash_id } tags { id }"
        rows = self._stash.scenes.read([int(item.id) for item in items], wanted)
        found = {item: rows.get(int(item.id)) for item in items}
        return {item: describe_scene(row) for item, row in found.items() if row}

    def write(self, work: Work) -> Written:
        """Save each scene once, with its links and its tags; the journal calls it with planned changes."""
        written = write_each(work, self._write_item)
        publish_doubts(self._call)
        return written

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        number = int(item.id)
        row = self._stash.scenes.get(number, f"{self._stash.capabilities().link_fields} tags {{ id }}")
        if row is None:
            raise NotFound(f"Stash has no scene {number} any more.", service="Stash")
        links = [each for each in changes if each.field == LINKS_FIELD]
        tags = [each for each in changes if each.field == TAGS_FIELD]
        values: dict[str, Any] = {}
        if links:
            values[LINKS_FIELD] = change_links(row[LINKS_FIELD], links)
        if tags:
            values["tag_ids"] = change_tags(row[TAGS_FIELD], tags)
        self._note_tags(number, tags)
        self._stash.scenes.update(number, values)
        self._note_links(number, links)

    def _note_tags(self, number: int, tags: Sequence[Change]) -> None:
        """Note tags before they change, so that a process that is killed leaves no tag without its source.

        A tag that is taken back was not removed by a person, so a sync may add it again through the right link.
        """
        removed = {int(each.before) for each in tags if each.action == "remove"}
        added = [each for each in tags if each.action == "add"]
        forget_added(self._store, [(number, each) for each in removed])
        forget_tags(self._store, number, removed)
        if added:
            now = self._store.clock.now()
            save_added(self._store, [AddedTag(number, int(each.after), each.source, now) for each in added])
            remember_tags(self._store, {number: [int(each.after) for each in added]})

    def _note_links(self, number: int, links: Sequence[Change]) -> None:
        gone = [LinkKey(each.source, each.before["stash_id"], number) for each in links if each.action == "remove"]
        there = [LinkKey(each.source, each.after["stash_id"], number) for each in links if each.action == "add"]
        set_gone(self._store, gone, True)
        set_gone(self._store, there, False)
        for old in gone:
            new = next((each for each in there if each.endpoint == old.endpoint), None)
            move_link(self._store, old, new)


def describe_scene(row: Mapping[str, Any]) -> dict[str, Json]:
    """Return links and tags of Stash's row as the journal compares them: without the links' times of save. Pure."""
    links = [{"endpoint": link["endpoint"], "stash_id": link["stash_id"]} for link in row[LINKS_FIELD]]
    return {LINKS_FIELD: links, TAGS_FIELD: [int(tag["id"]) for tag in row[TAGS_FIELD]]}


def change_links(links: Sequence[Mapping[str, Any]], changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return a scene's links after the changes; raise Conflict if it would have two links to one box. Pure."""
    kept: Sequence[Mapping[str, Any]] = links
    for change in changes:
        if change.action == "remove":
            kept = remove_link(kept, change.before["endpoint"], change.before["stash_id"])
    for change in changes:
        if change.action == "add":
            endpoint, stash_id = change.after["endpoint"], change.after["stash_id"]
            others = [each for each in find_ids(kept, endpoint) if each != stash_id]
            if others:
                raise Conflict(
                    f"The scene is linked to another record of this box meanwhile ({others[0]}). Check again."
                )
            kept = add_link(kept, endpoint, stash_id)
    return [dict(each) for each in kept]


def change_tags(tags: Sequence[Mapping[str, Any]], changes: Sequence[Change]) -> list[str]:
    """Return the ids of a scene's tags after the changes, as Stash's update mutation takes them. Pure."""
    removed = {int(each.before) for each in changes if each.action == "remove"}
    added = [int(each.after) for each in changes if each.action == "add"]
    present = [int(tag["id"]) for tag in tags]
    return [str(each) for each in dict.fromkeys([*present, *added]) if each not in removed]


def make_target(call: Call) -> SceneLinkTarget:
    """Return the target for plans of the kind `scene_links`; the entry table names this function."""
    return SceneLinkTarget(call)

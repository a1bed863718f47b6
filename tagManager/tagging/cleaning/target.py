"""Journal target of the cleaning: takes tags off objects of all kinds, deletes tags, excludes tags from scraping.

Items: an object of a kind in `kinds.py`, `tag` (a tag to be deleted), `exclusions` (the list of Stash or of the page).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import BundleError, Conflict
from shared.journal import Change, Item, Journal, Json, Work, Written, name_member, write_each
from tagging.cleaning.added_tags import forget_added
from tagging.cleaning.deleted_tags import RestoredTags, fetch_image
from tagging.cleaning.exclusions import EXCLUSIONS, PATTERNS, read_exclusions, write_exclusions
from tagging.cleaning.kinds import BY_NAME, list_counters, open_objects, open_tags
from tagging.scenes.earlier_tags import remember_tags
from tagging.scenes.tag_writer import TAGS_FIELD, Errors, TagWriter

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "cleaning"
TAG = "tag"
WHOLE_TAG, IMAGE = "whole_tag", "image"

Values = Mapping[str, Json]


class CleaningTarget:
    """Journal target of the kind `cleaning`."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._restored = RestoredTags(call)
        self._blobs = Journal(call.store).blobs
        self._writers: dict[str, TagWriter] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Values]:
        """Return the present values, which the journal compares.

        A tag that was created again counts as the former one.
        """
        found: dict[Item, Values] = {}
        former = self._restored.list_former()
        for kind, own in group_by_kind(items).items():
            if kind == EXCLUSIONS:
                found.update((item, {PATTERNS: read_exclusions(self._call, item.id)}) for item in own)
            elif kind == TAG:
                found.update(self._read_tags(own, IMAGE in fields))
            else:
                found.update(self._read_objects(kind, own, former))
        return found

    def write(self, work: Work) -> Written:
        """Write exclusions, tags to be created again, the tags of objects, then deletions; the journal calls it.

        An error that stops the run is raised: without a tag that may not have been created, its objects must wait.
        """
        by_kind: dict[str, list[Any]] = {}
        for each in work:
            by_kind.setdefault(each[0].kind, []).append(each)
        tags = by_kind.pop(TAG, [])
        created = [each for each in tags if find_change(each[1], WHOLE_TAG).after is not None]
        deleted = [each for each in tags if each not in created]
        results: dict[Item, Any] = dict(write_each(by_kind.pop(EXCLUSIONS, []), self._exclude))
        results.update(write_each(created, self._create))
        raise_if_stopped(results.values())
        for kind, some in by_kind.items():
            results.update(self._write_tags(kind, some))
        results.update(write_each(deleted, self._delete))
        return results

    def _read_objects(self, kind: str, items: Sequence[Item], former: Mapping[int, int]) -> dict[Item, Values]:
        rows = open_objects(self._stash, BY_NAME[kind]).read([int(item.id) for item in items], "tags { id }")
        found = {item: rows.get(int(item.id)) for item in items}
        return {
            item: {TAGS_FIELD: [former.get(int(tag["id"]), int(tag["id"])) for tag in row["tags"]]}
            for item, row in found.items()
            if row
        }

    def _read_tags(self, items: Sequence[Item], with_image: bool) -> dict[Item, Values]:
        ids = [int(item.id) for item in items]
        for each in ids:
            self._restored.confirm(each)
        current = self._restored.find_current(ids)
        rows = self._stash.tags.read(current.values(), "name image_path")
        return {item: self._describe_tag(int(item.id), rows.get(current[int(item.id)]), with_image) for item in items}

    def _describe_tag(self, tag_id: int, row: Mapping[str, Any] | None, with_image: bool) -> Values:
        if row is None:
            return {WHOLE_TAG: None, IMAGE: None}
        kept = self._restored.read_kept(tag_id)
        image = fetch_image(self._call, row) if with_image else None
        return {
            WHOLE_TAG: kept or {"name": row["name"]},
            IMAGE: self._blobs.make_reference(*image) if image else None,
        }

    def _exclude(self, item: Item, changes: Sequence[Change]) -> None:
        added = [change.after for change in changes if change.action == "add"]
        removed = [change.before for change in changes if change.action == "remove"]
        write_exclusions(self._call, item.id, added, removed)

    def _find_writer(self, kind: str) -> TagWriter:
        if kind not in self._writers:
            tagged = BY_NAME[kind]
            note = self._note_scenes if kind == "scene" else _note_nothing
            self._writers[kind] = TagWriter(self._stash.tags, open_tags(self._stash, tagged), note)
        return self._writers[kind]

    def _note_scenes(self, _action: str, scene_ids: Iterable[int], tag_ids: frozenset[int]) -> None:
        """Remember tags that were taken off or brought back: no sync adds them again, and they are a person's now."""
        remember_tags(self._call.store, dict.fromkeys(scene_ids, tag_ids))
        forget_added(self._call.store, [(scene, tag) for scene in scene_ids for tag in tag_ids])

    def _write_tags(self, kind: str, work: Work) -> dict[Item, Errors]:
        """Write with the present ids of tags that were created again, and name the errors by the plan's ids."""
        members = {part for _, changes in work for each in changes for part in (each.before, each.after) if part}
        current = self._restored.find_current(members)
        translated = [
            (item, [each._replace(before=current.get(each.before), after=current.get(each.after)) for each in changes])
            for item, changes in work
        ]
        planned = {name_member(TAGS_FIELD, now): name_member(TAGS_FIELD, before) for before, now in current.items()}
        written = self._find_writer(kind).write(translated)
        return {
            item: {planned.get(field, field): error for field, error in errors.items()}
            for item, errors in written.items()
        }

    def _create(self, item: Item, changes: Sequence[Change]) -> None:
        image = next((each.after for each in changes if each.field == IMAGE), None)
        self._restored.create(int(item.id), find_change(changes, WHOLE_TAG).after, image, self._blobs)

    def _delete(self, item: Item, changes: Sequence[Change]) -> None:
        number = self._restored.find_current([int(item.id)])[int(item.id)]
        counters = list_counters(self._stash)
        row = self._stash.tags.get(number, " ".join(["child_count", *counters]))
        if row is None:
            return
        uses = sum(row[name] for name in counters)
        if uses or row["child_count"]:
            message = f"{item.label} has {uses} uses and {row['child_count']} sub-tags by now, so it stays."
            raise Conflict(message)
        self._restored.note_deletion(int(item.id), find_change(changes, WHOLE_TAG).before)
        self._stash.tags.destroy(number, f"deleting the tag {item.label}")


def _note_nothing(_action: str, _ids: Iterable[int], _tag_ids: frozenset[int]) -> None:
    """Remember nothing: only the tags of scenes are synced."""


def raise_if_stopped(results: Iterable[Any]) -> None:
    """Raise the error among the results of written items that stops the run, if there is one."""
    for result in results:
        if isinstance(result, BundleError) and result.stops_run:
            raise result


def find_change(changes: Sequence[Change], field: str) -> Change:
    """Return the change of one field of a tag that is deleted or created again."""
    return next(change for change in changes if change.field == field)


def group_by_kind(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Return the items of each kind, in their order."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    return found


def make_target(call: Call) -> CleaningTarget:
    """Return the target for plans of the kind `cleaning`; the entry table names this function."""
    return CleaningTarget(call)

"""Plans what to write so that an item shows its scene. Syncs, previews and reconciliations use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plexsync.provider.documents import PROVIDED, is_provided
from plexsync.server.connection import ConnectedServer
from plexsync.write.change_rows import LOCK_OF, LOCKS, find_tag_kind, make_reference, plan_edit, plan_release
from plexsync.write.content import MIRROR, ItemContent, list_pictures, make_content, restrict_clearing
from plexsync.write.pictures import PicturePlanner
from plexsync.write.provided import credit_provider, find_releasable, list_unlocked_texts
from plexsync.write.stash_scenes import StashScene
from plexsync.write.store import WriteRecord
from shared.errors import BundleError
from shared.journal import Change, Item
from shared.journal.changes import find_error
from shared.plex.diff import UntouchedField, WantedItem, WritePolicy, diff_item
from shared.plex.edit_parts import limit_tags
from shared.plex.edits import ItemEdit, edit_tags, tag_key
from shared.plex.images import hash_image
from shared.plex.model import PlexItem
from shared.settings import Settings
from shared.stash import StashClient


class ItemPlan(NamedTuple):
    """The plan for one item: rows to write, what stays and why, and what the write record keeps afterwards.

    `data` are the bytes to upload, by their hash; `known` are the records of pictures that need no upload. A plan that
    `is_limited` leaves out tags that do not fit into one request to Plex. `provided` says of each field that Plex gets
    from the provider whether it stays locked.
    """

    reference: Item
    item: PlexItem
    wanted: WantedItem
    changes: tuple[Change, ...]
    kept: tuple[UntouchedField, ...]
    notes: tuple[str, ...]
    data: Mapping[str, bytes]
    known: Mapping[str, dict[str, str]]
    fingerprint: str
    is_limited: bool = False
    provided: Mapping[str, bool] = {}

    def is_empty_of(self, scene: StashScene, record: WriteRecord) -> bool:
        """Return True if a scene has neither metadata nor a usable cover, and nothing was ever sent for it.

        The queue worker counts it as skipped.
        """
        has_sent = bool(record.sent or record.fields or record.tags or record.pictures)
        return scene.is_bare and not self.changes and not self.known and not has_sent


class ItemPlanner:
    """Plans items of one server by the settings; the queue worker and comparisons use it."""

    def __init__(self, stash: StashClient, server: ConnectedServer, settings: Settings) -> None:
        self._server = server
        self._settings = settings
        self._pictures = PicturePlanner(stash, server.plex)
        self._policy = WritePolicy(bool(settings.preserve_plex_edits), bool(settings.respect_plex_locks))
        self._agents = {section.id: section.agent for section in server.sections}

    def make_content(self, scene: StashScene) -> ItemContent:
        """Return the content that the scene's item should have; comparisons read its fingerprint."""
        return make_content(scene, self._settings)

    def prefetch_pictures(self, scenes: Iterable[tuple[StashScene, WriteRecord]]) -> None:
        """Announce the scenes that are planned next, so that covers are downloaded while Plex works."""
        self._pictures.prefetch_pictures(
            (sources, name, record)
            for scene, record in scenes
            for name, sources in list_pictures(scene, self._settings)
        )

    def plan_item(
        self, scene: StashScene, item: PlexItem, record: WriteRecord, *, has_pictures: bool = True
    ) -> ItemPlan:
        """Return the plan that makes an item show its scene, for the queue worker and comparisons.

        Without pictures nothing is downloaded.
        """
        content = self.make_content(scene)
        record.scene_id = scene.id
        reference = make_reference(self._server.machine_id, item, scene.label)
        source = f"Stash scene {scene.id}"
        provided = self._list_provided(scene, item)
        last = credit_provider(record.find_written(item), item, provided)
        picture_rows, known, kept, notes, data = self._plan_pictures(reference, item, record, content, has_pictures)
        locks = [LOCK_OF[name] for name in content.pictures if name in known or name in record.pictures]
        may_clear = self._settings.empty_values == MIRROR and not self._policy.only_fill
        shown, needs_pass = self._leave_out_edition(content.wanted)
        fitting, too_many = self._limit_tags(item, shown)
        clearable = {**record.list_clearable(item), **list_unlocked_texts(item, provided)}
        wanted = restrict_clearing(fitting, item, clearable, may_clear=may_clear)
        wanted = wanted._replace(locks=[name for name in locks if name not in {each.field for each in kept}])
        diff = diff_item(item, wanted, last, self._policy)
        rows = [*picture_rows, *plan_edit(reference, item, diff.edit, source, provided)]
        released = find_releasable(item, wanted, last, {each.field for each in diff.kept}).intersection(provided)
        rows += plan_release(reference, released, source)
        return ItemPlan(
            reference,
            item,
            wanted,
            tuple(rows),
            (*diff.kept, *kept),
            (*content.notes, *notes, *needs_pass, *too_many),
            data,
            known,
            content.fingerprint,
            bool(too_many),
            {name: name in item.locks and name not in released for name in provided},
        )

    def _list_provided(self, scene: StashScene, item: PlexItem) -> list[str]:
        """Return the fields of an item that Plex gets from the provider; none if it does not ask for this scene."""
        agent = self._agents.get(item.section_id, "")
        return sorted(PROVIDED) if is_provided(agent, item.guid, scene.id) else []

    def _leave_out_edition(self, wanted: WantedItem) -> tuple[WantedItem, list[str]]:
        """Return the wanted values without the edition if Plex would ignore it, and a note about that."""
        if not wanted.fields.get("editionTitle") or self._server.has_pass:
            return wanted, []
        fields = {name: value for name, value in wanted.fields.items() if name != "editionTitle"}
        return wanted._replace(fields=fields), ["edition not sent: this Plex has no Plex Pass"]

    def _limit_tags(self, item: PlexItem, wanted: WantedItem) -> tuple[WantedItem, list[str]]:
        """Return the wanted values with as many tags as fit into one request, and notes about the others.

        Only a server that is known to merge lists of tags gets a longer list, in several requests.
        """
        plex, notes, tags = self._server.plex, [], dict(wanted.tags)
        for kind, names in wanted.tags.items() if not plex.merges_tags else ():
            keys = {tag_key(tag.name) for tag in names}
            others = [tag for tag in item.tags.get(kind, ()) if tag_key(tag.name) not in keys]
            tags[kind] = limit_tags(kind, names, others, plex.longest_query)
            if len(tags[kind]) < len(names):
                left_out = len(names) - len(tags[kind])
                notes.append(f"{kind}: {left_out:,} of {len(names):,} left out, because one request takes no more")
        return wanted._replace(tags=tags), notes

    def _plan_pictures(
        self, reference: Item, item: PlexItem, record: WriteRecord, content: ItemContent, has_pictures: bool
    ) -> tuple[list[Change], dict[str, dict[str, str]], list[UntouchedField], list[str], dict[str, bytes]]:
        rows: list[Change] = []
        known: dict[str, dict[str, str]] = {}
        kept: list[UntouchedField] = []
        notes: list[str] = []
        data: dict[str, bytes] = {}
        for name, sources in content.pictures.items() if has_pictures else ():
            plan = self._pictures.plan_picture(reference, item, record, name, sources, self._policy.only_fill)
            if plan.change is not None:
                rows.append(plan.change)
                data.update({hash_image(plan.data): plan.data} if plan.data else {})
            if plan.known is not None:
                known[name] = plan.known
            if plan.kept:
                kept.append(UntouchedField(name, plan.kept))
            if plan.note:
                notes.append(plan.note)
        return rows, known, kept, notes, data


def make_repeat_edit(plan: ItemPlan) -> ItemEdit:
    """Return the edit that sends also the values that Plex shows already, for a Plex with damaged records.

    The queue worker sends it for a queue entry with `force`.
    """
    left_alone = {each.field for each in plan.kept}
    fields = {name: value for name, value in plan.wanted.fields.items() if value and name not in left_alone}
    tags = {
        kind: edit_tags(plan.item, kind, names)
        for kind, names in plan.wanted.tags.items()
        if names and kind not in left_alone
    }
    return ItemEdit(fields, tags, {name: plan.provided[name] for name in plan.provided if name in {*fields, *tags}})


def note_result(record: WriteRecord, plan: ItemPlan, scene: StashScene) -> None:
    """Record after a sync which fields stay as Plex has them, for the badge; of an emptied scene all that were sent."""
    emptied = [*record.fields, *(kind for kind, tags in record.tags.items() if tags)] if scene.is_bare else []
    record.kept = list(dict.fromkeys([*(each.field for each in plan.kept), *emptied]))


def note_equal(record: WriteRecord, plan: ItemPlan, scene: StashScene) -> None:
    """Record that an item shows all that a sync would write, as a comparison found it, so that nothing is queued."""
    record.resolve_pending(plan.item)
    record.seen_at = plan.item.updated_at
    note_synced_values(record, plan, {})
    note_result(record, plan, scene)


def note_synced_values(record: WriteRecord, plan: ItemPlan, problems: Mapping[str, BundleError]) -> None:
    """Record after a sync which tags and pictures are this plugin's, so that it may remove them later."""
    written = [change for change in plan.changes if find_error(problems, change) is None]
    touched = {find_tag_kind(change) for change in written}
    touched |= {str(change.after) for change in written if change.field == LOCKS}
    left_alone = {each.field for each in plan.kept}
    for kind, tags in plan.wanted.tags.items():
        if kind not in left_alone and (kind in touched or kind in record.tags or kind in record.locks):
            record.tags[kind] = list(tags)
    for picture, known in plan.known.items():
        if picture not in problems:
            record.pictures[picture] = {**record.pictures.get(picture, {}), **known}
    record.fingerprint = "" if problems else plan.fingerprint

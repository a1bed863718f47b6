"""Finds the items of scenes: a link made by hand first, then the index, then what is new in Plex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plexsync.match.cache_times import REFRESH_SECONDS, REFRESH_SHARE
from plexsync.match.item_index import ItemIndex
from plexsync.match.store import LINKED, MANUAL, SHARED, UNLINKED, WAITING, MatchStore, SavedMatch
from plexsync.paths.rule_syntax import parse_rules, require_known_folders
from plexsync.queue.constants import REASON_AMBIGUOUS, REASON_MISSING, REASON_SHARED, REASON_UNLINKED, make_scene_key
from plexsync.server.connection import ConnectedServer
from plexsync.write.stash_scenes import StashScene
from plexsync.write.store import WriteRecordStore
from shared.paths import normal_path
from shared.plex.matching import ItemMatch, PlexFile, find_by_path, match_scene
from shared.plex.model import PlexItem
from shared.plex.path_mapping import PathRule
from shared.queue.outbox import Outbox
from shared.queue.view import QueuePage
from shared.settings import Settings
from shared.state.store import Store


class SceneMatcher:
    """Matches scenes with items of one server and saves the matches; the queue worker and comparisons use it."""

    def __init__(self, store: Store, server: ConnectedServer, rules: Sequence[PathRule], *, strict: bool) -> None:
        self.index = ItemIndex(store)
        self.matches = MatchStore(store)
        self._store = store
        self._server = server
        self.rules = rules
        self._strict = strict
        self._refreshed: float | None = None
        self._refresh_took = 0.0
        self._decisions: dict[int, SavedMatch | None] = {}  # what a person had decided when the scenes were matched

    def refresh(self, *, in_full: bool = False) -> None:
        """Read what is new in Plex into the index, and queue the scenes that waited for one of these files.

        Syncs, comparisons and the heartbeat call it.
        """
        started = self._store.clock.monotonic()
        new = self.index.refresh(self._server.plex, self._server.sections, in_full=in_full)
        self._refreshed = self._store.clock.monotonic()
        self._refresh_took = self._refreshed - started
        outbox = Outbox(self._store)
        for scene_id in self.matches.list_scenes_missing(new):
            outbox.put(make_scene_key(scene_id))

    def match_scenes(self, scenes: Iterable[StashScene], *, is_run: bool = False) -> dict[int, ItemMatch]:
        """Return the match of each scene by its id, for a batch of the queue, a comparison or a take-over.

        If one is not found, or only by another file than its first, the index is refreshed: the item of the first file
        may be new in Plex. A comparison is one run over many batches, so it refreshes the index at most once.
        """
        wanted = list(scenes)
        if not self.index.is_built(self._server.sections):
            self.refresh()
        found = self._match_by_index(wanted)
        if any(self._may_be_new(scene, found[scene.id]) for scene in wanted) and self._may_refresh(is_run):
            self.refresh()
            found = self._match_by_index(wanted)
        return found

    def _match_by_index(self, scenes: Sequence[StashScene]) -> dict[int, ItemMatch]:
        saved = self.matches.find_matches(scene.id for scene in scenes)
        return {scene.id: self._match_one(scene, saved.get(scene.id)) for scene in scenes}

    def _may_be_new(self, scene: StashScene, match: ItemMatch) -> bool:
        if match.how != "path" or len(scene.files) < 2:
            return match.how == "none"
        return not find_by_path(scene.files[0], self.rules, self.index.find_by_path)

    def _may_refresh(self, is_run: bool) -> bool:
        if self._refreshed is None or is_run:
            return self._refreshed is None
        wait = max(REFRESH_SECONDS, REFRESH_SHARE * self._refresh_took)
        return self._store.clock.monotonic() - self._refreshed >= wait

    def match_scene(self, scene: StashScene) -> ItemMatch:
        """Return the match of one scene by the index and the match map as they are; asks Plex nothing.

        The comparison for Sync All and Sync Recent calls it.
        """
        return self._match_one(scene, self.matches.find_match(scene.id))

    def _match_one(self, scene: StashScene, row: SavedMatch | None) -> ItemMatch:
        saved = self._decisions[scene.id] = choose_decision(row)
        if saved is not None and saved.how == UNLINKED:
            return ItemMatch(UNLINKED, (), saved.evidence)
        if saved is not None and (items := tuple(filter(self._is_chosen, saved.items))):
            return ItemMatch(MANUAL, items, saved.evidence)
        return match_scene(
            scene.files, self.rules, self.index.find_by_path, self.index.find_by_name, strict=self._strict
        )

    def _is_chosen(self, item: PlexFile) -> bool:
        return any(section.id == item.section_id for section in self._server.sections)

    def read_items(self, scenes: Mapping[int, StashScene], found: dict[int, ItemMatch]) -> dict[str, PlexItem]:
        """Return the matched items in full, read from Plex, by key.

        A match whose item is gone or holds another file is looked for again, and replaced in `found`.
        """
        items = self._server.plex.read_items(list_writable_keys(found.values()))
        stale = {key for match in found.values() for key in find_stale_keys(match, items)}
        if not stale:
            return items
        self.index.forget_items(stale)
        self.refresh()
        again = {number: self.match_scene(scene) for number, scene in scenes.items()}
        missing = [key for key in list_writable_keys(again.values()) if key not in items]
        items.update(self._server.plex.read_items(missing))
        for number, match in again.items():
            found[number] = ItemMatch("none") if find_stale_keys(match, items) else match
        return items

    def release_items(self, scene_id: int) -> None:
        """Forget a deleted scene's match, and queue the scenes that shared its items: one gets each item now."""
        saved = self.matches.find_match(scene_id)
        self.matches.forget_match(scene_id)
        WriteRecordStore(self._store).release_scene(scene_id)
        if saved is not None and saved.keys and QueuePage(self._store).count_entries("parked", REASON_SHARED):
            for other in self.matches.list_claiming_scenes(saved.keys):
                Outbox(self._store).put(make_scene_key(other))

    def record_match(self, scene: StashScene, match: ItemMatch) -> tuple[str, str]:
        """Save a match in the match map before a sync or comparison uses it.

        Returns why nothing can be written, as a reason of the queue and a sentence; both are empty when it can.
        """
        reason, message = self._find_obstacle(scene, match)
        states = {"": LINKED, REASON_SHARED: SHARED}
        with self._store.write():
            known = self.matches.find_match(scene.id)
            decision = choose_decision(known)
            if decision == self._decisions.pop(
                scene.id, decision
            ):  # else a person has decided since, and queued it again
                state = states.get(reason, WAITING)
                self.matches.save_match(scene, match, state=state, message=message, known=known)
        return reason, message

    def _find_obstacle(self, scene: StashScene, match: ItemMatch) -> tuple[str, str]:
        if match.how == UNLINKED:
            return REASON_UNLINKED, "It was unlinked by hand. Link it on the Matches tab."
        if match.how == "none":
            return REASON_MISSING, "Plex does not have its file yet."
        if match.how == "ambiguous":
            count = len(match.items)
            return REASON_AMBIGUOUS, f"{count} items of Plex have a file of this name. Choose one on the Matches tab."
        is_manual = match.how == MANUAL
        owners = {self.matches.find_owner(each.rating_key, scene.id, is_manual=is_manual) for each in match.items}
        if owners != {scene.id}:
            return (
                REASON_SHARED,
                f"Plex shows it as one item with scene {min(owners)}, which is the one that is synced.",
            )
        return "", ""


def choose_decision(saved: SavedMatch | None) -> SavedMatch | None:
    """Return a saved match if a person has made it, by linking or unlinking the scene; the matcher keeps to it."""
    return saved if saved is not None and saved.is_manual else None


def make_matcher(store: Store, server: ConnectedServer, settings: Settings) -> SceneMatcher:
    """Return the matcher for these settings: their path rules and strictness.

    Raises SettingError for a rule into no library, because no scene below its folder can be found.
    """
    rules = parse_rules(settings.path_rules)
    require_known_folders(rules, server.folders)
    return SceneMatcher(store, server, rules, strict=bool(settings.strict_matching))


def list_writable_keys(matches: Iterable[ItemMatch]) -> list[str]:
    """Return the rating keys of the matched items that a sync may write, each once."""
    return list(dict.fromkeys(each.rating_key for match in matches if is_writable(match) for each in match.items))


def is_writable(match: ItemMatch) -> bool:
    """Return True if a sync may write the match's items: it is certain and was not unlinked by hand."""
    return match.is_certain and match.how != UNLINKED


def find_stale_keys(match: ItemMatch, items: Mapping[str, PlexItem]) -> list[str]:
    """Return the keys of a match's items that are gone or hold another file; the matcher looks for them again.

    A link made by hand counts without a file.
    """
    if not is_writable(match):
        return []
    return [
        each.rating_key
        for each in match.items
        if each.rating_key not in items or (match.how != MANUAL and not has_file(items[each.rating_key], each.path))
    ]


def has_file(item: PlexItem, path: str) -> bool:
    """Return True if one of the item's parts is this file; the matcher checks a match so."""
    return any(normal_path(part.file) == path for part in item.parts)

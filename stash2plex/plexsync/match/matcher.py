"""Finds the items of scenes: a person's choice first, then the index, then what is new in Plex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plexsync.match.item_index import Index
from plexsync.match.store import LINKED, MANUAL, SHARED, UNLINKED, WAITING, Matches, count_parked
from plexsync.paths.rules import read_rules, require_folders
from plexsync.queue.constants import REASON_AMBIGUOUS, REASON_MISSING, REASON_SHARED, REASON_UNLINKED
from plexsync.server.connection import Server
from plexsync.write.stash_scenes import Scene
from shared.plex.matching import Candidate, Match, match_scene
from shared.plex.model import Item
from shared.plex.paths import Rule, normal_path
from shared.queue.outbox import Outbox
from shared.settings import Settings
from shared.state.store import Store

LOOK_AGAIN = 10.0  # seconds in which Plex is not asked again what is new


class Matcher:
    """Matches scenes with the items of one server."""

    def __init__(self, store: Store, server: Server, rules: Sequence[Rule], *, strict: bool) -> None:
        self.index = Index(store)
        self.matches = Matches(store)
        self._store = store
        self._server = server
        self.rules = rules
        self._strict = strict
        self._looked: float | None = None

    def refresh(self, *, in_full: bool = False) -> None:
        """Read what is new in Plex; scenes that waited for one of these files are tried again."""
        new = self.index.refresh(self._server.plex, self._server.sections, in_full=in_full)
        self._looked = self._store.clock.monotonic()
        outbox = Outbox(self._store)
        for scene_id in self.matches.take_found(new):
            outbox.put(f"scene:{scene_id}")

    def match_all(self, scenes: Iterable[Scene]) -> dict[int, Match]:
        """The matches of some scenes; asks Plex for news at most once."""
        wanted = list(scenes)
        if not self.index.is_built(self._server.sections):
            self.refresh()
        found = {scene.id: self.match(scene) for scene in wanted}
        if any(match.how == "none" for match in found.values()) and self._may_look():
            self.refresh()
            found = {scene.id: self.match(scene) for scene in wanted}
        return found

    def _may_look(self) -> bool:
        return self._looked is None or self._store.clock.monotonic() - self._looked >= LOOK_AGAIN

    def match(self, scene: Scene) -> Match:
        """The items of one scene, by what is known now."""
        kept = self.matches.get(scene.id)
        if kept is not None and kept.how == UNLINKED:
            return Match(UNLINKED, (), kept.evidence)
        if kept is not None and kept.how == MANUAL and (items := tuple(filter(self._is_chosen, kept.items))):
            return Match(MANUAL, items, kept.evidence)
        return match_scene(scene.files, self.rules, self.index.by_path, self.index.by_name, strict=self._strict)

    def _is_chosen(self, item: Candidate) -> bool:
        """Whether an item is in a library that may be written."""
        return any(section.id == item.section_id for section in self._server.sections)

    def read_items(self, scenes: Mapping[int, Scene], found: dict[int, Match]) -> dict[str, Item]:
        """The matched items in full; a match whose item is gone or holds another file is looked for again."""
        items = self._server.plex.read_items(keys_of(found.values()))
        stale = {key for match in found.values() for key in find_stale(match, items)}
        if not stale:
            return items
        self.index.forget(stale)
        self.refresh()
        again = {number: self.match(scene) for number, scene in scenes.items()}
        missing = [key for key in keys_of(again.values()) if key not in items]
        items.update(self._server.plex.read_items(missing))
        for number, match in again.items():
            found[number] = Match("none") if find_stale(match, items) else match
        return items

    def release(self, scene_id: int) -> None:
        """A scene is gone: its items go to the scenes that shared them."""
        kept = self.matches.get(scene_id)
        self.matches.forget(scene_id)
        if kept is not None and kept.keys and count_parked(self._store, REASON_SHARED):
            for other in self.matches.list_claims(kept.keys):
                Outbox(self._store).put(f"scene:{other}")

    def keep(self, scene: Scene, match: Match) -> tuple[str, str]:
        """Remember a match; why nothing can be written: a reason and a sentence, both empty when it can."""
        reason, message = self._judge(scene, match)
        states = {"": LINKED, REASON_SHARED: SHARED}
        self.matches.keep(scene, match, state=states.get(reason, WAITING), message=message)
        return reason, message

    def _judge(self, scene: Scene, match: Match) -> tuple[str, str]:
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


def make_matcher(store: Store, server: Server, settings: Settings) -> Matcher:
    """By the rules and the strictness of the settings; a rule into no library stops everybody who would match by it."""
    rules = read_rules(settings.path_rules)
    require_folders(rules, server.folders)
    return Matcher(store, server, rules, strict=bool(settings.strict_matching))


def keys_of(matches: Iterable[Match]) -> list[str]:
    """The items that may be written, each once."""
    return list(dict.fromkeys(each.rating_key for match in matches if is_certain(match) for each in match.items))


def is_certain(match: Match) -> bool:
    """Whether a match leads to items that may be written."""
    return match.is_certain and match.how != UNLINKED


def find_stale(match: Match, items: Mapping[str, Item]) -> list[str]:
    """The items that are gone or do not hold the file they were found by; a person's choice needs no file."""
    if not is_certain(match):
        return []
    return [
        each.rating_key
        for each in match.items
        if each.rating_key not in items or (match.how != MANUAL and not holds(items[each.rating_key], each.path))
    ]


def holds(item: Item, path: str) -> bool:
    """Whether an item has this file."""
    return any(normal_path(part.file) == path for part in item.parts)

"""The state of a box, and every change to it: entries are added, changed, merged, deleted, marked as favorites.

world = World("any seed")
hill = world.add_tag("Hill")
mira = world.add_performer("Mira Mosswick", aliases=["Mirabel"])
scene = world.add_scene("Up the hill", performers=[mira], tags=[hill], release_date="2024-05")
world.merge(old, into=mira); world.delete(hill); world.forget(scene)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sandbox.stashbox.identity import IdSource, TimeSource
from sandbox.stashbox.model import (
    Account,
    BoxEntity,
    Category,
    Credit,
    DrawnImage,
    Edit,
    Performer,
    Scene,
    Site,
    Studio,
    Tag,
    Target,
)
from sandbox.stashbox.scenes.scene_index import SceneIndex

DEFAULT_KEY = "sandbox-box-key"
EntityT = TypeVar("EntityT", bound=BoxEntity)
LOST_BY_DELETE: dict[type[BoxEntity], dict[str, Callable[[], Any]]] = {
    Performer: {"aliases": list, "links": list, "images": list, "tattoos": lambda: None, "piercings": lambda: None},
    Scene: {"tag_ids": list, "images": list, "fingerprints": list, "performers": list},
    Studio: {"aliases": list},
    Tag: {"aliases": list},
}


class World:
    """All records of one box; hold `lock` while reading more than one thing."""

    def __init__(self, seed: str = "box") -> None:
        self.lock = threading.RLock()
        self.revision = 0
        self.categories: dict[str, Category] = {}
        self.sites: dict[str, Site] = {}
        self.tags: dict[str, Tag] = {}
        self.studios: dict[str, Studio] = {}
        self.performers: dict[str, Performer] = {}
        self.scenes: dict[str, Scene] = {}
        self.pictures: dict[str, DrawnImage] = {}
        self.edits: dict[str, Edit] = {}
        self.accounts: dict[str, Account] = {DEFAULT_KEY: Account("sandbox", DEFAULT_KEY)}
        self.index = SceneIndex()
        self._ids = IdSource(seed)
        self._times = TimeSource()
        self._tables: dict[type[BoxEntity], dict[str, Any]] = {
            Category: self.categories,
            Site: self.sites,
            Tag: self.tags,
            Studio: self.studios,
            Performer: self.performers,
            Scene: self.scenes,
            Edit: self.edits,
        }

    def table_of(self, kind: type[EntityT]) -> dict[str, EntityT]:
        """Return the box's records of one kind by id, for resolvers and tests."""
        return self._tables[kind]

    def add(self, entity: BoxEntity) -> None:
        """Enter a record made elsewhere, as the demo's catalogue does."""
        with self.lock:
            self._tables[type(entity)][entity.id] = entity
            for picture in getattr(entity, "images", ()):
                self.pictures[picture.id] = picture
            if isinstance(entity, Scene):
                self.index.add(entity)
            self.revision += 1

    def add_category(self, name: str, group: str = "SCENE", **details: Any) -> Category:
        """Add a tag category to the box and return it, for tests."""
        return self._make(Category, name=name, group=group, **details)

    def add_site(self, name: str, url: str | None = None) -> Site:
        """Add a web site to the box and return it, for tests."""
        return self._make(Site, name=name, url=url)

    def add_tag(self, name: str, *, category: Category | None = None, **details: Any) -> Tag:
        """Add a tag to the box and return it; tests and benchmarks fill boxes so."""
        return self._make(Tag, name=name, category_id=category.id if category else None, **details)

    def add_studio(self, name: str, *, parent: Studio | None = None, **details: Any) -> Studio:
        """Add a studio to the box and return it; tests and benchmarks fill boxes so."""
        return self._make(Studio, name=name, parent_id=parent.id if parent else None, **details)

    def add_performer(self, name: str, **details: Any) -> Performer:
        """Add a performer to the box and return it; tests and benchmarks fill boxes so."""
        return self._make(Performer, name=name, **details)

    def add_scene(
        self,
        title: str | None = None,
        *,
        performers: Iterable[Performer | Credit] = (),
        studio: Studio | None = None,
        tags: Iterable[Tag] = (),
        **details: Any,
    ) -> Scene:
        """Add a scene to the box and return it; tests and benchmarks fill boxes so."""
        appearances = [each if isinstance(each, Credit) else Credit(each.id) for each in performers]
        return self._make(
            Scene,
            title=title,
            performers=appearances,
            studio_id=studio.id if studio else None,
            tag_ids=[tag.id for tag in tags],
            **details,
        )

    def add_picture(self, width: int = 600, height: int = 900, kind: str = "jpeg") -> DrawnImage:
        """Return a new picture, to be put into the `images` of a record."""
        with self.lock:
            size = (-1, -1) if kind == "svg" else (width, height)
            picture = DrawnImage(self._ids.make_id(), *size, kind)
            self.pictures[picture.id] = picture
            return picture

    def add_account(self, name: str, key: str) -> Account:
        """Add another user of the box with a key and return it, for tests."""
        account = Account(name, key)
        with self.lock:
            self.accounts[key] = account
        return account

    def change(self, entity: BoxEntity, **changes: Any) -> None:
        """Change fields of a record as an edit of the box does: `updated` moves. Tests call this."""
        with self.lock:
            if isinstance(entity, Scene):
                self.index.remove(entity)
            for name, value in {"updated": self._times.make_time(), **changes}.items():
                setattr(entity, name, value)
            if isinstance(entity, Scene):
                self.index.add(entity)
            self.revision += 1

    def delete(self, entity: Target) -> None:
        """Delete softly: the record stays readable by id. The scenes it leaves keep their time of update.

        Demo and tests call it.
        """
        with self.lock:
            self._note_edit("DESTROY", entity, [])
            for scene in self._scenes_of(self.index.find_candidates(entity.id)):
                self._take_out(entity, scene)
            for account in self.accounts.values():
                account.performers.discard(entity.id)
                account.studios.discard(entity.id)
            self.change(entity, deleted=True, **{name: empty() for name, empty in LOST_BY_DELETE[type(entity)].items()})

    def _take_out(self, entity: Target, scene: Scene) -> None:
        if isinstance(entity, Tag) and entity.id in scene.tag_ids:
            self._rewrite(scene, tag_ids=[each for each in scene.tag_ids if each != entity.id])
        elif isinstance(entity, Performer) and any(each.performer_id == entity.id for each in scene.performers):
            self._rewrite(scene, performers=[each for each in scene.performers if each.performer_id != entity.id])
        elif isinstance(entity, Studio) and scene.studio_id == entity.id:
            self._rewrite(scene, studio_id=None)

    def forget(self, entity: BoxEntity) -> None:
        """Remove a record without a trace, unlike `delete`; tests call this."""
        with self.lock:
            if isinstance(entity, Scene):
                self.index.remove(entity)
            del self._tables[type(entity)][entity.id]
            self.revision += 1

    def merge(self, source: Target, into: Target) -> None:
        """Merge one record into another of its kind as an edit that changes nothing else of the target.

        What refers to the source moves, except sub-studios, and the scenes keep their time of update. The fingerprints
        of a scene stay with the source.
        Demo, tests and benchmarks call it.
        """
        with self.lock:
            self._note_edit("MERGE", into, [source.id])
            self.change(into)
            if isinstance(source, Performer) and isinstance(into, Performer):
                self._merge_performers(source, into)
            elif isinstance(source, Studio) and isinstance(into, Studio):
                self._merge_studios(source, into)
            elif isinstance(source, Tag) and isinstance(into, Tag):
                self._merge_tags(source, into)
            elif isinstance(source, Scene) and isinstance(into, Scene):
                self.change(source, deleted=True)
            else:
                raise TypeError(f"cannot merge {type(source).__name__} into {type(into).__name__}")

    def _merge_performers(self, source: Performer, into: Performer) -> None:
        for scene in self._scenes_of(self.index.credits[source.id]):
            moved = [
                Credit(into.id, each.alias or source.name) if each.performer_id == source.id else each
                for each in scene.performers
            ]
            unique = {each.performer_id: each for each in moved}
            self._rewrite(scene, performers=list(unique.values()))
        for each in self.performers.values():
            if each.merged_into_id == source.id:
                each.merged_into_id = into.id
        into.merged_ids = [*into.merged_ids, *source.merged_ids, source.id]
        for account in self.accounts.values():
            if source.id in account.performers:
                account.performers ^= {source.id}
                account.performers |= {into.id}
        lost = {name: empty() for name, empty in LOST_BY_DELETE[Performer].items()}
        self.change(source, deleted=True, merged_into_id=into.id, merged_ids=[], **lost)

    def _merge_studios(self, source: Studio, into: Studio) -> None:
        for scene in self._scenes_of(self.index.find_candidates(source.id)):
            if scene.studio_id == source.id:
                self._rewrite(scene, studio_id=into.id)
        for account in self.accounts.values():
            if source.id in account.studios and into.id not in account.studios:  # else the box keeps the old favorite
                account.studios ^= {source.id, into.id}
        self.change(source, deleted=True)

    def _merge_tags(self, source: Tag, into: Tag) -> None:
        for scene in self._scenes_of(self.index.find_candidates(source.id)):
            if source.id in scene.tag_ids:
                tag_ids = [into.id if each == source.id else each for each in scene.tag_ids]
                self._rewrite(scene, tag_ids=list(dict.fromkeys(tag_ids)))
        self.change(source, deleted=True)

    def _rewrite(self, scene: Scene, **changes: Any) -> None:
        """Change what a scene refers to; the box does not move its time of update."""
        self.change(scene, updated=scene.updated, **changes)

    def _scenes_of(self, ids: Iterable[str]) -> list[Scene]:
        return [self.scenes[each] for each in list(ids)]

    def _note_edit(self, operation: str, target: Target, sources: list[str]) -> None:
        kind = type(target).__name__.upper()
        self._make(Edit, operation=operation, target_type=kind, target_id=target.id, source_ids=sources)

    def _make(self, kind: type[EntityT], **fields: Any) -> EntityT:
        with self.lock:
            time = self._times.make_time()
            defaults = {"id": None, "created": time, "updated": time}
            values = {**defaults, **fields}
            entity = kind(**{**values, "id": values["id"] or self._ids.make_id()})
            self.add(entity)
            return entity

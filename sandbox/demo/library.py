"""The demo's library: the owned scenes of a catalogue with their performers, studios and tags, most of them linked.

files = stock_library(Stock(stash.services.library), {box.endpoint: catalogue, other.endpoint: other_catalogue})
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from sandbox.demo.catalogue import Catalogue, pick_owned
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.stocking import StashId, Stock
from sandbox.stashbox.model import BoxEntity, Performer, Scene, Studio, Tag

LINKED_FIRST, LINKED_OTHERS = 0.85, 0.35
MEDIA = "/media"


def stock_library(stock: Stock, catalogues: Mapping[str, Catalogue], cover: str = "") -> list[VideoFile]:
    """Fill a library; the catalogues are those of its boxes by endpoint. Returns its files.

    `cover` is the size of covers, such as "96x54": drawing and sending large ones takes most of the time of a soak.
    """
    owner = LibraryStock(stock, catalogues, cover)
    with stock.fill():
        return [owner.add_scene(scene) for scene in pick_owned(owner.catalogue)]


class LibraryStock:
    """Adds each object once, when the first scene needs it; the catalogue of the first box decides which objects."""

    def __init__(self, stock: Stock, catalogues: Mapping[str, Catalogue], cover: str = "") -> None:
        self.stock = stock
        self._cover = f"{cover}/" if cover else ""
        self.catalogue = next(iter(catalogues.values()))
        self._endpoints = list(catalogues)
        self._chance = random.Random(f"{self.catalogue.seed}/library")
        self._entered: dict[str, int] = {}
        self._same = {
            first.id: entities
            for part in ("tags", "studios", "performers", "scenes")
            for entities in zip(*(getattr(catalogue, part) for catalogue in catalogues.values()))
            for first in entities[:1]
        }
        self._entities = {entities[0].id: entities[0] for entities in self._same.values()}
        self._liked = {each.id for each in (*self.catalogue.liked_performers, *self.catalogue.liked_studios)}

    def add_scene(self, scene: Scene) -> VideoFile:
        """Add a scene and return its file; the scene lacks a third of the box's tags."""
        file = make_file(scene, self._name_of(scene.studio_id))
        self.stock.add_scene(
            scene.title or "",
            file=file,
            studio=self._enter(scene.studio_id),
            performers=[self._need(each.performer_id) for each in scene.performers],
            tags=[self._need(tag) for tag in scene.tag_ids if self._chance.random() < 0.66],
            stash_ids=self._links(scene),
            picture=f"{self._cover}{scene.id}",
            details=scene.details,
            date=whole_date(scene.release_date),
        )
        return file

    def _name_of(self, entity_id: str | None) -> str:
        entity = self._entities.get(entity_id or "")
        return entity.name if isinstance(entity, Studio) else "Unsorted"

    def _enter(self, entity_id: str | None) -> int | None:
        return self._need(entity_id) if entity_id else None

    def _need(self, entity_id: str) -> int:
        if entity_id not in self._entered:
            self._entered[entity_id] = self._add(self._entities[entity_id])
        return self._entered[entity_id]

    def _add(self, entity: BoxEntity) -> int:
        if isinstance(entity, Tag):
            return self._add_tag(entity)
        if isinstance(entity, Studio):
            return self._add_studio(entity)
        assert isinstance(entity, Performer)
        return self._add_performer(entity)

    def _add_tag(self, tag: Tag) -> int:
        name = tag.name.lower() if self._chance.random() < 0.2 else tag.name
        return self.stock.add_tag(name, stash_ids=self._links(tag, 0.5))

    def _add_studio(self, studio: Studio) -> int:
        return self.stock.add_studio(
            studio.name,
            parent=self._enter(studio.parent_id),
            stash_ids=self._links(studio),
            favorite=studio.id in self._liked and self._chance.random() < 0.5,
        )

    def _add_performer(self, performer: Performer) -> int:
        return self.stock.add_performer(
            performer.name,
            stash_ids=self._links(performer),
            picture=performer.id if performer.images else "",
            disambiguation=performer.disambiguation,
            gender=performer.gender,
            birthdate=whole_date(performer.birth_date) if self._chance.random() < 0.5 else None,
            favorite=performer.id in self._liked and self._chance.random() < 0.5,
        )

    def _links(self, entity: BoxEntity, first: float = LINKED_FIRST) -> list[StashId]:
        shares = [first, *([LINKED_OTHERS] * (len(self._endpoints) - 1))]
        rows: Sequence[tuple[str, BoxEntity, float]] = list(zip(self._endpoints, self._same[entity.id], shares))
        return [StashId(endpoint, each.id) for endpoint, each, share in rows if self._chance.random() < share]


def make_file(scene: Scene, folder: str) -> VideoFile:
    """Return the file of a scene, with the fingerprints that the box knows it by."""
    hashes = {fingerprint.algorithm: fingerprint.hash for fingerprint in scene.fingerprints}
    return VideoFile(
        f"{MEDIA}/{folder}/{(scene.title or 'untitled').replace('/', '-')} [{scene.id[:8]}].mp4",
        duration=float(scene.duration or 1200),
        oshash=hashes.get("OSHASH", ""),
        phash=hashes.get("PHASH", ""),
    )


def whole_date(text: str | None) -> str | None:
    """Return a date that has a day, else None: many libraries keep no partial dates."""
    return text if text and len(text) == len("2024-05-01") else None

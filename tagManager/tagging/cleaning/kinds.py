"""The kinds of objects that have tags, as this Stash knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.journal import Item
from shared.stash.filters import with_members
from shared.stash.library import GALLERY, GROUP, IMAGE, MARKER, PERFORMER, SCENE, STUDIO, LibraryObjects, ObjectKind
from shared.stash.object_tags import ObjectTags

if TYPE_CHECKING:
    from shared.stash import StashClient

Row = dict[str, Any]

MARKER_KIND = "marker"
ROWS_PER_READ = 500


class TaggedKind(NamedTuple):
    """A kind of object with tags: its name in plans, Stash's names, the tag's counter, and the fields of a label."""

    name: str
    objects: ObjectKind
    counter: str
    fields: str
    needs: tuple[str, str]  # the type and the field of Stash's schema without which these have no tags to change

    def make_item(self, row: Row) -> Item:
        """Return the journal item of an object, for the plans of cleaning."""
        files = row.get("files") or ()
        label = row.get("title") or row.get("name") or next((file["basename"] for file in files), "")
        return Item(self.name, row["id"], label or f"{self.name} {row['id']}")


KINDS = (
    TaggedKind("scene", SCENE, "scene_count", "title files { basename }", ("Mutation", "bulkSceneUpdate")),
    TaggedKind("image", IMAGE, "image_count", "title", ("Mutation", "bulkImageUpdate")),
    TaggedKind("gallery", GALLERY, "gallery_count", "title", ("Mutation", "bulkGalleryUpdate")),
    # Before 0.27, Stash cannot be asked for markers by their ids; it got that together with groups.
    TaggedKind(MARKER_KIND, MARKER, "scene_marker_count", "title primary_tag { id }", ("Query", "findGroups")),
    TaggedKind("performer", PERFORMER, "performer_count", "name", ("Mutation", "bulkPerformerUpdate")),
    TaggedKind("studio", STUDIO, "studio_count", "name", ("StudioUpdateInput", "tag_ids")),
    TaggedKind("group", GROUP, "group_count", "name", ("Mutation", "bulkGroupUpdate")),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def list_kinds(stash: StashClient) -> list[TaggedKind]:
    """Return the kinds whose tags this Stash can change."""
    known = stash.capabilities()
    return [kind for kind in KINDS if known.has(*kind.needs)]


def list_counters(stash: StashClient) -> list[str]:
    """Return the fields of a tag that count its uses, of all kinds that this Stash has."""
    known = stash.capabilities()
    return [kind.counter for kind in KINDS if known.has("Tag", kind.counter)]


def name_favorite(stash: StashClient) -> str:
    """Return the field that says if a tag is a favorite; empty before Stash 0.26, which has no such tags."""
    return "favorite" if stash.capabilities().has("Tag", "favorite") else ""


def open_objects(stash: StashClient, kind: TaggedKind) -> LibraryObjects:
    """Return the object that reads the library's scenes, performers or others of a kind.

    `open_tags`, `stream_tagged` and the target of a clean-up read through it.
    """
    return LibraryObjects(stash.ask, kind.objects)


def open_tags(stash: StashClient, kind: TaggedKind) -> ObjectTags:
    """Return the object that changes the tags of a kind's objects; some kinds have no bulk change in an older Stash.

    The target of a clean-up writes through it.
    """
    has_bulk = stash.capabilities().has("Mutation", f"bulk{kind.objects.type}Update")
    return ObjectTags(stash.ask, open_objects(stash, kind), has_bulk=has_bulk)


def stream_tagged(stash: StashClient, kind: TaggedKind, tag_ids: Iterable[int]) -> Iterator[list[Row]]:
    """Yield the objects of a kind that have one of these tags, in pieces, with `tags` and what a label needs.

    The plans for unwanted and for implied tags call it.
    """
    objects = open_objects(stash, kind)
    ids = objects.ids(with_members("tags", tag_ids))
    yield from objects.stream(ids, f"{kind.fields} tags {{ id }}", size=ROWS_PER_READ)

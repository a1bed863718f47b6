"""Bulk mutations of images, galleries, groups and markers, and the update of one marker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.common import bulk_list, touch, update_many
from sandbox.stash.write.fields import Spec, read_fields, read_ids, read_reference, same
from sandbox.stash.write.hooked import show_sent
from sandbox.stash.write.lists import JoinTable, change_ids

PICTURES = Registry()
Given = Mapping[str, Any]


class BulkKind(NamedTuple):
    """A kind of object that a bulk mutation changes."""

    word: str  # in Stash's messages
    table: str
    trigger: str
    spec: Spec
    lists: Mapping[str, JoinTable]  # by the name in the input


IMAGE = BulkKind(
    "image",
    "images",
    "Image.Update.Post",
    Spec(texts=same("title code"), numbers={"rating100": "rating"}, flags=same("organized"), refs=same("studio_id")),
    {
        "tag_ids": JoinTable("images_tags", "image_id", "tag_id"),
        "performer_ids": JoinTable("performers_images", "image_id", "performer_id"),
    },
)
GALLERY = BulkKind(
    "gallery",
    "galleries",
    "Gallery.Update.Post",
    Spec(texts=same("code details"), numbers={"rating100": "rating"}, flags=same("organized"), refs=same("studio_id")),
    {
        "tag_ids": JoinTable("galleries_tags", "gallery_id", "tag_id"),
        "performer_ids": JoinTable("performers_galleries", "gallery_id", "performer_id"),
    },
)
GROUP = BulkKind(
    "group",
    "groups",
    "Group.Update.Post",
    Spec(texts=same("director"), numbers={"rating100": "rating"}, refs=same("studio_id")),
    {"tag_ids": JoinTable("groups_tags", "group_id", "tag_id")},
)
MARKER = BulkKind(
    "scene marker",
    "scene_markers",
    "SceneMarker.Update.Post",
    Spec(texts=same("title"), refs=same("primary_tag_id")),
    {"tag_ids": JoinTable("scene_markers_tags", "scene_marker_id", "tag_id")},
)


def update_bulk(kind: BulkKind) -> Callable[[Context, Args], list[int] | None]:
    """Return the resolver of `bulkImageUpdate` and its like."""

    def update(context: Context, args: Args) -> list[int] | None:
        def apply(db: Database, number: int, changes: Given) -> None:
            apply_change(context, db, kind, number, changes)

        return update_many(context, kind.trigger, args["input"], apply)

    return update


def apply_change(context: Context, db: Database, kind: BulkKind, number: int, given: Given) -> None:
    """Write one object's changes inside a transaction; a marker's own tags never include its primary tag.

    Updates of images, galleries and markers call it.
    """
    if not db.row(f"SELECT 1 FROM {kind.table} WHERE id = ?", (number,)):
        raise StashFailure(f"{kind.word} with id {number} not found")
    touch(context, db, kind.table, number, read_fields(kind.spec, given))
    for name, table in kind.lists.items():
        wanted = bulk_list(given, name)
        if wanted:
            change_ids(db, table, number, read_ids(name.replace("_", " "), wanted[0]), wanted[1])
    if kind is MARKER:
        primary = "(SELECT primary_tag_id FROM scene_markers WHERE id = ?)"
        db.run(f"DELETE FROM scene_markers_tags WHERE scene_marker_id = ? AND tag_id = {primary}", (number, number))


def update_marker(context: Context, args: Args) -> int:
    """Carry out the mutation `sceneMarkerUpdate` and return the marker's id."""
    given = args["input"]
    number = read_reference("id", given["id"]) or 0
    more = {name: given[name] for name in ("seconds", "end_seconds") if name in given}
    with context.services.library.write() as db:
        apply_change(context, db, MARKER, number, given)
        if more:
            db.update("scene_markers", number, more)
        if "scene_id" in given:
            db.update("scene_markers", number, {"scene_id": read_reference("scene_id", given["scene_id"])})
    context.fire(MARKER.trigger, number, show_sent(given), given)
    return number


RESOLVERS: dict[str, Callable[[Context, Args], Any]] = {
    "bulkImageUpdate": update_bulk(IMAGE),
    "bulkGalleryUpdate": update_bulk(GALLERY),
    "bulkGroupUpdate": update_bulk(GROUP),
    "bulkSceneMarkerUpdate": update_bulk(MARKER),
    "sceneMarkerUpdate": update_marker,
}
PICTURES.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})

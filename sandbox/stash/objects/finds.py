"""The find fields of the query root: one object, or a page of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sandbox.stash.context import Context
from sandbox.stash.find.kinds import GALLERY, GROUP, IMAGE, MARKER, PERFORMER, SCENE, STUDIO, TAG, Kind
from sandbox.stash.find.queries import FindQuery, check_ids, count_ids, find_ids, find_objects, sum_files, sum_ids
from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.execution import Registry, Resolver
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.objects.batches import Args, root

FINDS = Registry()
WORDED = {SCENE.name: "converting ids: "}


class FoundObjects(NamedTuple):
    """The result of a find field: the ids asked for, or a query that is run for the selected fields only."""

    kind: Kind
    ids: Sequence[int] | None
    found: FindQuery | None
    paging: Mapping[str, Any]


def find_many(kind: Kind, filter_name: str, legacy: str = "") -> Resolver:
    """Return the resolver of `findScenes` and its like in the Stash double; the table `LISTS` below has all of them.

    `legacy` is the older name of the argument `ids`, such as `scene_ids`.
    """

    def find(context: Context, args: Args) -> FoundObjects:
        asked = args.get("ids") or args.get(legacy)
        paging = args.get("filter") or {}
        if asked:
            return FoundObjects(kind, _check(context, kind, asked), None, paging)
        return FoundObjects(kind, None, find_objects(kind, args.get(filter_name), paging), paging)

    return root(find)


def _check(context: Context, kind: Kind, asked: Sequence[Any]) -> list[int]:
    try:
        return check_ids(context.db, kind, asked)
    except StashFailure as error:
        if "strconv" in str(error):
            raise StashFailure(WORDED.get(kind.name, "") + str(error)) from error
        raise


def find_one(kind: Kind) -> Resolver:
    """Return the resolver of `findScene` and its like: null if the object does not exist."""

    def find(context: Context, args: Args) -> int | None:
        number = read_id(args["id"])
        found: int | None = context.db.value(f"SELECT id FROM {kind.table} WHERE id = ?", (number,))
        return found

    return root(find)


def find_all(kind: Kind) -> Resolver:
    """Return the resolver of `allTags` and its like."""

    def find(context: Context, _: Args) -> list[int]:
        return find_ids(context.db, find_objects(kind, None, {"per_page": -1}), {"per_page": -1})

    return root(find)


def list_page(context: Context, pages: Sequence[FoundObjects], _: Args) -> list[Sequence[int]]:
    """Return the ids of each page; the executor calls this for the list field of a find query."""
    return [find_ids(context.db, page.found, page.paging) if page.found else page.ids or () for page in pages]


def count_page(context: Context, pages: Sequence[FoundObjects], _: Args) -> list[int]:
    """Return the number of objects on all pages; the executor calls this for the field `count` of a find query."""
    return [count_ids(context.db, page.found) if page.found else len(page.ids or ()) for page in pages]


def total(column: str) -> Resolver:
    """Return a resolver for the sum of a file property over everything that was found."""

    def add_up(context: Context, pages: Sequence[FoundObjects], _: Args) -> list[float]:
        return [
            sum_files(context.db, page.found, column) if page.found else sum_ids(context.db, page.ids or (), column)
            for page in pages
        ]

    return add_up


@FINDS.resolver("Query.findScene")
def find_scene(context: Context, objects: Sequence[Any], args: Args) -> list[int | None]:
    """Return the id of a scene by id or checksum; the executor calls this for `findScene`."""
    if args.get("id") is not None:
        return list(find_one(SCENE)(context, objects, args))
    return [_find_by_hash(context, "md5", args.get("checksum"))]


@FINDS.resolver("Query.findSceneByHash")
def find_scene_by_hash(context: Context, _: Sequence[Any], args: Args) -> list[int | None]:
    """Return the id of a scene by one of its file hashes; the executor calls this for `findSceneByHash`."""
    given = args["input"]
    found = _find_by_hash(context, "oshash", given.get("oshash"))
    return [found or _find_by_hash(context, "md5", given.get("checksum"))]


def _find_by_hash(context: Context, kind: str, value: str | None) -> int | None:
    found: int | None = context.db.value(
        "SELECT sf.scene_id FROM files_fingerprints f JOIN scenes_files sf ON sf.file_id = f.file_id "
        "WHERE f.type = ? AND f.fingerprint = ? ORDER BY sf.scene_id",
        (kind, value),
    )
    return found


LISTS = (
    ("Scenes", "scenes", SCENE, "scene_filter", "scene_ids"),
    ("Images", "images", IMAGE, "image_filter", "image_ids"),
    ("Galleries", "galleries", GALLERY, "gallery_filter", ""),
    ("Performers", "performers", PERFORMER, "performer_filter", "performer_ids"),
    ("Studios", "studios", STUDIO, "studio_filter", ""),
    ("Tags", "tags", TAG, "tag_filter", ""),
    ("Groups", "groups", GROUP, "group_filter", ""),
    ("SceneMarkers", "scene_markers", MARKER, "scene_marker_filter", ""),
)
for _name, _list, _kind, _filter, _legacy in LISTS:
    _result = f"Find{_name}ResultType"
    FINDS.resolvers["Query", f"find{_name}"] = find_many(_kind, _filter, _legacy)
    FINDS.resolvers[_result, _list] = list_page
    FINDS.resolvers[_result, "count"] = count_page
for _name, _kind in (("Performer", PERFORMER), ("Studio", STUDIO), ("Tag", TAG), ("Group", GROUP)):
    FINDS.resolvers["Query", f"find{_name}"] = find_one(_kind)
for _name, _kind in (("Scenes", SCENE), ("Performers", PERFORMER), ("Studios", STUDIO), ("Tags", TAG)):
    FINDS.resolvers["Query", f"all{_name}"] = find_all(_kind)
FINDS.resolvers["FindScenesResultType", "duration"] = total("duration")
FINDS.resolvers["FindScenesResultType", "filesize"] = total("size")

"""Mutations of tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.common import bulk_list, delete_row, destroy_rows, touch, update_many
from sandbox.stash.write.fields import Spec, read_fields, read_ids, read_reference, same
from sandbox.stash.write.hooked import show_sent
from sandbox.stash.write.images import read_image, set_image
from sandbox.stash.write.lists import (
    JoinTable,
    apply_strings,
    change_custom_fields,
    change_ids,
    read_strings,
    replace_aliases,
    replace_stash_ids,
)
from sandbox.stash.write.rules import (
    check_hierarchy,
    check_name_given,
    check_new_hierarchy,
    check_shared_name,
)

TAGS = Registry()
SPEC = Spec(texts=same("name sort_name description"), flags=same("favorite ignore_auto_tag"))
PARENTS = JoinTable("tags_relations", "child_id", "parent_id")
CHILDREN = JoinTable("tags_relations", "parent_id", "child_id")
LINKS = {
    "scenes_tags": "scene_id",
    "scene_markers_tags": "scene_marker_id",
    "performers_tags": "performer_id",
    "studios_tags": "studio_id",
    "groups_tags": "group_id",
    "images_tags": "image_id",
    "galleries_tags": "gallery_id",
}


def create_tag(context: Context, args: Args) -> int:
    """Carry out the mutation `tagCreate` and return the tag's id."""
    given = args["input"]
    library = context.services.library
    values = read_fields(SPEC, given)
    parents, children = (read_ids(f"{kind} tag ids", given.get(f"{kind}_ids")) for kind in ("parent", "child"))
    image = read_image(given.get("image"))
    with library.write() as db:
        name = check_name_given("tag", values["name"])
        aliases = apply_strings((), given.get("aliases"), "SET")
        for each in (name, *aliases):
            _check_name(context, db, 0, each)
        check_new_hierarchy(db, parents, children)
        now = library.timestamp()
        tag_id = db.insert("tags", {**values, "created_at": now, "updated_at": now})
        replace_aliases(db, "tag", tag_id, aliases)
        replace_stash_ids(library, db, "tag", tag_id, given.get("stash_ids"))
        change_ids(db, PARENTS, tag_id, parents)
        change_ids(db, CHILDREN, tag_id, children)
        change_custom_fields(db, "tag", tag_id, {"full": given.get("custom_fields")})
        if image:
            set_image(db, "tags", tag_id, image)
    context.fire("Tag.Create.Post", tag_id, show_sent(given))
    return tag_id


def update_tag(context: Context, args: Args) -> int:
    """Carry out the mutation `tagUpdate` and return the tag's id."""
    given = args["input"]
    tag_id = read_reference("id", given["id"]) or 0
    image = read_image(given.get("image"))
    with context.services.library.write() as db:
        apply_tag(context, db, tag_id, given)
        if "stash_ids" in given:
            replace_stash_ids(context.services.library, db, "tag", tag_id, given["stash_ids"])
        if "image" in given:
            set_image(db, "tags", tag_id, image)
    context.fire("Tag.Update.Post", tag_id, show_sent(given), given)
    return tag_id


def apply_tag(context: Context, db: Database, tag_id: int, given: Mapping[str, Any]) -> None:
    """Write one tag's changes inside a transaction; update and bulk update call this."""
    if not db.row("SELECT 1 FROM tags WHERE id = ?", (tag_id,)):
        raise StashFailure(f"tag with id {tag_id} not found")
    values = read_fields(SPEC, given)
    if "name" in values:
        _check_name(context, db, tag_id, check_name_given("tag", values["name"]))
    aliases = bulk_list(given, "aliases")
    if aliases:
        listed = apply_strings(read_strings(db, "tag", "alias", tag_id), *aliases)
        for alias in listed:
            _check_name(context, db, tag_id, alias)
    _change_relatives(db, tag_id, given)
    touch(context, db, "tags", tag_id, values)
    if aliases:
        replace_aliases(db, "tag", tag_id, listed)
    if "custom_fields" in given:
        change_custom_fields(db, "tag", tag_id, given["custom_fields"])


def _check_name(context: Context, db: Database, tag_id: int, name: str) -> None:
    check_shared_name(db, "tag", tag_id, name, is_literal=context.services.profile.has("0.31"))


def _change_relatives(db: Database, tag_id: int, given: Mapping[str, Any]) -> None:
    changes = {kind: bulk_list(given, f"{kind}_ids") for kind in ("parent", "child")}
    if not any(changes.values()):
        return
    links = {"parent": PARENTS, "child": CHILDREN}
    after: dict[str, list[int]] = {}
    for kind, link in links.items():
        old = db.column(f"SELECT {link.other} FROM tags_relations WHERE {link.owner} = ?", (tag_id,))
        change = changes[kind]
        after[kind] = old if change is None else _apply_ids(old, read_ids(f"{kind} tag ids", change[0]), change[1])
    check_hierarchy(db, tag_id, after["parent"], after["child"])
    for kind, link in links.items():
        if changes[kind] is not None:
            change_ids(db, link, tag_id, after[kind])


def _apply_ids(old: Sequence[int], ids: Sequence[int], mode: str) -> list[int]:
    if mode == "SET":
        return list(dict.fromkeys(ids))
    if mode == "ADD":
        return list(dict.fromkeys([*old, *ids]))
    return [each for each in old if each not in ids]


def update_tags(context: Context, args: Args) -> list[int] | None:
    """Carry out the mutation `bulkTagUpdate` and return the ids, None without any."""

    def apply(db: Database, tag_id: int, changes: Mapping[str, Any]) -> None:
        apply_tag(context, db, tag_id, changes)

    return update_many(context, "Tag.Update.Post", args["input"], apply)


def merge_tags(context: Context, args: Args) -> int | None:
    """Carry out `tagsMerge` and return the destination; names become aliases, sources go."""
    given = args["input"]
    sources = read_ids("source ids", given["source"])
    target = read_reference("destination id", given["destination"]) or 0
    if not sources:
        return None
    with context.services.library.write() as db:
        if not db.row("SELECT 1 FROM tags WHERE id = ?", (target,)):
            raise StashFailure(f"tag with id {target} not found")
        parents = _merge_relatives(db, target, sources, PARENTS)
        children = _merge_relatives(db, target, sources, CHILDREN)
        if target in sources:
            raise StashFailure("cannot merge where source == destination")
        _move_to(db, target, sources)
        change_ids(db, PARENTS, target, parents)
        change_ids(db, CHILDREN, target, children)
        check_hierarchy(db, target, parents, [])
        if given.get("values"):
            apply_tag(context, db, target, {key: value for key, value in given["values"].items() if key != "id"})
    context.fire("Tag.Merge.Post", target, given)
    return target


def _merge_relatives(db: Database, target: int, sources: Sequence[int], link: JoinTable) -> list[int]:
    everyone = [target, *sources]
    sql = f"SELECT {link.other} FROM tags_relations WHERE {link.owner} = ?"
    found = [other for each in everyone for other in db.column(sql, (each,))]
    return [other for other in dict.fromkeys(found) if other not in everyone]


def _move_to(db: Database, target: int, sources: Sequence[int]) -> None:
    for source in sources:
        for table, owner in LINKS.items():
            sql = f"INSERT OR IGNORE INTO {table} ({owner}, tag_id) SELECT {owner}, ? FROM {table} WHERE tag_id = ?"
            db.run(sql, (target, source))
            db.run(f"DELETE FROM {table} WHERE tag_id = ?", (source,))
        db.run("UPDATE scene_markers SET primary_tag_id = ? WHERE primary_tag_id = ?", (target, source))
        db.run("INSERT INTO tag_aliases (tag_id, alias) SELECT ?, name FROM tags WHERE id = ?", (target, source))
        db.run("UPDATE tag_aliases SET tag_id = ? WHERE tag_id = ?", (target, source))
        db.run("UPDATE tag_stash_ids SET tag_id = ? WHERE tag_id = ?", (target, source))
        delete_row(db, "tags", source)


def destroy_tag(context: Context, args: Args) -> bool:
    """Carry out the mutation `tagDestroy` and return True."""
    return destroy_rows(context, "tag", [args["input"]["id"]], args["input"], _check_unused)


def destroy_tags(context: Context, args: Args) -> bool:
    """Carry out the mutation `tagsDestroy` and return True."""
    return destroy_rows(context, "tag", args["ids"], list(args["ids"]), _check_unused)


def _check_unused(db: Database, tag_id: int) -> None:
    if db.row("SELECT 1 FROM scene_markers WHERE primary_tag_id = ?", (tag_id,)):
        raise StashFailure("cannot delete tag used as a primary tag in scene markers")


RESOLVERS = {
    "tagCreate": create_tag,
    "tagUpdate": update_tag,
    "bulkTagUpdate": update_tags,
    "tagsMerge": merge_tags,
    "tagDestroy": destroy_tag,
    "tagsDestroy": destroy_tags,
}
TAGS.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})

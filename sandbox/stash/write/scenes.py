"""Mutations of scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.common import bulk_list, touch, update_many
from sandbox.stash.write.fields import Spec, Values, read_fields, read_ids, read_reference, same
from sandbox.stash.write.hooked import show_all
from sandbox.stash.write.images import read_image, set_image
from sandbox.stash.write.lists import (
    JoinTable,
    apply_strings,
    change_ids,
    read_strings,
    replace_stash_ids,
    replace_urls,
)

SCENES = Registry()
Given = Mapping[str, Any]
SPEC = Spec(
    texts=same("title code details director"),
    numbers={"rating100": "rating", "resume_time": "resume_time", "play_duration": "play_duration"},
    flags=same("organized"),
    dates=same("date"),
    refs=same("studio_id"),
)
LINKS = {
    "performer_ids": JoinTable("performers_scenes", "scene_id", "performer_id"),
    "tag_ids": JoinTable("scenes_tags", "scene_id", "tag_id"),
    "gallery_ids": JoinTable("scenes_galleries", "scene_id", "gallery_id"),
}
GROUPS = JoinTable("groups_scenes", "scene_id", "group_id")
NO_FILES = "title must be set if scene has no files"
UPDATED = "Scene.Update.Post"


def create_scene(context: Context, args: Args) -> int:
    """Carry out the mutation `sceneCreate` and return the scene's id."""
    given = args["input"]
    library = context.services.library
    values = _read(context, given)
    files = read_ids("file ids", given.get("file_ids"))
    cover = read_image(given.get("cover_image"), "cover image")
    if not files and not values.get("title"):
        raise StashFailure(NO_FILES)
    with library.write() as db:
        now = library.timestamp()
        scene_id = db.insert("scenes", {**values, "created_at": now, "updated_at": now})
        _change_lists(context, db, scene_id, given)
        _assign_files(db, scene_id, files)
        if cover:
            set_image(db, "scenes", scene_id, cover, "cover_blob")
    context.fire("Scene.Create.Post", scene_id)
    return scene_id


def _assign_files(db: Database, scene_id: int, files: Sequence[int]) -> None:
    for place, file_id in enumerate(files):
        if db.row('SELECT 1 FROM scenes_files WHERE file_id = ? AND "primary" = 1', (file_id,)):
            raise StashFailure(f"file id {file_id} is already primary of another scene")
        db.run("DELETE FROM scenes_files WHERE file_id = ?", (file_id,))
        sql = 'INSERT INTO scenes_files (scene_id, file_id, "primary") VALUES (?, ?, ?)'
        db.run(sql, (scene_id, file_id, int(place == 0)))


def update_scene(context: Context, args: Args) -> int:
    """Carry out the mutation `sceneUpdate` and return the scene's id."""
    given = args["input"]
    with context.services.library.write() as db:
        scene_id = apply_scene(context, db, given)
    context.fire(UPDATED, scene_id, show_all(context, "SceneUpdateInput", given), given)
    return scene_id


def update_scene_list(context: Context, args: Args) -> list[int]:
    """Carry out the mutation `scenesUpdate` in one transaction and return the ids; every hook gets the whole list."""
    inputs = args["input"]
    with context.services.library.write() as db:
        ids = [apply_scene(context, db, given) for given in inputs]
    shown = [show_all(context, "SceneUpdateInput", given) for given in inputs]
    for scene_id, given in zip(ids, inputs):
        context.fire(UPDATED, scene_id, shown, given)
    return ids


def apply_scene(context: Context, db: Database, given: Given) -> int:
    """Write one scene's changes inside a transaction and return its id; `sceneUpdate` and `scenesUpdate` call this."""
    scene_id = read_reference("id", given["id"]) or 0
    _check_exists(db, scene_id)
    values = _read(context, given)
    has_files = db.row("SELECT 1 FROM scenes_files WHERE scene_id = ?", (scene_id,)) is not None
    if "title" in values and not values["title"] and not has_files:
        raise StashFailure(NO_FILES)
    cover = read_image(given.get("cover_image"), "cover image")
    touch(context, db, "scenes", scene_id, values)
    _change_lists(context, db, scene_id, given)
    if given.get("primary_file_id"):
        _choose_primary(db, scene_id, read_reference("primary_file_id", given["primary_file_id"]) or 0)
    if cover or ("cover_image" in given and context.services.profile.has("0.31")):
        set_image(db, "scenes", scene_id, cover, "cover_blob")  # since 0.31, null and an empty text remove the cover
    return scene_id


def _check_exists(db: Database, scene_id: int) -> None:
    if not db.row("SELECT 1 FROM scenes WHERE id = ?", (scene_id,)):
        raise StashFailure(f"scene with id {scene_id} not found")


def _read(context: Context, given: Given) -> Values:
    values = read_fields(SPEC, given, is_partial_date_known=context.services.profile.has("0.30"))
    for name in ("resume_time", "play_duration"):
        if name in values:
            values[name] = values[name] or 0.0
    return values


def _choose_primary(db: Database, scene_id: int, file_id: int) -> None:
    if not db.row("SELECT 1 FROM scenes_files WHERE scene_id = ? AND file_id = ?", (scene_id, file_id)):
        raise StashFailure(f"file with id {file_id} not associated with scene")
    db.run('UPDATE scenes_files SET "primary" = 0 WHERE scene_id = ?', (scene_id,))
    db.run('UPDATE scenes_files SET "primary" = 1 WHERE scene_id = ? AND file_id = ?', (scene_id, file_id))


def _change_lists(context: Context, db: Database, scene_id: int, given: Given) -> None:
    for name, link in LINKS.items():
        change = bulk_list(given, name)
        if change:
            change_ids(db, link, scene_id, read_ids(name.replace("_", " "), change[0]), change[1])
    _change_groups(db, scene_id, given)
    urls = bulk_list(given, "urls")
    if urls:
        old = read_strings(db, "scene", "url", scene_id)
        replace_urls(db, "scene", scene_id, apply_strings(old, *urls))
    elif "url" in given:
        replace_urls(db, "scene", scene_id, [given["url"].strip()] if given["url"] is not None else [])
    if "stash_ids" in given:
        replace_stash_ids(context.services.library, db, "scene", scene_id, given["stash_ids"])


def _change_groups(db: Database, scene_id: int, given: Given) -> None:
    bulk = bulk_list(given, "group_ids") or bulk_list(given, "movie_ids")
    if bulk:
        change_ids(db, GROUPS, scene_id, read_ids("group ids", bulk[0]), bulk[1])
        return
    name = next((each for each in ("groups", "movies") if each in given), None)
    if name is None:
        return
    db.run("DELETE FROM groups_scenes WHERE scene_id = ?", (scene_id,))
    for entry in given[name] or ():
        group_id = read_reference("group id", entry["group_id" if name == "groups" else "movie_id"])
        sql = "INSERT INTO groups_scenes (group_id, scene_id, scene_index) VALUES (?, ?, ?)"
        db.run(sql, (group_id, scene_id, entry.get("scene_index")))


def update_scenes(context: Context, args: Args) -> list[int] | None:
    """Carry out the mutation `bulkSceneUpdate` and return the ids, None without any."""

    def apply(db: Database, scene_id: int, changes: Given) -> None:
        values = _read(context, changes)
        touch(context, db, "scenes", scene_id, values)
        _change_lists(context, db, scene_id, changes)
        if not db.row("SELECT 1 FROM scenes WHERE id = ?", (scene_id,)):
            raise StashFailure("sql: no rows in result set")

    return update_many(context, UPDATED, args["input"], apply)


def merge_scenes(context: Context, args: Args) -> int:
    """Carry out `sceneMerge` and return the destination; files, markers and histories move, no hook runs."""
    given = args["input"]
    sources = list(dict.fromkeys(read_ids("source ids", given["source"])))
    target = read_reference("destination id", given["destination"]) or 0
    if target in sources:
        raise StashFailure("destination scene cannot be in source list")
    with context.services.library.write() as db:
        _check_exists(db, target)
        for source in sources:
            if not db.row("SELECT 1 FROM scenes WHERE id = ?", (source,)):
                raise StashFailure(f"finding source scenes: scene with id {source} not found")
        for source in sources:
            _move_to(db, target, source, given)
        values = {**(given.get("values") or {}), "id": str(target), "primary_file_id": None}
        apply_scene(context, db, values)
        db.run_many("DELETE FROM scenes WHERE id = ?", [(source,) for source in sources])
    return target


def _move_to(db: Database, target: int, source: int, given: Given) -> None:
    db.run("UPDATE scene_markers SET scene_id = ? WHERE scene_id = ?", (target, source))
    has_primary = db.row('SELECT 1 FROM scenes_files WHERE scene_id = ? AND "primary" = 1', (target,))
    changed = ', "primary" = 0' if has_primary else ""
    db.run(f"UPDATE scenes_files SET scene_id = ?{changed} WHERE scene_id = ?", (target, source))
    for flag, table in (("play_history", "scenes_view_dates"), ("o_history", "scenes_o_dates")):
        if given.get(flag):
            db.run(f"UPDATE {table} SET scene_id = ? WHERE scene_id = ?", (target, source))


def destroy_scene(context: Context, args: Args) -> bool:
    """Carry out the mutation `sceneDestroy` and return True."""
    return _destroy(context, [args["input"]["id"]], show_all(context, "SceneDestroyInput", args["input"]))


def destroy_scenes(context: Context, args: Args) -> bool:
    """Carry out the mutation `scenesDestroy` and return True."""
    return _destroy(context, args["input"]["ids"], show_all(context, "ScenesDestroyInput", args["input"]))


def _destroy(context: Context, ids: Sequence[Any], given: Given) -> bool:
    numbers = read_ids("ids", ids)
    with context.services.library.write() as db:
        known = [_describe_files(db, number) for number in numbers]
        for number in numbers:
            db.run("DELETE FROM scene_markers WHERE scene_id = ?", (number,))
            db.run("DELETE FROM files WHERE id IN (SELECT file_id FROM scenes_files WHERE scene_id = ?)", (number,))
            db.run("DELETE FROM scenes WHERE id = ?", (number,))
    for number, files in zip(numbers, known):
        context.fire("Scene.Destroy.Post", number, {**given, **files})
    return True


def _describe_files(db: Database, scene_id: int) -> dict[str, str]:
    _check_exists(db, scene_id)
    primary = 'FROM scenes_files sf JOIN files f ON f.id = sf.file_id WHERE sf.scene_id = ? AND sf."primary" = 1'
    folder = "(SELECT path FROM folders WHERE id = f.parent_folder_id)"
    path = db.value(f"SELECT join_path({folder}, f.basename) {primary}", (scene_id,))
    prints = "SELECT fp.type, fp.fingerprint FROM files_fingerprints fp WHERE fp.file_id IN (SELECT f.id "
    found: dict[str, str] = dict(db.rows(f"{prints}{primary})", (scene_id,)))
    return {"checksum": found.get("md5", ""), "oshash": found.get("oshash", ""), "path": path or ""}


RESOLVERS = {
    "sceneCreate": create_scene,
    "sceneUpdate": update_scene,
    "scenesUpdate": update_scene_list,
    "bulkSceneUpdate": update_scenes,
    "sceneMerge": merge_scenes,
    "sceneDestroy": destroy_scene,
    "scenesDestroy": destroy_scenes,
}
SCENES.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})

"""Mutations that run no hook: plays, counters, markers, fingerprints."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Callable

from sandbox.stash.context import Context
from sandbox.stash.find.scene_criteria import read_phash
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.fields import read_ids, read_reference
from sandbox.stash.write.hooked import show_sent
from sandbox.stash.write.lists import JoinTable, change_ids

ACTIVITY = Registry()
HISTORIES = {"play": ("scenes_view_dates", "view_date"), "o": ("scenes_o_dates", "o_date")}
MARKER_TAGS = JoinTable("scene_markers_tags", "scene_marker_id", "tag_id")


def _check_scene(db: Database, text: str) -> int:
    scene_id = read_reference("id", text) or 0
    if not db.row("SELECT 1 FROM scenes WHERE id = ?", (scene_id,)):
        raise StashFailure(f"id {scene_id} does not exist in scenes")
    return scene_id


def _show_history(db: Database, name: str, scene_id: int) -> dict[str, Any]:
    table, column = HISTORIES[name]
    history = db.column(f"SELECT {column} FROM {table} WHERE scene_id = ? ORDER BY {column} DESC", (scene_id,))
    return {"count": len(history), "history": history}


def add_dates(name: str) -> Callable[[Context, Args], dict[str, Any]]:
    """Return the resolver for `sceneAddPlay` or `sceneAddO`."""
    table, column = HISTORIES[name]

    def add(context: Context, args: Args) -> dict[str, Any]:
        library = context.services.library
        with library.write() as db:
            scene_id = read_reference("id", args["id"]) or 0
            times = [_read_moment(text) for text in args.get("times") or ()] or [library.now()]
            stamps = [library.format_time(moment) for moment in times]
            for stamp in stamps:
                db.run(f"INSERT INTO {table} (scene_id, {column}) VALUES (?, ?)", (scene_id, stamp))
            return _show_history(db, name, scene_id)

    return add


def _read_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise StashFailure(f'parsing time "{text}": cannot parse') from error
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def delete_dates(name: str) -> Callable[[Context, Args], dict[str, Any]]:
    """Return the resolver for `sceneDeletePlay` or `sceneDeleteO`.

    They delete one row equal to each time, or the latest date if no times are given.
    """
    table, column = HISTORIES[name]

    def delete(context: Context, args: Args) -> dict[str, Any]:
        with context.services.library.write() as db:
            scene_id = read_reference("id", args["id"]) or 0
            stamps = [context.services.library.format_time(_read_moment(text)) for text in args.get("times") or ()]
            for stamp in stamps:
                equal = f"SELECT rowid FROM {table} WHERE scene_id = ? AND {column} = ? LIMIT 1"
                db.run(f"DELETE FROM {table} WHERE rowid IN ({equal})", (scene_id, stamp))
            latest = f"SELECT rowid FROM {table} WHERE scene_id = ? ORDER BY {column} DESC LIMIT 1"
            if not stamps:
                db.run(f"DELETE FROM {table} WHERE rowid IN ({latest})", (scene_id,))
            return _show_history(db, name, scene_id)

    return delete


def reset_dates(name: str) -> Callable[[Context, Args], int]:
    """Return the resolver for `sceneResetPlayCount` or `sceneResetO`."""

    def reset(context: Context, args: Args) -> int:
        with context.services.library.write() as db:
            db.run(f"DELETE FROM {HISTORIES[name][0]} WHERE scene_id = ?", (read_reference("id", args["id"]),))
            return 0

    return reset


def increment_o(context: Context, args: Args) -> int:
    """Carry out the mutation `sceneIncrementO` and return the new count."""
    return int(add_dates("o")(context, args)["count"])


def save_activity(context: Context, args: Args) -> bool:
    """Carry out the mutation `sceneSaveActivity` and return True."""
    with context.services.library.write() as db:
        scene_id = _check_scene(db, args["id"])
        if args.get("resume_time") is not None:
            db.update("scenes", scene_id, {"resume_time": args["resume_time"]})
        if args.get("playDuration") is not None:
            db.run("UPDATE scenes SET play_duration = play_duration + ? WHERE id = ?", (args["playDuration"], scene_id))
    return True


def generate_screenshot(context: Context, args: Args) -> str:
    """Answer the mutation `sceneGenerateScreenshot`: return a job that does nothing here."""
    return str(context.services.jobs.add(f"Generating screenshot for scene {args['id']}", lambda _: None))


def create_marker(context: Context, args: Args) -> int:
    """Carry out the mutation `sceneMarkerCreate` and return the marker's id."""
    given = args["input"]
    library = context.services.library
    scene_id, primary = (read_reference(name, given[name]) or 0 for name in ("scene_id", "primary_tag_id"))
    end = given.get("end_seconds")
    if end is not None and end < given["seconds"]:
        sentence = f"end_seconds ({end:f}) must be greater than or equal to seconds ({given['seconds']:f})"
        raise StashFailure(sentence)
    with library.write() as db:
        now = library.timestamp()
        values = {"title": given["title"].strip(), "seconds": given["seconds"], "end_seconds": end}
        places = {"primary_tag_id": primary, "scene_id": scene_id, "created_at": now, "updated_at": now}
        marker_id = db.insert("scene_markers", {**values, **places})
        tags = [each for each in read_ids("tag ids", given.get("tag_ids")) if each != primary]
        change_ids(db, MARKER_TAGS, marker_id, tags)
    context.fire("SceneMarker.Create.Post", marker_id, show_sent(given))
    return marker_id


def destroy_marker(context: Context, args: Args) -> bool:
    """Carry out the mutation `sceneMarkerDestroy` and return True."""
    marker_id = read_reference("id", args["id"]) or 0
    with context.services.library.write() as db:
        if not db.run("DELETE FROM scene_markers WHERE id = ?", (marker_id,)).rowcount:
            raise StashFailure(f"scene marker with id {marker_id} not found")
    context.fire("SceneMarker.Destroy.Post", marker_id, [args["id"]])
    return True


def set_fingerprints(context: Context, args: Args) -> bool:
    """Carry out the mutation `fileSetFingerprints`, in which null removes one, and return True."""
    given = args["input"]
    file_id = read_reference("id", given["id"]) or 0
    with context.services.library.write() as db:
        for entry in given["fingerprints"]:
            kind, value = entry["type"], entry.get("value")
            if kind != "phash":
                raise StashFailure("only phash fingerprints can be set")
            db.run("DELETE FROM files_fingerprints WHERE file_id = ? AND type = ?", (file_id, kind))
            if value is not None:
                sql = "INSERT INTO files_fingerprints (file_id, type, fingerprint) VALUES (?, ?, ?)"
                db.run(sql, (file_id, kind, read_phash(value)))
    return True


RESOLVERS: dict[str, Callable[[Context, Args], Any]] = {
    "sceneAddO": add_dates("o"),
    "sceneDeleteO": delete_dates("o"),
    "sceneResetO": reset_dates("o"),
    "sceneIncrementO": increment_o,
    "sceneAddPlay": add_dates("play"),
    "sceneDeletePlay": delete_dates("play"),
    "sceneResetPlayCount": reset_dates("play"),
    "sceneSaveActivity": save_activity,
    "sceneGenerateScreenshot": generate_screenshot,
    "sceneMarkerCreate": create_marker,
    "sceneMarkerDestroy": destroy_marker,
    "fileSetFingerprints": set_fingerprints,
}
ACTIVITY.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})

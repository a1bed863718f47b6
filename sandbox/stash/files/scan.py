"""A scan that finds the files tests and the demo have dropped, with the hooks a real scan fires."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.pictures import draw_picture
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.find.scene_criteria import read_phash
from sandbox.stash.jobs import Handle
from sandbox.stash.library import Database, LibraryFile, choose_path_class
from sandbox.stash.plugins.host import Hooked
from sandbox.stash.services import Services
from sandbox.stash.sessions import CookieSession
from sandbox.stash.write.images import set_image

COVER_SIZE = (640, 360)


def queue_scan(services: Services, given: Mapping[str, Any], session: CookieSession) -> int:
    """Queue a scan for `metadataScan` and return its job; options that are not sent are off."""
    return services.jobs.add("Scanning...", lambda handle: run_scan(services, given, session, handle))


def run_scan(services: Services, given: Mapping[str, Any], session: CookieSession, handle: Handle) -> None:
    """Add every new file below the requested paths to Stash; `queue_scan` calls it as a job."""
    folders = choose_folders(services, given.get("paths"))
    files = services.disk.take(lambda file: any(is_below(file.path, folder) for folder in folders))
    for done, file in enumerate(files):
        if handle.is_stopping():
            services.disk.drop(*files[done:])
            return
        scene_id, trigger = add_video(services.library, file)
        services.plugins.fire(Hooked(scene_id, trigger), session, handle.is_stopping)
        generate(services.library, scene_id, file, given)
        handle.report((done + 1) / len(files))
    handle.report(1.0)
    services.logbook.add("info", "Scan finished")
    services.tell_scanned()


def choose_folders(services: Services, paths: Sequence[str] | None) -> list[str]:
    """Return the library folders, or the requested ones; a path outside is skipped with a warning.

    `run_scan` calls it.
    """
    stashes = [entry["path"] for entry in services.configuration.part("general")["stashes"]]
    if not paths:
        return stashes
    inside = [path for path in paths if any(is_below(path, stash) for stash in stashes)]
    for path in paths:
        if path not in inside:
            services.logbook.add("warning", f"{path} is not in the configured stash paths")
    return inside


def is_below(path: str, folder: str) -> bool:
    """Return True if a path is the folder or lies in it.

    Scans ask.
    """
    return path == folder or choose_path_class(folder)(folder) in choose_path_class(path)(path).parents


def add_video(library: LibraryFile, file: VideoFile) -> tuple[int, str]:
    """Add a file; a known fingerprint adds it to that scene, else a new scene is made. Returns the hook to fire.

    `run_scan` calls it.
    """
    with library.write() as db:
        now = library.timestamp()
        file_id = insert_file(db, file, now)
        scene_id = db.value(
            "SELECT sf.scene_id FROM files_fingerprints f JOIN scenes_files sf ON sf.file_id = f.file_id "
            "WHERE f.type = 'oshash' AND f.fingerprint = ?",
            (file.hashes["oshash"],),
        )
        is_new = scene_id is None
        if is_new:
            scene_id = db.insert("scenes", {"created_at": now, "updated_at": now})
        else:
            db.update("scenes", scene_id, {"updated_at": now})
        sql = 'INSERT INTO scenes_files (scene_id, file_id, "primary") VALUES (?, ?, ?)'
        db.run(sql, (scene_id, file_id, int(is_new)))
    return int(scene_id), "Scene.Create.Post" if is_new else "Scene.Update.Post"


def insert_file(db: Database, file: VideoFile, now: str) -> int:
    """Insert the rows of one file and return its id, for scans and generated libraries."""
    path = choose_path_class(file.path)(file.path)
    stamps = {"mod_time": file.mod_time or now, "created_at": now, "updated_at": now}
    folder_id = db.value("SELECT id FROM folders WHERE path = ?", (str(path.parent),))
    if folder_id is None:
        folder_id = db.insert("folders", {"path": str(path.parent), **stamps})
    values = {"basename": path.name, "parent_folder_id": folder_id, "size": file.size, **stamps}
    file_id = db.insert("files", values)
    names = ("duration", "width", "height", "frame_rate", "bit_rate", "video_codec", "audio_codec", "format")
    db.insert("video_files", {"file_id": file_id, **{name: getattr(file, name) for name in names}})
    db.run_many(
        "INSERT INTO files_fingerprints (file_id, type, fingerprint) VALUES (?, ?, ?)",
        [(file_id, kind, value) for kind, value in file.hashes.items()],
    )
    return file_id


def generate(library: LibraryFile, scene_id: int, file: VideoFile, given: Mapping[str, Any]) -> None:
    """Add what a scan generates after the hook: perceptual hash and cover, if asked for."""
    with library.write() as db:
        if given.get("scanGeneratePhashes"):
            file_id = db.value("SELECT MAX(file_id) FROM scenes_files WHERE scene_id = ?", (scene_id,))
            value = read_phash(file.phash or hashlib.md5(f"{file.path}/picture".encode()).hexdigest()[:16])
            sql = "INSERT OR IGNORE INTO files_fingerprints (file_id, type, fingerprint) VALUES (?, 'phash', ?)"
            db.run(sql, (file_id, value))
        if given.get("scanGenerateCovers"):
            cover = draw_picture(file.path, *COVER_SIZE)
            set_image(db, "scenes", scene_id, cover, "cover_blob")

"""Covers and portraits: what was uploaded, else Stash's stand-in for a missing picture."""

from __future__ import annotations

import re

from sandbox.messages import HttpRequest, Response
from sandbox.pictures import draw_picture
from sandbox.stash.library import Database, LibraryFile
from sandbox.stash.routes.static import refuse, serve_content
from sandbox.stash.stocking import DRAWN

IMAGES = re.compile(r"/(performer|studio|tag)/(\d+)/image")
SCENES = re.compile(r"/scene/(\d+)/(screenshot|preview|stream|webp)(?:\.\w+)?")
MARKERS = re.compile(r"/scene/(\d+)/scene_marker/(\d+)/(screenshot|preview|stream)")
GROUPS = re.compile(r"/group/(\d+)/(frontimage|backimage)")
MAGIC = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (b"<svg", "image/svg+xml"),
    (b"GIF8", "image/gif"),
)
DEFAULT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#30404d"/></svg>'
)
COVER = (640, 360)
PORTRAIT = (400, 600)
PREFIXES = ("/performer/", "/studio/", "/tag/", "/scene/", "/group/")


def answer_picture(library: LibraryFile, request: HttpRequest, path: str) -> Response:
    """Return the server's answer to a request for a picture or a video."""
    with library.read() as db:
        if found := IMAGES.fullmatch(path):
            return _serve_image(db, request, f"{found[1]}s", int(found[2]))
        if found := MARKERS.fullmatch(path):
            return _serve_marker(db, request, int(found[2]), found[3])
        if found := SCENES.fullmatch(path):
            return _serve_scene(db, request, int(found[1]), found[2])
        if found := GROUPS.fullmatch(path):
            return serve_content(request, DEFAULT, "image/svg+xml")
    return refuse("404 page not found", 404)


def _serve_image(db: Database, request: HttpRequest, table: str, row_id: int) -> Response:
    row = db.row(f"SELECT image_blob FROM {table} WHERE id = ?", (row_id,))
    if row is None:
        return refuse("Not Found", 404)
    wants_default = request.parameter("default") == "true"
    return _serve_blob(request, None if wants_default else read_blob(db, row[0], PORTRAIT))


def _serve_scene(db: Database, request: HttpRequest, scene_id: int, what: str) -> Response:
    row = db.row("SELECT cover_blob FROM scenes WHERE id = ?", (scene_id,))
    if row is None:
        return refuse("Not Found", 404)
    if what == "screenshot":
        return _serve_blob(request, read_blob(db, row[0], COVER))
    if what == "stream":
        return Response(200, b"\0\0\0\x18ftypisom" + bytes(12), (("Content-Type", "video/mp4"),))
    return refuse("404 page not found", 404)


def _serve_marker(db: Database, request: HttpRequest, marker_id: int, what: str) -> Response:
    if db.row("SELECT 1 FROM scene_markers WHERE id = ?", (marker_id,)) is None:
        return refuse("Not Found", 404)
    if what == "screenshot":
        return serve_content(request, draw_picture(f"marker {marker_id}", 640, 360), "image/jpeg")
    return refuse("404 page not found", 404)


def read_blob(db: Database, checksum: str | None, size: tuple[int, int]) -> bytes | None:
    """Return the bytes of a picture, for Stash's picture routes; one that was never uploaded is drawn now."""
    if checksum and checksum.startswith(DRAWN):
        own, _, key = checksum[len(DRAWN) :].rpartition("/")
        width, height = map(int, own.split("x")) if own else size
        return draw_picture(key, width, height)
    found: bytes | None = db.value("SELECT blob FROM blobs WHERE checksum = ?", (checksum,))
    return found


def _serve_blob(request: HttpRequest, blob: bytes | None) -> Response:
    if blob is None:
        return serve_content(request, DEFAULT, "image/svg+xml")
    return serve_content(request, blob, sniff_type(blob))


def sniff_type(blob: bytes) -> str:
    """Return the type of a picture by its first bytes; of anything else what it looks like.

    Stash's picture routes call it.
    """
    known = next((kind for start, kind in MAGIC if blob.startswith(start)), "")
    if known:
        return known
    return "text/html; charset=utf-8" if b"<html" in blob[:200].lower() else "text/plain; charset=utf-8"

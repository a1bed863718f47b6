"""Static content with Stash's caching headers."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path

from sandbox.messages import HttpRequest, Response, text_response

FOREVER = "max-age=31536000, immutable"
TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


def serve_content(request: HttpRequest, body: bytes, kind: str) -> Response:
    """Return generated content: revalidated by its MD5 unless the address carries a `t`."""
    tag = f'"{hashlib.md5(body).hexdigest()}"'
    policy = f"private, {FOREVER}" if "t" in request.query else "no-cache"
    headers = (("Content-Type", kind), ("Cache-Control", policy), ("ETag", tag), ("Accept-Ranges", "bytes"))
    if request.header("if-none-match") == tag:
        return Response(304, b"", headers[1:3])
    return Response(200, body, headers)


def serve_file(request: HttpRequest, path: Path, extra: tuple[tuple[str, str], ...] = ()) -> Response:
    """Return a file from disk: Last-Modified only, browsers may guess how long it lasts.

    Pages and assets of plugins are sent so.
    """
    if not path.is_file():
        return refuse("404 page not found", 404)
    changed = datetime.fromtimestamp(int(path.stat().st_mtime), timezone.utc)
    stamp = format_datetime(changed, usegmt=True)
    if request.header("if-modified-since") == stamp:
        return Response(304, b"", (("Last-Modified", stamp), *extra))
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(200, path.read_bytes(), (("Content-Type", kind), ("Last-Modified", stamp), *extra))


def refuse(text: str, status: int) -> Response:
    """Return an error in plain text, as Stash's routes beside GraphQL give it."""
    return text_response(f"{text}\n", status)

"""Pictures given as data URLs or addresses; their bytes are stored unchecked."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import ssl
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database

DATA_URL = re.compile(r"^data:.+\/(.+);base64,(.*)$")
TIMEOUT = 60.0


def read_image(text: str | None, what: str = "image") -> bytes:
    """Return the bytes of a picture that a mutation's input gives as data URL or address; empty for none.

    The mutations of scenes, performers, studios and tags call it. An error names the picture as `what`.
    """
    if not text:
        return b""
    try:
        found = DATA_URL.match(text)
        return base64.b64decode(found[2], validate=True) if found else fetch_image(text)
    except (OSError, ValueError, binascii.Error) as error:
        raise StashFailure(f"processing {what}: {describe_failure(text, error)}") from error


def fetch_image(url: str) -> bytes:
    """Return the picture at an address; certificates are not checked, as in Stash. `read_image` calls it."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(f'Get "{url}": unsupported protocol scheme "{urlsplit(url).scheme}"')
    parts = urlsplit(url)
    request = urllib.request.Request(url, headers={"Referer": f"{parts.scheme}://{parts.netloc}/"})
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(request, timeout=TIMEOUT, context=context) as reply:
        body: bytes = reply.read()
        return body


def describe_failure(text: str, error: Exception) -> str:
    """Return Stash's words for a picture it could not get."""
    if isinstance(error, urllib.error.HTTPError):
        return f"http error {error.code}"
    if isinstance(error, binascii.Error):
        return f"illegal base64 data at input byte {find_illegal(text.partition(',')[2])}"
    reason = getattr(error, "reason", error)
    if isinstance(reason, ConnectionRefusedError):
        return f'Get "{text}": dial tcp {urlsplit(text).netloc}: connect: connection refused'
    return f'Get "{text}": {reason}' if isinstance(error, OSError) else str(error)


def find_illegal(text: str) -> int:
    """Return the position of the first character that is not base64, for the message of `describe_failure`."""
    found = re.search(r"[^A-Za-z0-9+/=]", text)
    return found.start() if found else len(text)


def store_blob(db: Database, content: bytes) -> str:
    """Store a picture's bytes and return their checksum; `set_image` calls it."""
    checksum = hashlib.md5(content).hexdigest()
    db.run("INSERT OR IGNORE INTO blobs (checksum, blob) VALUES (?, ?)", (checksum, content))
    return checksum


def set_image(db: Database, table: str, row_id: int, content: bytes, column: str = "image_blob") -> None:
    """Set the picture of a library object, or remove it without bytes; mutations and scans call it."""
    checksum = store_blob(db, content) if content else None
    db.run(f"UPDATE {table} SET {column} = ? WHERE id = ?", (checksum, row_id))

"""The two ends of a call: one JSON document in, exactly one JSON document out.

Stash takes everything on stdout as the result, so nothing else may reach it: not a stray `print`, not C code, not a
child process. The real stdout is therefore moved away first and written to once, at the very end.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from shared.errors import UsageError
from shared.json_text import decode_json

if TYPE_CHECKING:
    from typing import Any

STDIN, STDOUT, STDERR = 0, 1, 2
NO_OUTPUT = b'{"output": null}'

_CHUNK = 1 << 20


def claim_stdout() -> int | None:
    """Move stdout away from all other code and return its descriptor, for the start of a call; None if there is
    none.

    Descriptors that were closed are filled with the null device: the next file to be opened, perhaps a database,
    would get their numbers and then everything that is printed.
    """
    is_there = _is_open(STDOUT)
    null = os.open(os.devnull, os.O_RDWR)
    while null <= STDERR:  # it filled a closed descriptor and stays there
        null = os.open(os.devnull, os.O_RDWR)
    out = os.dup(STDOUT) if is_there else None
    os.dup2(null, STDOUT)
    os.close(null)
    return out


def read_stdin() -> bytes:
    """Return everything that Stash sends, for the start of a call; empty if it sends nothing."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(STDIN, _CHUNK)
        except OSError:
            part = b""
        if not part:
            return b"".join(parts)
        parts.append(part)


def decode_document(data: bytes) -> dict[str, Any]:
    """Return the input of a call as a dict; raise a UsageError that says what is wrong with it.

    The start of a call and the readers of small files use it.
    """
    if not data.strip():
        raise UsageError("The plugin got no input. It is started by Stash, which sends one JSON document on stdin.")
    try:
        document = decode_json(data, is_strict=False)
    except ValueError as error:
        raise UsageError(f"The plugin's input is not a JSON document in UTF-8: {error}") from error
    if not isinstance(document, dict):
        raise UsageError(f"The plugin's input is a JSON {type(document).__name__}, but must be an object.")
    return document


def write_bytes(fd: int, data: bytes) -> bool:
    """Write everything to a descriptor; return False if the reader is gone.

    The answer, the log and stored pictures use it.
    """
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view) :]
    except OSError:
        return False
    return True


def encode_output(value: object) -> bytes:
    """Return the document of a call that worked, which Stash gets on stdout."""
    if value is None:
        return NO_OUTPUT
    return _encode({"output": value})


def encode_error(sentence: str) -> bytes:
    """Return the document of a call that failed, which Stash gets on stdout.

    Stash shows nothing for an empty sentence, so it never is.
    """
    return _encode({"error": sentence.strip() or "The plugin failed without saying why."})


def _encode(document: dict[str, object]) -> bytes:
    return json.dumps(document, allow_nan=False).encode("ascii")


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True

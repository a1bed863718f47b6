"""Paths of Windows, UNC and POSIX in one form, whatever system this is: Stash and Plex may run on another one. Pure.

A "normal path" is in NFC, uses "/" and has no trailing or doubled separator. Two normal paths are compared as they are
or, where the file system ignores case, by their `fold`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from shared.folding import compose, fold_text

KNOWN_PATHS = 4096  # a batch asks for each of some hundred paths several times
DRIVE = re.compile(r"[A-Za-z]:(?=[\\/]|$)")
# Windows writes long paths as \\?\D:\x and \\?\UNC\nas\x; programs name the same file without these prefixes.
LONG_PREFIX = re.compile(r"[\\/]{2}[?.][\\/](UNC[\\/])?(?=[^\\/])", re.IGNORECASE)


def is_windows(path: str) -> bool:
    """Return True if a path has a drive letter or is a network share (UNC); all comparisons of paths ask."""
    return bool(DRIVE.match(path)) or path.startswith(("\\\\", "//"))


@lru_cache(maxsize=KNOWN_PATHS)
def normal_path(path: str) -> str:
    """Return the normal path for comparing; in Windows paths both separators become "/" and the drive upper case."""
    text = drop_long_prefix(compose(path.strip()))
    if not is_windows(text):
        return re.sub("/{2,}", "/", text).rstrip("/") or text[:1]
    text = text.replace("\\", "/")
    start = "//" if text.startswith("//") else ""
    text = start + re.sub("/{2,}", "/", text.lstrip("/") if start else text).rstrip("/")
    return text[0].upper() + text[1:] if text[1:2] == ":" else text


def drop_long_prefix(path: str) -> str:
    """Return a path without the prefix by which Windows marks long paths; `normal_path` calls it."""
    found = LONG_PREFIX.match(path)
    if found is None:
        return path
    return ("\\\\" if found[1] else "") + path[found.end() :]


@lru_cache(maxsize=KNOWN_PATHS)
def fold(path: str) -> str:
    """Return the normal path without its case, for comparing paths and as the key of indexes."""
    return fold_text(normal_path(path))


def file_name(path: str) -> str:
    """Return the last part of a path, by which files are matched if no path rule fits."""
    return normal_path(path).rpartition("/")[2]


def folder_of(path: str) -> str:
    """Return the folder of a path in the spelling of the path, which Plex wants for a scan; `find_folders` calls it."""
    cut = max(path.rfind("/"), path.rfind("\\") if is_windows(path) else -1)
    is_root = cut == 0 or path[:cut].endswith(":")
    return path[: cut + 1] if is_root else path[: max(cut, 0)]


def native_path(path: str) -> str:
    """Return a normal path with the separators of its system, which a Plex on Windows wants.

    `find_folders` calls it for a scan.
    """
    return path.replace("/", "\\") if is_windows(path) else path


def lies_in(path: str, folder: str) -> bool:
    """Return True if a path is in a library folder, so that a scan of this library finds it.

    The scans of Stash and Plex ask.
    """
    return starts_with(normal_path(path), normal_path(folder), is_windows(folder))


def starts_with(path: str, prefix: str, ignore_case: bool) -> bool:
    """Return True if a normal path is the prefix or below it; path rules and `lies_in` ask."""
    if ignore_case:
        path, prefix = path.lower(), prefix.lower()
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")

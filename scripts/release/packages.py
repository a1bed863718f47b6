"""The files of a plugin's package, and its zip: same content, same bytes, on every machine.

Members are sorted, carry a time that is made of their content and one fixed mode, and are compressed by `deflate.py`,
because the bytes of zlib differ between its releases.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import yaml

from scripts.console import Stop
from scripts.places import PLUGINS, ROOT, manifest_names
from scripts.release.deflate import deflate
from scripts.release.page_scripts import build_page_scripts

PLUGIN_FILES = re.compile(
    r"^([a-z0-9_]+\.py|[a-z]+/([a-z0-9_]+/)*[a-z0-9_]+\.(py|json)|ui/([a-z0-9-]+/)*[a-z0-9-]+\.css|assets/[a-z0-9/_-]+\.(png|svg))$"
)
SHARED_FILES = re.compile(
    r"^(([a-z0-9_]+/)*[a-z0-9_]+\.(py|json)|listener/listener\.js|ui/([a-z0-9-]+/)*[a-z0-9-]+\.css)$"
)
SHARED_NAMES = re.compile(r"\bshared[./]([a-z_]+)")
SHOWN_ROOMS = ("ui", "listener")  # Stash's pages and hooks read these, not Python

REQUIRED = ("name", "version", "description")
FIXED_MODE = 0o100644  # a file that its owner may write and all may read
ZIP_VERSION, UNIX, DEFLATED = 20, 3, 8


class Package(NamedTuple):
    """A plugin as Stash's package manager sees it."""

    id: str
    name: str
    version: str
    description: str
    zip: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the zip, as the index shows it."""
        return hashlib.sha256(self.zip).hexdigest()


def present_plugins(root: Path = ROOT) -> list[str]:
    """Return the plugins that have a manifest.

    The build packs them all, and the check of versions reads them.
    """
    return [plugin for plugin in PLUGINS if (root / plugin / f"{plugin}.yml").is_file()]


def make_package(plugin: str, vendor: dict[str, bytes], root: Path = ROOT) -> Package:
    """Return the package of one plugin; stop if the manifest lists a file that is not in it. The build calls it."""
    manifest = read_manifest(root / plugin / f"{plugin}.yml")
    files = {**own_files(plugin, root), **vendor}
    manifests = [name for name in files if name.lower().endswith((".yml", ".yaml"))]
    if set(manifests) - set(manifest_names(plugin)):
        raise Stop(f"{plugin}: the package would carry {', '.join(manifests)}; Stash reads every .yml as a plugin.")
    missing = [name for name in listed_files(manifest) if name not in files]
    if missing:
        raise Stop(f"{plugin}.yml lists {missing[0]}, which is not in the package.")
    name, version, description = (str(manifest[key]) for key in REQUIRED)
    return Package(plugin, name, version, description, zip_files(files))


def own_files(plugin: str, root: Path = ROOT) -> dict[str, bytes]:
    """Return the plugin's files, `shared` and our license by their names in the zip; `make_package` calls it."""
    files = {path.name: read(path) for path in (root / plugin).glob(f"{plugin}*.yml")}
    files["LICENSE"] = read(root / "LICENSE")
    for name, path in find_files(root / plugin, PLUGIN_FILES):
        files[name] = read(path)
    unneeded = find_unneeded_rooms(plugin, root)
    for name, path in find_files(root / "shared", SHARED_FILES):
        if name.partition("/")[0] not in unneeded:
            files[f"shared/{name}"] = read(path)
    return {**files, **build_page_scripts(plugin, root)}


def find_unneeded_rooms(plugin: str, root: Path) -> set[str]:
    """Return the folders of `shared` that nothing in the plugin's package names, such as `plex` in Tag Manager's.

    The texts are searched and not only the imports, because the entry files name functions in texts.
    """
    shared = root / "shared"
    rooms = {path.name for path in shared.iterdir() if path.is_dir() and path.name not in SHOWN_ROOMS}
    named = {room: find_named_rooms(shared / room) & rooms for room in rooms}
    needed = (find_named_rooms(root / plugin) | find_named_rooms(shared, "*.py")) & rooms
    found: set[str] = set()
    while needed != found:
        found = needed
        needed = found.union(*(named[room] for room in found))
    return rooms - needed


def find_named_rooms(folder: Path, pattern: str = "**/*.py") -> set[str]:
    """Return the members of `shared` that the Python files of a folder name, for `find_unneeded_rooms`."""
    return {name for path in folder.glob(pattern) for name in SHARED_NAMES.findall(path.read_text("utf-8"))}


def find_files(folder: Path, pattern: re.Pattern[str]) -> list[tuple[str, Path]]:
    """Return the files below a folder whose relative names match the pattern, for `own_files`."""
    named = [(path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()]
    return sorted((name, path) for name, path in named if pattern.match(name))


def read(path: Path) -> bytes:
    """Return a file's bytes for the zip; texts get the line ends of the repository."""
    content = path.read_bytes()
    return content if path.suffix == ".png" else content.replace(b"\r\n", b"\n")


def read_manifest(path: Path) -> dict[str, object]:
    """Return a plugin's manifest, for the build and the check of versions."""
    try:
        manifest = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise Stop(f"{path.name} is not valid YAML: {error}.") from error
    lacking = [key for key in REQUIRED if not (isinstance(manifest, dict) and manifest.get(key))]
    if lacking:
        raise Stop(f"{path.name} has no {lacking[0]}.")
    return dict(manifest)


def listed_files(manifest: dict[str, object]) -> list[str]:
    """Return the package's own JavaScript and CSS that the manifest lists; `make_package` looks for each."""
    ui = manifest.get("ui")
    lists = [ui.get(kind) or [] for kind in ("javascript", "css")] if isinstance(ui, dict) else []
    return [str(name) for names in lists for name in names if "://" not in str(name)]


def zip_files(files: dict[str, bytes]) -> bytes:
    """Return a zip whose bytes depend on names and contents only; `make_package` calls it."""
    members, directory = bytearray(), bytearray()
    for name in sorted(files):
        content, packed, encoded = files[name], deflate(files[name]), name.encode("ascii")
        about = struct.pack(
            "<3H3L2H", DEFLATED, *make_time(content), zlib.crc32(content), len(packed), len(content), len(encoded), 0
        )
        directory += struct.pack("<4s2BHH", b"PK\1\2", ZIP_VERSION, UNIX, ZIP_VERSION, 0) + about
        directory += struct.pack("<3H2L", 0, 0, 0, FIXED_MODE << 16, len(members)) + encoded
        members += struct.pack("<4s2H", b"PK\3\4", ZIP_VERSION, 0) + about + encoded + packed
    sizes = (len(files), len(files), len(directory), len(members))
    return bytes(members + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *sizes, 0))


def make_time(content: bytes) -> tuple[int, int]:
    """Return the time and the date of a member of `zip_files`, as a zip stores them, made of its content.

    Python runs a compiled module as long as time and size of its source stay. If all members had the same time, a
    changed file of the same size that is unpacked by hand over an older version would run as its old code.
    """
    rest = zlib.crc32(content)
    parts = []
    for choices in (30, 60, 24, 28, 12, 20):  # pairs of seconds, minutes, hours, days, months, years
        rest, part = divmod(rest, choices)
        parts.append(part)
    second, minute, hour, day, month, year = parts
    return hour << 11 | minute << 5 | second, year << 9 | (month + 1) << 5 | (day + 1)

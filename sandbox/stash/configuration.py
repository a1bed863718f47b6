"""Stash's settings: general ones, the UI map, and every plugin's own map, which is replaced as a whole."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import LibraryFile

Json = Any
COMMUNITY = {
    "name": "Community (stable)",
    "url": "http://127.0.0.1:1/community/index.yml",
    "local_path": "community",
}
DEFAULT_GENERAL: dict[str, Json] = {
    "stashes": [],
    "databasePath": "",
    "backupDirectoryPath": "",
    "deleteTrashPath": "",
    "generatedPath": "",
    "metadataPath": "",
    "configFilePath": "",
    "scrapersPath": "",
    "pluginsPath": "",
    "cachePath": "",
    "blobsPath": "",
    "blobsStorage": "DATABASE",
    "ffmpegPath": "",
    "ffprobePath": "",
    "calculateMD5": False,
    "videoFileNamingAlgorithm": "OSHASH",
    "parallelTasks": 1,
    "apiKey": "",
    "username": "",
    "password": "",
    "maxSessionAge": 3600,
    "logFile": "",
    "logOut": True,
    "logLevel": "Info",
    "logAccess": False,
    "videoExtensions": [
        "m4v",
        "mp4",
        "mov",
        "wmv",
        "avi",
        "mpg",
        "mpeg",
        "rmvb",
        "rm",
        "flv",
        "asf",
        "mkv",
        "webm",
        "f4v",
    ],
    "imageExtensions": ["png", "jpg", "jpeg", "gif", "webp", "avif"],
    "galleryExtensions": ["zip", "cbz"],
    "createGalleriesFromFolders": False,
    "excludes": [],
    "imageExcludes": [],
    "customPerformerImageLocation": "",
    "stashBoxes": [],
    "pythonPath": "",
    "scraperPackageSources": [COMMUNITY],
    "pluginPackageSources": [COMMUNITY],
}
DEFAULTS: dict[str, Json] = {
    "general": DEFAULT_GENERAL,
    "interface": {
        "sfwContentMode": False,
        "menuItems": ["scenes", "images", "groups", "markers", "galleries", "performers", "studios", "tags"],
        "language": "en-US",
        "css": "",
        "cssEnabled": False,
        "javascript": "",
        "javascriptEnabled": False,
    },
    "scraping": {
        "scraperUserAgent": "",
        "scraperCDPPath": "",
        "scraperCertCheck": True,
        "excludeTagPatterns": [],
    },
    "defaults": {"scan": None, "deleteFile": False, "deleteGenerated": True},
    "ui": {},
    "plugins": {},
    "disabled": [],
}
SCAN_FLAGS = [
    "rescan",
    "scanGenerateCovers",
    "scanGeneratePreviews",
    "scanGenerateImagePreviews",
    "scanGenerateSprites",
    "scanGeneratePhashes",
    "scanGenerateThumbnails",
    "scanGenerateClipPreviews",
]


class Configuration:
    """All settings, kept in the library's file so that a restart finds them again."""

    has_camel_case_keys = False  # Stash 0.25 changes the keys of plugin settings

    def __init__(self, library: LibraryFile) -> None:
        self._library = library
        self._lock = threading.RLock()
        self._parts: dict[str, Json] = {}
        self.reload()

    def reload(self) -> None:
        """Read the stored settings again, after a control route has put back an earlier state.

        Start and the control route `reset` call it.
        """
        with self._lock, self._library.read() as db:
            stored = {name: json.loads(value) for name, value in db.rows("SELECT * FROM sandbox_configuration")}
            self._parts = {**copy.deepcopy(DEFAULTS), **stored}

    def part(self, name: str) -> Json:
        """Return a copied part of Stash's settings: general, interface, scraping, defaults, ui, plugins, disabled."""
        with self._lock:
            return copy.deepcopy(self._parts[name])

    def replace(self, name: str, value: Json) -> None:
        """Replace one part of the settings, such as `ui`, and store it."""
        with self._lock:
            self._parts[name] = copy.deepcopy(value)
            with self._library.write() as db:
                db.run("REPLACE INTO sandbox_configuration VALUES (?, ?)", (name, json.dumps(value)))

    def change(self, name: str, values: Mapping[str, Json]) -> Json:
        """Set some keys of a part and return the part; null leaves a key as it is. Tests and mutations call this."""
        with self._lock:
            given = {key: value for key, value in values.items() if value is not None}
            self.replace(name, {**self._parts[name], **given})
            return self.part(name)

    @property
    def api_key(self) -> str:
        """Return Stash's API key, empty when there is none; answers, logins and tests read it."""
        return str(self._parts["general"]["apiKey"])

    @property
    def has_credentials(self) -> bool:
        """Return True if this Stash needs a login; its server and the login page ask."""
        general = self._parts["general"]
        return bool(general["username"] and general["password"])

    @property
    def max_session_age(self) -> int:
        """Return the lifetime of a login's cookie, in seconds, for `Sessions`."""
        return int(self._parts["general"]["maxSessionAge"])

    def matches_login(self, username: str, password: str) -> bool:
        """Return True if these are the configured credentials.

        The login page asks.
        """
        general = self._parts["general"]
        return bool(username == general["username"] and hash_password(password) == general["password"])

    def change_general(self, values: Mapping[str, Json]) -> Json:
        """Carry out `configureGeneral` and return the settings; passwords are hashed, stash-boxes checked."""
        changes = dict(values)
        if changes.get("password"):
            changes["password"] = hash_password(changes["password"])
        if changes.get("stashBoxes") is not None:
            changes["stashBoxes"] = check_boxes(changes["stashBoxes"])
        if changes.get("stashes") is not None:
            changes["stashes"] = [{"excludeVideo": False, "excludeImage": False, **each} for each in changes["stashes"]]
        return self.change("general", changes)

    def renew_api_key(self, *, clear: bool) -> str:
        """Carry out `generateAPIKey` and return the new key; empty if it was to be cleared, or without a user name."""
        key = "" if clear or not self._parts["general"]["username"] else secrets.token_urlsafe(32)
        self.change("general", {"apiKey": key})
        return key

    def plugin_settings(self, include: Sequence[str] | None = None) -> dict[str, Json]:
        """Return Stash's stored settings of plugins; one never configured is absent, no names are all names."""
        stored: dict[str, Json] = self.part("plugins")
        if self.has_camel_case_keys:
            stored = {name: make_camel_case_keys(values) for name, values in stored.items()}
        return stored if not include else {name: stored[name] for name in include if name in stored}

    def configure_plugin(self, plugin_id: str, settings: Mapping[str, Json]) -> Json:
        """Carry out `configurePlugin` and return the plugin's map, which is replaced as a whole."""
        with self._lock:
            self.replace("plugins", {**self._parts["plugins"], plugin_id: dict(settings)})
            return self.plugin_settings([plugin_id])[plugin_id]

    @property
    def disabled_plugins(self) -> list[str]:
        """Return the ids of plugins switched off.

        The plugin host asks.
        """
        return list(self._parts["disabled"])

    def enable_plugins(self, wanted: Mapping[str, bool]) -> None:
        """Carry out `setPluginsEnabled`: plugins not named stay as they are."""
        with self._lock:
            kept = [name for name in self._parts["disabled"] if not wanted.get(name)]
            added = [name for name, is_on in wanted.items() if not is_on and name not in kept]
            self.replace("disabled", kept + added)

    def set_ui(self, path: str, value: Json) -> Json:
        """Carry out `configureUISetting` for a dotted path and return the UI map."""
        with self._lock:
            ui: dict[str, Json] = self.part("ui")
            *parents, last = path.split(".")
            place = ui
            for name in parents:
                place = place.setdefault(name, {})
            place[last] = value
            self.replace("ui", ui)
            return ui

    def keep_scan_defaults(self, values: Mapping[str, Json]) -> Json:
        """Carry out `configureDefaults` and return the defaults."""
        changes: dict[str, Json] = {key: values[key] for key in ("deleteFile", "deleteGenerated") if key in values}
        if values.get("scan") is not None:
            changes["scan"] = {flag: bool(values["scan"].get(flag)) for flag in SCAN_FLAGS}
        return self.change("defaults", changes)


def hash_password(password: str) -> str:
    """Return the hash of the user's password, which Stash stores and shows in its place."""
    return hashlib.sha256(password.encode()).hexdigest()


def check_boxes(boxes: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """Return stash-boxes as Stash stores them; one without endpoint or key raises."""
    for box in boxes:
        if not box["endpoint"]:
            raise StashFailure("Stash-box: endpoint cannot be blank")
        if not box["api_key"]:
            raise StashFailure("Stash-box: API Key cannot be blank")
    return [{"max_requests_per_minute": 0, **{k: v for k, v in box.items() if v is not None}} for box in boxes]


def make_camel_case_keys(values: Mapping[str, Json]) -> dict[str, Json]:
    """Return plugin settings as Stash 0.25 does: a key in snake case has become camel case."""
    return {re.sub("_(.)", lambda found: found[1].upper(), key): value for key, value in values.items()}

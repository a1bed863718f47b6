"""The features of this Stash release, read from its schema once per build and kept on disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.state.json_file import recall, remember

if TYPE_CHECKING:
    from shared.stash.library import Ask

VERSION = "query Version { version { version hash build_time } systemStatus { appSchema } }"
SCHEMA = "query Schema { __schema { types { name fields(includeDeprecated: true) { name } inputFields { name } } } }"
PARTIAL_DATES_SCHEMA = 75
FILE = "stash-schema.json"

Names = Mapping[str, frozenset[str]]


class StashRelease(NamedTuple):
    """The version of a Stash, as it states it; pages show the text."""

    text: str
    hash: str
    build_time: str
    app_schema: int

    @property
    def key(self) -> str:
        """Return the text that tells one build of Stash from another; kept schema names are only valid for it."""
        return f"{self.text} {self.hash} {self.build_time} {self.app_schema}"


class StashCapabilities:
    """The features of this Stash; each property is one that a plugin depends on."""

    def __init__(self, release: StashRelease, names: Names) -> None:
        self.release = release
        self._names = names

    def has(self, type_name: str, field: str) -> bool:
        """Return True if the type, input or root (Query, Mutation) has that field.

        Whoever uses a newer feature of Stash asks.
        """
        return field in self._names.get(type_name, ())

    @property
    def has_tag_links(self) -> bool:
        """Return True if tags have stash_ids (0.30).

        Tag Manager asks before it reads or needs the links of tags.
        """
        return self.has("Tag", "stash_ids")

    @property
    def has_link_times(self) -> bool:
        """Return True if links carry updated_at (0.28), which update mutations need back; `link_fields` asks."""
        return self.has("StashIDInput", "updated_at")

    @property
    def link_fields(self) -> str:
        """Return the GraphQL selection of links with all that Stash's update mutations need back.

        Whoever reads links to change them uses it.
        """
        return (
            "stash_ids { endpoint stash_id updated_at }" if self.has_link_times else "stash_ids { endpoint stash_id }"
        )

    @property
    def has_studio_tags(self) -> bool:
        """Return True if studios have tags (0.27); a merge asks."""
        return self.has("StudioUpdateInput", "tag_ids")

    @property
    def has_performer_merge(self) -> bool:
        """Return True if Stash can merge performers itself; a merge asks."""
        return self.has("Mutation", "performerMerge")

    @property
    def can_remove_covers(self) -> bool:
        """Return True if an update can remove the cover of a scene (0.31); before, an empty cover has no effect.

        Plans and targets of scenes ask.
        """
        return self.has("Scene", "custom_fields")

    @property
    def has_career_dates(self) -> bool:
        """Return True if a career has a start and an end instead of one text; syncs of performers ask."""
        return self.has("PerformerUpdateInput", "career_start")

    @property
    def has_partial_dates(self) -> bool:
        """Return True if dates may be a year or a month only (0.30); syncs ask before they write a date."""
        return self.release.app_schema >= PARTIAL_DATES_SCHEMA


class SchemaCalls:
    """Calls of the Stash client that find out its features."""

    ask: Ask
    folder: str
    _capabilities: StashCapabilities | None = None
    _release: StashRelease | None = None

    def read_release(self) -> StashRelease:
        """Return the version of this Stash, requested once per process, for set-up tests and the bug report."""
        if self._release is None:
            data = self.ask(VERSION, None, "reading its version")
            version = data["version"]
            words = [str(version.get(name) or "") for name in ("version", "hash", "build_time")]
            self._release = StashRelease(words[0], words[1], words[2], int(data["systemStatus"]["appSchema"]))
        return self._release

    def capabilities(self) -> StashCapabilities:
        """Return the features of this Stash, for all code that depends on its version.

        It takes one small request per process, and the whole schema once per build.
        """
        if self._capabilities is None:
            release = self.read_release()
            self._capabilities = StashCapabilities(release, self._find_names(release, self.folder))
        return self._capabilities

    def _find_names(self, release: StashRelease, folder: str) -> Names:
        path = os.path.join(folder, FILE)
        names = load_names(path, release.key) if folder else None
        if names is None:
            names = self._read_names()
            if folder:
                save_names(path, release.key, names)
        return names

    def _read_names(self) -> Names:
        types = self.ask(SCHEMA, None, "reading what this version can do")["__schema"]["types"]
        return {row["name"]: _collect_names(row) for row in types if not row["name"].startswith("__")}


def _collect_names(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(field["name"] for kind in ("fields", "inputFields") for field in row.get(kind) or ())


def load_names(path: str, key: str) -> Names | None:
    """Return the kept schema names of this very build; None if there are none or they are unreadable.

    `capabilities` calls it.
    """
    kept = recall(path) or {}
    try:
        return {name: frozenset(fields) for name, fields in kept["types"].items()} if kept["key"] == key else None
    except (KeyError, TypeError, AttributeError):
        return None


def save_names(path: str, key: str, names: Names) -> None:
    """Save Stash's schema names for the next process; a failure is ignored. `capabilities` calls it."""
    kept = {"key": key, "types": {name: sorted(fields) for name, fields in names.items()}}
    remember(path, kept)

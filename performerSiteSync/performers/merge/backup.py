"""Stores the whole state of an object before a merge, for the undo."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.library.entities import list_fields, select_objects
from performers.library.kinds import PERFORMER
from shared.journal.retention import KEEP_APPLIED
from shared.stash.links import echo_links
from shared.stash.pictures import is_placeholder

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient
    from shared.state.store import Store

MORE = {
    PERFORMER: ("weight", "penis_length", "circumcised", "details", "rating100", "ignore_auto_tag", "custom_fields"),
    "studio": ("details", "rating100", "ignore_auto_tag", "custom_fields"),
}

BACKUP_SECONDS = 2 * KEEP_APPLIED  # an undo can be undone
SITES = ("twitter", "instagram")  # fields of Stash versions without a list of URLs
BODY = JsonColumn("merges", "body", dict)


class EntityBackup(NamedTuple):
    """The values to recreate the source, its related objects, and those that the destination had, too."""

    values: Mapping[str, Any]
    held: Mapping[str, list[int]]
    shared: Mapping[str, list[int]]
    is_done: bool = False
    is_reviving: bool = False
    unwanted: Sequence[str] = ()  # unselected tags of the source; Stash moves them nevertheless


def list_create_fields(stash: StashClient, kind: str) -> list[str]:
    """Return the plain fields that Stash accepts when an object is created; backup and merge plan use these."""
    known, word = stash.capabilities(), kind.capitalize()
    plain = list_fields(stash, kind)
    wanted = MORE[kind] if "urls" in plain else (*MORE[kind], *SITES)
    return [*plain, *(name for name in wanted if known.has(word, name) and known.has(f"{word}CreateInput", name))]


def select_whole(stash: StashClient, kind: str) -> str:
    """Return the GraphQL fields to read everything of an object that is merged; `find_row` calls it."""
    has_tags = kind == PERFORMER or stash.capabilities().has_studio_tags
    parts = [*list_create_fields(stash, kind), "image_path", stash.capabilities().link_fields]
    parts += ["tags { id name }"] if has_tags else []
    parts += ["parent_studio { id }"] if kind != PERFORMER else []
    return " ".join(parts)


def make_values(stash: StashClient, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the create input that restores the source, for its backup; empty values are left out."""
    values = {name: row[name] for name in list_create_fields(stash, kind)}
    values["stash_ids"] = echo_links(row["stash_ids"])
    values["tag_ids"] = [tag["id"] for tag in row.get("tags", ())]
    if row.get("parent_studio"):
        values["parent_id"] = row["parent_studio"]["id"]
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def fetch_picture(call: Call, row: Mapping[str, Any]) -> bytes | None:
    """Return an object's picture for backup and merge plan, or None if it has only Stash's placeholder."""
    if is_placeholder(row["image_path"]):
        return None
    return bytes(call.stash.download_picture(row["image_path"]).data)


def store_backup(store: Store, key: str, backup: EntityBackup, picture: bytes | None, now: float) -> None:
    """Store the merge target's backup before the first change, and delete backups too old for an undo."""
    body = json.dumps(backup._asdict())
    with store.write() as db:
        db.execute("DELETE FROM merges WHERE made < ?", (now - BACKUP_SECONDS,))
        db.execute("INSERT OR REPLACE INTO merges VALUES (?, ?, ?, NULL, ?)", (key, body, picture, now))


def read_backup(store: Store, key: str) -> tuple[EntityBackup, bytes | None] | None:
    """Return the backup and picture that the merge target stored under this key, or None."""
    row = store.first("SELECT body, picture FROM merges WHERE key = ?", (key,))
    return (EntityBackup(**BODY.read(row["body"])), row["picture"]) if row is not None else None


def store_progress(store: Store, key: str, **flags: bool | Sequence[str]) -> None:
    """Store flags of how far the merge target has come with a merge or its undo, so that it can resume."""
    found = read_backup(store, key)
    if found is not None:
        with store.write() as db:
            db.execute("UPDATE merges SET body = ? WHERE key = ?", (json.dumps({**found[0]._asdict(), **flags}), key))


def store_revived_id(store: Store, key: str, number: int) -> None:
    """Store the id under which an undo recreated the source of a merge; the merge target calls it."""
    store_progress(store, key, is_done=False, is_reviving=False)
    with store.write() as db:
        db.execute("UPDATE merges SET revived = ? WHERE key = ?", (number, key))


def find_number(store: Store, key: str, number: int) -> int:
    """Return the present id of a merge's source, for the merge target.

    It is the one under which an undo recreated it, or its own.
    """
    row = store.first("SELECT revived FROM merges WHERE key = ?", (key,))
    return int(row["revived"]) if row is not None and row["revived"] else number


def find_row(call: Call, kind: str, number: int) -> dict[str, Any] | None:
    """Return everything of one object for merge plan and target, or None if it is gone."""
    return select_objects(call.stash, kind).get(number, select_whole(call.stash, kind))

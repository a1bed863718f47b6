"""Parses edits and applies them as a server with the given options does."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from sandbox.plex.model import IMAGE_LOCKS, RATING_FIELDS, TAG_ELEMENTS, TEXT_FIELDS, PlexMovie, TagValue
from sandbox.plex.state import PlexState

EDITABLE = frozenset({*TEXT_FIELDS, *RATING_FIELDS, "addedAt"})
LOCKABLE = frozenset({*EDITABLE, *TAG_ELEMENTS, *IMAGE_LOCKS})
ADDRESSING = frozenset({"type", "id", "includeExternalMedia"})
INDEXED_TAG = re.compile(r"(\w+)\[(\d+)\]\.(tag\.tag|tagging\.text|tag\.thumb)")


class BadEdit(Exception):
    """The edit cannot be carried out; `status` is Plex's answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass
class NewTag:
    """A tag that an edit sets."""

    name: str = ""
    role: str = ""
    thumb: str = ""


@dataclass
class ParsedEdit:
    """An edit, parsed from its parameters."""

    values: dict[str, str] = field(default_factory=dict)
    locks: dict[str, bool] = field(default_factory=dict)
    set_tags: dict[str, dict[int, NewTag]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)


def parse_edit(query: Mapping[str, list[str]]) -> ParsedEdit:
    """Return the edit in these parameters; raises BadEdit for an unknown one. `edit_items` calls it."""
    edit = ParsedEdit()
    for name, values in query.items():
        if name in ADDRESSING or name.startswith("X-Plex-"):
            continue
        if not (parse_plain(edit, name, values[-1]) or parse_tag(edit, name, values[-1])):
            raise BadEdit(400, f"unknown parameter {name}")
    return edit


def parse_plain(edit: ParsedEdit, name: str, value: str) -> bool:
    """Parse a parameter that is a value or a lock; return False if it is neither. `parse_edit` calls it."""
    subject, _, action = name.rpartition(".")
    if action == "value" and subject in EDITABLE:
        edit.values[subject] = check_value(subject, value)
    elif action == "locked" and subject in LOCKABLE:
        edit.locks[subject] = value in ("1", "true")
    else:
        return False
    return True


def parse_tag(edit: ParsedEdit, name: str, value: str) -> bool:
    """Parse a parameter that sets or removes tags; return False if it does neither. `parse_edit` calls it."""
    kind = name.partition("[")[0]
    if kind not in TAG_ELEMENTS:
        return False
    if name == f"{kind}[].tag.tag-":
        edit.removed[kind] = [unquote(each) for each in value.split(",")]
    elif name == f"{kind}[].tag":
        edit.cleared.add(kind)
    elif match := INDEXED_TAG.fullmatch(name):
        tag = edit.set_tags.setdefault(kind, {}).setdefault(int(match[2]), NewTag())
        setattr(tag, {"tag.tag": "name", "tagging.text": "role", "tag.thumb": "thumb"}[match[3]], value)
    else:
        return False
    return True


def check_value(name: str, value: str) -> str:
    """Return the value as it is kept; bad data raises a server error, as in the real Plex."""
    if not value:
        return value
    try:
        if name == "originallyAvailableAt":
            return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
        if name in RATING_FIELDS and not 0 <= float(value) <= 10:
            raise ValueError(value)
    except ValueError:
        raise BadEdit(500, f"bad data for {name}") from None
    return value


def apply_edit(state: PlexState, item: PlexMovie, edit: ParsedEdit) -> None:
    """Carry out an edit on one item; a value without a lock leaves the lock as it was. `edit_items` calls it."""
    for name, value in edit.values.items():
        if name == "editionTitle" and not state.options.has_pass:
            continue
        if name == "title" and item.collection:
            rename_collection(state, item, value)
            continue
        if name == "addedAt":
            item.added_at = int(value or 0)
        elif value:
            item.fields[name] = value
        else:
            item.fields.pop(name, None)
    for name, is_locked in edit.locks.items():
        (item.locks.add if is_locked else item.locks.discard)(name)
    for kind in {*edit.set_tags, *edit.removed, *edit.cleared}:
        change_tags(state, item, kind, edit)
    item.updated_at = max(int(state.now()), item.updated_at + 1)


def change_tags(state: PlexState, item: PlexMovie, kind: str, edit: ParsedEdit) -> None:
    """Change an item's tags of one kind as the server's options say, as part of an edit; `apply_edit` calls it."""
    new = [tag for _, tag in sorted(edit.set_tags.get(kind, {}).items()) if tag.name]
    removed, before = set(edit.removed.get(kind, ())), set(item.tag_names(kind))
    if new and removed and state.options.mixed_tags != "both":
        new, removed = (new, set()) if state.options.mixed_tags == "set" else ([], removed)
    present = [] if kind in edit.cleared else item.tags.get(kind, [])
    if new and state.options.tag_put == "replace":
        present = []
    merged = {tag.name: tag for tag in present}
    for tag in new:
        merged[tag.name] = TagValue(tag.name, tag.role or (merged[tag.name].role if tag.name in merged else ""))
        if tag.thumb:
            state.tag_photos[tag.name] = tag.thumb
    item.tags[kind] = [tag for name, tag in merged.items() if name not in removed]
    if kind == "collection":
        settle_collections(state, item, before, set(item.tag_names(kind)))


def settle_collections(state: PlexState, item: PlexMovie, before: set[str], after: set[str]) -> None:
    """Let an item join and leave collections as its tags say after an edit; a new title makes a collection.

    `change_tags` calls it.
    """
    known = {each.title: each for each in state.list_collections(item.section_id)}
    for title in sorted(after - before):
        state.join_collection(known.get(title) or state.add_collection(item.section_id, title, is_by_tag=True), item)
    for title in sorted(before - after):
        if title in known:
            state.leave_collection(known[title], item.rating_key)


def rename_collection(state: PlexState, item: PlexMovie, title: str) -> None:
    """Give a collection, which is also an item, another title; raise BadEdit if another one has this title.

    `apply_edit` calls it.
    """
    others = (each for each in state.list_collections(item.section_id) if each is not item)
    if any(each.title.casefold() == title.casefold() for each in others):
        raise BadEdit(409, "the title is taken")
    state.rename_collection(item, title)

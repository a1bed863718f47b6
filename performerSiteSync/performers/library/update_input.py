"""Builds the input of Stash's update mutations from changes of the journal. Pure."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from performers.library.entities import ALIASES
from performers.library.normalize import normalize_name
from shared.journal import Change
from shared.stash.links import echo_links
from shared.stash_box import recognize_picture


def make_update(row: Mapping[str, Any], now: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """Return the input of Stash's update mutation for these changes, for the journal targets.

    Lists start from the present members.
    """
    after = dict(now)
    for change in changes:
        if change.action == "set":
            after[change.field] = change.after
        elif change.action == "add":
            after[change.field] = [*(after[change.field] or ()), change.after]
        else:
            after[change.field] = [each for each in after[change.field] or () if each != change.before]
    values = {field: after[field] for field in dict.fromkeys(change.field for change in changes)}
    for field in set(values) & set(ALIASES):
        values[field] = clean_aliases(after["name"], values[field])
    if "stash_ids" in values:
        known = {(link["endpoint"], link["stash_id"]): link for link in echo_links(row["stash_ids"])}
        pairs = [(endpoint, each) for endpoint, each in values["stash_ids"]]
        values["stash_ids"] = [known.get(pair, {"endpoint": pair[0], "stash_id": pair[1]}) for pair in pairs]
    return values


def clean_aliases(name: str, aliases: Sequence[str]) -> list[str]:
    """Return the aliases without the own name and repetitions, which make Stash before 0.31 refuse the update.

    Writes to performers, studios and tags call it.
    """
    kept: dict[str, str] = {}
    for each in aliases:
        kept.setdefault(normalize_name(each), each)
    kept.pop(normalize_name(name), None)
    return [each for each in kept.values() if each.strip()]


def encode_picture(data: bytes) -> str:
    """Return a picture as the data URL that Stash's mutations take; targets that write pictures call it."""
    return f"data:{recognize_picture(data) or 'image/jpeg'};base64,{base64.b64encode(data).decode()}"

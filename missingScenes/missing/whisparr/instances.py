"""Several Whisparrs: the one of the settings, whose key is "", and more of them for other purposes, such as 4K.

The others stand as JSON in one secret setting, because each has an API key. For everything that works with one
Whisparr, `choose_settings` returns the settings with the values of the chosen one. Ids of scenes carry the key of
their Whisparr ("<uuid>@<key>") wherever those of several Whisparrs meet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from shared.arguments import text
from shared.errors import SettingError, UsageError
from shared.runtime.redact import hide_secret
from shared.settings import Settings

MORE = "whisparrMore"
INSTANCE = text("whisparr", "", "the `key` of a further Whisparr; without it, the first one")
KEY = re.compile(r"[a-z0-9]{1,32}")
CHOSEN, CHOSEN_NAME = "whisparrInstance", "whisparrInstanceName"  # values that `choose_settings` adds
MAIN_NAME = "Whisparr"
WHISPARR_IN_ID = "substr(scene_id, 37)"  # of an id by `join_id`, in SQL; the scene's own id, a UUID, has 36 letters


class WhisparrInstance(NamedTuple):
    """One of several Whisparrs, with the choices for scenes that are added to it."""

    key: str
    name: str
    url: str
    api_key: str
    accepts_any_certificate: bool = False
    profile_id: int = 1
    root_folder: str = ""
    tags: tuple[str, ...] = ()
    search: bool = False


def list_instances(settings: Settings) -> list[WhisparrInstance]:
    """Return all Whisparrs that are set up, that of the settings first; the dialogs for adds and follows offer them."""
    main = WhisparrInstance(
        "",
        MAIN_NAME,
        settings.whisparrUrl,
        settings.whisparrApiKey,
        settings.whisparrAnyCertificate,
        settings.whisparrQualityProfile,
        settings.whisparrRootFolder,
        tuple(settings.whisparrTags),
        settings.whisparrSearchOnAdd,
    )
    return [main, *read_more(settings)] if main.url else []


def read_more(settings: Settings) -> list[WhisparrInstance]:
    """Return the Whisparrs beside that of the settings, for all code that lists or connects them.

    Raise SettingError if their setting cannot be read.
    """
    typed = settings.values.get(MORE)
    if not typed:
        return []
    try:
        rows = json.loads(typed)
        found = [read_row(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = 'The setting "More Whisparrs" cannot be read. Remove it on the Setup tab, and enter them again.'
        raise SettingError(MORE, message) from None
    hide_secret(*(each.api_key for each in found if each.api_key))
    return found


def read_row(row: Mapping[str, Any]) -> WhisparrInstance:
    """Return one Whisparr from the JSON of the setting, for `read_more`.

    Raise KeyError, ValueError or TypeError for anything else.
    """
    if not KEY.fullmatch(row["key"]):
        raise ValueError(row["key"])
    tags = tuple(str(tag) for tag in row.get("tags") or ())
    texts = (str(row["name"]), str(row["url"]), str(row.get("api_key") or ""), bool(row.get("any_certificate")))
    return WhisparrInstance(
        row["key"],
        *texts,
        int(row.get("profile") or 1),
        str(row.get("root_folder") or ""),
        tags,
        bool(row.get("search")),
    )


def write_rows(instances: Sequence[WhisparrInstance]) -> str:
    """Return the text of the setting for these further Whisparrs, empty for none; `write_more` saves it."""
    names = ("key", "name", "url", "api_key", "any_certificate", "profile", "root_folder", "tags", "search")
    rows = [dict(zip(names, each)) for each in instances]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def choose_settings(settings: Settings, key: str) -> Settings:
    """Return the settings with the values of one Whisparr, for everything that connects to it or adds to it."""
    if not key:
        return settings
    found = next((each for each in read_more(settings) if each.key == key), None)
    if found is None:
        raise UsageError("This Whisparr is not set up any more. Load the page again.")
    return apply_instance(settings, found)


def apply_instance(settings: Settings, instance: WhisparrInstance) -> Settings:
    """Return the settings with the values of a Whisparr that may not be saved yet; its set-up test calls it, too."""
    values = {
        CHOSEN: instance.key,
        CHOSEN_NAME: instance.name,
        "whisparrUrl": instance.url,
        "whisparrApiKey": instance.api_key,
        "whisparrAnyCertificate": instance.accepts_any_certificate,
        "whisparrQualityProfile": instance.profile_id,
        "whisparrRootFolder": instance.root_folder,
        "whisparrTags": instance.tags,
        "whisparrSearchOnAdd": instance.search,
    }
    return Settings({**settings.values, **values}, settings.problems, settings.secrets)


def iter_settings(settings: Settings) -> Iterator[Settings]:
    """Yield the settings of each Whisparr that is set up; the clean-up and the statuses go through all of them."""
    for each in list_instances(settings):
        yield apply_instance(settings, each) if each.key else settings


def read_key(settings: Settings) -> str:
    """Return the key of the Whisparr that these settings are about.

    Everything that is kept per Whisparr asks for it.
    """
    return str(settings.values.get(CHOSEN, ""))


def read_name(settings: Settings) -> str:
    """Return the name of the Whisparr that these settings are about, for messages."""
    name = settings.values.get(CHOSEN_NAME, "")
    return f'{MAIN_NAME} "{name}"' if name else MAIN_NAME


def join_id(scene_id: str, key: str) -> str:
    """Return the id under which journal, caches and tables keep a scene of one of several Whisparrs.

    `split_id` reads it.
    """
    return f"{scene_id}@{key}" if key else scene_id


def split_id(joined: str) -> tuple[str, str]:
    """Return the id of a scene and the key of its Whisparr, from an id that `join_id` made."""
    scene_id, _, key = joined.partition("@")
    return scene_id, key

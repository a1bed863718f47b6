"""Profile, root folder, tags and search with which scenes are added to Whisparr.

They are those of the settings, or the only ones Whisparr has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.errors import SettingError
from shared.settings import Settings
from shared.whisparr.client import Whisparr

DEFAULT_PROFILE = 1


class WrongSetting(NamedTuple):
    """A setting with a value that Whisparr does not have: the setting's key, what is wrong, and what to do."""

    setting: str
    message: str
    step: str


class AddDefaults(NamedTuple):
    """Quality profile, root folder and labels of tags of an add, and whether Whisparr searches at once."""

    profile_id: int
    root_folder: str
    tags: tuple[str, ...]
    search: bool


def choose_defaults(whisparr: Whisparr, settings: Settings) -> AddDefaults:
    """Return profile, root folder, tags and search for an add, from the settings; plans and adds call it.

    For a setting that is empty, the only one Whisparr has is used.
    """
    return AddDefaults(
        choose_profile(whisparr, settings.whisparrQualityProfile),
        settings.whisparrRootFolder or choose_root_folder(whisparr),
        tuple(settings.whisparrTags),
        settings.whisparrSearchOnAdd,
    )


def choose_profile(whisparr: Whisparr, wanted: int) -> int:
    """Return the quality profile to add with, for `choose_defaults`; the setting's default, 1, need not exist."""
    if wanted != DEFAULT_PROFILE:
        return wanted
    ids = [each.id for each in whisparr.list_profiles()]
    return ids[0] if len(ids) == 1 else wanted


def choose_root_folder(whisparr: Whisparr) -> str:
    """Return Whisparr's only root folder, for an empty setting; raise SettingError for several or none.

    `choose_defaults` calls it.
    """
    names = [each.name for each in whisparr.list_root_folders()]
    if len(names) == 1:
        return names[0]
    has = f"Whisparr has: {', '.join(names)}" if names else "Whisparr has none yet: make one there first"
    raise SettingError("whisparrRootFolder", f'Choose a folder in the setting "Root Folder". {has}.')


def find_wrong_choice(chosen: AddDefaults, profiles: Mapping[int, str], folders: Sequence[str]) -> WrongSetting | None:
    """Return what Whisparr lacks of these defaults, or None; plans refuse it, and the setup test warns of it."""
    if chosen.profile_id not in profiles:
        known = ", ".join(f"{number} ({name})" for number, name in profiles.items())
        message = f'Whisparr has no quality profile {chosen.profile_id} (setting "Quality Profile ID").'
        return WrongSetting("whisparrQualityProfile", message, f"Choose one of: {known}.")
    if clean_folder(chosen.root_folder) not in map(clean_folder, folders):
        message = f'Whisparr has no root folder "{chosen.root_folder}" (setting "Root Folder").'
        return WrongSetting("whisparrRootFolder", message, f"Choose one of: {', '.join(folders)}.")
    return None


def clean_folder(path: str) -> str:
    """Return a folder in the form in which Whisparr compares it: no slash at its end, on Windows in lower case.

    `find_wrong_choice` calls it.
    """
    return (path.lower() if "\\" in path else path).rstrip("/\\") or path


def ensure_tags(whisparr: Whisparr, labels: Sequence[str]) -> tuple[int, ...]:
    """Make the tags that Whisparr lacks and return the numbers of all of them; AddTarget calls it before an add."""
    if not labels:
        return ()
    known = {each.name.lower(): each.id for each in whisparr.list_tags()}
    return tuple(known.get(label.lower()) or whisparr.add_tag(label.lower()).id for label in labels)

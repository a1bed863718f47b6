"""Adding scenes: one request each, and every reply turned into a result or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from shared.errors import Refused, ServiceError, UsageError
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import WrongChoice, explain_refused_add, has_fault
from shared.whisparr.model import UUID, SettingOption, WhisparrScene, plain_id, read_scene

ADDING = "adding a scene"
CONFLICT = 409
UNMONITORED = "added, but Whisparr does not monitor it (an exclusion of its studio, a performer or a tag)"


class NewScene(NamedTuple):
    """A scene to add; the title may be empty, `search` starts a search after the add."""

    stash_id: str
    title: str
    profile_id: int
    root_folder: str
    tags: tuple[int, ...] = ()
    search: bool = False
    monitored: bool = True


class Added(NamedTuple):
    """A scene that is in Whisparr now; `is_ours` False when it was there already. `note` is empty when all is well."""

    scene: WhisparrScene
    is_ours: bool
    note: str = ""


def add_scene(whisparr: Whisparr, new: NewScene) -> Added:
    """Adds a scene; one that is there already is a success with its present state.

    Raises Excluded, UnknownScene, WrongChoice, PathClash, MetadataDown, or any error of the seam. An add whose answer
    was lost may be repeated: then it is "there already".
    """
    body = write_new_scene(new)
    try:
        row = whisparr.wire.write("POST", "movie", ADDING, json=body)
    except Refused as error:
        if error.status == CONFLICT or has_fault(error.details, "ForeignId"):
            return find_present(whisparr, new, error)
        told = explain_choice(whisparr, new, error) or explain_refused_add(error, name_scene(new))
        if told is None:
            raise
        raise told from error
    scene = read_scene(whisparr.wire.check_object(row, ADDING))
    return Added(scene, True, UNMONITORED if new.monitored and not scene.monitored else "")


def write_new_scene(new: NewScene) -> dict[str, object]:
    """The body of an add: the bare UUID, and a title that is never empty."""
    stash_id = plain_id(new.stash_id)
    if not UUID.fullmatch(stash_id):
        raise UsageError(f"{new.stash_id!r} is not the id of a StashDB scene.")
    return {
        "foreignId": stash_id,
        "title": name_scene(new),
        "qualityProfileId": new.profile_id,
        "rootFolderPath": new.root_folder,
        "monitored": new.monitored,
        "tags": list(new.tags),
        "addOptions": {"searchForMovie": new.search, "monitor": "movieOnly"},
    }


def name_scene(new: NewScene) -> str:
    """Return the name of a scene for a message."""
    return new.title.strip() or plain_id(new.stash_id)


def find_present(whisparr: Whisparr, new: NewScene, error: Refused) -> Added:
    """The scene that was there already."""
    scene = whisparr.find_scene(new.stash_id)
    if scene is None:  # refused for another reason that names the same field
        raise (explain_refused_add(error, name_scene(new)) or error) from error.__cause__
    return Added(scene, False, "already in Whisparr")


def explain_choice(whisparr: Whisparr, new: NewScene, error: Refused) -> WrongChoice | None:
    """The error for a root folder or quality profile that does not exist, with those that do."""
    if has_fault(error.details, "RootFolderPath"):
        known = list_known(whisparr.list_root_folders)
        message = f'Whisparr has no root folder "{new.root_folder}". {known}Choose one in the settings.'
        return WrongChoice(message, subject="root folder", operation=ADDING)
    if has_fault(error.details, "QualityProfileId"):
        known = list_known(whisparr.list_profiles)
        message = f"Whisparr has no quality profile {new.profile_id}. {known}Choose one in the settings."
        return WrongChoice(message, subject="quality profile", operation=ADDING)
    return None


def list_known(list_choices: Callable[[], list[SettingOption]]) -> str:
    """A sentence with the choices there are; nothing when Whisparr does not say it just now."""
    try:
        choices = list_choices()
    except ServiceError:
        return ""
    names = [each.name if "/" in each.name or "\\" in each.name else f"{each.id} ({each.name})" for each in choices]
    return f"It has: {', '.join(names)}. " if names else "It has none yet: make one in Whisparr first. "

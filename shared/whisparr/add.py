"""Adds one scene to Whisparr, and explains why Whisparr refused it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from shared.errors import Refused, ServiceError, UsageError
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import WrongChoice, explain_refused_add, has_validation_line
from shared.whisparr.model import UUID, SettingOption, WhisparrScene, plain_id, read_scene

ADDING = "adding a scene"
CONFLICT = 409
UNMONITORED = (
    "Added, but Whisparr does not monitor it and will not download it: an exclusion covers its studio, a performer "
    "or a tag. Remove that exclusion in Whisparr, then monitor the scene there."
)


class NewScene(NamedTuple):
    """A scene to add; the title may be empty, `search` has Whisparr look for releases after the add."""

    stash_id: str
    title: str
    profile_id: int
    root_folder: str
    tags: tuple[int, ...] = ()
    search: bool = False
    monitored: bool = True


class AddResult(NamedTuple):
    """A scene that is in Whisparr now; `is_new` is False if it was there before. `note` is a remark for people."""

    scene: WhisparrScene
    is_new: bool
    note: str = ""


def add_scene(whisparr: Whisparr, new: NewScene) -> AddResult:
    """Add a scene and return it; one that is in Whisparr already is a success. The journal's target of adds calls it.

    Raise Excluded, UnknownScene, WrongChoice, PathClash, MetadataDown or an error of the HTTP client. An add whose
    reply was lost may be repeated.
    """
    body = write_new_scene(new)
    try:
        row = whisparr.wire.write("POST", "movie", ADDING, json=body)
    except Refused as error:
        if error.status == CONFLICT or has_validation_line(error.details, "ForeignId"):
            return find_existing(whisparr, new, error)
        explained = explain_choice(whisparr, new, error) or explain_refused_add(error, name_scene(new))
        if explained is None:
            raise
        raise explained from error
    scene = read_scene(whisparr.wire.check_object(row, ADDING))
    return AddResult(scene, True, UNMONITORED if new.monitored and not scene.monitored else "")


def write_new_scene(new: NewScene) -> dict[str, object]:
    """Return the body of an add, which needs the bare UUID and a title, for `add_scene`.

    Raise UsageError for another id.
    """
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
    """Return the title of a scene to add, or its id if it has none; errors name it so."""
    return new.title.strip() or plain_id(new.stash_id)


def find_existing(whisparr: Whisparr, new: NewScene, error: Refused) -> AddResult:
    """Return the result for a scene that is in Whisparr already; raise if it is not, so that Whisparr refused it.

    `add_scene` calls it.
    """
    scene = whisparr.find_scene(new.stash_id)
    if scene is None:  # Whisparr refused the same field for another reason
        raise (explain_refused_add(error, name_scene(new)) or error) from error.__cause__
    return AddResult(scene, False, "already in Whisparr")


def explain_choice(whisparr: Whisparr, new: NewScene, error: Refused) -> WrongChoice | None:
    """Return the error for a root folder or profile that Whisparr lacks, which names those it has; None otherwise.

    `add_scene` raises it.
    """
    if has_validation_line(error.details, "RootFolderPath"):
        known = list_known(whisparr.list_root_folders)
        message = f'Whisparr has no root folder "{new.root_folder}". {known}Choose one in the settings.'
        return WrongChoice(message, subject="root folder", operation=ADDING)
    if has_validation_line(error.details, "QualityProfileId"):
        known = list_known(whisparr.list_profiles)
        message = f"Whisparr has no quality profile {new.profile_id}. {known}Choose one in the settings."
        return WrongChoice(message, subject="quality profile", operation=ADDING)
    return None


def list_known(list_choices: Callable[[], list[SettingOption]]) -> str:
    """Return for `explain_choice` a sentence with the options Whisparr has; empty if it does not answer."""
    try:
        choices = list_choices()
    except ServiceError:
        return ""
    names = [each.name if "/" in each.name or "\\" in each.name else f"{each.id} ({each.name})" for each in choices]
    return f"It has: {', '.join(names)}. " if names else "It has none yet: make one in Whisparr first. "

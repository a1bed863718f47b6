"""Prepares adds of many scenes: asks Whisparr for its choices and exclusions, and looks for files that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.owned.by_fingerprint import find_probably_owned
from missing.whisparr.add.defaults import AddDefaults, choose_defaults, find_wrong_choice
from missing.whisparr.add.plan import plan_adds
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.exclusion_cache import read_exclusions
from missing.whisparr.instances import choose_settings
from shared.errors import SettingError, UsageError
from shared.journal import Entry
from shared.stash_box.configured import find_configured_box
from shared.whisparr.model import plain_id, supports_box

if TYPE_CHECKING:
    from shared.runtime.call import Call


class PreparedAdds(NamedTuple):
    """The entries of a plan that adds scenes, the choices they are added with, and the profile's name."""

    entries: list[Entry]
    chosen: AddDefaults
    profile_name: str | None


def require_known_box(call: Call, endpoint: str) -> None:
    """Raise UsageError if the box is one whose scenes Whisparr does not know; plans of adds call it."""
    box = find_configured_box(call.stash, endpoint)
    if not supports_box(box.endpoint, box.name):
        raise UsageError(f"Scenes of {box.name} cannot be added: Whisparr knows those of StashDB only.")


def prepare_adds(
    call: Call,
    endpoint: str,
    scenes: Sequence[Mapping[str, Any]],
    key: str,
    *,
    with_excluded: bool = False,
    with_owned: bool = False,
) -> PreparedAdds:
    """Return the entries of a plan that adds these scenes to the Whisparr `key`, for a click or the check of follows.

    Raise SettingError if that Whisparr lacks the profile or the folder of the settings.
    """
    settings = choose_settings(call.settings, key)
    require_known_box(call, endpoint)
    with connect_whisparr(call, settings) as whisparr:
        whisparr.connect()
        chosen = choose_defaults(whisparr, settings)
        excluded = () if with_excluded else read_exclusions(call.store, whisparr, key)
        names = {each.id: each.name for each in whisparr.list_profiles()}
        wrong = find_wrong_choice(chosen, names, [each.name for each in whisparr.list_root_folders()])
    if wrong is not None:
        raise SettingError(wrong.setting, f"{wrong.message} {wrong.step}")
    compared = [] if with_owned else [each["id"] for each in scenes]
    owned = find_probably_owned(call, endpoint, compared) if compared else {}
    entries = plan_adds(scenes, excluded, {plain_id(each): name for each, name in owned.items()}, key=key)
    return PreparedAdds(list(entries), chosen, names.get(chosen.profile_id))

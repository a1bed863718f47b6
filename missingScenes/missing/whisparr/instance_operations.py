"""The operations with which the Setup tab lists, saves and tests further Whisparrs, without their keys."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.setup_tests import check_whisparr
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.forget import forget_removed
from missing.whisparr.instances import (
    INSTANCE,
    MORE,
    WhisparrInstance,
    apply_instance,
    choose_settings,
    read_key,
    read_more,
    write_rows,
)
from shared.arguments import flag, record, takes, text, texts, whole
from shared.errors import BundleError, SettingError, UsageError
from shared.http import show_address
from shared.page.advice import advise
from shared.page.address_keys import is_same_server
from shared.runtime.failure import describe_failure
from shared.runtime.redact import hide_secret
from shared.settings import ADDRESS, Setting, Settings, mask_login, read_value

if TYPE_CHECKING:
    from shared.runtime.call import Call

ADDRESS_ROW = Setting("url", ADDRESS, "", "Address", "")
MOST_INSTANCES = 20
SHORT = 200
ROW = (
    text("key", "", "without it, a new Whisparr"),
    text("name", longest=SHORT),
    text("url"),
    text("api_key", "", "without it, the saved key stays if the address has the same host and port"),
    flag("any_certificate", False),
    whole("profile", 1, low=1),
    text("root_folder", ""),
    texts("tags", ()),
    flag("search", False),
)


@takes()
def list_more(call: Call) -> dict[str, Any]:
    """Operation `whisparr_more`: return the further Whisparrs; a row says whether it has a key."""
    return {"whisparrs": [show_instance(each) for each in read_more(call.settings)]}


def show_instance(instance: WhisparrInstance) -> dict[str, Any]:
    """Return a further Whisparr for the page's list: without its key, and with a masked password."""
    choices = {"profile": instance.profile_id, "root_folder": instance.root_folder, "search": instance.search}
    about = {
        "key": instance.key,
        "name": instance.name,
        "url": mask_login(instance.url),
        "has_key": bool(instance.api_key),
    }
    return {**about, "any_certificate": instance.accepts_any_certificate, **choices, "tags": list(instance.tags)}


@takes(record("row", ROW))
def save_more(call: Call) -> dict[str, Any]:
    """Operation `whisparr_more_save`: add a further Whisparr or change one, and return all.

    A saved key goes to no other server: with another address, it must be entered again.
    """
    known = read_more(call.settings)
    changed = read_typed(call.args["row"], known)
    if changed.key in [each.key for each in known]:
        return write_more(call, [changed if each.key == changed.key else each for each in known])
    if len(known) >= MOST_INSTANCES:
        raise UsageError(f"More than {MOST_INSTANCES} further Whisparrs cannot be saved.")
    return write_more(call, [*known, changed])


@takes(text("key"))
def remove_more(call: Call) -> dict[str, Any]:
    """Operation `whisparr_more_remove`: forget a further Whisparr; its scenes stay as they are."""
    return write_more(call, [each for each in read_more(call.settings) if each.key != call.args["key"]])


@takes(record("row", ROW))
def test_more(call: Call) -> dict[str, Any]:
    """Operation `whisparr_more_test`: test a Whisparr that may be unsaved; return the result and its choices."""
    instance = read_typed(call.args["row"], read_more(call.settings))
    settings = apply_instance(call.settings, instance)
    offers: dict[str, Any] = {"profiles": [], "folders": []}
    try:
        offers = list_offers(call, settings)  # first, so that a person can correct a choice that the test refuses
        result = check_whisparr(call, settings)
    except BundleError as error:
        message = describe_failure(call.plugin.name, "the test of Whisparr", error)
        return {"state": "failed", "message": message, "next_step": advise(error) or None, **offers}
    return {"state": result.state, "message": result.message, "next_step": result.next_step or None, **offers}


def list_offers(call: Call, settings: Settings) -> dict[str, Any]:
    """Return the quality profiles and root folders that a Whisparr has, for its form; `test_more` answers with them."""
    with connect_whisparr(call, settings) as whisparr:
        whisparr.connect()
        profiles = [{"value": str(each.id), "label": each.name} for each in whisparr.list_profiles()]
        return {"profiles": profiles, "folders": [each.name for each in whisparr.list_root_folders()]}


@takes(INSTANCE, whole("profile", low=1), text("root_folder", ""), flag("search", False))
def save_choices(call: Call) -> dict[str, Any]:
    """Operation `whisparr_choices`: remember what a person chose for adds to a further Whisparr."""
    key = read_key(choose_settings(call.settings, call.args["whisparr"]))
    if not key:
        raise UsageError("The choices of the first Whisparr are settings; save them there.")
    values = {
        "profile_id": call.args["profile"],
        "root_folder": call.args["root_folder"],
        "search": call.args["search"],
    }
    known = read_more(call.settings)
    return write_more(call, [each._replace(**values) if each.key == key else each for each in known])


def write_more(call: Call, instances: Sequence[WhisparrInstance]) -> dict[str, Any]:
    """Save these further Whisparrs in the settings, forget what is cached about others, and return them for the page.

    The operations that change the list call it.
    """
    raw = call.stash.write_plugin_settings(call.plugin.id, {MORE: write_rows(instances) or None})
    saved = read_more(call.read_settings(raw))
    forget_removed(call.store, [each.key for each in saved])
    return {"whisparrs": [show_instance(each) for each in saved]}


def read_typed(row: Mapping[str, Any], known: Sequence[WhisparrInstance]) -> WhisparrInstance:
    """Return the Whisparr that a person typed, with its saved key; raise an error that names the field.

    The operations that save and test it call this.
    """
    saved = next((each for each in known if each.key == row["key"]), None)
    typed = saved.url if saved and row["url"] == mask_login(saved.url) else row["url"]
    url, problem = read_value(ADDRESS_ROW, typed)
    if problem or not url:
        raise SettingError(MORE, f"The address {problem or 'is missing'}")
    if any(each.name.casefold() == row["name"].casefold() and each is not saved for each in known):
        raise SettingError(MORE, f'There is a Whisparr "{row["name"]}" already. Choose another name.')
    is_same = saved is not None and is_same_server(saved.url, url)
    api_key = row["api_key"] or (saved.api_key if saved and is_same else "")
    if not api_key:
        where = f" again for {show_address(url)}" if saved else ""
        raise SettingError(MORE, f"Enter the API key{where}.")
    hide_secret(api_key)
    return WhisparrInstance(
        row["key"] if saved else os.urandom(6).hex(),
        row["name"],
        url,
        api_key,
        row["any_certificate"],
        row["profile"],
        row["root_folder"],
        tuple(row["tags"]),
        row["search"],
    )

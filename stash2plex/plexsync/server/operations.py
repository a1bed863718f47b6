"""The operations that list and choose the libraries of Plex and confirm another server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.match.item_index import ItemIndex
from plexsync.provider.documents import IDENTIFIER
from plexsync.queue.constants import MACHINE_ID
from plexsync.queue.operations import retry_unmatched
from plexsync.server import libraries
from plexsync.server.connection import check_connection, forget_server, open_plex
from plexsync.shelves.store import ShelfStore
from plexsync.start.consent import is_started, note_start
from shared.arguments import REQUIRED, flag, takes, texts
from shared.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.plex.model import PlexSection
    from shared.runtime.call import Call


@takes()
def show_libraries(call: Call) -> dict[str, Any]:
    """Operation `libraries_list`: return Plex's video libraries, which are chosen, and a fault of the choice."""
    found = check_connection(open_plex(call, call.settings))
    chosen, problem = read_choice(call, found.sections)
    names, counts = libraries.make_section_names(found.sections), ItemIndex(call.store).count_by_section()
    rows = [
        {**show_section(section, names[section.id], section.id in chosen), "items": counts.get(section.id)}
        for section in found.sections
        if section.type == libraries.VIDEO
    ]
    return {"libraries": rows, "problem": problem}


def read_choice(call: Call, sections: Sequence[PlexSection]) -> tuple[set[str], str]:
    """Return the ids of the chosen libraries for `libraries_list`, or none and the problem if one is gone."""
    try:
        return {
            section.id for section in libraries.choose_sections(call.store, call.settings.plex_library, sections)
        }, ""
    except SettingError as error:
        return set(), str(error)


def show_section(section: PlexSection, name: str, is_chosen: bool) -> dict[str, Any]:
    """Return a library for `libraries_list`."""
    folders = [place.path for place in section.locations]
    named = {"id": section.id, "title": section.title, "name": name, "agent": section.agent, "folders": folders}
    asks_provider = section.agent == IDENTIFIER
    return {**named, "can_edit": section.can_edit, "asks_provider": asks_provider, "chosen": is_chosen}


@takes(texts("ids", REQUIRED, "an empty list chooses all"))
def choose_libraries(call: Call) -> dict[str, Any]:
    """Operation `libraries_choose`: save the chosen libraries by their ids; an empty list means all."""
    wanted = call.args["ids"]
    sections = open_plex(call, call.settings).list_sections()
    names = libraries.make_section_names(sections)
    text = ", ".join(names[libraries.find_section_by_id(each, sections).id] for each in wanted)
    call.stash.write_plugin_settings(call.plugin.id, {"plex_library": text or None})
    libraries.save_chosen_sections(call.store, text, wanted)
    retry_unmatched(call)
    return {"setting": text}


@takes(flag("keep", False, "true if it is the same server after a move"))
def confirm_server(call: Call) -> dict[str, Any]:
    """Operation `server_confirm`: accept the Plex that answers now, retry unmatched scenes; return its name.

    With `keep` it is the old server at a new address, with all its items. Otherwise everything known is forgotten,
    because ids of items differ on another server.
    """
    found = check_connection(open_plex(call, call.settings))
    before = call.store.kv.get(MACHINE_ID, str, "")
    if before != found.server.machine_id:
        if not call.args["keep"]:
            forget_server(call.store)
        else:
            ShelfStore(call.store).move_server(before, found.server.machine_id)
        if call.args["keep"] and is_started(call.store):
            note_start(call.store, found.server.machine_id)
        call.store.kv.put(MACHINE_ID, found.server.machine_id)
    retry_unmatched(call)
    return {"server": found.server.name}

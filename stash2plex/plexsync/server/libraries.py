"""The libraries of Plex that are synced: chosen by name, saved by id, so that renaming one in Plex changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from plexsync.server.numbered_names import add_number, find_numbers
from shared.errors import SettingError
from shared.folding import fold_text
from shared.plex.model import PlexSection
from shared.state.store import Store

CHOSEN = "plex.libraries"
CHOICE = {"setting": str, "ids": [str]}
VIDEO = "movie"


def choose_sections(store: Store, setting: str, sections: Sequence[PlexSection]) -> tuple[PlexSection, ...]:
    """Return the libraries that the setting Plex Library names; all video libraries if it is empty.

    Raises SettingError if one of them is not there.
    """
    wanted = setting.strip()
    if not wanted:
        return tuple(section for section in sections if section.type == VIDEO)
    saved = store.kv.get(CHOSEN, CHOICE, {})
    if saved.get("setting") == wanted:
        return tuple(find_section_by_id(number, sections) for number in saved["ids"])
    return tuple(dict.fromkeys(find_section_by_name(name, sections) for name in split_names(wanted, sections)))


def save_chosen_sections(store: Store, setting: str, ids: Sequence[str]) -> None:
    """Save the ids of the libraries that the setting names, so that the choice survives another name in Plex."""
    choice = {"setting": setting.strip(), "ids": list(ids)}
    if store.kv.get(CHOSEN, CHOICE) != choice:
        store.kv.put(CHOSEN, choice)


def split_names(wanted: str, sections: Sequence[PlexSection]) -> list[str]:
    """Return the library names in the setting, for `choose_sections`; a title with a comma in it counts as one name."""
    if any(fold_name(section.title) == fold_name(wanted) for section in sections):
        return [wanted]
    return [name.strip() for name in wanted.split(",") if name.strip()]


def find_section_by_id(number: str, sections: Sequence[PlexSection]) -> PlexSection:
    """Return the chosen library with this id, whatever it is called now; raises SettingError."""
    for section in sections:
        if section.id == number:
            return section
    raise make_missing_error(f"The chosen Plex library (number {number}) is gone.", sections)


def find_section_by_name(name: str, sections: Sequence[PlexSection]) -> PlexSection:
    """Return the library that a name of the setting means: its title, or the id in brackets behind it.

    Raises SettingError.
    """
    numbers = find_numbers(name, {section.id: section.title for section in sections})
    found = [section for section in sections if section.id in numbers]
    if len(found) > 1:
        choices = ", ".join(f'"{add_number(section.title, section.id)}"' for section in found)
        raise SettingError("plex_library", f'Plex has {len(found)} libraries called "{name}". Enter one of {choices}.')
    if not found:
        raise make_missing_error(f'Plex has no library "{name}".', sections)
    return found[0]


def make_missing_error(what: str, sections: Sequence[PlexSection]) -> SettingError:
    """Return the error for a chosen library that is not there; it names those that are."""
    known = ", ".join(f'"{section.title}"' for section in sections) or "none"
    return SettingError("plex_library", f"{what} Plex has: {known}. Choose again on the Setup page.")


def make_section_names(sections: Sequence[PlexSection]) -> dict[str, str]:
    """Return by library id the name that the setting takes: the title, with the id if it occurs twice."""
    counts = Counter(fold_name(section.title) for section in sections)
    return {
        section.id: section.title if counts[fold_name(section.title)] == 1 else add_number(section.title, section.id)
        for section in sections
    }


def fold_name(title: str) -> str:
    """Return a library's title for comparing: composed, without outer spaces and case."""
    return fold_text(title.strip())

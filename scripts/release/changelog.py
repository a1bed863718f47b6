"""CHANGELOG.md: reads the notes of a version, and turns the unreleased changes into those of a new one."""

from __future__ import annotations

import re
from typing import NamedTuple

from scripts.console import stop

HEADING = re.compile(r"^## \[([^\]]+)\].*$", re.MULTILINE)
UNRELEASED = "Unreleased"


class Section(NamedTuple):
    """The part of the changelog about one version, and where it stands in the text."""

    version: str
    notes: str
    start: int
    end: int


def list_sections(text: str) -> list[Section]:
    """Return the sections of the changelog, newest first, for the steps of a release."""
    found = list(HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        Section(match.group(1), text[match.end() : end].strip(), match.start(), end) for match, end in zip(found, ends)
    ]


def read_notes(text: str, version: str) -> str:
    """Return what the changelog says about a version; stop if it says nothing. The release publishes it."""
    notes = next((section.notes for section in list_sections(text) if section.version == version), "")
    if not notes:
        stop(f"CHANGELOG.md says nothing about {version}.")
    return notes


def name_release(text: str, version: str, day: str) -> str:
    """Return the changelog with the unreleased changes under the new version, and an empty section above it.

    `./dev release` writes it.
    """
    if version in {section.version for section in list_sections(text)}:
        stop(f"CHANGELOG.md has the version {version} already.")
    notes = read_notes(text, UNRELEASED)
    section = next(section for section in list_sections(text) if section.version == UNRELEASED)
    fresh = f"## [{UNRELEASED}]\n\n## [{version}] - {day}\n\n{notes}\n"
    rest = text[section.end :]
    return text[: section.start] + fresh + (f"\n{rest}" if rest else "")

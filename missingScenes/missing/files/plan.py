"""The plan that links files to the scenes of the boxes that they surely are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from missing.files.store import SavedFileMatch
from missing.owned.target import FIELD
from shared.file_matching.compare import explain_evidence
from shared.journal import Change, Item, add_member


def plan_links(matches: Iterable[SavedFileMatch]) -> Iterator[Change]:
    """Yield for each match the change that links the local scene; those of one scene come together.

    `plan_file_links` saves them.
    """
    for match in sorted(matches, key=lambda each: (each.title.casefold(), each.local_id)):
        link = {"endpoint": match.endpoint, "stash_id": match.scene_id}
        item = Item("scene", str(match.local_id), match.title or f"scene {match.local_id}")
        yield add_member(item, FIELD, link, source=match.endpoint, reason=explain_evidence(match.evidence))

"""The filters a user saved in Stash's list of scenes, as scopes of a sync.

A filter with conditions that cannot be converted is refused: without them it would select other scenes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes
from shared.errors import UsageError
from shared.scene_scopes.saved_criteria import convert_criteria

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient
    from shared.stash.capabilities import StashCapabilities
    from shared.stash.filters import Filter

FIND_ALL = "query SavedFilters { found: findSavedFilters(mode: SCENES) { id name find_filter { q } object_filter } }"
FIND_ONE = (
    "query SavedFilter($id: ID!) { found: findSavedFilter(id: $id) { name mode find_filter { q } object_filter } }"
)


class SavedFilter(NamedTuple):
    """A saved filter as Stash's API takes it; `unconvertible` names the conditions that cannot be converted."""

    name: str
    where: Filter
    text: str
    unconvertible: tuple[str, ...]

    @property
    def problem(self) -> str | None:
        """Return why the filter cannot be used, for the user; None if it can. The list of filters and a sync ask."""
        if not self.unconvertible:
            return None
        step = "Save it without that in Stash's list of scenes, or choose the scenes another way."
        conditions = ", ".join(self.unconvertible)
        return f'The saved filter "{self.name}" asks for {conditions}, which cannot be taken over. {step}'


@takes()
def list_saved_filters(call: Call) -> dict[str, Any]:
    """Operation `saved_filters`: return the saved filters of scenes, each with why it cannot be used, if so."""
    rows = call.stash.ask(FIND_ALL, None, "reading the saved filters")["found"]
    known = call.stash.capabilities()
    return {"filters": [{"id": int(row["id"]), **describe_filter(convert_row(row, known))} for row in rows]}


def describe_filter(saved: SavedFilter) -> dict[str, Any]:
    """Return a saved filter as the operation `saved_filters` lists it."""
    return {"name": saved.name, "problem": saved.problem}


def find_saved_filter(stash: StashClient, number: object) -> SavedFilter:
    """Return the saved filter of this id, for a sync; UsageError if it is gone, not for scenes, or not convertible."""
    row = stash.ask(FIND_ONE, {"id": str(number)}, "reading a saved filter")["found"]
    if row is None or row["mode"] != "SCENES":
        raise UsageError("This saved filter of scenes does not exist any more. Reload the page and choose another one.")
    saved = convert_row(row, stash.capabilities())
    if saved.problem:
        raise UsageError(saved.problem)
    return saved


def convert_row(row: Mapping[str, Any], known: StashCapabilities) -> SavedFilter:
    """Return a saved filter from Stash's row; conditions that this Stash does not know cannot be converted.

    The list of filters and a sync call it.
    """
    where, unconvertible = convert_criteria(row["object_filter"] or {})
    unknown = [field for field in where if not known.has("SceneFilterType", field)]
    text = (row["find_filter"] or {}).get("q") or ""
    return SavedFilter(row["name"], where, text, tuple(each.replace("_", " ") for each in (*unconvertible, *unknown)))

"""The scenes a sync covers: all, a filter's, selected ones, or those of one performer or studio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import REQUIRED, Argument, Record, ident, idents, record, text
from shared.scene_scopes.saved_filters import find_saved_filter
from shared.stash.filters import Filter, asks_about_links, with_members
from shared.stash.links import find_ids

if TYPE_CHECKING:
    from shared.stash import StashClient

OLDEST_CHANGE_FIRST = "updated_at"
MAX_LABEL = 100
FEW = 200  # chosen scenes that are read one by one; more are looked up among all linked ones
SCOPE = Argument(
    "scope",
    Record(
        (
            idents("scene_ids", REQUIRED),
            ident("performer_id"),
            ident("studio_id", note="with its sub-studios"),
            ident("saved_filter_id"),
            record("filter", (), None, "Stash's `SceneFilterType`"),
            text("text", "", "searches as in Stash; may stand beside `filter`"),
            text("label", "", "the name of the scope in the plan's title"),
        ),
        is_partial=True,  # a scope of no performer must not become a scope of all scenes
    ),
    None,
    "the default is all scenes",
)


class SceneScope(NamedTuple):
    """A filter, a search, or ids; none of them means the whole library. The label is what the page calls it."""

    where: Filter | None = None
    scene_ids: tuple[int, ...] | None = None
    text: str = ""
    label: str = ""

    @property
    def is_everything(self) -> bool:
        """Return True if the scope is the whole library; the sync then needs no list of ids."""
        return self.where is None and self.scene_ids is None and not self.text


def read_scope(stash: StashClient, given: Mapping[str, Any]) -> SceneScope:
    """Return the scope in the page's argument `scope`, for the sync; a saved filter is read from Stash each time."""
    is_saved = bool(given.get("saved_filter_id"))
    scope = read_saved_scope(stash, given["saved_filter_id"]) if is_saved else read_given_scope(given)
    return scope._replace(label=(given.get("label") or scope.label)[:MAX_LABEL])


def read_saved_scope(stash: StashClient, number: int) -> SceneScope:
    """Return the scope of a saved filter, for `read_scope`."""
    saved = find_saved_filter(stash, number)
    return SceneScope(saved.where or None, text=saved.text, label=saved.name)


def read_given_scope(given: Mapping[str, Any]) -> SceneScope:
    """Return the scope of ids, a performer, a studio, a filter or a search, for `read_scope`."""
    if given.get("scene_ids") is not None:
        return SceneScope(scene_ids=tuple(given["scene_ids"]))
    if given.get("performer_id"):
        return SceneScope(with_members("performers", [given["performer_id"]]))
    if given.get("studio_id"):
        studio = str(given["studio_id"])
        return SceneScope({"studios": {"value": [studio], "modifier": "INCLUDES", "depth": -1}})
    return SceneScope(given.get("filter") or None, text=given.get("text") or "")


def list_linked(stash: StashClient, scope: SceneScope, endpoint: str) -> list[int]:
    """Return the ids of scenes in the scope that are linked to a box, oldest change first; the sync works on these."""
    if scope.scene_ids is not None and len(scope.scene_ids) <= FEW:
        rows = stash.scenes.read(scope.scene_ids, "updated_at stash_ids { endpoint stash_id }")
        linked = [each for each in rows if find_ids(rows[each]["stash_ids"], endpoint)]
        return sorted(linked, key=lambda each: str(rows[each]["updated_at"]))
    if scope.scene_ids is None and not asks_about_links(scope.where or {}):
        return stash.scenes.linked_ids(endpoint, scope.where, sort=OLDEST_CHANGE_FIRST, q=scope.text)
    chosen = stash.scenes.ids(scope.where, q=scope.text) if scope.scene_ids is None else scope.scene_ids
    wanted = frozenset(chosen)
    return [each for each in stash.scenes.linked_ids(endpoint, sort=OLDEST_CHANGE_FIRST) if each in wanted]


def count_scenes(stash: StashClient, scope: SceneScope) -> int:
    """Return the number of scenes in the scope, linked or not, for the sync's figures; 0 for the whole library."""
    if scope.is_everything:
        return 0
    return len(stash.scenes.ids(scope.where, q=scope.text) if scope.scene_ids is None else scope.scene_ids)


def merge_ids(lists: Iterable[Iterable[int]]) -> list[int]:
    """Return the scene ids of all boxes, each once, for the sync."""
    return list(dict.fromkeys(each for one in lists for each in one))

"""The sources of shelves in Stash: saved filters, studios, performers, tags, groups, and organized scenes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from plexsync.write.text_fields import fill_names
from shared.errors import UsageError
from shared.scene_scopes.saved_filters import find_saved_filter
from shared.stash.filters import Filter
from shared.stash.library import GROUP, PERFORMER, STUDIO, TAG, LibraryObjects, ObjectKind
from shared.stash.pictures import is_placeholder

if TYPE_CHECKING:
    from shared.stash import StashClient

FILTER, ORGANIZED = "filter", "organized"
MOVIE = ObjectKind("movie", "movies")  # the name of groups before Stash 0.27
# By kind: Stash's objects, the field of their picture, and the condition on scenes with what lies below the object.
OBJECTS: dict[str, tuple[ObjectKind, str, str]] = {
    "studio": (STUDIO, "image_path", "studios"),
    "performer": (PERFORMER, "image_path", "performers"),
    "tag": (TAG, "image_path", "tags"),
    "group": (GROUP, "front_image_path", "groups"),
}
KINDS = (FILTER, *OBJECTS, ORGANIZED)
TITLE_NAMES = ("name", "parent", "library")
CHOICES = 40


class ShelfSource(NamedTuple):
    """The scenes of a shelf as Stash's filter, and the name and picture of what they belong to."""

    name: str
    where: Filter
    text: str = ""
    parent: str = ""
    picture: str = ""

    def make_title(self, template: str, library: str = "") -> str:
        """Return the title of the collection in a library; empty if all that the template names is empty."""
        return fill_names(template, {"name": self.name, "parent": self.parent, "library": library})


def check_title(template: str) -> str:
    """Return the sentence that says what is wrong with a title's template; empty if nothing is."""
    rest = template
    for name in TITLE_NAMES:
        rest = rest.replace("{" + name + "}", "")
    return f"The title must only name {', '.join(TITLE_NAMES)} in braces." if "{" in rest or "}" in rest else ""


def read_source(stash: StashClient, kind: str, source_id: int) -> ShelfSource:
    """Return the source of a shelf, read from Stash; UsageError if it is gone or, for a filter, cannot be used."""
    if kind == ORGANIZED:
        return ShelfSource("Organized", {"organized": True})
    if kind == FILTER:
        saved = find_saved_filter(stash, source_id)
        return ShelfSource(saved.name, saved.where, saved.text)
    objects, picture, condition = find_objects(stash, kind)
    parent = "parent_studio { name }" if kind == "studio" else ""
    row = objects.get(source_id, f"name {picture} {parent}")
    if row is None:
        raise UsageError(f"Stash has no {kind} {source_id} any more. Choose another one, or remove the shelf.")
    address = row[picture] or ""
    return ShelfSource(
        row["name"],
        make_condition(stash, condition, source_id, is_tree=kind != "performer"),
        parent=(row.get("parent_studio") or {}).get("name", ""),
        picture="" if is_placeholder(address) else address,
    )


def find_objects(stash: StashClient, kind: str) -> tuple[LibraryObjects, str, str]:
    """Return Stash's objects of a kind of shelf source, the field of their picture, and the criterion for scenes."""
    object_kind, picture, condition = OBJECTS[kind]
    if object_kind is GROUP and not stash.capabilities().has("Query", "findGroups"):
        object_kind, condition = MOVIE, "movies"
    return LibraryObjects(stash.ask, object_kind), picture, condition


def make_condition(stash: StashClient, condition: str, source_id: int, *, is_tree: bool) -> Filter:
    """Return Stash's filter of scenes of one object; with `is_tree` also those of objects below it."""
    known = stash.capabilities()
    depth = {"depth": -1} if is_tree and condition != "movies" else {}
    if not known.has("SceneFilterType", condition):
        raise UsageError("This Stash cannot filter scenes by groups. Update Stash, or choose another source.")
    return {condition: {"value": [str(source_id)], "modifier": "INCLUDES", **depth}}


def list_sources(stash: StashClient, kind: str, text: str) -> dict[str, Any]:
    """Return the first objects of a kind whose name contains `text`, and the number of all, for the dialog."""
    objects = find_objects(stash, kind)[0]
    fields = "name disambiguation" if kind == PERFORMER.name else "name"
    page = objects.page(fields, per_page=CHOICES, sort="name", q=text)
    return {"count": page.total, "sources": [{"id": int(row["id"]), "name": name_source(row)} for row in page.rows]}


def name_source(row: Mapping[str, Any]) -> str:
    """Return the name of an object in the dialog; `list_sources` tells performers of the same name apart by it."""
    return f"{row['name']} ({row['disambiguation']})" if row.get("disambiguation") else str(row["name"])

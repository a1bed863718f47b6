"""The filters, sorts and operators of a library, which clients read before they search."""

from __future__ import annotations

from sandbox.plex.elements import Attributes, Element
from sandbox.plex.model import LibrarySection

FIELDS = {
    "title": "string",
    "studio": "string",
    "contentRating": "string",
    "year": "integer",
    "userRating": "integer",
    "addedAt": "date",
    "updatedAt": "date",
    "unmatched": "boolean",
    "duplicate": "boolean",
    "genre": "tag",
    "collection": "tag",
    "label": "tag",
    "actor": "tag",
    "director": "tag",
}
SORTS = ("titleSort", "addedAt", "updatedAt", "originallyAvailableAt", "userRating")
OPERATORS = {
    "string": {"=": "contains", "!=": "does not contain", "==": "is", "!==": "is not", "<=": "begins", ">=": "ends"},
    "integer": {"=": "is", "!=": "is not", ">>=": "is more than", "<<=": "is less than"},
    "date": {">>=": "is after", "<<=": "is before"},
    "boolean": {"=": "is true", "!=": "is false"},
    "tag": {"=": "is", "!=": "is not"},
}


def show_meta(section: LibrarySection, kind: str) -> Element:
    """Return Plex's filters, sorts and operators of one type of item, which answers to lists carry on request."""
    base = f"/library/sections/{section.id}"
    filters = [
        Element(
            "Filter", {"filter": name, "filterType": form, "key": f"{base}/{name}", "title": name, "type": "filter"}
        )
        for name, form in FIELDS.items()
    ]
    sorts = [
        Element("Sort", {"key": name, "descKey": f"{name}:desc", "defaultDirection": "asc", "title": name})
        for name in SORTS
    ]
    fields = [Element("Field", {"key": name, "title": name, "type": form}) for name, form in FIELDS.items()]
    attributes: Attributes = {
        "key": f"{base}/all?type={1 if kind == 'movie' else 18}",
        "type": kind,
        "title": kind,
        "active": True,
    }
    forms = [
        Element(
            "FieldType",
            {"type": form},
            [Element("Operator", {"key": key, "title": text}) for key, text in rows.items()],
        )
        for form, rows in OPERATORS.items()
    ]
    return Element("Meta", {}, [Element("Type", attributes, [*filters, *sorts, *fields]), *forms])

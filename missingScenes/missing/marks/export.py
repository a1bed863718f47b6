"""A list of scenes as a file: pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
COLUMNS = ("title", "date", "studio", "performers", "duration", "code", "box", "id", "url", "added_at")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render_csv(rows: Sequence[Row]) -> str:
    """For a spreadsheet; texts that one would take for a formula begin with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([flatten(row, name) for name in COLUMNS] for row in rows)
    return text.getvalue()


def render_json(rows: Sequence[Row]) -> str:
    """For programs."""
    kept = [{key: value for key, value in row.items() if key not in ("wanted", "ignored")} for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1)


def render_links(rows: Sequence[Row]) -> str:
    """One address per line."""
    return "".join(f"{row['url']}\n" for row in rows if row.get("url"))


def flatten(row: Row, name: str) -> str:
    """A cell."""
    value = row.get(name)
    if name == "studio":
        value = (value or {}).get("name")
    if name == "performers":
        value = ", ".join(str(each.get("as") or each["name"]) for each in value or ())
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


FORMATS: dict[str, tuple[str, str, Callable[[Sequence[Row]], str]]] = {
    "csv": ("csv", "text/csv", render_csv),
    "json": ("json", "application/json", render_json),
    "links": ("txt", "text/plain", render_links),
}

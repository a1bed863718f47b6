"""A list of marked scenes as a file. Pure."""

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
    """Return marked scenes as a spreadsheet for `export_marked`; a text like a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([format_cell(row, name) for name in COLUMNS] for row in rows)
    return text.getvalue()


def render_json(rows: Sequence[Row]) -> str:
    """Return marked scenes as JSON for `export_marked`."""
    kept = [{key: value for key, value in row.items() if key not in ("wanted", "ignored")} for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1)


def render_links(rows: Sequence[Row]) -> str:
    """Return the addresses of marked scenes for `export_marked`, one per line."""
    return "".join(f"{row['url']}\n" for row in rows if row.get("url"))


def format_cell(row: Row, name: str) -> str:
    """Return one value of a marked scene as the text of a spreadsheet's cell; `render_csv` calls it."""
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

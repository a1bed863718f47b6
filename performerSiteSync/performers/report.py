"""The report: how complete performers and sites are, field by field and source by source."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

from performers.answers import PERFORMER, STUDIO
from performers.identity import find_links
from performers.library import describe_row, find_shelf, select_fields
from performers.sources import read_sources
from shared.journal import Journal
from shared.standard.paging import format_time

if TYPE_CHECKING:
    from shared.call import Call

KEPT = "report"


def generate_report(call: Call) -> dict[str, Any]:
    """The task: count, and keep it for the page."""
    kinds = {kind: count_kind(call, kind) for kind in (PERFORMER, STUDIO)}
    runs = Journal(call.store).list_runs(1, page_size=10)["runs"]
    report = {"made_at": format_time(call.clock.now()), **kinds, "runs": runs}
    call.store.kv.put(KEPT, report)
    message = "; ".join(f"{kinds[kind]['linked']} of {kinds[kind]['total']} {kind}s are linked" for kind in kinds) + "."
    call.log.info(message)
    return {"message": message, "report": report}


def count_kind(call: Call, kind: str) -> dict[str, Any]:
    """Coverage of one kind; `linked` and `unlinked` add up to `total`."""
    shelf, boxes = find_shelf(call.stash, kind), read_sources(call)
    fields: Counter[str] = Counter()
    sources: Counter[str] = Counter({box.name: 0 for box in boxes})
    total = linked = 0
    for rows in shelf.stream(shelf.ids(), select_fields(call.stash, kind)):
        for row in rows:
            values = describe_row(row, kind)
            total += 1
            linked += bool(values["stash_ids"])
            fields.update({name: bool(value) for name, value in values.items()})
            sources.update(box.name for box in boxes if find_links(values["stash_ids"], box))
    return {"total": total, "linked": linked, "unlinked": total - linked, "fields": fields, "sources": sources}


def show_report(call: Call) -> dict[str, Any]:
    """The operation: the last report, as JSON or as CSV."""
    report = call.store.kv.get(KEPT)
    if report is None or call.args.get("format") != "csv":
        return {"report": report}
    return {"name": "performer-site-sync.csv", "content_type": "text/csv", "text": write_csv(report)}


def write_csv(report: dict[str, Any]) -> str:
    """One line per figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "what", "name", "count"))
    for kind in (PERFORMER, STUDIO):
        part = report[kind]
        writer.writerows((kind, "total", name, part[name]) for name in ("total", "linked", "unlinked"))
        for what in ("fields", "sources"):
            writer.writerows((kind, what, name, count) for name, count in part[what].items())
    return text.getvalue()

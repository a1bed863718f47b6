"""The report: how complete performers and studios are, by field and source."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.conversion import fit_fields
from performers.boxes.links import find_links
from performers.boxes.record_cache import RecordCache
from performers.boxes.sources import read_sources
from performers.library.entities import describe_row, read_supported_fields, select_fields, select_objects
from performers.library.kinds import PERFORMER, STUDIO
from shared.arguments import choice, takes
from shared.journal import Journal
from shared.journal.queries import list_newest_runs
from shared.page.paging import format_time
from shared.page.run_view import describe_run
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

REPORT_KEY = "report"
RUNS = 10
COUNTS = {str: float}
KIND = {
    **dict.fromkeys(("total", "linked", "unlinked"), int),
    **dict.fromkeys(("fields", "sources"), COUNTS),
    "by_source?": {str: COUNTS},
    "gaps?": {str: COUNTS},
}
REPORT = {"made_at": (str, None), "performer": KIND, "studio": KIND, "runs": [{"title": str, "totals": dict}]}
WORDS = {PERFORMER: "performers", STUDIO: "studios"}


@takes()
def generate_report(call: Call) -> dict[str, Any]:
    """Task Generate Report: count how complete the library is, store the report for the page, and return it."""
    kinds = {kind: count_kind(call, kind) for kind in (PERFORMER, STUDIO)}
    report = {"made_at": format_time(call.clock.now()), **kinds, "runs": list_runs(call)}
    call.store.kv.put(REPORT_KEY, report)
    message = (
        "; ".join(f"{kinds[kind]['linked']} of {kinds[kind]['total']} {WORDS[kind]} are linked" for kind in kinds) + "."
    )
    call.log.info(message)
    return {"message": message, "report": report}


def count_kind(call: Call, kind: str) -> dict[str, Any]:
    """Return the report's figures of one kind, for `generate_report`; `linked` and `unlinked` add up to `total`."""
    objects, boxes = select_objects(call.stash, kind), read_sources(call)
    fields: Counter[str] = Counter()
    sources: Counter[str] = Counter({box.name: 0 for box in boxes})
    gaps = Gaps(call, kind, boxes)
    total = linked = 0
    for rows in objects.stream(objects.ids(), select_fields(call.stash, kind)):
        piece = [describe_row(row, kind) for row in rows]
        gaps.count(piece)
        for values in piece:
            total += 1
            linked += bool(values["stash_ids"])
            fields.update({name: int(bool(value)) for name, value in values.items()})
            sources.update(box.name for box in boxes if find_links(values["stash_ids"], box))
    counts = {"total": total, "linked": linked, "unlinked": total - linked, "fields": fields, "sources": sources}
    return {**counts, "by_source": count_written(call, kind, boxes), "gaps": gaps.found}


class Gaps:
    """Counts empty fields for which a source's cached records have a value; no source is asked."""

    def __init__(self, call: Call, kind: str, boxes: Sequence[Box]) -> None:
        self.found: dict[str, dict[str, int]] = {}
        self._boxes = boxes
        self._answers = RecordCache(call.store, kind)
        self._supported = read_supported_fields(call.stash, kind)

    def count(self, piece: Sequence[dict[str, Any]]) -> None:
        """Add the empty fields of some library objects to the report's figures.

        `count_kind` calls it for each piece.
        """
        for box in self._boxes:
            links = [(values, pair[1]) for values in piece for pair in find_links(values["stash_ids"], box)]
            answers = self._answers.read(box.endpoint, [remote_id for _, remote_id in links])
            for values, remote_id in links:
                offered = fit_fields(answers[remote_id].values, self._supported) if remote_id in answers else {}
                for field in ("parent_id" if name == "parent" else name for name in offered):
                    if field in values and not values[field]:
                        by_box = self.found.setdefault(field, {})
                        by_box[box.name] = by_box.get(box.name, 0) + 1


def count_written(call: Call, kind: str, boxes: Sequence[Box]) -> dict[str, dict[str, int]]:
    """Return the number of values that syncs wrote, by field and source, for the report."""
    names = {box.endpoint: box.name for box in boxes}
    found: dict[str, dict[str, int]] = {}
    query = "SELECT field, source, count(DISTINCT item) AS n FROM written WHERE kind = ? GROUP BY field, source"
    for row in call.store.read(query, (kind,)):
        if row["source"] in names:
            found.setdefault(row["field"], {})[names[row["source"]]] = row["n"]
    return found


def list_runs(call: Call) -> list[dict[str, Any]]:
    """Return the newest runs with their totals, for the report."""
    journal = Journal(call.store)
    return [describe_run(journal, run_id) for run_id in list_newest_runs(journal, RUNS)]


@takes(choice("format", ("csv",), ""))
def show_report(call: Call) -> dict[str, Any]:
    """Operation `report`: return the last report, as JSON or as CSV."""
    report = call.store.kv.get(REPORT_KEY, REPORT)
    if report is None or call.args["format"] != "csv":
        return {"report": report}
    return {"name": "performer-site-sync.csv", "content_type": "text/csv", "text": write_csv(report)}


def write_csv(report: dict[str, Any]) -> str:
    """Return the report as CSV, one line per figure, for `show_report`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "what", "name", "count"))
    for kind in (PERFORMER, STUDIO):
        part = report[kind]
        writer.writerows((kind, "total", name, part[name]) for name in ("total", "linked", "unlinked"))
        for what in ("fields", "sources"):
            writer.writerows((kind, what, name, count) for name, count in part[what].items())
        written = part.get("by_source", {}).items()
        writer.writerows((kind, field, box, count) for field, boxes in written for box, count in boxes.items())
        gaps = part.get("gaps", {}).items()
        writer.writerows((kind, f"gap {field}", box, count) for field, boxes in gaps for box, count in boxes.items())
    totals = ((run["title"], *total) for run in report["runs"] for total in run["totals"].items())
    writer.writerows(("run", *total) for total in totals)
    return text.getvalue()

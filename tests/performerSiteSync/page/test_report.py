"""The report: how complete the library is, by field and source."""

from __future__ import annotations

from tests.performerSiteSync.conftest import Bench


def test_the_report_adds_up_and_is_available_as_csv(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira"), country="NO")
    bench.stock.add_performer("Nell")
    part = bench.task("generate_report")["report"]["performer"]
    assert (part["total"], part["linked"], part["unlinked"]) == (2, 1, 1)
    assert (part["fields"]["country"], part["sources"]["StashDB"]) == (1, 1)
    assert "performer,fields,country,1" in bench.operate("report", format="csv")["text"]


def test_the_report_counts_written_values_by_source(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    report = bench.task("generate_report")["report"]
    assert report["performer"]["by_source"]["country"] == {"StashDB": 1}
    totals = report["runs"][0]["totals"]
    assert totals["seen"] == sum(totals[name] for name in ("changed", "unchanged", "skipped", "conflict", "failed"))


def test_the_report_counts_empty_fields_that_sources_could_fill(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", country="NO", eye_color="BLUE"), country="SE")
    bench.own_studio(bench.world.add_studio("Site", parent=bench.world.add_studio("Network")))
    bench.sync(dry_run=True)
    bench.task("update_studios")
    report = bench.task("generate_report")["report"]
    assert report["performer"]["gaps"] == {"eye_color": {"StashDB": 1}}
    assert report["studio"]["gaps"] == {"parent_id": {"StashDB": 1}}
    lines = bench.operate("report", format="csv")["text"].splitlines()
    assert {"performer,gap eye_color,StashDB,1", "run,Update studios,unchanged,1"} <= set(lines)

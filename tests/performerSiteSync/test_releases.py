"""Stash releases differ in their fields: each gets the fields that introspection finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox.stashbox.model import SiteLink
from sandbox.stashbox.server import StashBox
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench

CAREER = {"career_length": "2010 - 2014"}
DATES = {"career_start": "2010", "career_end": "2014"}
URL, URLS = {"url": "https://a.example/mira"}, {"urls": ["https://a.example/mira"]}


def make_link(bench: Bench) -> SiteLink:
    """Return a URL of a performer at the box, as its model takes it."""
    return SiteLink("https://a.example/mira", bench.world.add_site("A").id)


@pytest.fixture
def open_bench(folder: Path, box: StashBox) -> Iterator[Callable[[str], Bench]]:
    """Return a bench with a Stash of the given release."""
    with ExitStack() as stack:
        yield lambda profile: Bench(stack.enter_context(install_plugin(folder, profile=profile)), box)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("0.25", {**CAREER, **URL}),
        ("0.28", {**CAREER, **URLS}),
        ("0.30", {**CAREER, **URLS, "birthdate": "1998"}),
        ("0.31", {**DATES, **URLS, "birthdate": "1998"}),
    ],
)
def test_a_performer_gets_the_fields_of_the_release(
    open_bench: Callable[[str], Bench], profile: str, expected: dict[str, object]
) -> None:
    bench = open_bench(profile)
    links = [make_link(bench)]
    career = {"career_start_year": 2010, "career_end_year": 2014}
    number = bench.own(bench.world.add_performer("Mira", birth_date="1998", links=links, **career))
    run = bench.sync()["run"]
    assert bench.writes() == [{"id": str(number), **expected}]
    bench.undo(run["run_id"])
    assert bench.stash.performers.get(number, " ".join(expected)) is not None


@pytest.mark.parametrize(("profile", "expected"), [("0.25", URL), ("0.28", URL), ("0.30", URLS), ("0.31", URLS)])
def test_a_site_gets_the_fields_of_the_release(
    open_bench: Callable[[str], Bench], profile: str, expected: dict[str, object]
) -> None:
    bench = open_bench(profile)
    links = [make_link(bench)]
    number = bench.own_studio(bench.world.add_studio("Site", links=links))
    bench.task("update_studios")
    assert bench.writes() == [{"id": str(number), **expected}]

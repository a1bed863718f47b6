"""Odd addresses and endless names of a box do not get into Stash, and the run says so."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from sandbox.stashbox.model import SiteLink
from shared.errors import GraphQLFailed
from tests.performerSiteSync.conftest import Bench

ENDLESS = "x" * 100_000


def test_odd_values_are_left_out_with_a_remark(bench: Bench) -> None:
    site = bench.world.add_site("Home")
    links = [SiteLink(url, site.id) for url in ("javascript:alert(1)", "https://ann.example/", "data:text/html,x")]
    number = bench.own(bench.world.add_performer("Ann", aliases=[ENDLESS, "Annie"], links=links, country="NO"))
    run = bench.sync()["run"]
    now = bench.show(number)
    assert (now["urls"], now["alias_list"], now["country"]) == (["https://ann.example/"], ["Annie"], "NO")
    messages = bench.find_messages(run)
    assert "Left out of the record at StashDB" in messages
    assert '"javascript:alert(1)", which is no web address' in messages
    assert "100,000 characters" in messages


def test_a_name_of_endless_length_stays_out(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer(ENDLESS, country="NO"), name="Ann")
    bench.sync()
    now = bench.show(number)
    assert (now["name"], now["alias_list"], now["country"]) == ("Ann", [], "NO")


@pytest.mark.parametrize(
    ("table", "column"), [("answers", "body"), ("written", "value"), ("seen", "fields"), ("conflicts", "body")]
)
def test_rows_of_the_state_file_that_cannot_be_read_are_set_aside(bench: Bench, table: str, column: str) -> None:
    mira = bench.world.add_performer("Mira", country="NO")
    number = bench.own(mira)
    bench.own(mira, disambiguation="again")
    bench.sync()
    with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db, db:
        db.execute(f"UPDATE {table} SET {column} = '{{'")
    said = ""
    try:
        bench.operate("conflicts")
    except GraphQLFailed as error:
        said = str(error)
    bench.plugin.run_task("update_performers")
    said += str(bench.plugin.stash.services.logbook.messages())
    assert f"A row of the table {table} in the state file could not be read" in said
    assert "bug of its own" not in said
    assert bench.sync()["state"] in ("finished", "partial")
    assert bench.operate("conflicts")["conflicts"] is not None
    assert bench.show(number)["country"] == "NO"

"""After a loss of the state file: fields that a person may have cleared stay empty until the person decides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from performers.schema import MIGRATIONS
from performers.sync.provenance import LossOfState

from shared.stash.filters import parse_time
from shared.state.store import LOSS, Store
from tests.performerSiteSync.conftest import Bench


@pytest.fixture
def number(bench: Bench) -> int:
    """Return a performer whose country and alias a sync filled and a person removed, before the state was lost."""
    mira = bench.world.add_performer("Mira", country="NO", eye_color="BLUE", aliases=["Em", "Moss"])
    number = bench.own(mira)
    bench.sync()
    bench.stash.performers.update(number, {"country": "", "alias_list": ["Em"]})
    lose_state(bench)
    bench.operate("overview")
    bench.world.change(mira, hair_color="RED")
    return number


def lose_state(bench: Bench) -> None:
    """Remove the plugin's state file and its copies."""
    for path in bench.plugin.state_dir.glob("state.sqlite3*"):
        if not path.name.endswith(".lock"):
            path.unlink()
    shutil.rmtree(bench.plugin.state_dir / "backups", ignore_errors=True)


def show(bench: Bench, number: int) -> tuple[str, str, list[str]]:
    """Return country, hair color and aliases of a performer."""
    row = bench.show(number)
    return row["country"] or "", row["hair_color"] or "", row["alias_list"]


def test_cleared_fields_are_not_filled_again_and_the_run_says_so(bench: Bench, number: int) -> None:
    new = bench.own(bench.world.add_performer("Nell", country="SE"), created_at="2099-01-01T00:00:00Z")
    run = bench.sync(fresh=True)["run"]
    assert (show(bench, number), bench.show(new)["country"]) == (("", "", ["Em"]), "SE")
    assert "the state file was lost" in bench.find_messages(run)
    assert bench.operate("overview")["attention"]["lost"] == 1
    assert bench.locks(number)["country"] == "lost"
    bench.sync()
    assert show(bench, number) == ("", "", ["Em"])


def test_a_person_may_let_the_fields_be_filled_in(bench: Bench, number: int) -> None:
    bench.sync(fresh=True)
    assert (
        bench.operate("loss_settle", decision="fill")["message"]
        == "The next update fills in 1 performer, site or scene again."
    )
    bench.sync()
    assert (show(bench, number), bench.operate("overview")["attention"]["lost"]) == (("NO", "Red", ["Em", "Moss"]), 0)


def test_a_person_may_keep_the_fields_as_they_are(bench: Bench, number: int) -> None:
    bench.sync(fresh=True)
    bench.operate("loss_settle", decision="keep")
    bench.sync()
    assert (show(bench, number), bench.operate("overview")["attention"]["lost"]) == (("", "", ["Em"]), 0)
    assert bench.locks(number)["country"] == "hand"


@pytest.mark.parametrize(
    ("created", "updated", "is_doubtful"),
    [
        ("2026-01-01T09:00:00Z", "2026-01-01T11:00:00Z", True),
        ("2026-01-01T09:00:00Z", "2026-01-01T09:30:00Z", False),
        ("2026-01-01T14:00:00+02:00", "2026-01-01T16:00:00+02:00", False),
    ],
    ids=["changed after the copy", "not changed since the copy", "created after the loss"],
)
def test_with_a_copy_only_what_changed_since_is_in_doubt(
    tmp_path: Path, created: str, updated: str, is_doubtful: bool
) -> None:
    store = Store(str(tmp_path / "state.sqlite3"), MIGRATIONS)
    store.kv.put(LOSS, {"at": parse_time("2026-01-01T11:30:00Z").timestamp(), "copy": "2026-01-01 10:00 UTC"})
    rows = [{"id": "7", "created_at": created, "updated_at": updated}]
    assert (LossOfState(store).find_doubtful("performer", rows) == {7}) is is_doubtful

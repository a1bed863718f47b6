"""Packages are installed, updated and uninstalled by the rules of Stash's own manager."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.messages import HttpRequest, Response
from sandbox.serving import HttpServer
from sandbox.stash.jobs import Job
from tests.harness.sandbox import RunningStash

MANY = "mutation($it: [PackageSpecInput!]!) {{ {}(type: Plugin, packages: $it) }}"
SET_SOURCE = """mutation($url: String!) {
  configureGeneral(input: {pluginPackageSources: [{name: "Hills", url: $url, local_path: "hills"}]}) { __typename }
}"""
AVAILABLE = """query($url: String!) { availablePackages(type: Plugin, source: $url) {
  package_id version date metadata requires { package_id }
} }"""
INSTALLED = "{ installedPackages(type: Plugin) { package_id version date source_package { date } } }"
FIRST, LATER = "2024-05-01 10:00:00", "2024-05-02 10:00:00"
FILES = {"walk.yml": "name: Walk\nversion: 1\n", "main.py": "1", "deep/more.py": "2"}


class Shop:
    """A package source whose index can be changed."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.changed = datetime(2024, 1, 1, tzinfo=timezone.utc)
        self.server = HttpServer("Shop", self.answer)

    @property
    def url(self) -> str:
        return f"{self.server.url}/index.yml"

    def answer(self, request: HttpRequest) -> Response:
        name = request.path.strip("/")
        if name not in self.files:
            return Response(404)
        return Response(200, self.files[name], (("Last-Modified", format_datetime(self.changed, usegmt=True)),))

    def offer(self, *entries: dict[str, Any] | str) -> None:
        """Set a new index from entries, or from text that is served unchanged."""
        self.changed += timedelta(seconds=1)
        parts = [entry if isinstance(entry, str) else yaml.safe_dump([entry]) for entry in entries]
        self.files["index.yml"] = "".join(parts).encode()

    def pack(self, date: str = FIRST, files: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
        """Return the index entry of a new zip."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, text in (FILES if files is None else files).items():
                archive.writestr(name, text)
        name = f"walk-{len(self.files)}.zip"
        self.files[name] = content.getvalue()
        digest = hashlib.sha256(content.getvalue()).hexdigest()
        return {"id": "walk", "name": "Walk", "version": "1", "date": date, "path": name, "sha256": digest, **changes}


@pytest.fixture
def shop(stash: RunningStash) -> Iterator[Shop]:
    """A source that Stash knows, with one package."""
    shop = Shop()
    shop.offer(shop.pack())
    with shop.server:
        stash.ask(SET_SOURCE, url=shop.url)
        yield shop


@pytest.fixture
def folder(stash: RunningStash) -> Path:
    """The folder of the installed package."""
    return stash.double.plugins_dir / "hills" / "walk"


def change(stash: RunningStash, what: str, shop: Shop, *packages: str) -> Job:
    """Run a package job to its end."""
    wanted = [{"id": package, "sourceURL": shop.url} for package in packages or ("walk",)]
    return stash.jobs.wait_for(int(stash.ask(MANY.format(what), it=wanted)))


def list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_installed_package_is_a_plugin_with_a_record(stash: RunningStash, shop: Shop, folder: Path) -> None:
    assert change(stash, "installPackages", shop).status == "FINISHED"
    assert list_files(folder) == {*FILES, "manifest"}
    record = yaml.safe_load((folder / "manifest").read_text())
    assert (record["files"], record["source_repository"]) == (list(FILES), shop.url)
    assert stash.ask("{ plugins { id } }") == [{"id": "walk"}]


@pytest.mark.parametrize(("date", "is_offered"), [(LATER, True), (FIRST, False)])
def test_an_update_is_offered_by_its_date(date: str, is_offered: bool, stash: RunningStash, shop: Shop) -> None:
    change(stash, "installPackages", shop)
    shop.offer(shop.pack(date, version="0.1"))
    found = stash.ask(INSTALLED)[0]
    assert (found["source_package"]["date"] > found["date"]) is is_offered


def test_an_update_keeps_only_what_the_plugin_made_itself(stash: RunningStash, shop: Shop, folder: Path) -> None:
    change(stash, "installPackages", shop)
    (folder / "state.json").write_text("{}")
    (folder / "main.py").write_text("edited")
    shop.offer(shop.pack(LATER, {"walk.yml": "name: Walk\nversion: 2\n", "main.py": "3"}, version="2"))
    change(stash, "updatePackages", shop)
    assert list_files(folder) == {"walk.yml", "main.py", "manifest", "state.json"}
    assert (folder / "main.py").read_text() == "3"


def test_uninstalling_leaves_what_the_plugin_made_itself(stash: RunningStash, shop: Shop, folder: Path) -> None:
    change(stash, "installPackages", shop)
    (folder / "state.json").write_text("{}")
    change(stash, "uninstallPackages", shop)
    assert list_files(folder) == {"state.json"}
    assert stash.ask("{ plugins { id } }") is None


def test_a_package_without_folders_of_its_own_leaves_nothing(stash: RunningStash, shop: Shop, folder: Path) -> None:
    shop.offer(shop.pack(files={"walk.yml": "name: Walk"}))
    change(stash, "installPackages", shop)
    change(stash, "uninstallPackages", shop)
    assert not folder.exists()


BROKEN = [
    ({"sha256": "0" * 64}, "does not match expected SHA256"),
    ({"path": "missing.zip"}, "failed to get package file: failed to get remote file: 404"),
    ({"path": "file:///etc/hosts"}, "is invalid for a remotely hosted package list"),
    ({"path": "index.yml", "sha256": None}, "does not match expected SHA256"),
]


@pytest.mark.parametrize(("entry", "reason"), BROKEN)
def test_a_bad_package_is_logged_and_the_old_one_stays(
    entry: dict[str, Any], reason: str, stash: RunningStash, shop: Shop, folder: Path
) -> None:
    change(stash, "installPackages", shop)
    shop.offer(shop.pack(LATER, **entry))
    assert change(stash, "updatePackages", shop).status == "FINISHED"
    assert any(reason in line for line in stash.log("error"))
    assert list_files(folder) == {*FILES, "manifest"}


def test_an_unknown_package_fails_the_job_without_a_word(stash: RunningStash, shop: Shop) -> None:
    job = change(stash, "installPackages", shop, "nobody")
    assert (job.status, job.error) == ("FAILED", None)


def test_nothing_is_written_outside_of_the_package(stash: RunningStash, shop: Shop, folder: Path) -> None:
    shop.offer(shop.pack(files={"../evil.txt": "x"}))
    change(stash, "installPackages", shop)
    assert not (folder.parent / "evil.txt").exists()


@pytest.mark.parametrize("date", ["2024-05-01T10:00:00Z", "2024-05-01", "1.5.2024 10:00:00", "2024-13-01 10:00:00"])
def test_one_odd_date_makes_the_whole_index_unreadable(date: str, stash: RunningStash, shop: Shop) -> None:
    shop.offer(shop.pack(), shop.pack(date, id="other"))
    assert "reading package list: parsing time" in stash.refusals(AVAILABLE, url=shop.url)[0]


def test_an_offer_shows_what_it_says(stash: RunningStash, shop: Shop) -> None:
    more: dict[str, Any] = {
        "requires": ["other", "nobody"],
        "metadata": {"description": "Hills", "height": 5},
        "unknown": 1,
    }
    shop.offer(shop.pack("2024-05-01 10:00:00 +0200", **more), shop.pack(id="other", version="1.0"))
    shown = {each["package_id"]: each for each in stash.ask(AVAILABLE, url=shop.url)}
    assert shown["walk"]["date"] == "2024-05-01T08:00:00Z"
    assert shown["walk"]["metadata"] == {"description": "Hills", "height": 5}
    assert shown["walk"]["requires"] == [{"package_id": "other"}]


def test_the_newest_of_two_offers_counts(stash: RunningStash, shop: Shop) -> None:
    shop.offer(shop.pack(LATER, version="2"), shop.pack(FIRST, version="1"))
    assert [each["version"] for each in stash.ask(AVAILABLE, url=shop.url)] == ["2"]


def test_an_index_is_read_again_only_when_it_is_younger(stash: RunningStash, shop: Shop) -> None:
    stash.ask(AVAILABLE, url=shop.url)
    now, shop.changed = shop.changed, shop.changed - timedelta(seconds=2)
    shop.offer()
    assert len(stash.ask(AVAILABLE, url=shop.url)) == 1
    shop.changed = now + timedelta(seconds=1)
    assert stash.ask(AVAILABLE, url=shop.url) == []


def test_updating_without_names_takes_what_is_newer(stash: RunningStash, shop: Shop) -> None:
    change(stash, "installPackages", shop)
    shop.offer(shop.pack(LATER, version="2"))
    stash.jobs.wait_for(int(stash.ask("mutation { updatePackages(type: Plugin) }")))
    assert [each["version"] for each in stash.ask(INSTALLED)] == ["2"]


def test_a_source_that_is_gone_offers_nothing_for_what_is_installed(stash: RunningStash, shop: Shop) -> None:
    change(stash, "installPackages", shop)
    shop.server.take_down()
    assert [each["source_package"] for each in stash.ask(INSTALLED)] == [None]
    assert "connection refused" in stash.refusals(AVAILABLE, url=shop.url)[0]


def test_packages_of_a_forgotten_source_are_not_seen_but_run(stash: RunningStash, shop: Shop) -> None:
    change(stash, "installPackages", shop)
    stash.ask("mutation { configureGeneral(input: {pluginPackageSources: []}) { __typename } }")
    assert (stash.ask(INSTALLED), stash.ask("{ plugins { id } }")) == ([], [{"id": "walk"}])


def test_one_unreadable_record_hides_all_packages(stash: RunningStash, shop: Shop, folder: Path) -> None:
    change(stash, "installPackages", shop)
    (folder / "manifest").write_text("a: [")
    assert stash.refusals(INSTALLED)[0].startswith("listing local packages: reading manifest file")

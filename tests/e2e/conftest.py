"""The Stash that the end-to-end tests run against: `./dev e2e` names a real one, otherwise it is the sandbox's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.building import make_packages, write_dist
from scripts.serving import SourceServer, plugin_source
from tests.e2e.stash import PackageManager, StashUnderTest

SOURCES = """mutation($sources: [PackageSourceInput!]) {
  configureGeneral(input: {pluginPackageSources: $sources}) { __typename }
}"""


@pytest.fixture(scope="session")
def stash() -> Iterator[StashUnderTest]:
    """A running Stash."""
    url = os.environ.get("E2E_STASH")
    if not url:
        pytest.skip("the sandbox is not there yet")
    yield StashUnderTest(url, os.environ.get("E2E_API_KEY", ""))


@pytest.fixture
def source(tmp_path: Path) -> Iterator[SourceServer]:
    """Our built plugins as a plugin source."""
    write_dist(make_packages(), tmp_path, known=[])
    with plugin_source(tmp_path) as server:
        yield server


@pytest.fixture
def manager(stash: StashUnderTest, source: SourceServer) -> Iterator[PackageManager]:
    """Stash's package manager, knowing our source; in the end what is installed is removed and the sources are put back."""
    fields = "{ configuration { general { pluginPackageSources { name url local_path } } } }"
    before = stash.ask(fields)["configuration"]["general"]["pluginPackageSources"]
    stash.ask(SOURCES, sources=[*before, {"name": "Bundle under test", "url": source.url, "local_path": "under-test"}])
    manager = PackageManager(stash, source.url)
    yield manager
    manager.uninstall(*manager.installed())
    stash.ask(SOURCES, sources=before)

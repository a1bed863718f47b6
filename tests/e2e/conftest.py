"""The Stash that the end-to-end tests run against: `./dev e2e` names a real one, otherwise it is the sandbox's."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sandbox.stash.server import SandboxStash, StashOptions
from scripts.commands.build import write_dist
from scripts.commands.serve import SourceServer, plugin_source
from scripts.release.packages import Package
from tests.e2e.stash import PackageManager, StashUnderTest, read_release
from tests.harness.installed import leave_unmeasured

FOLDER = "bundle-under-test"
SOURCES = """mutation($sources: [PackageSourceInput!]) {
  configureGeneral(input: {pluginPackageSources: $sources}) { __typename }
}"""


@pytest.fixture(scope="session")
def stash() -> Iterator[StashUnderTest]:
    """A running Stash; a real one is left with what it had."""
    url = os.environ.get("E2E_STASH")
    if url:
        real = StashUnderTest(url, os.environ.get("E2E_API_KEY", ""))
        before = real.contents()
        yield real
        real.remove_all_but(before)
        return
    with SandboxStash(StashOptions(environment=leave_unmeasured(StashOptions().environment))) as double:
        yield StashUnderTest(double.url)


@pytest.fixture(scope="module", autouse=True)
def leaves_nothing(stash: StashUnderTest) -> Iterator[None]:
    """Remove what the tests of a module made: a drain of the next one would work on it, too."""
    before = stash.contents()
    yield
    stash.remove_all_but(before)


@pytest.fixture(autouse=True)
def has_release(request: pytest.FixtureRequest, stash: StashUnderTest) -> None:
    """Skip a test that is marked with a later release than that of the Stash under test."""
    marker = request.node.get_closest_marker("since")
    if marker is not None and stash.release < read_release(marker.args[0]):
        pytest.skip(f"needs Stash {marker.args[0]}")


@pytest.fixture
def source(packages: dict[str, Package], tmp_path: Path) -> Iterator[SourceServer]:
    """Our built plugins as a plugin source."""
    with offering(packages, tmp_path) as server:
        yield server


@pytest.fixture
def manager(stash: StashUnderTest, source: SourceServer) -> Iterator[PackageManager]:
    """Stash's package manager, knowing our source."""
    with managing(stash, source) as manager:
        yield manager


@pytest.fixture(scope="module")
def stash_with_plugins(
    stash: StashUnderTest, packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StashUnderTest]:
    """Stash with all plugins installed, for the tests of a module."""
    with offering(packages, tmp_path_factory.mktemp("source")) as source, managing(stash, source) as manager:
        manager.install(*manager.available())
        yield stash


@contextlib.contextmanager
def offering(packages: Mapping[str, Package], folder: Path) -> Iterator[SourceServer]:
    """The built plugins, offered from a folder."""
    write_dist(list(packages.values()), folder, known=[])
    with plugin_source(folder) as server:
        yield server


@contextlib.contextmanager
def managing(stash: StashUnderTest, source: SourceServer) -> Iterator[PackageManager]:
    """The package manager with the source; in the end all is as it was before."""
    fields = "{ configuration { general { pluginsPath pluginPackageSources { name url local_path } } } }"
    general = stash.ask(fields)["configuration"]["general"]
    before, folder = general["pluginPackageSources"], Path(general["pluginsPath"], FOLDER)
    stash.ask(SOURCES, sources=[*before, {"name": "Bundle under test", "url": source.url, "local_path": FOLDER}])
    manager = PackageManager(stash, source.url)
    try:
        yield manager
    finally:
        manager.uninstall(*manager.installed())
        stash.ask(SOURCES, sources=before)
        shutil.rmtree(folder, ignore_errors=True)

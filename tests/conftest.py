"""Fixtures of tests in several folders."""

from __future__ import annotations

import functools
import gc
import http.client  # noqa: F401 -- whole, for the doubles; see shared/http/wire/http_client.py
import os
import random
import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from scripts.commands.build import make_packages
from scripts.measure.coverage import RECORDS_VARIABLE
from scripts.release.packages import Package
from shared.runtime.redact import SECRETS
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import ROOT, assemble
from tests.harness.once import make_once

TESTS = ROOT / "tests"
# Their plugin processes repeat calls that tests of the plugins measure.
UNMEASURED = (
    "browser/",
    "contracts/",
    "missingScenes/test_profiles.py",
    "release/",
    "stash2plex/queue/test_durability.py",
    "tagManager/test_profiles.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer two ways to run the tests closer to a real installation, which take longer, and another order."""
    parser.addoption("--zips", action="store_true", help="run the plugins of dist/*.zip, not those of the checkout")
    parser.addoption("--started", action="store_true", help="start Python for each call of a plugin, as Stash does")
    parser.addoption("--random-order", type=int, metavar="SEED", help="shuffle the files, and the tests in each file")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how plugins are started.

    Their Python keeps what it has compiled, as under Stash: whether it finds that must not depend on earlier tests.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    FORK_SERVERS.is_used = not config.getoption("started")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep thousands of tests out of the garbage collections, which would look through all of them again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the tests if that is wished; each worker of xdist gets the same order from the seed."""
    seed = config.getoption("random_order")
    if seed is not None:
        items[:] = shuffle_tests(items, seed)


def shuffle_tests(items: Sequence[pytest.Item], seed: int) -> list[pytest.Item]:
    """Return the tests with their files in another order, and those of a file, too, but still side by side."""
    chance = random.Random(seed)
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    groups = list(files.values())
    chance.shuffle(groups)
    for group in groups:
        chance.shuffle(group)
    return [item for group in groups for item in group]


@pytest.fixture(autouse=True)
def unmeasured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave coverage out of the plugin processes of some tests, which start Python for each call."""
    if request.path.relative_to(TESTS).as_posix().startswith(UNMEASURED):
        monkeypatch.delenv(RECORDS_VARIABLE, raising=False)


@pytest.fixture(autouse=True)
def forgets_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin without the secrets of other tests, as a process of a plugin does."""
    monkeypatch.setattr(SECRETS, "_values", set())


@pytest.fixture(scope="session")
def assembled(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Callable[[str], Path]:
    """A function that returns a plugin's folder as in its zip; all tests of a worker share it, compiled once."""
    make = unpack if pytestconfig.getoption("zips") else assemble
    return functools.lru_cache(None)(
        lambda plugin_id: make(ROOT / plugin_id, tmp_path_factory.mktemp("built") / plugin_id)
    )


def unpack(source: Path, target: Path) -> Path:
    """Unpack a plugin's built zip into a folder and return the folder."""
    with zipfile.ZipFile(ROOT / "dist" / f"{source.name}.zip") as archive:
        archive.extractall(target)
    return target


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """The built packages by plugin."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # the workers' folders are in one
    return {package.id: package for package in make_once(folder, "packages", make_packages)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of the session."""
    from tests.harness.browser import start_chromium  # late: most tests need no browser

    with start_chromium() as browser:
        yield browser


@pytest.fixture
def other() -> Iterator[Any]:
    """A second stash-box, for tests with a plugin's bench."""
    from tests.harness.bench import open_box  # late: most tests need no stash-box

    with open_box("other") as box:
        yield box


def pytest_sessionfinish() -> None:
    """End the processes that the tests of this session have shared."""
    FORK_SERVERS.close()

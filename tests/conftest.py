"""Fixtures of tests in several folders, and coverage kept at the end of a session."""

from __future__ import annotations

import functools
import os
import random
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import coverage
import pytest

from scripts.commands.build import make_packages
from scripts.measure.coverage import record_instead
from scripts.release.packages import Package
from shared.runtime.redact import SECRETS
from tests.harness.forks import FORK_SERVERS
from tests.harness.installed import MEASURING, ROOT, assemble

TESTS = ROOT / "tests"
# Their plugin processes repeat calls that tests of the plugins measure, or are killed before they could be measured.
UNMEASURED = (
    "browser/",
    "contracts/",
    "missingScenes/test_profiles.py",
    "release/",
    "stash2plex/queue/test_durability.py",
    "tagManager/test_profiles.py",
)
# Where our code runs in plugin processes: what the doubles do in threads of the tests, those in sandbox/ measure.
DOUBLES_UNMEASURED = ("contracts/", "missingScenes/", "performerSiteSync/", "release/", "stash2plex/", "tagManager/")
# Nothing of these tests' own process is measured: they watch programs from outside.
TESTS_UNMEASURED = ("browser/", "e2e/")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer two ways to run the tests closer to a real installation, which take longer, and another order."""
    parser.addoption("--zips", action="store_true", help="run the plugins of dist/*.zip, not those of the checkout")
    parser.addoption("--started", action="store_true", help="start Python for each call of a plugin, as Stash does")
    parser.addoption("--random-order", type=int, metavar="SEED", help="shuffle the files, and the tests in each file")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how plugins are started, and let the processes that a worker's tests start record their lines.

    Their Python keeps what it has compiled, as under Stash: whether it finds that must not depend on earlier tests.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    FORK_SERVERS.is_used = not config.getoption("started")
    if hasattr(config, "workerinput"):
        record_instead(os.environ)


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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure less of some tests: tracing nearly doubles the CPU time of a process."""
    place = item.path.relative_to(TESTS).as_posix()
    measuring = coverage.Coverage.current()
    if measuring is not None and place.startswith(TESTS_UNMEASURED):
        measuring.stop()
        yield
        measuring.start()
    elif measuring is not None and place.startswith(DOUBLES_UNMEASURED):
        trace, trace_threads = threading.gettrace(), cast("Callable[[Any], None]", threading.settrace)
        trace_threads(None)
        yield
        trace_threads(trace)
    else:
        yield


@pytest.fixture(autouse=True)
def unmeasured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave coverage out of the plugin processes of some tests: it costs more than most of these processes do."""
    if request.path.relative_to(TESTS).as_posix().startswith(UNMEASURED):
        for name in MEASURING:
            monkeypatch.delenv(name, raising=False)


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
def packages() -> dict[str, Package]:
    """The built packages by plugin."""
    return {package.id: package for package in make_packages()}


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
    """Keep what was measured now: a worker that takes its time to end is killed by xdist."""
    FORK_SERVERS.close()
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.save()

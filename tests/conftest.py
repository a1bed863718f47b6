"""Fixtures of tests in several folders, and coverage kept at the end of a session."""

from __future__ import annotations

import functools
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

from scripts.measure.coverage import record_instead
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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--zips`: the tests then run the plugins that `./dev build` has put into `dist/`, as users get them."""
    parser.addoption("--zips", action="store_true", help="run the plugins of dist/*.zip, not those of the checkout")


def pytest_configure(config: pytest.Config) -> None:
    """Let the processes that a worker's tests start record their lines themselves."""
    if hasattr(config, "workerinput"):
        record_instead(os.environ)


@pytest.fixture(autouse=True)
def unmeasured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave coverage out of the plugin processes of some tests: it costs more than most of these processes do."""
    if request.path.relative_to(TESTS).as_posix().startswith(UNMEASURED):
        for name in MEASURING:
            monkeypatch.delenv(name, raising=False)


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
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.save()

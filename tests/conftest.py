"""Fixtures of tests in several folders, and coverage kept at the end of a session."""

from __future__ import annotations

import functools
import os
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
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that returns a plugin's folder as in its zip; all tests of a worker share it, compiled once."""
    return functools.lru_cache(None)(
        lambda plugin_id: assemble(ROOT / plugin_id, tmp_path_factory.mktemp("built") / plugin_id)
    )


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

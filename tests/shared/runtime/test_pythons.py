"""The runtime on the oldest and the newest Python this machine has, with nothing installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from shared.runtime.deps import PACKAGES
from tests.harness.installed import assemble
from tests.harness.process import Outcome, document, operation, run_plugin, task
from tests.release.conftest import PYTHONS
from tests.shared.conftest import SAMPLE


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plugin with packages of its own, which are empty."""
    folder = assemble(SAMPLE.parent, tmp_path_factory.mktemp("released") / "samplePlugin")
    for name in PACKAGES:
        (folder / "vendor" / name).mkdir(parents=True)
        (folder / "vendor" / name / "__init__.py").touch()
    return folder / "sample_plugin.py"


RunOn = Callable[..., Outcome]


@pytest.fixture(params=PYTHONS)
def run(request: pytest.FixtureRequest, released: Path, tmp_path: Path) -> RunOn:
    """Runs the sample plugin with these arguments, or these bytes, on one Python after the other."""

    def run_it(args: Mapping[str, Any] | bytes) -> Outcome:
        sent = args if isinstance(args, bytes) else document(args, state=tmp_path)
        return run_plugin(released, sent, python=PYTHONS[request.param], options=["-I", "-S"])

    return run_it


def test_an_operation_answers(run: RunOn) -> None:
    assert run(operation("echo", text="ü")).output == {"operation": "echo", "text": "ü"}


def test_a_task_reports_progress(run: RunOn) -> None:
    assert run(task("count")).progress[-1] == 1.0


@pytest.mark.parametrize("name", ["break_down", "answer_nan", "leave", "fail_with_secret"])
def test_a_failure_is_a_sentence(run: RunOn, name: str) -> None:
    assert "met a bug of its own" in str(run(operation(name)).error)


@pytest.mark.parametrize("sent", [b"", b'{"args": ', b"{} {}", b"[" * 100_000])
def test_bad_input_is_explained(run: RunOn, sent: bytes) -> None:
    assert "input" in str(run(sent).error)


def test_prints_do_not_reach_the_document(run: RunOn) -> None:
    assert run(operation("print_everywhere")).document == {"output": "clean"}

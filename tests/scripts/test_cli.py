"""./dev from outside: what a person sees who types something wrong or has something missing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.cli import COMMANDS, main
from scripts.places import ROOT
from tests.scripts.conftest import RunDev


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    printed = capsys.readouterr().out
    assert [name for name in COMMANDS if f"./dev {name} " not in printed] == []


def test_no_word_is_a_failure_that_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "./dev test" in capsys.readouterr().out


def test_output_that_cannot_carry_a_letter_is_no_failure() -> None:
    code = "from scripts.cli import main; from scripts.console import say; main(['help']); say('Settings → Plugins …')"
    limited = {**os.environ, "PYTHONIOENCODING": "cp437"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=limited, capture_output=True, check=False)
    assert (done.returncode, b"Settings ? Plugins" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["dmeo"], "dev: there is no command 'dmeo'; there are demo,"),
        (["build", "--relase"], "dev: unrecognized arguments: --relase (see ./dev build --help)."),
        (["install"], "dev: the following arguments are required: PLUGINS_DIR (see ./dev install --help)."),
        (["bench", "nothing"], "dev: there is no benchmark 'nothing'; there are:"),
        (["check", "nothing"], "dev: there is no check 'nothing'; there are: format,"),
        (["serve", "--port", "70000"], "dev: 70000 is not a port; ports go from 1 to 65535."),
    ],
)
def test_wrong_words_are_one_sentence(argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) != 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith(sentence)


def test_the_entry_can_be_read_by_a_python_that_is_too_old() -> None:
    ast.parse((ROOT / "dev").read_text("utf-8"), feature_version=(3, 4))


OFFLINE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_FIND_LINKS": "",
}


def test_without_a_network_and_without_a_home_the_set_up_says_only_what_is_missing(
    bare_dev: RunDev, tmp_path: Path
) -> None:
    done = bare_dev("build", HOME=str(tmp_path / "nowhere"), **OFFLINE)
    assert done.returncode == 1
    assert done.stderr.startswith("dev: pip failed: the package registry cannot be reached. Check the network")
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / ".cache" / "home").is_dir()

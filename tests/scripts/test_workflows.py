"""The workflow files of GitHub call what exists, and nothing that somebody else can exchange."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import yaml

from scripts.cli import COMMANDS
from scripts.commands.release import release
from scripts.places import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))
TEXTS = {path.name: path.read_text("utf-8") for path in FILES}
USES = [(name, line) for name, text in TEXTS.items() for line in re.findall(r"uses: (.+)", text)]
PINNED = re.compile(r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
CALLS = re.findall(r"\./dev (.+)", "\n".join(TEXTS.values()))


def read_workflow(name: str) -> dict[Any, Any]:
    """Return a workflow file as data; YAML reads the key `on` as true."""
    return dict(yaml.safe_load(TEXTS[name]))


@pytest.mark.parametrize(("name", "used"), USES)
def test_each_action_is_named_by_its_commit_and_each_workflow_of_ours_exists(name: str, used: str) -> None:
    assert PINNED.match(used) or (ROOT / used).is_file()


def test_one_action_has_one_commit_everywhere() -> None:
    actions = {used for _, used in USES if not used.startswith("./")}
    assert len({used.split("@")[0] for used in actions}) == len(actions)


@pytest.mark.parametrize("call", CALLS)
def test_workflows_call_commands_that_exist(call: str) -> None:
    assert shlex.split(call)[0] in COMMANDS


@pytest.mark.parametrize("step", sorted(set(re.findall(r"\./dev release (\w+)", "\n".join(TEXTS.values())))))
def test_workflows_call_steps_of_a_release_that_exist(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        release([step, "--help"])
    assert ended.value.code == 0


@pytest.mark.parametrize("name", TEXTS)
def test_a_workflow_may_write_only_where_a_job_says_so(name: str) -> None:
    assert read_workflow(name)["permissions"] in ({}, {"contents": "read"})


def test_every_python_that_we_support_is_tested() -> None:
    matrix = read_workflow("tests.yaml")["jobs"]["pythons"]["strategy"]["matrix"]
    assert matrix["python"] == [f"3.{minor}" for minor in range(9, 15)]
    assert {row["python"] for row in matrix["include"]} == {"3.9", "3.14"}


def test_tested_folders_exist() -> None:
    folders = re.findall(r"dev test (.+)", TEXTS["tests.yaml"])
    assert [name for line in folders for name in line.split() if not (ROOT / name).is_dir()] == []

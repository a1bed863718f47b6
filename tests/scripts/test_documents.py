"""The pages name commands that exist, and every command is on some page."""

from __future__ import annotations

import importlib
import re

import pytest

from scripts.cli import COMMANDS
from scripts.places import ROOT

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)


def test_pages_name_only_commands_that_exist() -> None:
    assert set(re.findall(r"\./dev ([a-z][a-z0-9-]*)", TEXT)) <= {*COMMANDS, "help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained_somewhere(command: str) -> None:
    assert f"./dev {command}" in TEXT


@pytest.mark.parametrize("target", [command.target for command in COMMANDS.values()])
def test_every_command_leads_to_a_function(target: str) -> None:
    module, function = target.split(":")
    assert callable(getattr(importlib.import_module(f"scripts.{module}"), function))

"""A plugin installed in the Stash double, called as its page calls it.

with install_plugin(folder_of_files) as plugin:
    plugin.operation("history_list"), plugin.run_task("scan"), plugin.stash.services.library
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sandbox.stash.jobs import Job
from sandbox.stash.plugins.process import start_program
from sandbox.stash.server import SandboxStash, StashOptions
from scripts.measure.coverage import RECORDS_VARIABLE
from scripts.release.page_scripts import build_page_scripts
from shared.stash import StashAddress, StashClient
from tests.harness.forks import FORK_SERVERS

ROOT = Path(__file__).resolve().parent.parent.parent
OPERATION = "mutation Operation($id: ID!, $args: Map) { runPluginOperation(plugin_id: $id, args: $args) }"


class InstalledPlugin:
    """One plugin in a running double."""

    def __init__(self, stash: SandboxStash, plugin_id: str) -> None:
        self.id = plugin_id
        self.stash = stash
        self.client = StashClient(StashAddress(stash.url))

    def operation(self, name: str, **args: Any) -> Any:
        """Return the answer of an operation of the plugin; raise its error."""
        variables = {"id": self.id, "args": {**args, "operation": name}}
        return self.client.ask(OPERATION, variables, f"running {name}")["runPluginOperation"]

    def run_task(self, mode: str, **args: Any) -> Job:
        """Queue a task and wait for its end."""
        return self.wait_for(self.client.run_plugin_task(self.id, args={**args, "mode": mode}))

    def wait_for(self, job_id: str) -> Job:
        """The job, ended."""
        return self.stash.services.jobs.wait_for(int(job_id))

    def save_settings(self, **values: Any) -> None:
        """Set what somebody would set on Stash's settings page."""
        self.client.write_plugin_settings(self.id, values)

    @property
    def state_dir(self) -> Path:
        """Return the folder in which the plugin keeps its own files."""
        return self.stash.home / "plugin_data" / self.id


def make_environment() -> dict[str, str]:
    """An environment in which `python3` is the Python of the tests, with its packages."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])}


def leave_unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for processes whose lines do not count."""
    return {name: value for name, value in environment.items() if name != RECORDS_VARIABLE}


def assemble(source: Path, target: Path) -> Path:
    """A plugin's folder as in its zip, without third-party packages; `shared` is a link, so that coverage knows it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "shared").symlink_to(ROOT / "shared")
    for name, content in build_page_scripts(source.name).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    return target


@contextlib.contextmanager
def install_plugin(folder: Path, *, is_forked: bool = True, **options: Any) -> Iterator[InstalledPlugin]:
    """The double with this plugin, whose id is the name of its folder; benchmarks start Python for each call."""
    start = FORK_SERVERS.start if is_forked else start_program
    setup = partial(StashOptions, environment=make_environment(), start_program=start, **options)
    with tempfile.TemporaryDirectory() as home, SandboxStash(setup(home=Path(home))) as stash:
        (stash.plugins_dir / folder.name).symlink_to(folder)
        stash.services.plugins.reload()
        plugin = InstalledPlugin(stash, folder.name)
        try:
            yield plugin
        finally:
            plugin.client.close()

"""Runs an installed plugin as a whole process and measures it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks._rows import Spent, measure_process
from scripts.release.manifests import entry_path
from tests.harness.installed import InstalledPlugin, make_environment
from tests.harness.process import document


def run_plugin(plugin: InstalledPlugin, args: Mapping[str, Any]) -> Spent:
    """Run one plugin process as Stash starts it and return its cost; an error answer is raised."""
    folder = plugin.stash.plugins_dir / plugin.id
    connection = {"Host": "127.0.0.1", "PluginDir": str(folder)}
    sent = document(dict(args), state=plugin.stash.home, port=plugin.stash.server.port, **connection)
    entry = (folder / entry_path(plugin.id).name).resolve()
    spent = measure_process([sys.executable, str(entry)], json.dumps(sent).encode(), make_environment())
    answer = json.loads(spent.stdout)
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return spent

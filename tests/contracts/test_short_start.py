"""What a short call imports: the way to Stash needs neither TLS nor modules that take their time."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from scripts.places import PLUGINS
from tests.harness.installed import assemble
from tests.harness.process import ROOT, document, operation, run_plugin
from tests.harness.weather import answer, serve

SETTINGS = {
    "data": {"configuration": {"plugins": {}, "general": {"stashBoxes": []}}, "version": {"version": "v0.30.1"}}
}
# The import of each takes a tenth of the time of a short call, or more; `urllib.request` is for proxies.
HEAVY = {"requests", "urllib3", "ssl", "dataclasses", "inspect", "logging", "pathlib", "shutil", "urllib.request"}


@pytest.mark.parametrize("name", ["history_list", "settings_get"])
@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_short_call_imports_nothing_heavy(plugin: str, name: str, tmp_path: Path) -> None:
    folder = assemble(ROOT / plugin, tmp_path / plugin)
    entry = next(path for path in folder.glob("*.py") if f'id="{plugin}"' in path.read_text("utf-8"))
    report = tmp_path / "report.json"
    started = tmp_path / "start.py"
    started.write_text(
        f"import json, os, runpy, sys\n"
        f"end = os._exit\n"
        f"def note(code):\n"
        f"    open({str(report)!r}, 'w').write(json.dumps(sorted(sys.modules)))\n"
        f"    end(code)\n"
        f"os._exit = note\n"
        f"sys.path[0] = {str(folder)!r}\n"
        f"runpy.run_path({str(entry)!r}, run_name='__main__')\n"
    )
    with serve(answer(SETTINGS)) as stash:
        sent = document(operation(name), state=tmp_path, port=stash.server_address[1])
        outcome = run_plugin(started, sent, env={"COVERAGE_PROCESS_START": "", "PYTHONPATH": os.pathsep.join(sys.path)})
    assert outcome.error is None
    assert {"shared.runtime.main"} <= (loaded := set(json.loads(report.read_text("utf-8"))))
    assert loaded & HEAVY == set()

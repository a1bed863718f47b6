"""The sample plugin, run as Stash would run it or to be installed in the double."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.release.manifests import describe_listener, load_entry, render_yaml
from scripts.release.versions import bundle_version
from shared.runtime.plugin import listener_id
from tests.harness.installed import assemble
from tests.harness.process import Outcome, document, run_plugin

SAMPLE = Path(__file__).parent / "sample" / "sample_plugin.py"

MANIFEST = f"""
name: Sample
version: {bundle_version()}
exec: [python3, "{{pluginDir}}/sample_plugin.py"]
interface: raw
tasks:
  - {{name: Rename, defaultArgs: {{mode: rename}}}}
  - {{name: Drain, defaultArgs: {{mode: drain}}}}
"""

RunSample = Callable[..., Outcome]


@pytest.fixture
def run_sample(tmp_path: Path) -> RunSample:
    """Return a function that runs the sample plugin with these arguments; its state is in `tmp_path`."""

    def run(args: Mapping[str, Any], **connection: Any) -> Outcome:
        return run_plugin(SAMPLE, document(args, state=tmp_path, **connection))

    return run


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample plugin's folder as Stash would find it, with both manifests."""
    folder = assemble(SAMPLE.parent, tmp_path_factory.mktemp("built") / "samplePlugin")
    plugin = load_entry(SAMPLE)
    (folder / "samplePlugin.yml").write_text(MANIFEST)
    if plugin.listener:
        (folder / f"{listener_id(plugin)}.yml").write_text(render_yaml(describe_listener(plugin, plugin.listener)))
    return folder

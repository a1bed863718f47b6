"""The cost of a hook process, compared with Python's own start."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import Row, measure_process, median_times
from tests.harness.installed import assemble
from tests.harness.process import ROOT, document, hook
from tests.harness.weather import answer, serve

SAMPLE = ROOT / "tests" / "shared" / "sample"
ROUNDS = 41
COVER = {"cover_image": "data:image/png;base64," + "QUJD" * 1_000_000}

IGNORED = hook("Scene.Update.Post", 5, ["title"], {"id": "5", "title": "x"})
IGNORED_WITH_COVER = hook("Scene.Update.Post", 5, ["title", "cover_image"], COVER)
SWITCHED_OFF = hook("Studio.Update.Post", 5, ["name"])
KEPT = hook("Performer.Update.Post", 5, ["name"])
ASKING = hook("Tag.Update.Post", 5, ["name"])


def measure() -> Iterator[Row]:
    """Return the rows of this benchmark, as ratios to `python -c pass`."""
    with tempfile.TemporaryDirectory() as folder, serve(answer({"data": {"runPluginTask": "1"}})) as stash:
        bench = HookBench(Path(folder), stash.server_address[1])
        bench.switch_off()
        bench.hook(KEPT)()  # the state file is made and the drain is asked for before anything is timed
        yield from compare(bench)


class HookBench:
    """The sample plugin in a folder of its own, compiled as in Stash."""

    def __init__(self, folder: Path, port: int) -> None:
        self.entry = assemble(SAMPLE, folder / "samplePlugin") / "sample_plugin.py"
        self.state = folder / "stash"
        self.port = port
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def switch_off(self) -> None:
        """Write the settings file as a task leaves it for hooks, with the feature off."""
        kept = self.state / "plugin_data" / "samplePlugin"
        kept.mkdir(parents=True)
        (kept / "settings.json").write_text(json.dumps({"isOn": False}))

    def hook(self, args: Mapping[str, object], **environment: str) -> Callable[[], object]:
        """Run a process that handles this hook."""
        sent = json.dumps(document(args, state=self.state, port=self.port)).encode()
        command = [sys.executable, str(self.entry)]
        return lambda: check(measure_process(command, sent, {**self.environment, **environment}).stdout)

    def python(self) -> Callable[[], object]:
        """Run a Python process that does nothing."""
        return lambda: measure_process([sys.executable, "-c", "pass"], b"", self.environment)


def check(stdout: bytes) -> None:
    """Raise if the hook failed, because a failed hook proves nothing."""
    if json.loads(stdout) != {"output": None}:
        raise AssertionError(f"the hook answered {stdout[:500]!r}")


def compare(bench: HookBench) -> Iterator[Row]:
    """Return all rows; the subjects take turns, so that a busy machine hits all alike."""
    seconds = median_times(
        {
            "pass": bench.python(),
            "ignored": bench.hook(IGNORED),
            "uncompiled": bench.hook(IGNORED, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX=os.devnull),
            "cover": bench.hook(IGNORED_WITH_COVER),
            "off": bench.hook(SWITCHED_OFF),
            "kept": bench.hook(KEPT),
            "asking": bench.hook(ASKING),
        },
        ROUNDS,
    )
    ratio = {name: taken / seconds["pass"] for name, taken in seconds.items()}
    note = f"python -c pass: {seconds['pass'] * 1000:.1f} ms"
    yield Row("ignored hook ÷ python -c pass", ratio["ignored"], 2.0, note=note)
    yield Row("… in a plugin folder that cannot be written to", ratio["uncompiled"], 2.0)
    yield Row("… with a cover of 4 MB in its input", ratio["cover"])
    yield Row("hook of a feature that is switched off ÷ the same", ratio["off"])
    yield Row("enqueueing hook ÷ the same", ratio["kept"], 3.5)
    yield Row("hook that asks Stash for a drain ÷ the same", ratio["asking"])

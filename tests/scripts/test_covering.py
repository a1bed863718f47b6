"""Which lines count as covered: those that coverage itself would count, in every process, however it ends."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from pathlib import Path

import pytest
from coverage import Coverage as OriginalCoverage
from coverage import CoverageData

from scripts.measure.coverage import RECORDS_VARIABLE, Coverage
from scripts.measure.line_recorder import MARKS, compile_marking
from scripts.places import ROOT

PROGRAM = '''"""A module with every kind of statement."""
from __future__ import annotations

import contextlib
import functools
import threading


@functools.lru_cache(
    maxsize=None
)
@functools.wraps(len)
def decorate(number):
    """Text."""
    global seen
    seen = number
    return [
        each
        for each in range(number)
    ]


class Thing:
    """Text."""

    size = 3

    @property
    def never(self):
        return self.size

    def run(self): return self.size


def choose(number):
    if number > 2:
        return "many"
    elif number > 1:
        return "two"
    else:
        pass
    return "few"


def fail(error):
    try:
        if error:
            raise error
    except KeyError:
        return 1
    except (
        ValueError,
        TypeError,
    ) as caught:
        text = str(caught)
        return text
    except Exception:
        return 2
    else:
        return 3
    finally:
        decorate(2)


def never_called():
    while True:
        break


for number in (1, 3):
    choose(number)
    while number > 2:
        number -= 1
        continue
else:
    number = 0
for error in (None, ValueError("no")):
    fail(error)
with contextlib.suppress(ZeroDivisionError):
    1 / 0
    number = 5
thread = threading.Thread(target=Thing().run)
thread.start()
thread.join()
assert number == 0, (
    "message"
)
del number
'''
FORKING = (
    "import os, sys, shared.errors; pid = os.fork(); pid and os.waitpid(pid, 0) or __import__('shared.json_text'); "
)
ENDINGS = ["os._exit(3)", "sys.exit(3)", "raise KeyError", "os.kill(os.getpid(), 15)", "os.kill(os.getpid(), 9)"]


def run_measured(coverage: Coverage, program: str, *, folder: Path = ROOT, cwd: Path = ROOT) -> None:
    """Run a program in a measured Python that finds our modules in a folder; it may fail."""
    environment = {**os.environ, **coverage.environment, "PYTHONPATH": str(folder)}
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=cwd, stderr=subprocess.DEVNULL, check=False)


def list_missing(data_file: Path, program: Path) -> list[int]:
    """Return the lines that coverage reports as not run."""
    measured = OriginalCoverage(str(data_file), config_file=False, messages=False)
    measured.load()
    _, _, _, missing, _ = measured.analysis2(str(program))
    return missing


def test_coverage_itself_finds_the_same_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, original, ours = tmp_path / "program.py", tmp_path / "original", tmp_path / "ours"
    program.write_text(PROGRAM)
    command = [sys.executable, "-m", "coverage", "run", f"--data-file={original}", str(program)]
    environment = {name: value for name, value in os.environ.items() if name != RECORDS_VARIABLE}
    subprocess.run(command, env=environment, cwd=tmp_path, check=True)
    marks = bytearray(200)
    code = compile_marking(program.read_bytes(), str(program), 10)
    with monkeypatch.context() as patch:  # only here: in a measured test run, our other modules mark their lines, too
        patch.setattr(builtins, MARKS, marks, raising=False)
        exec(code, {"__name__": "program"})
    data = CoverageData(str(ours))
    data.add_lines({str(program): [place - 10 for place, mark in enumerate(marks) if mark]})
    data.close()
    missing = list_missing(original, program)
    assert len(missing) > 5
    assert list_missing(ours, program) == missing


def test_a_traceback_names_the_line_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    code = compile_marking(b"if True:\n    pass\n\nraise KeyError\n", "program.py", 0)
    with monkeypatch.context() as patch, pytest.raises(KeyError) as caught:
        patch.setattr(builtins, MARKS, bytearray(9), raising=False)
        exec(code, {})
    assert (caught.traceback[-1].path, caught.traceback[-1].lineno) == ("program.py", 3)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_process_and_its_fork_mark_their_lines_however_they_end(ending: str) -> None:
    with Coverage() as coverage:
        run_measured(coverage, FORKING + ending)
        found = coverage.find_lines()
    assert len(found["shared/errors.py"]) > 20
    assert found["shared/json_text.py"]


def test_a_copy_of_a_plugin_counts_but_another_version_does_not(tmp_path: Path) -> None:
    copy = tmp_path / "missingScenes" / "shared"
    copy.mkdir(parents=True)
    (copy / "__init__.py").write_bytes((ROOT / "shared" / "__init__.py").read_bytes())
    (copy / "errors.py").write_bytes((ROOT / "shared" / "errors.py").read_bytes())
    (copy / "json_text.py").write_text("earlier = 1\n")
    with Coverage() as coverage:
        run_measured(coverage, "import shared.errors, shared.json_text", folder=copy.parent, cwd=tmp_path)
        found = coverage.find_lines()
    assert found["shared/errors.py"]
    assert found["shared/json_text.py"] == []


def test_a_module_is_compiled_once_for_all_processes() -> None:
    with Coverage() as coverage:
        for _ in range(2):
            run_measured(coverage, "import sys, shared.errors; sys.exit('ast' in sys.modules)")
        folder = Path(coverage.environment[RECORDS_VARIABLE])
        kept = [path.name for path in folder.glob("*.code*")]
    assert kept
    assert not [name for name in kept if not name.endswith(".code")]

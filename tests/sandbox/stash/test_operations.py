"""Operations: answered at once, decoded by Stash's rules, killed when their client hangs up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.harness.sandbox import RUN_OPERATION as RUN
from tests.harness.sandbox import Failed, RunningStash

ACT = """
    import json, os, signal, sys, threading
    sent = json.load(sys.stdin)
    args = sent["args"]
    sys.stderr.write(args.get("stderr", "")); sys.stderr.flush()
    sys.stdout.write(args.get("stdout", "")); sys.stdout.flush()
    if "tell" in args:
        print(json.dumps({"output": sent if args["tell"] == "all" else os.environ.get(args["tell"])}))
    if args.get("act") == "wait":
        threading.Event().wait()
    if args.get("act") == "kill":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    sys.exit(args.get("code", 0))
"""
MEET = """
    import pathlib, time
    guests, deadline = pathlib.Path(__file__).with_name("guests"), time.monotonic() + 60
    with guests.open("a") as book:
        book.write("x")
    while guests.stat().st_size < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    print("met" if guests.stat().st_size == 2 else "alone", end="")
"""
ANSWERS = [
    ('{"output": 1}', 1),
    ('{"OUTPUT": {"a": 1}}', {"a": 1}),
    ('{"output": 1, "Output": 2}', 2),
    ('{"a": 1}', None),
    ('{"error": null, "output": null}', None),
    ("null", None),
    ("", ""),
    ("plain", "plain"),
    ("[1]", "[1]"),
    ("5", "5"),
    ('"s"', '"s"'),
    ('x {"output": 1}', 'x {"output": 1}'),
    ('{"output": 1} x', '{"output": 1} x'),
    ('{"output": NaN}', '{"output": NaN}'),
    ('{"output": 12345678901234567}', 12345678901234568),
    ('{"output": "<&>\\u2028"}', "<&>\u2028"),
]
ERRORS = [
    ({"stdout": '{"error": "no"}'}, "no"),
    ({"stdout": '{"error": "no", "output": 3}'}, "no"),
    ({"stdout": '{"error": ""}'}, ""),
    ({"stdout": '{"error": 5}'}, ""),
    ({"stdout": '{"output": 1}', "code": 3}, "exit status 3"),
    ({"stdout": '{"error": "own"}', "code": 3}, "own"),
    ({"act": "kill"}, "signal: killed"),
]
LINES = [
    ("\x01i\x02 told \n", "info", "told"),
    ("\x01d\x02quiet\n", "debug", "quiet"),
    ("\x01w\x02careful", "warning", "careful"),
    ("bare\n", "error", "bare"),
    ("\x01x\x02odd\n", "error", "\x01x\x02odd"),
    ("a" * 65_535 + "\n", "error", "a" * 65_535),
]


@pytest.fixture
def probe(stash: RunningStash) -> RunningStash:
    """A Stash with a plugin whose arguments say what it does."""
    stash.add_plugin("probe", ACT)
    return stash


@pytest.mark.parametrize(("stdout", "output"), ANSWERS)
def test_what_is_printed_is_decoded_as_stash_does(stdout: str, output: Any, probe: RunningStash) -> None:
    assert probe.operate("probe", stdout=stdout) == output


@pytest.mark.parametrize(("args", "message"), ERRORS)
def test_errors_reach_the_caller(args: dict[str, Any], message: str, probe: RunningStash) -> None:
    assert probe.refusals(RUN, plugin="probe", args=args) == [message]


@pytest.mark.parametrize(("stderr", "level", "message"), LINES)
def test_lines_on_stderr_are_logged_by_their_level(stderr: str, level: str, message: str, probe: RunningStash) -> None:
    probe.operate("probe", stderr=stderr)
    probe.wait_for_log(f"[Plugin / probe] {message}")
    assert f"[Plugin / probe] {message}" in probe.log(level)


@pytest.mark.parametrize("length", [65_536, 70_000])
def test_a_line_that_is_too_long_closes_the_pipe_under_the_plugin(length: int, probe: RunningStash) -> None:
    script = f"import sys\nfor _ in range(99):\n    sys.stderr.write('a' * {length} + '\\n')\n"
    probe.add_plugin("loud", script)
    with pytest.raises(Failed):
        probe.operate("loud")
    assert [line for line in probe.log() if "[Plugin / loud]" in line] == []


def test_a_plugin_is_told_its_arguments_with_their_types(probe: RunningStash) -> None:
    args = {"tell": "all", "whole": 1, "part": 1.5, "flag": True, "list": [1, {"x": None}], "text": "ü"}
    assert probe.operate("probe", **args)["args"] == args


def test_the_modules_beside_the_plugin_can_be_imported(probe: RunningStash) -> None:
    assert probe.operate("probe", tell="PYTHONPATH") == str(probe.double.plugins_dir)


def test_operations_run_beside_each_other(stash: RunningStash) -> None:
    stash.add_plugin("meeting", MEET)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: stash.operate("meeting"), range(2))) == ["met", "met"]


def test_a_caller_that_leaves_ends_the_process(probe: RunningStash) -> None:
    body = {"query": RUN, "variables": {"plugin": "probe", "args": {"act": "wait", "stderr": "started\n"}}}
    with probe.begin(body):
        probe.wait_until(lambda: bool(probe.runs("operation")), "the process started")
    run = probe.runs("operation")[0]
    probe.wait_until(lambda: not Path(f"/proc/{run.pid}").exists(), "the process ended")


@pytest.mark.parametrize(
    ("setup", "message"),
    [
        ("", "Internal system error. Error <runtime error: invalid memory address or nil pointer dereference>"),
        ("mutation { setPluginsEnabled(enabledMap: {nobody: false}) }", "plugin nobody is disabled"),
    ],
)
def test_a_plugin_that_is_not_there_or_off_is_an_error(setup: str, message: str, stash: RunningStash) -> None:
    if setup:
        stash.ask(setup)
    assert stash.refusals(RUN, plugin="nobody", args={}) == [message]


def test_a_program_that_cannot_be_started_is_an_error(stash: RunningStash) -> None:
    (stash.double.plugins_dir / "none.yml").write_text("name: None\nexec: [no-such-program]\n")
    stash.ask("mutation { reloadPlugins }")
    assert stash.refusals(RUN, plugin="none", args={})[0].startswith("error running plugin: ")

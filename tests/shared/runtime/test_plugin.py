"""One document in, one document out, whatever happens in between."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.process import Document, document, hook, operation, run_plugin, start_plugin, task
from tests.shared.conftest import SAMPLE, RunSample

ECHO = json.dumps(document(operation("echo"))).encode()


def run_in_shell(redirection: str, data: bytes = ECHO) -> subprocess.CompletedProcess[bytes]:
    """The sample plugin with some of its descriptors closed or broken."""
    command = f'exec "$0" "$1" {redirection}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, str(SAMPLE)], input=data, capture_output=True, timeout=60
    )


def test_an_operation_answers_with_what_its_handler_returns(run_sample: RunSample) -> None:
    assert run_sample(operation("echo", text="ü", number=1.5)).output["text"] == "ü"


def test_a_handler_that_returns_nothing_answers_null(run_sample: RunSample) -> None:
    assert run_sample(operation("log_levels")).document == {"output": None}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("refuse", "Set the limit first."),
        ("say_nothing", "Sample failed: UsageError."),
        ("break_down", "Sample met a bug of its own in operation break_down (KeyError: 'no such key')."),
        ("answer_nan", "met a bug of its own in operation answer_nan (ValueError: Out of range float values"),
        ("answer_object", "met a bug of its own in operation answer_object (TypeError: Object of type object"),
        ("leave", "met a bug of its own in operation leave (SystemExit: 3)"),
        ("exit_now", "met a bug of its own in operation exit_now (KeyboardInterrupt: )"),
    ],
)
def test_every_failure_becomes_a_sentence(run_sample: RunSample, name: str, sentence: str) -> None:
    outcome = run_sample(operation(name))
    assert sentence in str(outcome.error)
    assert outcome.exit_code == 0


def test_a_bug_leaves_its_traceback_in_the_log_line_by_line(run_sample: RunSample) -> None:
    lines = run_sample(operation("break_down")).lines
    assert {line.level for line in lines} == {"error"}
    assert lines[0].text.startswith("Traceback")
    assert lines[-1].text == "KeyError: 'no such key'"


def test_a_failure_that_is_no_bug_leaves_no_traceback(run_sample: RunSample) -> None:
    assert run_sample(operation("refuse")).lines == ()


def test_secrets_are_masked_in_the_error_and_in_the_traceback(run_sample: RunSample) -> None:
    outcome = run_sample(operation("fail_with_secret"))
    shown = str(outcome.error) + "".join(line.text for line in outcome.lines)
    assert "cookie-value-for-tests" not in shown
    assert "abcdef123456" not in shown


@pytest.mark.parametrize("name", ["print_everywhere", "print_huge_line"])
def test_prints_of_python_c_and_child_processes_do_not_reach_the_document(run_sample: RunSample, name: str) -> None:
    assert run_sample(operation(name)).document == {"output": "clean"}


def test_prints_of_python_become_log_lines(run_sample: RunSample) -> None:
    outcome = run_sample(operation("print_everywhere"))
    assert outcome.texts("debug") == ["from print"]
    assert outcome.texts("warning") == ["from stderr"]


def test_the_log_goes_on_after_a_line_longer_than_stash_can_read(run_sample: RunSample) -> None:
    assert run_sample(operation("print_huge_line")).texts("info") == ["still here"]


@pytest.mark.parametrize(
    ("args", "known"),
    [
        (operation("nothing"), 'no operation "nothing". Known operations: answer_nan,'),
        (operation(""), 'no operation "". Known operations: '),
        ({"operation": {"a": 1}}, "Known operations: "),
        (task("nothing"), 'no task "nothing". Known tasks: '),
        ({}, 'was called without "mode" or "operation". Known tasks: count, drain, rename, report. Known operations: '),
    ],
)
def test_an_unknown_call_is_told_what_is_known(run_sample: RunSample, args: Document, known: str) -> None:
    assert known in str(run_sample(args).error)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "got no input"),
        (b" \n", "got no input"),
        (b"hello", "not a JSON document"),
        (b'{"args": {"mode": "count"}', "not a JSON document"),
        (b'{"args": {}} trailing', "Extra data: line 1 column 14"),
        (b"\xff\xfe\x00", "not a JSON document in UTF-8"),
        (b"[1, 2]", "is a JSON list, but must be an object"),
        (b"{}", 'has no "args" object'),
        (b'{"args": null}', 'has no "args" object'),
        (b'{"args": {"operation": "describe_call"}, "server_connection": null}', "server_connection.Dir"),
        (b"[" * 100_000, "nested more than 100 levels deep"),
        (
            b'{"args": {"operation": "echo", "deep": ' + b"[" * 200 + b"]" * 200 + b"}}",
            "nested more than 100 levels deep",
        ),
        (b'{"args": {"operation": "echo", "number": NaN}}', "NaN is no number in JSON"),
        (b'{"args": {"operation": "echo", "number": -1e999}}', "-1e999 is too large a number"),
    ],
)
def test_input_that_makes_no_sense_is_answered_with_a_sentence(data: bytes, sentence: str) -> None:
    outcome = run_plugin(SAMPLE, data)
    assert sentence in str(outcome.error)
    assert outcome.exit_code == 0


def test_a_byte_order_mark_does_no_harm() -> None:
    assert run_plugin(SAMPLE, b"\xef\xbb\xbf" + ECHO).error is None


def test_half_a_character_becomes_the_replacement_character(run_sample: RunSample) -> None:
    assert (
        run_sample(operation("echo", text="half \ud800, whole \ud83d\ude00")).output["text"] == "half \ufffd, whole 😀"
    )


def test_an_input_of_several_megabytes_is_read_whole(run_sample: RunSample) -> None:
    assert run_sample(operation("echo", text="QUJD" * 2_000_000)).output["text"] == "QUJD" * 2_000_000


def test_a_hook_of_a_manifest_that_stash_has_not_reloaded_is_answered_with_nothing(
    run_sample: RunSample, tmp_path: Path
) -> None:
    outcome = run_sample(hook("Scene.Update.Post", 7, ["title"]))
    assert (outcome.document, outcome.lines, list(tmp_path.iterdir())) == ({"output": None}, (), [])


@pytest.mark.parametrize("redirection", ["2>&-", "<&- 2>&-", "2>/dev/full"])
def test_the_answer_comes_when_nobody_takes_the_log(redirection: str) -> None:
    done = run_in_shell(redirection)
    assert set(json.loads(done.stdout)) in ({"output"}, {"error"})
    assert done.returncode == 0


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_without_anybody_to_answer_an_operation_ends_with_failure(redirection: str) -> None:
    assert run_in_shell(redirection).returncode == 1


def test_a_reader_that_goes_away_ends_the_plugin_quietly() -> None:
    with start_plugin(SAMPLE) as process:
        assert process.stdout and process.stdin and process.stderr
        process.stdout.close()
        process.stdin.write(ECHO)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_a_handler_that_closes_the_log_still_answers(run_sample: RunSample) -> None:
    assert run_sample(operation("close_stderr")).document == {"output": "clean"}


def test_a_task_reports_progress_that_only_grows_and_ends_at_one(run_sample: RunSample) -> None:
    progress = run_sample(task("count")).progress
    assert progress == sorted(progress)
    assert progress[-1] == 1.0
    assert len(progress) < 100


@pytest.mark.parametrize(
    ("connection", "url"),
    [
        ({}, "http://127.0.0.1:9999"),
        ({"Host": "::"}, "http://127.0.0.1:9999"),
        ({"Host": ""}, "http://127.0.0.1:9999"),
        ({"Host": "192.168.1.5", "Scheme": "https", "Port": 443}, "https://192.168.1.5:443"),
        ({"Host": "fd00::1"}, "http://[fd00::1]:9999"),
    ],
)
def test_stash_is_reached_at_an_address_that_can_be_connected_to(
    run_sample: RunSample, connection: Document, url: str
) -> None:
    assert run_sample(operation("describe_call"), **{"Port": 9999, **connection}).output["url"] == url


def test_a_missing_cookie_is_no_reason_to_fail(run_sample: RunSample) -> None:
    assert run_sample(operation("describe_call"), SessionCookie=None).output["cookie"] == "session"


def test_state_lies_in_a_private_folder_beside_the_configuration_of_stash(
    run_sample: RunSample, tmp_path: Path
) -> None:
    folder = Path(run_sample(operation("describe_call")).output["state"])
    assert folder == tmp_path / "plugin_data" / "samplePlugin"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named(run_sample: RunSample, tmp_path: Path) -> None:
    (tmp_path / "plugin_data").write_text("a file in the way")
    assert f"{tmp_path}/plugin_data/samplePlugin cannot be made" in str(run_sample(operation("describe_call")).error)

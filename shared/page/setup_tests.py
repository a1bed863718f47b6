"""Tests of a plugin's connections, run by its Setup tab: each is ok, a warning, failed, or not set up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes, text
from shared.errors import BundleError, SettingError, UsageError
from shared.health.kept_tests import keep_result
from shared.page.advice import advise
from shared.page.settings_panel import VALUES, read_unsaved
from shared.runtime.failure import describe_failure
from shared.runtime.handler import load_named
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.runtime.call import Call


class SetupTest(NamedTuple):
    """A connection test; `run` names a function of call and settings that returns a `TestResult` or raises."""

    key: str
    title: str
    text: str
    run: str


class TestResult(NamedTuple):
    """The result of a set-up test, made by `ok`, `warn` or `not_set_up`. A failure is raised."""

    state: str
    message: str
    next_step: str = ""
    setting: str = ""


def ok(message: str) -> TestResult:
    """Return the result of a set-up test that passed; the message says what answered.

    The tests of all plugins call it.
    """
    return TestResult("ok", message)


def warn(message: str, next_step: str, setting: str = "") -> TestResult:
    """Return a set-up test's result for something that works but needs the user's attention."""
    return TestResult("warning", message, next_step, setting)


def not_set_up(message: str, next_step: str, setting: str = "") -> TestResult:
    """Return a set-up test's result for an optional service that has no settings yet."""
    return TestResult("not_set_up", message, next_step, setting)


STASH_TEST = SetupTest(
    "stash", "Stash", "Connection to Stash and plugin settings.", "shared.page.setup_tests:test_stash"
)
LISTENER_TEST = SetupTest(
    "listener",
    "Listener",
    "The small script inside Stash that starts this plugin when you save something.",
    "shared.listener.check:test_listener",
)


@takes(text("only", None, "runs this test"), VALUES)
def run_tests(call: Call) -> dict[str, Any]:
    """Operation `setup_tests`: list the tests, or with `only` run that one with settings that may be unsaved."""
    tests = list_tests(call)
    only = call.args["only"]
    if only is None:
        return {"tests": [{"key": test.key, "title": test.title, "text": test.text} for test in tests]}
    chosen = [test for test in tests if test.key == only]
    if not chosen:
        raise UsageError(f'There is no test "{only}". Known tests: {", ".join(test.key for test in tests)}.')
    return {"tests": [run_setup_test(call, test) for test in chosen]}


def list_tests(call: Call) -> list[SetupTest]:
    """Return all set-up tests of the plugin: that of Stash, that of the listener if it has one, and its own.

    `setup_tests` and `health` list them.
    """
    return [STASH_TEST, *([LISTENER_TEST] if call.plugin.listener else []), *list_declared_tests(call)]


def list_declared_tests(call: Call) -> Sequence[SetupTest]:
    """Return the tests that the plugin's table names; `list_tests` calls it."""
    if not call.plugin.setup_tests:
        return ()
    tests: Sequence[SetupTest] = load_named(call.plugin.setup_tests)
    return tests


def run_setup_test(call: Call, test: SetupTest) -> dict[str, Any]:
    """Run one set-up test and return its result for the page, that of a raised error with its `code`.

    `run_tests` calls it.
    """
    try:
        verdict: TestResult = load_named(test.run)(call, read_unsaved(call))
        code = None
    except BundleError as error:
        message = describe_failure(call.plugin.name, f"the test {test.title}", error)
        setting = error.setting if isinstance(error, SettingError) else ""
        verdict, code = TestResult("failed", message, advise(error), setting), error.code
    if not call.args["values"]:
        keep_result(call, test.key, verdict.state, verdict.message)
    named = {"next_step": verdict.next_step or None, "setting": verdict.setting or None, "code": code}
    return {"key": test.key, "title": test.title, "state": verdict.state, "message": verdict.message, **named}


def test_stash(call: Call, settings: Settings) -> TestResult:
    """Setup test `stash` of every plugin: Stash answers and all settings can be read."""
    release = call.stash.read_release()
    if settings.warnings:
        return warn(
            f"Stash {release.text} answers. {' '.join(settings.warnings)}", "Correct the settings that are named."
        )
    return ok(f"Stash {release.text} answers, and all settings are valid.")

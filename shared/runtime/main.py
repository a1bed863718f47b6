"""A plugin's process: one call from stdin, handed to its handler, answered on stdout.

Each call is a new process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from shared.errors import BundleError, UnreadableRow, UsageError
from shared.runtime.byte_code import keep_byte_code
from shared.runtime.handler import OPERATION, TASK, HandlerCall, load_named
from shared.runtime.plugin import STANDARD_OPERATIONS
from shared.runtime.stdio import (
    NO_OUTPUT,
    claim_stdout,
    decode_document,
    encode_error,
    encode_output,
    read_stdin,
    write_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from shared.runtime.call import Call
    from shared.runtime.plugin import Plugin


def run(plugin: Plugin) -> NoReturn:
    """Answer the one call that this process was started for, and end the process.

    The entry file of each plugin calls it.
    """
    out = claim_stdout()
    work = None
    try:
        document = decode_document(read_stdin())
        keep_byte_code(read_config_dir(document), plugin.id, __spec__)
        work = find_work(plugin, read_args(document))
        reply = perform(plugin, work, document) if work else NO_OUTPUT
    except Exception as error:  # noqa: BLE001 -- broad except 1 of 3, the process boundary: Stash always gets a document
        reply = _report(plugin, work, error)
    except (SystemExit, KeyboardInterrupt) as stop:  # raised by a library that behaves like a program
        reply = _report(plugin, work, stop)
    is_delivered = out is not None and write_bytes(out, reply)
    os._exit(0 if is_delivered else 1)  # not sys.exit: a forgotten thread could block it


def read_config_dir(document: dict[str, Any]) -> str:
    """Return the folder of Stash's configuration, "" if the call does not name it; `run` reads it first."""
    connection = document.get("server_connection")
    return str(connection.get("Dir") or "") if isinstance(connection, dict) else ""


def read_args(document: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of the call, for `run`."""
    args = document.get("args")
    if not isinstance(args, dict):
        raise UsageError('The plugin\'s input has no "args" object. It is started by Stash, which always sends one.')
    return args


def find_work(plugin: Plugin, args: dict[str, Any]) -> HandlerCall | None:
    """Return the task or operation that these arguments ask for; None if Stash still calls a hook of version 1.0.

    `run` calls it.
    """
    if "hookContext" in args:  # a Stash that has not reloaded the manifest of version 1.0; the listener hears the save
        return None
    if "operation" in args:
        return HandlerCall(plugin.find_operation(args["operation"]), OPERATION, args["operation"])
    if "mode" in args:
        return HandlerCall(plugin.find_task(args["mode"]), TASK, args["mode"])
    tasks = ", ".join(sorted(plugin.tasks)) or "none"
    operations = ", ".join(sorted([*plugin.operations, *STANDARD_OPERATIONS])) or "none"
    raise UsageError(
        f'{plugin.name} was called without "mode" or "operation". Known tasks: {tasks}. Known operations: {operations}.'
    )


def perform(plugin: Plugin, work: HandlerCall, document: dict[str, Any]) -> bytes:
    """Run the handler and return the document with its answer; `run` calls it."""
    from shared.health.recent_errors import ErrorRecorder
    from shared.runtime.call import Call

    call = Call(plugin, document, work)
    try:
        with ErrorRecorder(call) as recorder:
            recorder.output = call_handler(call)
        if work.kind == TASK:
            _start_overdue(call)
        return encode_output(recorder.output)
    except UnreadableRow as error:
        from shared.state.json_column import JsonColumn, set_aside_rows

        set_aside_rows(call.store, JsonColumn(*error.column))
        raise
    finally:
        call.close()


def call_handler(call: Call) -> Any:
    """Return the answer of the handler, for `perform`; that of a task with a run token is kept for its page, too."""
    from shared.runtime.deps import make_packages_importable

    call.capture_prints()
    make_packages_importable(call)
    handler = load_named(call.work.handler)
    if call.work.kind != TASK or not call.run_token:
        return _run_handler(call, handler)
    from shared.page.task_results import KeptResult

    with KeptResult(call) as kept:
        kept.output = _run_handler(call, handler)
    return kept.output


def _start_overdue(call: Call) -> None:
    """Let all plugins start what is due, if no open page does."""
    from shared.bundle.beats import start_overdue
    from shared.bundle.origin import find_origin

    start_overdue(call, find_origin(call))


def _run_handler(call: Call, handler: Callable[[Call], Any]) -> Any:
    call.read_arguments(handler)
    if call.work.kind == TASK:
        from shared.bundle.origin import note_person

        note_person(call)
    if call.backs_up_first is not None:
        from shared.stash_backup.backup import back_up_or_note

        back_up_or_note(call)
    return handler(call)


def _report(plugin: Plugin, work: HandlerCall | None, error: BaseException) -> bytes:
    """Return the document of a failed call; a bug also leaves its traceback in the log."""
    from shared.runtime.failure import describe_failure

    if not isinstance(error, BundleError):
        from shared.runtime.log import Log

        Log().exception(error)
    return encode_error(describe_failure(plugin.name, work.label if work else "its input", error))

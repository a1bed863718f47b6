"""The table a plugin consists of, and the one call it is started for.

Each call is a new process. This module is all that a hook which concerns nobody loads, so it imports next to nothing.
"""

from __future__ import annotations

import os

from shared.errors import BundleError, UsageError
from shared.runtime.handler import HOOK, OPERATION, TASK, Work
from shared.runtime.stdio import (
    NO_OUTPUT,
    claim_stdout,
    decode_document,
    encode_error,
    encode_output,
    read_stdin,
    write_bytes,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

# What every plugin offers to its page without naming it in its table.
STANDARD_OPERATIONS = {
    "heartbeat": "shared.page.heartbeat:beat",
    "history_list": "shared.page.history:list_runs",
    "history_changes": "shared.page.history:list_changes",
    "history_undo": "shared.page.history:undo",
    "plan_list": "shared.page.plans:list_plan",
    "plan_select": "shared.page.plans:select_rows",
    "plan_apply": "shared.page.plans:start_applying",
    "run_result": "shared.page.task_results:find_result",
    "setting_choices": "shared.page.settings_panel:list_choices",
    "settings_get": "shared.page.settings_panel:get_settings",
    "settings_save": "shared.page.settings_panel:save_settings",
    "setup_tests": "shared.page.setup_tests:run_tests",
}
STANDARD_TASKS = {
    "apply_plan": "shared.page.plans:apply",
    "drain": "shared.queue.task:drain",
}


class Task:
    """A task with its name in Stash's task list; `args` are fixed arguments, which Stash passes on as strings."""

    __slots__ = ("args", "description", "handler", "name")

    def __init__(self, handler: str, name: str, description: str, args: Mapping[str, str] | None = None) -> None:
        self.handler = handler
        self.name = name
        self.description = description
        self.args = dict(args or {})


class Hook:
    """A hook; with `fields` it only runs when the caller sent at least one of them."""

    __slots__ = ("fields", "handler")

    def __init__(self, handler: str, fields: tuple[str, ...] = ()) -> None:
        self.handler = handler
        self.fields = fields

    def concerns(self, sent: object) -> bool:
        """Whether these input fields are a reason to run; a scan sends none."""
        return not self.fields or (isinstance(sent, list) and not set(self.fields).isdisjoint(sent))


class Plugin:
    """Everything a plugin is: handlers are named "module:function" and imported when they are called.

    `settings` names the groups of settings, `migrations` the scripts for the state file. For the standard operations:
    `targets` names for each kind of run the function that makes its journal `Target` from the call; `setup_tests` the
    tuple of `SetupTest`; `queue` the function that makes the `QueueWork` of the outbox; `heartbeat` a function that
    starts what is due and returns notices. `drain` is the mode of the task that hooks ask for.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 -- Stash's word for it
        name: str,
        description: str,
        settings: str,
        migrations: str = "",
        tasks: Mapping[str, Task] | None = None,
        hooks: Mapping[str, Hook] | None = None,
        operations: Mapping[str, str] | None = None,
        targets: Mapping[str, str] | None = None,
        setup_tests: str = "",
        heartbeat: str = "",
        queue: str = "",
        drain: str = "drain",
    ) -> None:
        self.id = id
        self.name = name
        self.description = description
        self.settings = settings
        self.migrations = migrations
        self.tasks = dict(tasks or {})
        self.hooks = dict(hooks or {})
        self.operations = dict(operations or {})
        self.targets = dict(targets or {})
        self.setup_tests = setup_tests
        self.heartbeat = heartbeat
        self.queue = queue
        self.drain = drain

    def find_task(self, mode: object) -> str:
        """The handler of the task with this mode."""
        task = self.tasks.get(str(mode))
        handler = task.handler if task else STANDARD_TASKS.get(str(mode))
        return handler or self._refuse("task", mode, [*self.tasks, *STANDARD_TASKS])

    def find_operation(self, name: object) -> str:
        """The handler of the operation with this name."""
        handler = self.operations.get(str(name)) or STANDARD_OPERATIONS.get(str(name))
        return handler or self._refuse("operation", name, [*self.operations, *STANDARD_OPERATIONS])

    def find_hook(self, trigger: object) -> Hook:
        """The row of the hook with this trigger."""
        return self.hooks.get(str(trigger)) or self._refuse("hook", trigger, self.hooks)

    def _refuse(self, kind: str, name: object, known: Any) -> NoReturn:
        names = ", ".join(sorted(known)) or "none"
        raise UsageError(f'{self.name} has no {kind} "{name}". Known {kind}s: {names}.')


def run(plugin: Plugin) -> NoReturn:
    """Answer the one call this process was started for, then end the process."""
    out = claim_stdout()
    work = None
    try:
        document = decode_document(read_stdin())
        work = find_work(plugin, read_args(document))
        reply = perform(plugin, work, document) if work else NO_OUTPUT
    except Exception as error:  # noqa: BLE001 -- broad except 1 of 3, the process boundary: Stash always gets a document
        reply = _report(plugin, work, error)
    except (SystemExit, KeyboardInterrupt) as stop:  # a library that thinks it is the program
        reply = _report(plugin, work, stop)
    is_delivered = out is not None and write_bytes(out, reply)
    # Not sys.exit: tearing the interpreter down costs a save milliseconds, and a forgotten thread could block it.
    os._exit(0 if is_delivered or (work and work.kind == HOOK) else 1)


def read_args(document: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the call."""
    args = document.get("args")
    if not isinstance(args, dict):
        raise UsageError('The plugin\'s input has no "args" object. It is started by Stash, which always sends one.')
    return args


def find_work(plugin: Plugin, args: dict[str, Any]) -> Work | None:
    """What to do for these arguments; None when it is a hook that concerns nobody."""
    context = args.get("hookContext")
    if isinstance(context, dict):
        trigger = context.get("type")
        hook = plugin.find_hook(trigger)
        return Work(hook.handler, HOOK, trigger) if hook.concerns(context.get("inputFields")) else None
    if "operation" in args:
        return Work(plugin.find_operation(args["operation"]), OPERATION, args["operation"])
    if "mode" in args:
        return Work(plugin.find_task(args["mode"]), TASK, args["mode"])
    tasks = ", ".join(sorted(plugin.tasks)) or "none"
    operations = ", ".join(sorted([*plugin.operations, *STANDARD_OPERATIONS])) or "none"
    raise UsageError(
        f'{plugin.name} was called without "mode" or "operation". Known tasks: {tasks}. Known operations: {operations}.'
    )


def perform(plugin: Plugin, work: Work, document: dict[str, Any]) -> bytes:
    """Run the handler; the document with its answer."""
    from shared.runtime.call import Call

    call = Call(plugin, document, work)
    try:
        return encode_output(call.perform())
    finally:
        call.close()


def _report(plugin: Plugin, work: Work | None, error: BaseException) -> bytes:
    """The document of a failed call; a bug also leaves its traceback in the log."""
    from shared.runtime.failure import describe_failure

    if not isinstance(error, BundleError):
        from shared.runtime.log import Log

        Log().exception(error)
    return encode_error(describe_failure(plugin.name, work.label if work else "its input", error))

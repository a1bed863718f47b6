"""The table a plugin consists of, and the one call it is started for.

Each call is a new process. This module is all that a hook which concerns nobody loads, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys

from shared.errors import BundleError, UsageError
from shared.stdio import NO_OUTPUT, claim_stdout, decode_document, encode_error, encode_output, read_stdin, write_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

# What every plugin offers to its page without naming it in its table.
STANDARD_OPERATIONS: dict[str, str] = {}
STANDARD_TASKS: dict[str, str] = {}


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
    """Everything a plugin is: handlers are named "module:function" and imported when they are called."""

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
        drain: str = "",
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


class Work:
    """What this process was started for."""

    __slots__ = ("handler", "is_hook", "label")

    def __init__(self, handler: str, label: str, is_hook: bool = False) -> None:
        self.handler = handler
        self.label = label
        self.is_hook = is_hook


def load_named(name: str) -> Any:
    """The object behind "module:name"."""
    module, _, attribute = name.partition(":")
    __import__(module)
    return getattr(sys.modules[module], attribute)


def run(plugin: Plugin) -> NoReturn:
    """Answer the one call this process was started for, then end the process."""
    out = claim_stdout()
    work = None
    try:
        document = decode_document(read_stdin())
        work = find_work(plugin, read_args(document))
        reply = perform(plugin, work, document) if work else NO_OUTPUT
    except Exception as error:  # noqa: BLE001 -- broad except 1 of 3, the process boundary: Stash always gets a document
        reply = encode_error(_describe_failure(plugin, work, error))
    except (SystemExit, KeyboardInterrupt) as stop:  # a library that thinks it is the program
        reply = encode_error(_describe_failure(plugin, work, stop))
    is_delivered = out is not None and write_bytes(out, reply)
    # Not sys.exit: tearing the interpreter down costs a save milliseconds, and a forgotten thread could block it.
    os._exit(0 if is_delivered or (work and work.is_hook) else 1)


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
        return Work(hook.handler, f"hook {trigger}", True) if hook.concerns(context.get("inputFields")) else None
    if "operation" in args:
        return Work(plugin.find_operation(args["operation"]), f"operation {args['operation']}")
    if "mode" in args:
        return Work(plugin.find_task(args["mode"]), f"task {args['mode']}")
    tasks = ", ".join(sorted(plugin.tasks)) or "none"
    operations = ", ".join(sorted([*plugin.operations, *STANDARD_OPERATIONS])) or "none"
    raise UsageError(
        f'{plugin.name} was called without "mode" or "operation". Known tasks: {tasks}. Known operations: {operations}.'
    )


def perform(plugin: Plugin, work: Work, document: dict[str, Any]) -> bytes:
    """Run the handler; the document with its answer."""
    from shared.call import Call

    call = Call(plugin, document, is_hook=work.is_hook)
    try:
        call.prepare()
        return encode_output(load_named(work.handler)(call))
    finally:
        call.close()


def _describe_failure(plugin: Plugin, work: Work | None, error: BaseException) -> str:
    from shared.redact import mask_secrets

    if isinstance(error, BundleError):
        return mask_secrets(str(error)) or f"{plugin.name} failed: {type(error).__name__}."
    from shared.log import Log

    Log().exception(error)
    label = work.label if work else "its input"
    reason = mask_secrets(f"{type(error).__name__}: {error}")[:300]
    return (
        f"{plugin.name} met a bug of its own in {label} ({reason}). "
        "The details are in Stash under Settings > Logs; please report them."
    )

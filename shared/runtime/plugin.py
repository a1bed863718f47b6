"""The table of a plugin: its tasks, hooks, operations and settings, each handler named "module:function".

Every hook process loads this module, so it imports next to nothing.
"""

from __future__ import annotations

from shared.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

# Operations that every plugin offers to its page without naming them in its table.
STANDARD_OPERATIONS = {
    "heartbeat": "shared.page.heartbeat:run_heartbeat",
    "history_list": "shared.page.history:list_runs",
    "history_changes": "shared.page.history:list_changes",
    "history_undo": "shared.page.history:undo_run",
    "plan_list": "shared.page.plans:show_plan",
    "plan_select": "shared.page.plans:select_rows",
    "plan_apply": "shared.page.plans:start_applying",
    "run_result": "shared.page.task_results:find_result",
    "setting_choices": "shared.page.settings_panel:list_choices",
    "settings_get": "shared.page.settings_panel:get_settings",
    "settings_save": "shared.page.settings_panel:save_settings",
    "setup_tests": "shared.page.setup_tests:run_tests",
}
STANDARD_TASKS = {
    "apply_plan": "shared.page.plans:apply_saved_plan",
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
        """True if one of these input fields is a reason to run; a scan sends none."""
        return not self.fields or (isinstance(sent, list) and not set(self.fields).isdisjoint(sent))


class Plugin:
    """A plugin: its handlers are named "module:function" and imported when they are called.

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
        """Return the handler of the task with this mode."""
        task = self.tasks.get(str(mode))
        handler = task.handler if task else STANDARD_TASKS.get(str(mode))
        return handler or self._refuse("task", mode, [*self.tasks, *STANDARD_TASKS])

    def find_operation(self, name: object) -> str:
        """Return the handler of the operation with this name."""
        handler = self.operations.get(str(name)) or STANDARD_OPERATIONS.get(str(name))
        return handler or self._refuse("operation", name, [*self.operations, *STANDARD_OPERATIONS])

    def find_hook(self, trigger: object) -> Hook:
        """Return the hook with this trigger."""
        return self.hooks.get(str(trigger)) or self._refuse("hook", trigger, self.hooks)

    def _refuse(self, kind: str, name: object, known: Any) -> NoReturn:
        names = ", ".join(sorted(known)) or "none"
        raise UsageError(f'{self.name} has no {kind} "{name}". Known {kind}s: {names}.')

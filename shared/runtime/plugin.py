"""The table of a plugin: its tasks, listener, operations and settings, each handler named "module:function"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

# Operations that every plugin offers to its page without naming them in its table.
STANDARD_OPERATIONS = {
    "backup_offer": "shared.stash_backup.offer:show_offer",
    "diagnostics": "shared.health.diagnostics:show_diagnostics",
    "health": "shared.health.report:show_health",
    "heartbeat": "shared.page.heartbeat:run_heartbeat",
    "change_picture": "shared.page.plan_review:show_picture",
    "history_list": "shared.page.history:list_runs",
    "history_search": "shared.page.history:search_items",
    "history_changes": "shared.page.history:list_changes",
    "history_undo": "shared.page.history:undo_run",
    "notice_dismiss": "shared.page.heartbeat:dismiss",
    "plan_items": "shared.page.plan_review:list_items",
    "plan_list": "shared.page.plans:show_plan",
    "plan_select": "shared.page.plans:select_rows",
    "plan_apply": "shared.page.plans:start_applying",
    "run_due": "shared.page.schedules:run_due",
    "run_result": "shared.page.task_results:find_result",
    "schedules": "shared.page.schedules:list_schedules",
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


class Listener:
    """The saves in Stash that start a plugin's task: for each trigger the input fields of interest; none is any save.

    A small script inside Stash listens (`shared/listener`), and starts the drain. `needs` names settings that must be
    set or on, with `a|b` one of several; without them the script stays silent.
    """

    __slots__ = ("needs", "triggers")

    def __init__(self, triggers: Mapping[str, tuple[str, ...]], needs: tuple[str, ...]) -> None:
        self.triggers = dict(triggers)
        self.needs = needs


class Plugin:
    """A plugin: its handlers are named "module:function" and imported when they are called.

    `settings` names the groups of settings, `migrations` the scripts for the state file. `page_tasks` are tasks that
    only the page starts: the handler by mode, without a name in Stash's task list. For the standard operations:
    `targets` names for each kind of run the function that makes its journal `Target` from the call; `setup_tests` the
    tuple of `SetupTest`; `queue` the function that makes the `QueueWork` of the outbox; `heartbeat` a function that
    starts what is due and returns notices; `schedules` one that returns the `Schedule`s that it starts. `after_loss`
    tells the user what to do after the state file was lost or repaired. `drain` is the mode of the task that the
    listener starts. `outside_stash` are the kinds of run that write nothing into Stash's database.
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
        page_tasks: Mapping[str, str] | None = None,
        listener: Listener | None = None,
        operations: Mapping[str, str] | None = None,
        targets: Mapping[str, str] | None = None,
        setup_tests: str = "",
        heartbeat: str = "",
        schedules: str = "",
        queue: str = "",
        drain: str = "drain",
        after_loss: str = "",
        outside_stash: tuple[str, ...] = (),
    ) -> None:
        self.id = id
        self.name = name
        self.description = description
        self.settings = settings
        self.migrations = migrations
        self.tasks = dict(tasks or {})
        self.page_tasks = dict(page_tasks or {})
        self.listener = listener
        self.operations = dict(operations or {})
        self.targets = dict(targets or {})
        self.setup_tests = setup_tests
        self.heartbeat = heartbeat
        self.schedules = schedules
        self.queue = queue
        self.drain = drain
        self.after_loss = after_loss
        self.outside_stash = outside_stash

    def find_task(self, mode: object) -> str:
        """Return the handler of the task with this mode, for the start of a call."""
        task = self.tasks.get(str(mode))
        handler = task.handler if task else {**STANDARD_TASKS, **self.page_tasks}.get(str(mode))
        return handler or self._refuse("task", mode, [*self.tasks, *STANDARD_TASKS])

    def find_operation(self, name: object) -> str:
        """Return the handler of the operation with this name, for the start of a call."""
        handler = self.operations.get(str(name)) or STANDARD_OPERATIONS.get(str(name))
        return handler or self._refuse("operation", name, [*self.operations, *STANDARD_OPERATIONS])

    def _refuse(self, kind: str, name: object, known: Any) -> NoReturn:
        names = ", ".join(sorted(known)) or "none"
        raise UsageError(f'{self.name} has no {kind} "{name}". Known {kind}s: {names}.')


def listener_id(plugin: Plugin) -> str:
    """Return the id of the plugin's listener in Stash's list of plugins.

    The checks of the listener and the manifest use it.
    """
    return f"{plugin.id}Listener"


def name_listener(plugin: Plugin) -> str:
    """Return the name of the plugin's listener in Stash's list of plugins, for messages and the manifest."""
    return f"{plugin.name}: listener"


def name_drain(plugin: Plugin) -> str:
    """Return the name of the drain in Stash's list of jobs, for its start and the manifest."""
    task = plugin.tasks.get(plugin.drain)
    return task.name if task else f"{plugin.name}: handle saved changes"

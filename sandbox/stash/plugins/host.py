"""Runs plugins: loads their manifests, builds their input, and starts hooks, tasks and operations."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sandbox.stash.configuration import Configuration
from sandbox.stash.graph.encoding import encode_document
from sandbox.stash.graph.failures import StashFailure, StashPanic
from sandbox.stash.jobs import Handle, JobQueue
from sandbox.stash.logbook import Logbook
from sandbox.stash.plugins.arguments import show_args_to_script
from sandbox.stash.plugins.manifest import BadManifest, Manifest, PluginCommand, find_manifests, load_manifest
from sandbox.stash.plugins.process import (
    Cancelled,
    CannotStart,
    PluginProcess,
    PluginReply,
    StartProgram,
    start_program,
)
from sandbox.stash.plugins.script import GOJA, OTTO, Script, ScriptRunner
from sandbox.stash.sessions import CookieSession, Sessions

MAX_VISITS = 10
PYTHONS = ("python", "python3")
# On Windows, "python3" is often only a page of the Microsoft Store.
PROGRAMS = PYTHONS if os.name == "nt" else PYTHONS[::-1]
OPERATION_CANCELLED = "operation cancelled"
Json = Any
Gone = Callable[[], bool]
Environment = Mapping[str, str]
AnswerQuery = Callable[[str, Mapping[str, Json], CookieSession], Json]


@dataclass(frozen=True)
class Hooked:
    """A change as its hooks are told of it."""

    id: int
    type: str
    input: Json = None
    fields: tuple[str, ...] = ()


@dataclass
class PluginRun:
    """One run of a plugin, a process or a script, for tests and a control route to look at."""

    plugin_id: str
    kind: str
    document: dict[str, Json]
    pid: int = 0  # 0 for a script, which runs inside Stash
    outcome: PluginReply | None = None
    seconds: float = 0.0  # the time a script took; 0 for a process


@dataclass
class ServerAddress:
    """The address of this server, as plugins are told it."""

    scheme: str = "http"
    host: str = "0.0.0.0"
    port: int = 0
    config_dir: Path = field(default_factory=Path)


class PluginHost:
    """The plugins of one server."""

    def __init__(
        self,
        folder: Path,
        connection: ServerAddress,
        configuration: Configuration,
        sessions: Sessions,
        jobs: JobQueue,
        logbook: Logbook,
        environment: Environment,
        start: StartProgram = start_program,
    ) -> None:
        self.folder = folder
        self.connection = connection
        self.runs: list[PluginRun] = []
        self._configuration = configuration
        self._sessions = sessions
        self._jobs = jobs
        self._logbook = logbook
        self._environment = environment
        self._start = start
        self._plugins: list[Manifest] = []
        self._processes: set[PluginProcess] = set()
        self._lock = threading.Lock()
        self._scripts = ScriptRunner()
        self.answer_query: AnswerQuery = refuse_query
        self.engine = GOJA
        self.reload()

    @property
    def plugins(self) -> list[Manifest]:
        """Return the loaded plugins of Stash in load order."""
        return list(self._plugins)

    def reload(self) -> None:
        """Read all manifests again; a bad one is logged and left out. `reloadPlugins` and installations call this."""
        found: dict[str, Manifest] = {}
        for path in find_manifests(self.folder):
            try:
                manifest = load_manifest(path)
            except BadManifest as error:
                self._logbook.add("error", f"Error loading plugin {path}: {error}")
                continue
            if manifest.id.lower() in found:
                self._logbook.add("error", f"Error loading plugin {path}: plugin ID {manifest.id} already exists")
                continue
            found[manifest.id.lower()] = manifest
        self._plugins = list(found.values())
        if any(plugin.interface == "js" for plugin in self._plugins):
            self._scripts.warm_up()

    def find(self, plugin_id: str) -> Manifest | None:
        """Return the loaded plugin of that exact id, None without one.

        Tasks and operations of plugins begin so.
        """
        return next((plugin for plugin in self._plugins if plugin.id == plugin_id), None)

    def is_enabled(self, plugin: Manifest) -> bool:
        """Return True if the plugin is enabled in Stash; hooks, pages and lists ask."""
        return plugin.id not in self._configuration.disabled_plugins

    def close(self) -> None:
        """Kill the plugin processes that still run; the double's server calls this when it stops."""
        with self._lock:
            processes = list(self._processes)
        for process in processes:
            process.kill()
        self._scripts.close()

    def run_operation(self, plugin_id: str, args: Mapping[str, Json], session: CookieSession, is_gone: Gone) -> Json:
        """Run `runPluginOperation` at once and return its output; the process is killed if the client leaves."""
        self._refuse_disabled(plugin_id)
        plugin = self.find(plugin_id)
        if plugin is None:
            raise StashPanic("runtime error: invalid memory address or nil pointer dereference")
        try:
            outcome = self._run(plugin, "operation", None, dict(args), session, is_gone)
        except CannotStart as error:
            raise StashFailure(str(error)) from error
        except Cancelled as error:
            raise StashFailure(OPERATION_CANCELLED) from error
        if outcome.error is not None:
            raise StashFailure(outcome.error)
        return outcome.output

    def queue_task(
        self, plugin_id: str, task: str | None, description: str | None, args: dict[str, Json], session: CookieSession
    ) -> int:
        """Queue `runPluginTask` and return the job's id; whatever is wrong shows only when it starts."""
        shown = description if description is not None else task if task is not None else plugin_id
        return self._jobs.add(
            f"Running plugin task: {shown}", lambda handle: self._run_task(plugin_id, task, args, session, handle)
        )

    def _run_task(
        self, plugin_id: str, task: str | None, args: dict[str, Json], session: CookieSession, handle: Handle
    ) -> None:
        plugin, command = self._prepare_task(plugin_id, task)
        session = session._replace(job=handle.job.id)
        try:
            outcome = self._run(plugin, "task", command, args, session, handle.is_stopping, handle.report)
        except CannotStart as error:
            raise StashFailure(f"Error running plugin task: {error}") from error
        except Cancelled as cancelled:
            outcome = PluginReply(error=str(cancelled))
        if outcome.error is not None:
            self._logbook.add("error", f"Plugin returned error: {outcome.error}")
        elif outcome.output is not None:
            self._logbook.add("debug", f"Plugin returned: {outcome.output}")

    def _prepare_task(self, plugin_id: str, task: str | None) -> tuple[Manifest, PluginCommand | None]:
        prefix = "Error creating plugin task: "
        try:
            self._refuse_disabled(plugin_id)
        except StashFailure as error:
            raise StashFailure(f"{prefix}{error}") from error
        plugin = self.find(plugin_id)
        if plugin is None:
            raise StashFailure(f"{prefix}no plugin with ID {plugin_id}")
        command = plugin.find_task(task) if task is not None else None
        if task is not None and command is None:
            raise StashFailure(f"{prefix}no task with name {task} in plugin {plugin.label}")
        return plugin, command

    def fire(self, hooked: Hooked, session: CookieSession, is_gone: Gone) -> None:
        """Run every hook for a change, one after another, before the mutation is answered; errors are only logged."""
        visits = Counter(session.visited)
        for plugin in self._plugins:
            if not self.is_enabled(plugin):
                continue
            hooks = plugin.hooks_for(hooked.type)
            if hooks and visits[plugin.id, hooked.type] >= MAX_VISITS:
                self._logbook.add(
                    "debug", f"cyclic loop detected: plugin ID '{plugin.id}' hook {hooked.type}, not re-triggering"
                )
                continue
            for hook in hooks:
                if not self._fire_one(plugin, hook, hooked, session, is_gone):
                    return

    def _fire_one(
        self, plugin: Manifest, hook: PluginCommand, hooked: Hooked, session: CookieSession, is_gone: Gone
    ) -> bool:
        """Run one hook; return False if the others are not to run."""
        visited = session._replace(visited=(*session.visited, (plugin.id, hooked.type)))
        try:
            args = {"hookContext": describe_change(hooked)}
            outcome = self._run(plugin, "hook", hook, args, visited, is_gone)
        except Cancelled:
            self._logbook.add("error", f"error executing post hooks: {OPERATION_CANCELLED}")
            return False
        except CannotStart as error:
            self._logbook.add("error", f"error executing post hooks: {error}")
            return False
        shown = f"{hooked.type} [{plugin.name}]: returned"
        if outcome.error is not None:
            self._logbook.add("error", f"{shown} error: {outcome.error}")
        elif outcome.output is not None:
            self._logbook.add("debug", f"{shown}: {outcome.output}")
        return True

    def _refuse_disabled(self, plugin_id: str) -> None:
        if plugin_id in self._configuration.disabled_plugins:
            raise StashFailure(f"plugin {plugin_id} is disabled")

    def _run(
        self,
        plugin: Manifest,
        kind: str,
        command: PluginCommand | None,
        args: dict[str, Json],
        session: CookieSession,
        is_gone: Gone,
        report: Callable[[float], None] | None = None,
    ) -> PluginReply:
        given = {**(command.default_args if command else {}), **args}
        document = {"server_connection": self._describe_connection(plugin, session), "args": given}
        run = PluginRun(plugin.id, kind, document)
        if plugin.interface == "js":
            return self._run_script(plugin, run, session, is_gone, report)
        line, environment = self._make_command(plugin, command)
        process = PluginProcess(
            partial(self._start, line, environment),
            encode_document(document),
            lambda level, text: self._note(plugin, level, text, report),
        )
        run.pid = process.pid
        with self._lock:
            self.runs.append(run)
            self._processes.add(process)
        try:
            run.outcome = process.wait(is_gone)
        finally:
            with self._lock:
                self._processes.discard(process)
        return run.outcome

    def _run_script(
        self,
        plugin: Manifest,
        run: PluginRun,
        session: CookieSession,
        is_gone: Gone,
        report: Callable[[float], None] | None,
    ) -> PluginReply:
        if not plugin.exec:
            raise CannotStart("no script specified in exec")
        script = self._read_script(plugin, run, can_report=report is not None)
        prefix = "[Plugin] " if self.engine == OTTO else f"[Plugin / {plugin.name}] "

        def note(level: str, text: str, is_console: bool) -> None:
            if level == "progress":
                self._note_progress(text, report)
            else:
                self._logbook.add(level, text if is_console else f"{prefix}{text}")

        def query(document: str, variables: Mapping[str, Json]) -> Json:
            return self.answer_query(document, variables, session._replace(user=""))  # Stash forgets the user here

        with self._lock:
            self.runs.append(run)
        started = time.monotonic()
        try:
            run.outcome = self._scripts.run(script, query, note, is_gone)
        finally:
            run.seconds = time.monotonic() - started
        return run.outcome

    def _read_script(self, plugin: Manifest, run: PluginRun, *, can_report: bool) -> Script:
        args = show_args_to_script(run.document["args"], self.engine, is_hook=run.kind == "hook")
        given = {"ServerConnection": run.document["server_connection"], "Args": args}
        path = Path(os.path.normpath(f"{plugin.folder}/{plugin.exec[0]}"))  # never absolute, unlike a program's
        return Script(path, given, self.engine, can_report)

    def _describe_connection(self, plugin: Manifest, session: CookieSession) -> dict[str, Json]:
        place = self.connection
        return {
            "Scheme": place.scheme,
            "Host": place.host,
            "Port": place.port,
            "SessionCookie": self._sessions.plugin_cookie(session),
            "Dir": str(place.config_dir),
            "PluginDir": str(plugin.folder),
        }

    def _make_command(self, plugin: Manifest, command: PluginCommand | None) -> tuple[list[str], Environment]:
        line = [*plugin.exec, *(command.exec_args if command else ())]
        if not line:
            raise CannotStart("empty exec value")
        line[1:] = [part.replace("{pluginDir}", str(plugin.folder)) for part in line[1:]]
        if line[0] not in PYTHONS:
            line[0] = shutil.which(line[0]) or str(plugin.folder / line[0])
            return line, self._environment
        python = self._find_python()
        if python is None:
            self._logbook.add("warning", "python executable not in PATH: executable file not found in $PATH")
            return line, self._environment
        former = self._environment.get("PYTHONPATH")
        parent = str(plugin.folder.parent)
        path = parent if former is None else f"{former}{os.pathsep}{parent}"
        return [python, *line[1:]], {**self._environment, "PYTHONPATH": path}

    def _find_python(self) -> str | None:
        configured = str(self._configuration.part("general")["pythonPath"])
        if configured and Path(configured).is_file():
            return configured
        if configured:
            self._logbook.add("warning", f"configured python path is not a file: {configured}")
        search = self._environment.get("PATH")
        found = (shutil.which(name, path=search) for name in PROGRAMS)
        return next(filter(None, found), None)

    def _note(self, plugin: Manifest, level: str, text: str, report: Callable[[float], None] | None) -> None:
        level = level or plugin.err_log or "error"
        if level == "progress":
            self._note_progress(text, report)
        elif level != "none":
            self._logbook.add(level, f"[Plugin / {plugin.name}] {text}")

    def _note_progress(self, text: str, report: Callable[[float], None] | None) -> None:
        try:
            fraction = float(text)
        except ValueError:
            reason = f'strconv.ParseFloat: parsing "{text}": invalid syntax'
            self._logbook.add("error", f"Error parsing progress value '{text}': {reason}")
            return
        if report:
            report(fraction)


def refuse_query(query: str, variables: Mapping[str, Json], session: CookieSession) -> Json:
    """Raise an error: it stands in for the server's GraphQL until the server is assembled."""
    del query, variables, session
    raise StashFailure("the server has not started")


def describe_change(hooked: Hooked) -> dict[str, Json]:
    """Return `hookContext`: no id if it is 0, no fields if there are none, the fields in no order."""
    context: dict[str, Json] = {"type": hooked.type, "input": hooked.input}
    if hooked.id:
        context["id"] = hooked.id
    if hooked.fields:
        context["inputFields"] = random.sample(hooked.fields, len(hooked.fields))
    return context

"""Control routes of this double, beside those every double has (sandbox/controls.py).

GET  /__sandbox/state      counts, jobs, plugins
GET  /__sandbox/runs       every plugin process so far; ?plugin= &kind= narrow it
GET  /__sandbox/logs       the log, newest last; ?level= narrows it
POST /__sandbox/files      [{"path": "/media/new.mp4", …}]: put files there for the next scan
POST /__sandbox/scan       {"paths": […]}: queue a scan -> {"job": "7"}
POST /__sandbox/scenes     {"title": …, "path": …, "tags": ["name"], "performers": ["name"], "studio": "name"}
POST /__sandbox/mark       remember the present state
POST /__sandbox/reset      go back to the remembered state
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from sandbox.controls import Control, ControlRequest
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.files.scan import queue_scan
from sandbox.stash.jobs import show_job
from sandbox.stash.library import Database
from sandbox.stash.sessions import CookieSession
from sandbox.stash.stocking import Stock

if TYPE_CHECKING:
    from sandbox.stash.services import Services

COUNTED = ("scenes", "performers", "studios", "tags", "groups", "files")


def make_controls(services: Services, snapshot: Path) -> dict[tuple[str, str], Control]:
    """Return the control routes of one double; `snapshot` is where its state is remembered."""

    def bind(act: Callable[[Services, ControlRequest], object]) -> Control:
        return lambda asked: act(services, asked)

    def mark(_: ControlRequest) -> object:
        services.library.save(snapshot)
        return {"ok": True}

    def reset(_: ControlRequest) -> object:
        if not snapshot.exists():
            raise ValueError("nothing was remembered: POST /__sandbox/mark first")
        services.jobs.stop_all()
        services.jobs.wait_until_idle()
        services.library.restore(snapshot)
        services.configuration.reload()
        return {"ok": True}

    return {
        ("GET", "state"): bind(_show_state),
        ("GET", "runs"): bind(_list_runs),
        ("GET", "logs"): bind(_list_logs),
        ("POST", "files"): bind(_drop_files),
        ("POST", "scan"): bind(_scan),
        ("POST", "scenes"): bind(_add_scene),
        ("POST", "mark"): mark,
        ("POST", "reset"): reset,
    }


def _show_state(services: Services, _: ControlRequest) -> object:
    with services.library.read() as db:
        counts = {table: db.value(f"SELECT COUNT(*) FROM {table}") for table in COUNTED}
    return {
        "profile": services.profile.name,
        "home": str(services.home),
        "counts": counts,
        "jobs": [show_job(job) for job in services.jobs.queued()],
        "plugins": [plugin.id for plugin in services.plugins.plugins],
    }


def _list_runs(services: Services, asked: ControlRequest) -> object:
    plugin, kind = asked.request.parameter("plugin"), asked.request.parameter("kind")
    return [
        {
            "plugin": run.plugin_id,
            "kind": run.kind,
            "args": run.document["args"],
            "pid": run.pid,
            "seconds": run.seconds,
            "outcome": None if run.outcome is None else {"output": run.outcome.output, "error": run.outcome.error},
        }
        for run in services.plugins.runs
        if plugin in ("", run.plugin_id) and kind in ("", run.kind)
    ]


def _list_logs(services: Services, asked: ControlRequest) -> object:
    lines = services.logbook.lines(asked.request.parameter("level"))
    return [{"at": line.at.isoformat(), "level": line.level, "message": line.message} for line in lines]


def _drop_files(services: Services, asked: ControlRequest) -> object:
    files = [VideoFile(**entry) for entry in asked.request.json()]
    services.disk.drop(*files)
    return {"dropped": len(files)}


def _scan(services: Services, asked: ControlRequest) -> object:
    given = asked.request.json() if asked.request.body else {}
    return {"job": str(queue_scan(services, given, CookieSession()))}


def _add_scene(services: Services, asked: ControlRequest) -> object:
    given: dict[str, Any] = asked.request.json()
    with services.library.read() as db:
        tags = [_find(db, "tags", name) for name in given.pop("tags", ())]
        performers = [_find(db, "performers", name) for name in given.pop("performers", ())]
        studio = _find(db, "studios", given.pop("studio")) if "studio" in given else None
    path = given.pop("path", "")
    stock = Stock(services.library)
    file = VideoFile(path) if path else None
    title = given.pop("title", "")
    return {"id": stock.add_scene(title, file=file, tags=tags, performers=performers, studio=studio, **given)}


def _find(db: Database, table: str, name: str) -> int:
    found = db.value(f"SELECT id FROM {table} WHERE name = ?", (name,))
    if found is None:
        raise ValueError(f"no {table[:-1]} is named {name!r}")
    return int(found)

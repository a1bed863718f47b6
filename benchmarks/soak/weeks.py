"""The days of a household: saves, plays, edits, outages; and the end of a week: a kill, an update, a set clock."""

from __future__ import annotations

from typing import Any

from benchmarks.soak.life import Life

# Plans that nobody applies are made each week, too: they must be removed one day.
WEEKLY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("tagManager", "refresh_tags", {}),
    ("tagManager", "sync_scene_tags", {"dry_run": False}),
    ("tagManager", "sync_scene_tags", {"dry_run": True}),
    ("tagManager", "unused_plan", {}),
    ("tagManager", "withdrawn_plan", {}),
    ("tagManager", "lookalikes_find", {}),
    ("performerSiteSync", "favorite_performers", {}),
    ("performerSiteSync", "update_performers", {}),
    ("performerSiteSync", "update_studios", {}),
    ("performerSiteSync", "update_scenes", {}),
    ("performerSiteSync", "update_performers", {"dry_run": True}),
    ("performerSiteSync", "find_duplicates", {}),
    ("performerSiteSync", "generate_report", {}),
    ("missingScenes", "completeness", {}),
    ("missingScenes", "compare_files", {}),
    ("missingScenes", "cleanup_preview", {}),
    ("stash2plex", "reconcile_all", {}),
    ("stash2plex", "preview_all", {}),
    ("stash2plex", "take_watched", {}),
)


def begin_life(life: Life) -> None:
    """Set all plugins up as on the first day, and start the work of each schedule once; `./dev soak` begins so."""
    life.run("stash2plex", "preview_all")
    life.call("stash2plex", "sync_start", send=False)
    for plugin, mode, args in WEEKLY:
        life.run(plugin, mode, **args)
    life.beat()


def end_week(life: Life, week: int, edits: int) -> None:
    """Let a week end: new files, a killed task, all tasks, an undo.

    Each third week updates the plugins after the kill, each fourth sets the clock back for a while.
    """
    life.replace_scenes(edits)
    kill_one(life, week)
    if week % 3 == 2:
        life.install_plugins()
    for plugin, mode, args in WEEKLY:
        life.run(plugin, mode, **args)
    browse(life)
    undo_last(life, "tagManager")
    if week % 4 == 3:
        life.pass_days(-1)  # somebody sets the clock back, and the next day right again
        life.beat()
        life.pass_days(1)
    life.beat()


def live_day(life: Life, day: int, edits: int) -> None:
    """Let a day of `./dev soak` pass: on one day Plex is down and on another one a box fails, while people work on."""
    life.edit_boxes(max(edits // 3, 1))
    life.play(2)
    if day == 2:
        life.town.plex.server.take_down()
    if day == 4:
        life.boxes[0].server.take_down()
    life.save_scenes(edits)
    if day == 2:
        life.restart()  # the drain would wait for Plex half a day
    life.settle()
    life.beat()
    if day == 2:
        life.town.plex.server.bring_up()
    if day == 4:
        life.boxes[0].server.bring_up()
    life.pass_days(1)
    life.beat()


def browse(life: Life) -> None:
    """Open the pages whose lists the plugins keep, and mark some scenes, as a person does in a week of `./dev soak`."""
    endpoint = life.boxes[0].endpoint
    found = life.call("missingScenes", "find_missing", entity_type="favorite_performers", page_size=40)
    scenes = found.get("scenes", [])[:2]
    life.call("missingScenes", "mark_scenes", list="ignored", is_on=True, endpoint=endpoint, scenes=scenes)
    for plugin, operation in (("missingScenes", "overview"), ("tagManager", "overview"), ("stash2plex", "overview")):
        life.call(plugin, operation)
    life.call("stash2plex", "statistics")


def kill_one(life: Life, week: int) -> None:
    """Kill a task at another moment each week; the next run of it goes on."""
    plugin, mode, args = WEEKLY[week % len(WEEKLY)]
    life.kill(plugin, mode, life.chance.random(), **args)


def undo_last(life: Life, plugin: str) -> None:
    """Undo the newest run that can be undone, as people do now and then."""
    for run in life.call(plugin, "history_list", page=1, page_size=5).get("runs", []):
        if run["undoable"]:
            plan = life.call(plugin, "history_undo", run_id=run["id"], preview=True)
            if plan.get("plan_id"):
                life.call(plugin, "history_undo", plan_id=plan["plan_id"])
            life.settle()
            return

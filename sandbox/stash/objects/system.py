"""Configuration, version, statistics, jobs and logs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.jobs import show_job, show_precise_time
from sandbox.stash.objects.batches import Args, root

SYSTEM = Registry()
OS_NAMES = {"linux": "linux", "darwin": "darwin", "win32": "windows"}
STATISTICS = {
    "scene_count": "SELECT COUNT(*) FROM scenes",
    "scenes_size": "SELECT COALESCE(SUM(f.size), 0) FROM scenes_files sf JOIN files f ON f.id = sf.file_id",
    "scenes_duration": "SELECT COALESCE(SUM(v.duration), 0) FROM scenes_files sf JOIN video_files v USING (file_id)",
    "image_count": "SELECT COUNT(*) FROM images",
    "images_size": "SELECT 0",
    "gallery_count": "SELECT COUNT(*) FROM galleries",
    "performer_count": "SELECT COUNT(*) FROM performers",
    "studio_count": "SELECT COUNT(*) FROM studios",
    "group_count": "SELECT COUNT(*) FROM groups",
    "movie_count": "SELECT COUNT(*) FROM groups",
    "tag_count": "SELECT COUNT(*) FROM tags",
    "total_o_count": "SELECT COUNT(*) FROM scenes_o_dates",
    "total_play_duration": "SELECT COALESCE(SUM(play_duration), 0) FROM scenes",
    "total_play_count": "SELECT COUNT(*) FROM scenes_view_dates",
    "scenes_played": "SELECT COUNT(DISTINCT scene_id) FROM scenes_view_dates",
}


def _show_configuration(context: Context, _: Args) -> dict[str, Any]:
    configuration = context.services.configuration
    parts = ("general", "interface", "scraping", "defaults", "ui")
    return {**{name: configuration.part(name) for name in parts}, "plugins": configuration}


def _show_plugin_settings(_: Context, objects: Any, args: Args) -> list[dict[str, Any]]:
    return [each["plugins"].plugin_settings(args.get("include")) for each in objects]


def _show_version(context: Context, _: Args) -> dict[str, Any]:
    profile = context.services.profile
    return {"version": profile.version, "hash": profile.hash, "build_time": profile.build_time}


def _refuse_latest(_: Context, __: Args) -> None:
    raise StashFailure("Github API request failed: the sandbox has no internet")


def _show_status(context: Context, _: Args) -> dict[str, Any]:
    services = context.services
    general = services.configuration.part("general")
    return {
        "databaseSchema": services.profile.app_schema,
        "databasePath": general["databasePath"],
        "configPath": general["configFilePath"],
        "appSchema": services.profile.app_schema,
        "status": "OK",
        "os": OS_NAMES.get(sys.platform, sys.platform),
        "workingDir": os.getcwd(),  # noqa: PTH109 - the text Stash shows, not a path to work with
        "homeDir": str(Path.home()),
        "ffmpegPath": "",
        "ffprobePath": "",
    }


def _show_statistics(context: Context, _: Args) -> dict[str, Any]:
    return {name: context.db.value(sql) for name, sql in STATISTICS.items()}


def _list_jobs(context: Context, _: Args) -> list[dict[str, Any]] | None:
    return [show_job(job) for job in context.services.jobs.queued()] or None


def _find_job(context: Context, args: Args) -> dict[str, Any] | None:
    job_id = read_id(args["input"]["id"])
    context.services.jobs.notice_wait(context.session.job, job_id)
    job = context.services.jobs.find(job_id)
    return None if job is None else show_job(job)


def _list_logs(context: Context, _: Args) -> list[dict[str, Any]]:
    return [
        {"time": show_precise_time(line.at), "level": line.level.capitalize(), "message": line.message}
        for line in context.services.logbook.recent()
    ]


SYSTEM.resolvers.update(
    {
        ("Query", "configuration"): root(_show_configuration),
        ("Query", "version"): root(_show_version),
        ("Query", "latestversion"): root(_refuse_latest),
        ("Query", "systemStatus"): root(_show_status),
        ("Query", "stats"): root(_show_statistics),
        ("Query", "jobQueue"): root(_list_jobs),
        ("Query", "findJob"): root(_find_job),
        ("Query", "logs"): root(_list_logs),
        ("ConfigResult", "plugins"): _show_plugin_settings,
        **{
            ("Subscription", name): root(lambda context, _: context.event)
            for name in ("jobsSubscribe", "scanCompleteSubscribe", "loggingSubscribe")
        },
    }
)

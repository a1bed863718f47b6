"""Mutations of settings, jobs and plugins."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.encoding import drop_fractions
from sandbox.stash.graph.execution import BrokenDouble, Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.plugins.arguments import read_legacy_args

SYSTEM = Registry()


def _configure_general(context: Context, args: Args) -> Any:
    return context.services.configuration.change_general(args["input"])


def _configure_interface(context: Context, args: Args) -> Any:
    return context.services.configuration.change("interface", args["input"])


def _configure_scraping(context: Context, args: Args) -> Any:
    return context.services.configuration.change("scraping", args["input"])


def _configure_defaults(context: Context, args: Args) -> Any:
    return context.services.configuration.keep_scan_defaults(args["input"])


def _configure_plugin(context: Context, args: Args) -> Any:
    return context.services.configuration.configure_plugin(args["plugin_id"], args["input"])


def _configure_ui(context: Context, args: Args) -> Any:
    configuration = context.services.configuration
    if args.get("input") is not None:
        configuration.replace("ui", args["input"])
    if args.get("partial") is not None:
        configuration.change("ui", args["partial"])
    return configuration.part("ui")


def _configure_ui_setting(context: Context, args: Args) -> Any:
    return context.services.configuration.set_ui(args["key"], args.get("value"))


def _renew_key(context: Context, args: Args) -> str:
    return context.services.configuration.renew_api_key(clear=bool(args["input"].get("clear")))


def _enable_plugins(context: Context, args: Args) -> bool:
    context.services.configuration.enable_plugins(args["enabledMap"])
    return True


def _reload_plugins(context: Context, _: Args) -> bool:
    context.services.plugins.reload()
    return True


def _run_task(context: Context, args: Args) -> int:
    given = args.get("args_map")
    if given is None:
        given = read_legacy_args(args.get("args") or ())
    plugins = context.services.plugins
    return plugins.queue_task(
        args["plugin_id"], args.get("task_name"), args.get("description"), dict(given), context.session
    )


def _run_operation(context: Context, args: Args) -> Any:
    plugins = context.services.plugins
    output = plugins.run_operation(args["plugin_id"], args.get("args") or {}, context.session, context.is_abandoned)
    return drop_fractions(output)


def _stop_job(context: Context, args: Args) -> bool:
    try:
        context.services.jobs.stop(read_id(args["job_id"]))
    except StashFailure as error:
        raise StashFailure(f"converting id: {error}") from error
    return True


def _stop_all_jobs(context: Context, _: Args) -> bool:
    context.services.jobs.stop_all()
    return True


def _query_sql(context: Context, args: Args) -> dict[str, Any]:
    with context.services.library.read() as db:
        cursor = _execute(db.connection, args)
        columns = [column[0] for column in cursor.description or ()]
        return {"columns": columns, "rows": [list(row) for row in cursor]}


def _exec_sql(context: Context, args: Args) -> dict[str, Any]:
    with context.services.library.write() as db:
        cursor = _execute(db.connection, args)
        return {"rows_affected": max(cursor.rowcount, 0), "last_insert_id": cursor.lastrowid or 0}


def _execute(connection: sqlite3.Connection, args: Args) -> sqlite3.Cursor:
    try:
        return connection.execute(args["sql"], tuple(args.get("args") or ()))
    except sqlite3.Error as error:
        raise StashFailure(f"error executing `{args['sql']}` [{list(args.get('args') or ())}]: {error}") from error


def _back_up_database(context: Context, args: Args) -> None:
    """Save a copy beside the database or in the folder of the settings; its path is not told."""
    services, given = context.services, args["input"]
    if given.get("download") or given.get("includeBlobs"):
        raise BrokenDouble("backupDatabase only leaves its copy on the server, without blobs")
    database = services.library.path
    folder = Path(services.configuration.part("general")["backupDirectoryPath"] or database.parent)
    try:
        folder.mkdir(exist_ok=True)  # as Stash does it, only the last folder is made
    except OSError as error:
        raise StashFailure(f"could not create backup directory {folder}: {error.strerror}") from error
    stamp = services.library.now().astimezone(services.library.zone).strftime("%Y%m%d_%H%M%S")
    services.library.vacuum_into(folder / f"{database.name}.{services.profile.app_schema}.{stamp}")


RESOLVERS = {
    "configureGeneral": _configure_general,
    "configureInterface": _configure_interface,
    "configureScraping": _configure_scraping,
    "configureDefaults": _configure_defaults,
    "configurePlugin": _configure_plugin,
    "configureUI": _configure_ui,
    "configureUISetting": _configure_ui_setting,
    "generateAPIKey": _renew_key,
    "setPluginsEnabled": _enable_plugins,
    "reloadPlugins": _reload_plugins,
    "runPluginTask": _run_task,
    "runPluginOperation": _run_operation,
    "stopJob": _stop_job,
    "stopAllJobs": _stop_all_jobs,
    "backupDatabase": _back_up_database,
    "querySQL": _query_sql,
    "execSQL": _exec_sql,
}
SYSTEM.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})

"""The entry table of Stash2Plex: its settings, tasks, listener and operations."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.old_python import require_python

require_python("Stash2Plex")

from shared.runtime.main import run
from shared.runtime.plugin import Listener, Plugin, Task

_VALUES = ("title", "details", "date", "rating100", "rating", "organized", "code", "director")
CONCERNS_PLEX = _VALUES + ("studio_id", "performer_ids", "tag_ids", "cover_image", "primary_file_id")
COMPARE, QUEUE, WATCHED = "plexsync.compare.tasks:", "plexsync.queue.tasks:", "plexsync.watched.tasks:"
SHELVES = "plexsync.shelves.tasks:"
RECONCILE = COMPARE + "run_reconciliation"

PLUGIN = Plugin(
    id="stash2plex",
    name="Stash2Plex",
    description="Keeps Plex in sync with Stash, also after an outage of Plex.",
    settings="plexsync.settings:SETTINGS",
    migrations="plexsync.schema:MIGRATIONS",
    tasks={
        "sync_all": Task(COMPARE + "sync_all", "Sync All Scenes", "Sends to Plex all scenes that may differ there."),
        "sync_recent": Task(COMPARE + "sync_recent", "Sync Recent Scenes", "Sends scenes changed within 24 hours."),
        "queue_status": Task(QUEUE + "show_queue", "View Queue Status", "Writes the state of the queue into the log."),
        "clear_queue": Task(QUEUE + "clear_pending", "Clear Pending Queue", "Empties the queue and sends nothing."),
        "clear_dead": Task(QUEUE + "clear_dead", "Clear Dead Letter Queue", "Takes failed scenes off the queue."),
        "purge_dead": Task(QUEUE + "purge_old_dead", "Purge Old DLQ Entries", "Removes what failed over 30 days ago."),
        "process_queue": Task(QUEUE + "process_queue", "Process Queue", "Sends scenes until the queue is empty."),
        "reconcile_all": Task(
            RECONCILE, "Reconcile Library (All)", "Compares all scenes with Plex and sends what differs."
        ),
        "reconcile_recent": Task(
            RECONCILE,
            "Reconcile Library (Recent)",
            "Compares scenes changed in the last 24 hours with Plex and sends what differs.",
            {"scope": "24h"},
        ),
        "reconcile_week": Task(
            RECONCILE,
            "Reconcile Library (Last 7 Days)",
            "Compares scenes changed in the last 7 days with Plex and sends what differs.",
            {"scope": "7days"},
        ),
        "preview_all": Task(COMPARE + "preview_all", "Preview Sync", "Shows what would be written to Plex."),
        "take_over": Task(
            "plexsync.start.tasks:take_over",
            "Take Over What Plex Shows",
            "Counts values that Plex and Stash have in common as sent by this plugin. Writes nothing to Plex.",
        ),
        "preview_watched": Task(
            WATCHED + "preview_watched", "Preview Plays and Stars From Plex", "Shows what Stash would take from Plex."
        ),
        "take_watched": Task(
            WATCHED + "take_watched", "Take Plays and Stars From Plex", "Takes plays, positions and stars into Stash."
        ),
        "preview_shelves": Task(SHELVES + "preview_shelves", "Preview Shelves", "Shows what an update would write."),
        "update_shelves": Task(SHELVES + "update_shelves", "Update Shelves", "Updates your collections in Plex."),
        "health": Task("plexsync.page.tasks:check_health", "Health Check", "Reports if Plex and the queue work."),
    },
    page_tasks={"remove_shelf": SHELVES + "remove_shelf"},
    listener=Listener(
        {"Scene.Update.Post": CONCERNS_PLEX, "Scene.Create.Post": (), "Scene.Destroy.Post": ()},
        needs=("enabled", "plex_url", "plex_token"),
    ),
    operations={
        "overview": "plexsync.page.overview:show_overview",
        "status": "plexsync.queue.operations:show_status",
        "queue_list": "plexsync.queue.operations:list_entries",
        "queue_retry": "plexsync.queue.operations:retry_entries",
        "queue_remove": "plexsync.queue.operations:remove_entries",
        "queue_pause": "plexsync.queue.operations:pause_queue",
        "queue_resume": "plexsync.queue.operations:resume_queue",
        "queue_step": "plexsync.queue.operations:work_step",
        "sync_scenes": "plexsync.queue.operations:queue_scenes",
        "match_list": "plexsync.match.operations:list_matches",
        "match_scene": "plexsync.match.operations:show_scene_match",
        "scene_badge": "plexsync.page.operations:show_badge",
        "match_link": "plexsync.match.operations:link_scene",
        "match_unlink": "plexsync.match.operations:unlink_scene",
        "matches_unlink": "plexsync.match.operations:unlink_scenes",
        "plex_unmatched": "plexsync.match.operations:list_unmatched",
        "plex_pictures": "plexsync.page.pictures:show_item_pictures",
        "plex_search": "plexsync.match.operations:search_items",
        "preview": "plexsync.compare.operations:preview_scenes",
        "templates_try": "plexsync.write.operations:try_templates",
        "paths_show": "plexsync.paths.operations:show_path_rules",
        "paths_propose": "plexsync.paths.operations:propose_path_rules",
        "paths_measure": "plexsync.paths.operations:measure_path_rules",
        "paths_save": "plexsync.paths.operations:save_path_rules",
        "libraries_list": "plexsync.server.operations:show_libraries",
        "libraries_choose": "plexsync.server.operations:choose_libraries",
        "saved_filters": "shared.scene_scopes.saved_filters:list_saved_filters",
        "shelves_list": "plexsync.shelves.operations:list_shelves",
        "shelf_sources": "plexsync.shelves.operations:search_sources",
        "shelf_try": "plexsync.shelves.operations:try_shelf",
        "shelf_save": "plexsync.shelves.operations:save_shelf",
        "shelf_remove": "plexsync.shelves.operations:start_removal",
        "sync_start": "plexsync.start.operations:start_syncing",
        "server_confirm": "plexsync.server.operations:confirm_server",
        "statistics": "plexsync.page.operations:show_statistics",
        "migrate": "plexsync.page.operations:migrate_settings",
    },
    outside_stash=("sync", "shelves"),
    targets={
        "sync": "plexsync.write.target:make_target",
        "watched": "plexsync.watched.target:make_target",
        "shelves": "plexsync.shelves.target:make_target",
    },
    setup_tests="plexsync.setup_tests:TESTS",
    queue="plexsync.queue.queue_worker:make_queue",
    heartbeat="plexsync.schedule:beat",
    schedules="plexsync.schedule:list_schedules",
    after_loss='On the Compare tab, press "Take over what Plex shows", then "Sync now" for all '
    "scenes. If the Queue tab asks for it, press Start syncing. Values that you changed in Stash meanwhile stay as "
    "Plex has them: to send them, switch Respect Plex Locks off, compare and send once, and switch it on again. "
    "If shelves are missing, make them again with the same titles: they take their collections over.",
)

if __name__ == "__main__":
    run(PLUGIN)

"""Missing Scenes: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Hook, Plugin, Task, run

PLUGIN = Plugin(
    id="missingScenes",
    name="Missing Scenes",
    description="Shows which scenes of a performer, studio or tag you do not own, and lets Whisparr get them.",
    settings="missing.settings:SETTINGS",
    migrations="missing.state:MIGRATIONS",
    tasks={
        "scan": Task(
            "missing.scanning:scan_new_scenes",
            "Scan for New Scenes",
            "Lets Stash scan the folder where downloads arrive (setting Scan Path).",
        ),
        "cleanup": Task(
            "missing.cleanup:clean_up",
            "Cleanup Whisparr",
            "Takes all scenes that are tagged in Stash out of Whisparr, or stops monitoring them.",
        ),
        "cleanup_preview": Task(
            "missing.cleanup:preview_cleanup",
            "Cleanup Whisparr (dry run)",
            "Lists what Cleanup Whisparr would do; the plan is on the page of the plugin.",
        ),
        "completeness": Task(
            "missing.completeness:check_completeness",
            "Check Completeness",
            "Counts how many scenes of each linked performer and studio are in the library.",
        ),
    },
    hooks={"Scene.Update.Post": Hook("missing.hooks:note_scene_update", fields=("stash_ids",))},
    operations={
        "cleanup_preview": "missing.cleanup:show_preview",
        "exclude_tags": "missing.details:exclude_tags",
        "excluded_tags": "missing.details:show_excluded_tags",
        "export_marked": "missing.lists:export_marked",
        "find_missing": "missing.finding:find_missing",
        "find_owned_files": "missing.fingerprints:find_owned_files",
        "link_scene": "missing.linking:link_scene",
        "list_completeness": "missing.standings:list_completeness",
        "list_marked": "missing.lists:list_marked",
        "mark_scenes": "missing.lists:mark_scenes",
        "scene_details": "missing.details:show_scene",
        "search_tags": "missing.details:search_tags",
        "start_visit": "missing.details:start_visit",
        "whisparr_add": "missing.adding:add_one",
        "whisparr_exclude": "missing.adding:exclude_scene",
        "whisparr_plan": "missing.adding:plan_many",
        "whisparr_status": "missing.statuses:show_statuses",
    },
    targets={
        "lists": "missing.lists:make_target",
        "scene_links": "missing.linking:make_target",
        "whisparr_adds": "missing.adding:make_target",
        "whisparr_cleanup": "missing.cleanup:make_target",
    },
    setup_tests="missing.setup:TESTS",
    queue="missing.cleanup:make_queue",
    heartbeat="missing.freshness:beat",
)

if __name__ == "__main__":
    run(PLUGIN)

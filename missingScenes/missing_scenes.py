"""Missing Scenes: the table of its settings, tasks, listener, operations and targets."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.old_python import require_python

require_python("Missing Scenes")

from shared.runtime.main import run
from shared.runtime.plugin import Listener, Plugin, Task

PLUGIN = Plugin(
    id="missingScenes",
    name="Missing Scenes",
    description="Shows which scenes of a performer, studio or tag you do not own, and lets Whisparr get them.",
    settings="missing.settings:SETTINGS",
    migrations="missing.schema:MIGRATIONS",
    tasks={
        "scan": Task(
            "missing.whisparr.folder_scan:scan_new_scenes",
            "Scan for New Scenes",
            "Stash scans the folders where downloads arrive (setting Scan Path).",
        ),
        "cleanup": Task(
            "missing.whisparr.cleanup.tasks:clean_up",
            "Cleanup Whisparr",
            "Removes scenes you already have (linked to StashDB) from Whisparr, or stops monitoring them.",
        ),
        "cleanup_preview": Task(
            "missing.whisparr.cleanup.tasks:preview_cleanup",
            "Cleanup Whisparr (dry run)",
            "Previews Cleanup Whisparr; the preview is on the plugin's page.",
        ),
        "news": Task(
            "missing.news.tasks:look_for_news",
            "Look for New Scenes",
            "Looks for new scenes of your favorites and of those you follow, and tells you once (group Messages).",
        ),
        "follow": Task("missing.follow.tasks:check_followed", "Check Followed", "Brings scenes of those you follow."),
        "completeness": Task(
            "missing.completeness.tasks:check_completeness",
            "Check Completeness",
            "Counts how many scenes of each linked performer and studio are in the library.",
        ),
        "compare_files": Task(
            "missing.files.tasks:compare_files",
            "Compare Files",
            "Asks the stash-boxes which of your scenes without a link they know, by the fingerprints of the files.",
        ),
    },
    page_tasks={
        "follow_again": "missing.follow.tasks:bring_again",
        "releases": "missing.whisparr.progress.releases:find_slow_releases",
        "remove_custom_fields": "missing.custom_fields.tasks:remove_fields",
        "front_row": "missing.front_page.tasks:refresh_row",
    },
    listener=Listener(
        {"Scene.Update.Post": ("stash_ids",), "Scene.Create.Post": ()},
        needs=("enableAutoCleanup|compareNewFiles", "whisparrUrl|compareNewFiles"),
    ),
    operations={
        "card_counts": "missing.front_page.operations:show_card_counts",
        "cleanup_preview": "missing.whisparr.cleanup.operations:show_preview",
        "custom_fields": "missing.custom_fields.tasks:show_state",
        "decide_followed": "missing.follow.operations:decide_followed",
        "exclude_tags": "missing.listing.operations:exclude_tags",
        "excluded_tags": "missing.listing.operations:show_excluded_tags",
        "export_marked": "missing.marks.operations:export_marked",
        "file_match": "missing.files.operations:show_match",
        "file_matches": "missing.files.operations:list_files",
        "find_missing": "missing.listing.operations:find_missing",
        "find_owned_files": "missing.owned.operations:find_owned_files",
        "follow_entity": "missing.follow.operations:follow_entity",
        "front_row": "missing.front_page.operations:show_row",
        "link_scene": "missing.owned.operations:link_scene",
        "list_coming": "missing.coming.operations:list_coming",
        "list_completeness": "missing.completeness.operations:list_completeness",
        "list_follows": "missing.follow.operations:show_follows",
        "list_marked": "missing.marks.operations:list_marked",
        "mark_scenes": "missing.marks.operations:mark_scenes",
        "overview": "missing.overview.operations:show_overview",
        "plan_file_links": "missing.files.operations:plan_file_links",
        "preview_follow": "missing.follow.operations:preview_follow",
        "reject_file": "missing.files.operations:reject_match",
        "remove_custom_fields": "missing.custom_fields.tasks:start_removing",
        "scene_details": "missing.listing.operations:show_scene",
        "search_tags": "missing.listing.operations:search_tags",
        "show_follow": "missing.follow.operations:show_follow",
        "start_visit": "missing.listing.operations:start_visit",
        "unfollow": "missing.follow.operations:unfollow",
        "whisparr_add": "missing.whisparr.add.operations:add_one",
        "whisparr_choices": "missing.whisparr.instance_operations:save_choices",
        "whisparr_command": "missing.whisparr.progress.search:show_search",
        "whisparr_exclude": "missing.whisparr.add.operations:exclude_scene",
        "whisparr_explain": "missing.whisparr.progress.operations:explain_scene_state",
        "whisparr_grab": "missing.whisparr.progress.releases:grab_one",
        "whisparr_monitor": "missing.whisparr.progress.operations:monitor_scene",
        "whisparr_more": "missing.whisparr.instance_operations:list_more",
        "whisparr_more_remove": "missing.whisparr.instance_operations:remove_more",
        "whisparr_more_save": "missing.whisparr.instance_operations:save_more",
        "whisparr_more_test": "missing.whisparr.instance_operations:test_more",
        "whisparr_options": "missing.whisparr.add.operations:show_options",
        "whisparr_plan": "missing.whisparr.add.operations:plan_many",
        "whisparr_releases": "missing.whisparr.progress.releases:show_releases",
        "whisparr_search": "missing.whisparr.progress.search:search_scenes",
        "whisparr_status": "missing.whisparr.status:show_statuses",
    },
    outside_stash=("file_rejections", "lists", "whisparr_adds", "whisparr_cleanup"),
    targets={
        "custom_fields": "missing.custom_fields.target:make_target",
        "file_rejections": "missing.files.target:make_target",
        "lists": "missing.marks.target:make_target",
        "scene_links": "missing.owned.target:make_target",
        "whisparr_adds": "missing.whisparr.add.target:make_target",
        "whisparr_cleanup": "missing.whisparr.cleanup.target:make_target",
    },
    setup_tests="missing.setup_tests:TESTS",
    queue="missing.queue_worker:make_queue",
    heartbeat="missing.schedule:beat",
    schedules="missing.schedule:list_schedules",
    after_loss="Add again what is missing on the tabs Wanted, Ignored and Following, and compare the files again.",
)

if __name__ == "__main__":
    run(PLUGIN)

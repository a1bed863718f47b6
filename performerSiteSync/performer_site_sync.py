"""Performer/Site Sync: the table of its tasks, listener, operations and journal targets."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.old_python import require_python

require_python("Performer/Site Sync")

from shared.runtime.main import run
from shared.runtime.plugin import Listener, Plugin, Task

SYNC_PERFORMERS, SYNC_STUDIOS = "performers.favorites.tasks:sync_performers", "performers.favorites.tasks:sync_studios"
STASHDB, FANSDB, TPDB = ({"source": name} for name in ("StashDB", "FansDB", "TPDB"))
HEARD = {"Performer.Create.Post": (), "Studio.Create.Post": ()}
COPY = "Copies favorites between Stash and the boxes, in the direction that the settings name."

PLUGIN = Plugin(
    id="performerSiteSync",
    name="Performer/Site Sync",
    description="Keeps performers and sites complete from your stash-boxes without losing your own edits.",
    settings="performers.settings:SETTINGS",
    migrations="performers.schema:MIGRATIONS",
    tasks={
        "update_performers": Task(
            "performers.sync.tasks:update_performers",
            "Update All Performers",
            "Looks up your performers at the sources that are switched on, and fills in their missing values.",
        ),
        "update_performer": Task(
            "performers.review.update_one:update_single",
            "Update Single Performer",
            "Updates the performer with this id from all sources. The button on its page does the same.",
        ),
        "update_studios": Task(
            "performers.sync.tasks:update_studios",
            "Update All Sites",
            "Looks up your sites at the sources that are switched on, and fills in their missing values.",
        ),
        "update_scenes": Task(
            "performers.scenes.tasks:update_scenes",
            "Update All Scenes",
            "Takes over what the sources changed in your linked scenes. The first run only notes what they say.",
        ),
        "favorite_performers": Task(SYNC_PERFORMERS, "Sync Favorite Performers (All Sources)", COPY),
        "favorite_performers_stashdb": Task(SYNC_PERFORMERS, "Sync Favorite Performers (StashDB)", COPY, args=STASHDB),
        "favorite_performers_fansdb": Task(SYNC_PERFORMERS, "Sync Favorite Performers (FansDB)", COPY, args=FANSDB),
        "favorite_performers_tpdb": Task(SYNC_PERFORMERS, "Sync Favorite Performers (ThePornDB)", COPY, args=TPDB),
        "favorite_sites": Task(SYNC_STUDIOS, "Sync Favorite Sites (All Sources)", COPY),
        "favorite_sites_stashdb": Task(SYNC_STUDIOS, "Sync Favorite Sites (StashDB)", COPY, args=STASHDB),
        "favorite_sites_fansdb": Task(SYNC_STUDIOS, "Sync Favorite Sites (FansDB)", COPY, args=FANSDB),
        "favorite_sites_tpdb": Task(SYNC_STUDIOS, "Sync Favorite Sites (ThePornDB)", COPY, args=TPDB),
        "find_duplicates": Task(
            "performers.merge.duplicates:find_duplicates",
            "Find Duplicates",
            "Finds performers and sites in your library that may be the same. Sends no request to a source.",
        ),
        "test_connections": Task(
            "performers.boxes.tasks:test_connections",
            "Test Connections",
            "Tests address and key of each source.",
        ),
        "validate_configuration": Task(
            "performers.page.validate_configuration:validate_configuration",
            "Validate Configuration",
            "Finds settings that cannot work. Sends no request to a source.",
        ),
        "clear_cache": Task(
            "performers.boxes.tasks:clear_answers",
            "Clear Cache",
            "Deletes the cached answers of the sources. Locks, decisions and history stay.",
        ),
        "generate_report": Task(
            "performers.page.report:generate_report",
            "Generate Report",
            "Counts how complete performers and sites are, by field and by source.",
        ),
    },
    page_tasks={"wrong_links_plan": "performers.wrong_links.operations:plan_wrong_links"},
    listener=Listener(HEARD, needs=("updateOnCreate",)),
    operations={
        "clear_cache": "performers.boxes.tasks:clear_answers",
        "conflict_decide": "performers.conflicts.operations:decide_conflict",
        "conflict_reopen": "performers.conflicts.reopen:reopen_conflict",
        "conflicts": "performers.conflicts.operations:tidy_and_list_conflicts",
        "conflicts_drop": "performers.conflicts.operations:drop_unused_conflicts",
        "decision_take_back": "performers.conflicts.decisions:take_back_decision",
        "decisions": "performers.conflicts.decisions:list_decisions",
        "duplicate_dismiss": "performers.merge.duplicates:dismiss_duplicate",
        "duplicates": "performers.merge.duplicates:list_duplicates",
        "favorites_state": "performers.favorites.tasks:list_favorite_states",
        "gone": "performers.conflicts.gone_links:list_gone",
        "lock_set": "performers.sync.locks:change_lock",
        "locks": "performers.sync.locks:list_locks",
        "loss_settle": "performers.sync.locks:settle_loss",
        "merge_preview": "performers.merge.plan:preview_merge",
        "overview": "performers.page.overview:show_overview",
        "report": "performers.page.report:show_report",
        "review": "performers.review.operations:show_review",
        "review_fields": "performers.review.select:list_fields_of_plan",
        "review_tick": "performers.review.select:tick_field",
        "rules": "performers.page.overview:list_rules",
        "saved_filters": "shared.scene_scopes.saved_filters:list_saved_filters",
        "take_value": "performers.review.take_value:take_value",
        "test_connections": "performers.boxes.tasks:test_connections",
        "unlink": "performers.conflicts.gone_links:remove_link",
        "update_one": "performers.review.update_one:update_one",
        "validate_configuration": "performers.page.validate_configuration:validate_configuration",
        "wrong_links_plan": "performers.wrong_links.operations:plan_wrong_links",
        "wrong_links_start": "performers.wrong_links.operations:start_wrong_links",
    },
    targets={
        "favorites": "performers.favorites.target:make_target",
        "merge": "performers.merge.target:make_target",
        "one_performer": "performers.sync.target:make_target",
        "one_studio": "performers.sync.target:make_target",
        "one_scene": "performers.scenes.target:make_target",
        "performers": "performers.sync.target:make_target",
        "scenes": "performers.scenes.target:make_target",
        "studios": "performers.sync.target:make_target",
        "wrong_links": "performers.wrong_links.target:make_target",
    },
    queue="performers.queue_worker:make_queue",
    heartbeat="performers.schedule:beat",
    after_loss="Fields that you may have emptied stay empty until you decide about them on the Overview tab.",
    setup_tests="performers.setup_tests:TESTS",
)

if __name__ == "__main__":
    run(PLUGIN)

"""Performer/Site Sync: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Hook, Plugin, Task, run

LIKED_PEOPLE, LIKED_SITES = "performers.favorites:sync_performers", "performers.favorites:sync_studios"
STASHDB = {"source": "StashDB"}
BROUGHT = "Brings your favourites along, in the direction of the settings."

PLUGIN = Plugin(
    id="performerSiteSync",
    name="Performer/Site Sync",
    description="Keeps performers and sites complete from your stash-boxes without losing your own edits.",
    settings="performers.settings:SETTINGS",
    migrations="performers.state:MIGRATIONS",
    tasks={
        "update_performers": Task(
            "performers.sync:update_performers",
            "Update All Performers",
            "Finds performers at the sources that are switched on and fills in what they lack.",
        ),
        "update_performer": Task(
            "performers.sync:update_single",
            "Update Single Performer",
            "Fills in one performer, the argument id, anew from all sources; the button on its page does the same.",
        ),
        "update_studios": Task(
            "performers.sync:update_studios",
            "Update All Sites",
            "Finds sites at the sources that are switched on and fills in what they lack.",
        ),
        "favorite_performers": Task(LIKED_PEOPLE, "Sync Favorite Performers (All Sources)", BROUGHT),
        "favorite_performers_stashdb": Task(LIKED_PEOPLE, "Sync Favorite Performers (StashDB)", BROUGHT, args=STASHDB),
        "favorite_performers_fansdb": Task(
            LIKED_PEOPLE, "Sync Favorite Performers (FansDB)", BROUGHT, args={"source": "FansDB"}
        ),
        "favorite_performers_tpdb": Task(
            LIKED_PEOPLE, "Sync Favorite Performers (ThePornDB)", BROUGHT, args={"source": "TPDB"}
        ),
        "favorite_sites": Task(LIKED_SITES, "Sync Favorite Sites (All Sources)", BROUGHT),
        "favorite_sites_stashdb": Task(LIKED_SITES, "Sync Favorite Sites (StashDB)", BROUGHT, args=STASHDB),
        "favorite_sites_fansdb": Task(LIKED_SITES, "Sync Favorite Sites (FansDB)", BROUGHT, args={"source": "FansDB"}),
        "favorite_sites_tpdb": Task(LIKED_SITES, "Sync Favorite Sites (ThePornDB)", BROUGHT, args={"source": "TPDB"}),
        "find_duplicates": Task(
            "performers.duplicates:find_duplicates",
            "Find Duplicates",
            "Compares performers and sites with each other, without asking any source.",
        ),
        "test_connections": Task(
            "performers.checks:test_connections", "Test Connections", "Asks every source who you are there."
        ),
        "validate_configuration": Task(
            "performers.checks:validate_configuration",
            "Validate Configuration",
            "Looks for settings that cannot work, without asking any source.",
        ),
        "clear_cache": Task(
            "performers.checks:clear_answers",
            "Clear Cache",
            "Forgets what the sources said; locks, decisions and history stay.",
        ),
        "generate_report": Task(
            "performers.report:generate_report",
            "Generate Report",
            "Counts how complete performers and sites are, by field and by source.",
        ),
    },
    hooks={
        "Performer.Create.Post": Hook("performers.hooks:note_creation"),
        "Studio.Create.Post": Hook("performers.hooks:note_creation"),
    },
    operations={
        "clear_cache": "performers.checks:clear_answers",
        "conflict_decide": "performers.conflicts:decide",
        "conflicts": "performers.conflicts:list_conflicts",
        "conflicts_drop": "performers.conflicts:drop_sleeping",
        "decision_take_back": "performers.decisions:take_back",
        "decisions": "performers.decisions:list_decisions",
        "duplicate_dismiss": "performers.duplicates:dismiss",
        "duplicates": "performers.duplicates:list_duplicates",
        "favorites_state": "performers.favorites:show_state",
        "gone": "performers.links:list_gone",
        "lock_set": "performers.locks:change_lock",
        "locks": "performers.locks:list_locks",
        "merge_preview": "performers.merging:preview_merge",
        "overview": "performers.overview:show_overview",
        "report": "performers.report:show_report",
        "review": "performers.review:show_review",
        "review_fields": "performers.ticking:list_fields_of_plan",
        "review_tick": "performers.ticking:tick_field",
        "rules": "performers.overview:list_rules",
        "take_value": "performers.taking:take_value",
        "test_connections": "performers.checks:test_connections",
        "unlink": "performers.links:unlink",
        "update_one": "performers.sync:update_one",
        "validate_configuration": "performers.checks:validate_configuration",
    },
    targets={
        "favorites": "performers.favorite_target:make_target",
        "merge": "performers.merge_target:make_target",
        "one_performer": "performers.target:make_target",
        "one_studio": "performers.favorite_target:make_target",
        "performers": "performers.target:make_target",
        "studios": "performers.favorite_target:make_target",
    },
    queue="performers.arrivals:make_queue",
    heartbeat="performers.leftovers:beat",
    setup_tests="performers.checks:TESTS",
)

if __name__ == "__main__":
    run(PLUGIN)

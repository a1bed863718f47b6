"""Tag Manager: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.old_python import require_python

require_python("Tag Manager")

from shared.runtime.main import run
from shared.runtime.plugin import Plugin, Task

PLUGIN = Plugin(
    id="tagManager",
    name="Tag Manager",
    description="Links your tags to those of your stash-boxes and brings the boxes' tags onto scenes you already have.",
    settings="tagging.settings:SETTINGS",
    migrations="tagging.schema:MIGRATIONS",
    tasks={
        "refresh_tags": Task(
            "tagging.links.tasks:refresh_tags",
            "Refresh Tag Lists of the Boxes",
            "Fetches the tags of your stash-boxes.",
        ),
        "sync_scene_tags": Task(
            "tagging.scenes.tasks:sync_scene_tags",
            "Sync Scene Tags from StashDB",
            "Adds tags to your linked scenes: those of your tags that your stash-boxes have for the scene. "
            "With dry run on, it only lists them, for at most 200 scenes.",
        ),
    },
    page_tasks={
        "doctor_check": "tagging.scene_links.tasks:check_links",
        "doctor_plan": "tagging.link_repairs.operations:plan_repairs",
        "exact_plan": "tagging.links.exact_matches:find_exact_links",
        "giving_plan": "tagging.giving.tasks:plan_giving",
        "implied_plan": "tagging.cleaning.implied:plan_implied",
        "lookalikes_find": "tagging.cleaning.merges:search_look_alikes",
        "unused_plan": "tagging.cleaning.unused:plan_unused",
        "withdrawn_plan": "tagging.cleaning.withdrawn:plan_withdrawn",
        "unwanted_plan": "tagging.cleaning.unwanted:plan_unwanted",
    },
    operations={
        "backfill_plan": "tagging.tags.backfill:plan_backfill",
        "blacklist_add": "tagging.wordlists.operations:add_to_blacklist",
        "blacklist_remove": "tagging.wordlists.operations:remove_from_blacklist",
        "blacklist_save": "tagging.wordlists.operations:save_blacklist",
        "blacklist_try": "tagging.wordlists.blacklist_preview:preview_blacklist",
        "categories": "tagging.tags.categories:list_categories",
        "category_map": "tagging.tags.categories:map_category",
        "cleaning_select": "tagging.cleaning.plan_view:select_cleaned_tag",
        "cleaning_tags": "tagging.cleaning.plan_view:list_cleaned_tags",
        "dead_list": "tagging.links.dead_links:list_dead_links",
        "dead_plan": "tagging.links.dead_links:plan_repairs",
        "doctor_list": "tagging.scene_links.operations:list_doubts",
        "doctor_plan": "tagging.link_repairs.operations:plan_repairs",
        "doctor_plan_links": "tagging.link_repairs.plan_links:list_plan_links",
        "doctor_plan_start": "tagging.link_repairs.operations:start_planning",
        "doctor_right": "tagging.link_repairs.operations:mark_right",
        "doctor_scene": "tagging.scene_links.operations:show_scene_doubts",
        "doctor_start": "tagging.scene_links.tasks:start_check",
        "exact_plan": "tagging.links.exact_matches:plan_exact_links",
        "exact_start": "tagging.links.exact_matches:start_exact_links",
        "giving_scene": "tagging.giving.operations:plan_scene_giving",
        "giving_start": "tagging.giving.operations:start_giving",
        "giving_state": "tagging.giving.operations:show_giving",
        "hierarchy_get": "tagging.tags.hierarchy:list_hierarchy",
        "hierarchy_plan": "tagging.tags.hierarchy:plan_hierarchy",
        "implied_start": "tagging.cleaning.implied:start_implied",
        "import_plan": "tagging.tags.box_import:plan_import",
        "link_accept": "tagging.links.operations:accept_link",
        "link_reject": "tagging.links.rejections:reject_link",
        "link_remove": "tagging.links.operations:remove_links",
        "link_unreject": "tagging.links.rejections:unreject_link",
        "lookalike_distinct": "tagging.cleaning.merges:mark_distinct",
        "lookalike_merge": "tagging.cleaning.merges:plan_merge",
        "lookalikes_list": "tagging.cleaning.merges:list_look_alikes",
        "lookalikes_start": "tagging.cleaning.merges:start_look_alikes",
        "match_figures": "tagging.tags.match_states:count_matches",
        "merge_plan": "tagging.tags.merge:plan_merge",
        "merge_show": "tagging.tags.merge:show_merge",
        "overview": "tagging.tags.overview:show_overview",
        "rejected_list": "tagging.links.rejections:list_rejections",
        "remote_search": "tagging.links.box_search:search_box_tags",
        "saved_filters": "shared.scene_scopes.saved_filters:list_saved_filters",
        "scene_tags": "tagging.scene_page.operations:preview_scene",
        "sync_apply": "tagging.scenes.operations:start_applying",
        "sync_never_add": "tagging.scenes.operations:blacklist_plan_tag",
        "sync_plan": "tagging.scenes.operations:show_plan",
        "sync_scenes": "tagging.scenes.plan_view:list_plan_scenes",
        "sync_select": "tagging.scenes.operations:select_additions",
        "sync_start": "tagging.scenes.operations:start_sync",
        "sync_tags": "tagging.scenes.plan_view:list_plan_tags",
        "sync_unmatched": "tagging.scenes.unmatched:list_unmatched_tags",
        "synonyms_change": "tagging.wordlists.operations:change_synonyms",
        "synonyms_save": "tagging.wordlists.operations:save_synonyms",
        "tag_show": "tagging.tags.operations:show_tag",
        "tags_list": "tagging.tags.operations:list_tags",
        "tags_refresh": "tagging.links.tasks:start_refresh",
        "unused_list": "tagging.cleaning.unused:list_unused",
        "unused_start": "tagging.cleaning.unused:start_unused",
        "withdrawn_keep": "tagging.cleaning.withdrawn:keep_withdrawn",
        "withdrawn_start": "tagging.cleaning.withdrawn:start_withdrawn",
        "unwanted_find": "tagging.cleaning.unwanted:find_unwanted",
        "unwanted_start": "tagging.cleaning.unwanted:start_unwanted",
        "words_export": "tagging.wordlists.export_import:export_words",
        "words_get": "tagging.wordlists.operations:list_words",
        "words_import": "tagging.wordlists.export_import:import_words",
    },
    outside_stash=("fingerprints", "right_links"),
    targets={
        "tags": "tagging.tags.target:make_target",
        "scene_tags": "tagging.scenes.target:make_target",
        "one_scene_tags": "tagging.scenes.target:make_target",
        "cleaning": "tagging.cleaning.target:make_target",
        "fingerprints": "tagging.giving.target:make_target",
        "scene_links": "tagging.link_repairs.target:make_target",
        "right_links": "tagging.link_repairs.right_target:make_target",
    },
    setup_tests="tagging.setup_tests:TESTS",
    heartbeat="tagging.schedule:beat",
    schedules="tagging.schedule:list_schedules",
    after_loss="Look at the Words tab: what is missing in the blacklist or the synonyms has to be entered again.",
)

if __name__ == "__main__":
    run(PLUGIN)

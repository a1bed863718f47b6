"""Tag Manager: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Plugin, Task, run

PLUGIN = Plugin(
    id="tagManager",
    name="Tag Manager",
    description="Links your tags to those of your stash-boxes and brings the boxes' tags onto scenes you already have.",
    settings="tagging.settings:SETTINGS",
    migrations="tagging.state:MIGRATIONS",
    tasks={
        "refresh_tags": Task(
            "tagging.fetching:refresh_tags", "Refresh Tag Lists of the Boxes", "Fetches the tags of your stash-boxes."
        ),
        "sync_scene_tags": Task(
            "tagging.sync:sync_scene_tags",
            "Sync Scene Tags from StashDB",
            "Adds the tags your stash-boxes have for your linked scenes, where you have the same tags; "
            "with dry run on, it only lists them for at most 200 scenes.",
        ),
    },
    operations={
        "backfill_plan": "tagging.importing:plan_backfill",
        "blacklist_add": "tagging.words:add_to_blacklist",
        "blacklist_remove": "tagging.words:remove_from_blacklist",
        "blacklist_save": "tagging.words:save_blacklist",
        "blacklist_try": "tagging.trying:try_blacklist",
        "categories": "tagging.categories:list_categories",
        "category_map": "tagging.categories:map_category",
        "dead_list": "tagging.mending:list_dead",
        "dead_plan": "tagging.mending:plan_mending",
        "exact_plan": "tagging.linking:plan_exact",
        "hierarchy_get": "tagging.hierarchy:get_hierarchy",
        "hierarchy_plan": "tagging.hierarchy:plan_hierarchy",
        "import_plan": "tagging.importing:plan_import",
        "link_accept": "tagging.linking:accept_link",
        "link_reject": "tagging.linking:reject_link",
        "link_remove": "tagging.linking:remove_links",
        "link_unreject": "tagging.linking:unreject_link",
        "merge_plan": "tagging.merging:plan_merge",
        "merge_show": "tagging.merging:show_merge",
        "overview": "tagging.listing:show_overview",
        "rejected_list": "tagging.linking:list_rejected",
        "remote_search": "tagging.listing:search_remote",
        "saved_filters": "tagging.saved_filters:list_saved_filters",
        "sync_apply": "tagging.board:start_applying",
        "sync_never_add": "tagging.board:never_add",
        "sync_plan": "tagging.board:show_plan",
        "sync_scenes": "tagging.board:list_scenes",
        "sync_select": "tagging.board:select",
        "sync_start": "tagging.board:start_sync",
        "sync_tags": "tagging.board:list_tags",
        "sync_unmatched": "tagging.board:list_unmatched",
        "synonyms_change": "tagging.words:change_synonyms",
        "synonyms_save": "tagging.words:save_synonyms",
        "tag_show": "tagging.listing:show_tag",
        "tags_list": "tagging.listing:list_tags",
        "tags_refresh": "tagging.fetching:start_refresh",
        "words_export": "tagging.words_file:export_words",
        "words_get": "tagging.words:get_words",
        "words_import": "tagging.words_file:import_words",
    },
    targets={
        "tags": "tagging.tag_target:make_target",
        "scene_tags": "tagging.scene_target:make_target",
    },
    setup_tests="tagging.setup:TESTS",
    heartbeat="tagging.freshness:beat",
)

if __name__ == "__main__":
    run(PLUGIN)

"""Missing Scenes: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Plugin, run

PLUGIN = Plugin(
    id="missingScenes",
    name="Missing Scenes",
    description="Shows which scenes of a performer, studio or tag you do not own, and lets Whisparr get them.",
    settings="missing.settings:SETTINGS",
    migrations="missing.state:MIGRATIONS",
    operations={
        "exclude_tags": "missing.details:exclude_tags",
        "excluded_tags": "missing.details:show_excluded_tags",
        "export_marked": "missing.lists:export_marked",
        "find_missing": "missing.finding:find_missing",
        "find_owned_files": "missing.fingerprints:find_owned_files",
        "link_scene": "missing.linking:link_scene",
        "list_marked": "missing.lists:list_marked",
        "mark_scenes": "missing.lists:mark_scenes",
        "scene_details": "missing.details:show_scene",
        "search_tags": "missing.details:search_tags",
        "start_visit": "missing.details:start_visit",
    },
    targets={
        "lists": "missing.lists:make_target",
        "scene_links": "missing.linking:make_target",
    },
)

if __name__ == "__main__":
    run(PLUGIN)

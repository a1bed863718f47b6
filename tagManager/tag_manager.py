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
        "sync_scene_tags": Task(
            "tagging.sync:sync_scene_tags",
            "Sync Scene Tags from StashDB",
            "Adds the tags your stash-boxes have for your linked scenes, where you have the same tags; "
            "with dry run on, it only lists them for at most 200 scenes.",
        ),
    },
    targets={
        "scene_tags": "tagging.scene_target:make_target",
    },
)

if __name__ == "__main__":
    run(PLUGIN)

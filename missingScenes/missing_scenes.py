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
        "find_missing": "missing.finding:find_missing",
    },
)

if __name__ == "__main__":
    run(PLUGIN)

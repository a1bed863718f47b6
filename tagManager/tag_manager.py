"""Tag Manager: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Plugin, run

PLUGIN = Plugin(
    id="tagManager",
    name="Tag Manager",
    description="Links your tags to those of your stash-boxes and brings the boxes' tags onto scenes you already have.",
    settings="tagging.settings:SETTINGS",
)

if __name__ == "__main__":
    run(PLUGIN)

"""Stash2Plex: the table of what it does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# A released plugin carries `shared` in its own folder; in a checkout it lies beside it.
sys.path[:0] = [HERE] if os.path.isdir(os.path.join(HERE, "shared")) else [HERE, os.path.dirname(HERE)]

from shared.plugin import Plugin, run

PLUGIN = Plugin(
    id="stash2plex",
    name="Stash2Plex",
    description="Keeps Plex right. Whatever you edit in Stash arrives there, also after outages.",
    settings="plexsync.settings:SETTINGS",
)

if __name__ == "__main__":
    run(PLUGIN)

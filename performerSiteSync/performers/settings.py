"""The settings of Performer/Site Sync."""

from __future__ import annotations

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import CHOICE, LIST, NUMBER, SWITCH, Group, Setting

SETTINGS = (
    Group(
        "sources",
        "Sources",
        (
            Setting("enableStashDB", SWITCH, True, "Use StashDB", "Takes data from StashDB if Stash has its key."),
            Setting("enableTPDB", SWITCH, True, "Use ThePornDB", "Takes data from ThePornDB if Stash has its key."),
            Setting("enableFansDB", SWITCH, True, "Use FansDB", "Takes data from FansDB if Stash has its key."),
            Setting(
                "sourcePrecedence",
                LIST,
                ("StashDB", "TPDB", "FansDB"),
                "Source Precedence",
                "If two sources differ, the plugin takes the value of the source that comes first in this list.",
            ),
            Setting(
                "fieldSources",
                LIST,
                (),
                "Sources of Single Fields",
                "Another order of sources for single fields, such as hair_color: TPDB > StashDB.",
            ),
            Setting(
                "fieldPolicies",
                LIST,
                (),
                "Policies of Single Fields",
                "What a sync may write to a field. fill: only an empty field. follow: also a value that this plugin "
                "wrote and nobody changed since. overwrite: also your value from before the first sync. ignore: "
                "nothing. For example country: ignore, hair_color: follow. Lists such as alias_list and urls are "
                "merged.",
            ),
        ),
        text="Addresses and keys are those under Settings > Metadata Providers.",
    ),
    Group(
        "performers",
        "What is done",
        (
            Setting(
                "nameSearch",
                SWITCH,
                False,
                "Name Search",
                "Links a performer or site by its name alone if exactly one record has this name. Off: something else "
                "must be the same too: an address, the birth date, the disambiguation or the parent site.",
            ),
            Setting(
                "updateOnCreate",
                SWITCH,
                False,
                "Update on Creation",
                "When a performer or site is created in Stash, the plugin looks it up and fills it in.",
            ),
            Setting(
                "favoritesDirection",
                CHOICE,
                "import",
                "Favourites",
                "In which direction the plugin copies favourites.",
                choices=(("import", "From the sources to Stash"), ("export", "From Stash"), ("both", "Both ways")),
            ),
            Setting(
                "favoritesRemoval",
                CHOICE,
                "ask",
                "Favourites That Were Taken Off",
                "What the plugin does if a favourite was removed in Stash or at a box since the last run. Ask: a "
                "preview proposes to remove it on the other side, too.",
                choices=(("ask", "Ask"), ("remove", "Take it off on the other side, too"), ("keep", "Leave it there")),
            ),
            Setting(
                "autoCreateSites",
                SWITCH,
                False,
                "Auto-Create Sites",
                "The plugin creates favourite sites that Stash does not have yet.",
            ),
            Setting(
                "createParents",
                SWITCH,
                False,
                "Create Parent Sites",
                "The plugin creates the network of a site if Stash does not have it. A network that Stash has becomes "
                "the parent also if this is off.",
            ),
            Setting(
                "autoCreatePerformers",
                SWITCH,
                False,
                "Auto-Create Performers",
                "The plugin creates favourite performers that Stash does not have yet.",
            ),
            Setting(
                "imageUpdates",
                SWITCH,
                False,
                "Image Updates",
                "A performer or site without a picture gets one from the sources. Your own pictures stay.",
            ),
            Setting(
                "localPictures",
                SWITCH,
                False,
                "Pictures from Your Network",
                "The plugin also fetches pictures from your own network. Use this only if you run the source yourself: "
                "another source could make the plugin read from your network.",
            ),
        ),
    ),
    Group(
        "requests",
        "Requests",
        (
            Setting(
                "cacheExpiration",
                NUMBER,
                24,
                "Cache Expiration",
                "How long the plugin uses an answer of a source before it asks the source again.",
                low=1,
                high=168,
                unit="hours",
            ),
            Setting(
                "rateLimit",
                NUMBER,
                2,
                "Rate Limit",
                "How long a task waits between two requests to one source. The limits that you set in Stash also "
                "apply.",
                low=0,
                high=10,
                unit="seconds",
            ),
            Setting(
                "debugLogging", SWITCH, False, "Debug Logging", "Writes every decision and request to Stash's log."
            ),
        ),
    ),
    PACKAGES_GROUP,
)

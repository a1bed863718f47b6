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
                "Where two sources differ, the one named first is followed.",
            ),
            Setting(
                "fieldSources",
                LIST,
                (),
                "Sources of Single Fields",
                "Another order for a field, such as hair_color: TPDB > StashDB.",
            ),
            Setting(
                "fieldPolicies",
                LIST,
                (),
                "Policies of Single Fields",
                "fill: only empty fields; follow: also values that this plugin wrote and nobody changed since; "
                "overwrite: also your values from before the first sync; ignore. "
                "For example country: ignore, hair_color: follow. Lists such as alias_list and urls are merged.",
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
                "Links performers and sites by their name alone when exactly one record has it. Otherwise something "
                "else has to fit as well: a link, the birth date, the disambiguation or the parent site.",
            ),
            Setting(
                "updateOnCreate",
                SWITCH,
                False,
                "Update on Creation",
                "Performers and sites are looked up and filled in as soon as they are created in Stash.",
            ),
            Setting(
                "favoritesDirection",
                CHOICE,
                "import",
                "Favourites",
                "Which way favourites go.",
                choices=(("import", "From the sources to Stash"), ("export", "From Stash"), ("both", "Both ways")),
            ),
            Setting(
                "favoritesRemoval",
                CHOICE,
                "ask",
                "Favourites That Were Taken Off",
                "What happens when one was taken off on one side since the last run. Ask: a preview offers it.",
                choices=(("ask", "Ask"), ("remove", "Take it off on the other side, too"), ("keep", "Leave it there")),
            ),
            Setting(
                "autoCreateSites",
                SWITCH,
                False,
                "Auto-Create Sites",
                "Favourite sites that Stash does not have yet are created.",
            ),
            Setting(
                "createParents",
                SWITCH,
                False,
                "Create Parent Sites",
                "The network of a site is created if Stash does not have it yet; one that is there is set in any case.",
            ),
            Setting(
                "autoCreatePerformers",
                SWITCH,
                False,
                "Auto-Create Performers",
                "Favourite performers that Stash does not have yet are created.",
            ),
            Setting(
                "imageUpdates",
                SWITCH,
                False,
                "Image Updates",
                "Pictures may be taken from the sources; yours are never replaced.",
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
                "How long an answer of a source is used before it is asked again.",
                low=1,
                high=168,
                unit="hours",
            ),
            Setting(
                "rateLimit",
                NUMBER,
                2,
                "Rate Limit",
                "Pause of tasks between two requests to one source; the limits set in Stash hold in any case.",
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

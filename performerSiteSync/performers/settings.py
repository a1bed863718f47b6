"""The settings of Performer/Site Sync."""

from __future__ import annotations

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import CHOICE, LIST, NUMBER, SWITCH, Group, Setting

SETTINGS = (
    Group(
        "sources",
        "Stash-boxes",
        (
            Setting("enableStashDB", SWITCH, True, "Use StashDB", "Takes data from StashDB if Stash has its key."),
            Setting("enableTPDB", SWITCH, True, "Use ThePornDB", "Takes data from ThePornDB if Stash has its key."),
            Setting("enableFansDB", SWITCH, True, "Use FansDB", "Takes data from FansDB if Stash has its key."),
            Setting(
                "sourcePrecedence",
                LIST,
                ("StashDB", "TPDB", "FansDB"),
                "Source Precedence",
                "If two stash-boxes differ, the first one here wins.",
            ),
            Setting(
                "fieldSources",
                LIST,
                (),
                "Field Priority",
                "Another priority for a single field, such as hair_color: TPDB > StashDB.",
            ),
            Setting(
                "fieldPolicies",
                LIST,
                (),
                "Field Rules",
                "What a sync may write to a field. fill: only an empty field. follow: also a value that this plugin "
                "wrote and nobody changed since. overwrite: also your value from before the first sync. ignore: "
                "nothing. For example country: ignore, hair_color: follow. Lists such as alias_list and urls are "
                "merged. For fields of scenes, follow is the default: the stash-box's new value replaces its "
                "earlier one.",
            ),
        ),
        text="Addresses and keys are those under Settings > Metadata Providers.",
    ),
    Group(
        "performers",
        "Sync",
        (
            Setting(
                "nameSearch",
                SWITCH,
                False,
                "Name Search",
                "Links performers and studios by their name alone if exactly one record has it. While it is off, a "
                "link, the birth date, the disambiguation or the parent studio must match, too.",
            ),
            Setting(
                "updateOnCreate",
                SWITCH,
                False,
                "Update on Creation",
                "Fills in new performers and studios as soon as they are created in Stash.",
            ),
            Setting(
                "favoritesDirection",
                CHOICE,
                "import",
                "Favorites",
                "Direction of the sync of favorites.",
                choices=(("import", "Stash-boxes to Stash"), ("export", "Stash to stash-boxes"), ("both", "Both ways")),
            ),
            Setting(
                "favoritesRemoval",
                CHOICE,
                "ask",
                "Removed Favorites",
                "When a favorite was removed on one side since the last run. Ask: a preview lists it.",
                choices=(("ask", "Ask"), ("remove", "Remove it on both sides"), ("keep", "Keep it on the other side")),
            ),
            Setting(
                "autoCreateSites",
                SWITCH,
                False,
                "Auto-Create Studios",
                "Creates favorite studios that Stash does not have yet.",
            ),
            Setting(
                "createParents",
                SWITCH,
                False,
                "Create Parent Studios",
                "Creates missing parent studios. A parent studio that Stash has is set in any case.",
            ),
            Setting(
                "autoCreatePerformers",
                SWITCH,
                False,
                "Auto-Create Performers",
                "Creates favorite performers that Stash does not have yet.",
            ),
            Setting(
                "imageUpdates",
                SWITCH,
                False,
                "Image Updates",
                "Fills in missing pictures. Your pictures are never replaced.",
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
        "scenes",
        "Scenes",
        (
            Setting(
                "sceneFill",
                SWITCH,
                False,
                "Fill Empty Fields",
                "Also proposes values for empty fields of scenes, and performers and links that a scene lacks. While "
                "it is off, a sync proposes only what a stash-box changed since the first sync.",
            ),
            Setting(
                "sceneOtherBoxes",
                SWITCH,
                False,
                "Find at Other Boxes",
                "Looks for linked scenes at the stash-boxes where they have no link. It compares the fingerprints of "
                "their files, and proposes the link if the match is sure. The first time, this takes one request for "
                "40 scenes.",
            ),
            Setting(
                "sceneOrganized",
                SWITCH,
                False,
                "Organized Scenes",
                "Also syncs scenes that are marked as organized.",
            ),
            Setting(
                "sceneOnLink",
                SWITCH,
                False,
                "Sync When Linked",
                "Syncs a scene soon after it was linked to a stash-box, for example in the Tagger. This first sync "
                "notes what the stash-box says. With Fill Empty Fields, it also fills in what is empty.",
            ),
            Setting(
                "sceneCreatePerformers",
                SWITCH,
                False,
                "Create Performers of Scenes",
                "Creates the performers that a scene has at a stash-box and that Stash lacks. The preview "
                "shows each of them.",
            ),
            Setting(
                "sceneCreateStudios",
                SWITCH,
                False,
                "Create Studios of Scenes",
                "Creates the studio that a scene has at a stash-box, if Stash lacks it. The preview shows it.",
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
                "How long the answer of a stash-box is used.",
                low=1,
                high=168,
                unit="hours",
            ),
            Setting(
                "rateLimit",
                NUMBER,
                2,
                "Rate Limit",
                "Pause between two requests of a task to one stash-box. The limits in Stash also apply.",
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

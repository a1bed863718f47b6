"""The settings of Tag Manager, as rows from which manifest, settings panel and documents are made."""

from __future__ import annotations

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import CHOICE, LIST, NUMBER, SWITCH, Group, Setting

SETTINGS = (
    Group(
        "matching",
        "Proposals",
        (
            Setting(
                "enableFuzzySearch", SWITCH, True, "Fuzzy Search", "Proposes box tags whose names are merely similar."
            ),
            Setting(
                "enableSynonymSearch", SWITCH, True, "Synonym Search", "Proposes box tags by your list of synonyms."
            ),
            Setting(
                "fuzzyThreshold",
                NUMBER,
                80,
                "Fuzzy Threshold",
                "How similar a name must be. 100: the same.",
                low=1,
                high=100,
                unit="percent",
            ),
            Setting(
                "tagListDays",
                NUMBER,
                7,
                "Fetch Tag Lists Again",
                "After this many days, an open page of this plugin fetches the boxes' tag lists again. 0: never.",
                low=0,
            ),
            Setting("pageSize", NUMBER, 25, "Page Size", "Tags on one page of the list.", low=5, high=500),
        ),
    ),
    Group(
        "sync",
        "Scene tag sync",
        (
            Setting(
                "syncDryRun",
                SWITCH,
                True,
                "Scene Tag Sync - Dry Run",
                "The task only lists what it would add, for at most 200 scenes, and changes nothing.",
            ),
            Setting(
                "syncStrategy",
                CHOICE,
                "auto",
                "Scene Tag Sync - Way to Ask",
                "How the plugin looks up scenes at a box: by ids or by fingerprints. Automatic finds out what each box "
                "accepts.",
                choices=(("auto", "Automatic"), ("ids", "By ids"), ("fingerprints", "By fingerprints")),
            ),
            Setting(
                "tagBlacklist",
                LIST,
                (),
                "Tag Blacklist",
                "Box tags that are never added, offered or imported: names, or patterns such as /^unsure/.",
            ),
        ),
    ),
    Group(
        "linking",
        "Linking tags",
        (
            Setting(
                "preferStashBoxName",
                SWITCH,
                False,
                "Prefer the Box's Name",
                "The comparison of two tags starts with the box's name selected instead of yours.",
            ),
            Setting(
                "preferStashBoxDescription",
                SWITCH,
                False,
                "Prefer the Box's Description",
                "The comparison of two tags starts with the box's description selected instead of yours.",
            ),
            Setting(
                "leaveParentTagsAlone",
                SWITCH,
                False,
                "Leave Parent Tags Alone",
                "The plugin neither creates nor assigns parent tags. The parents that your tags have stay.",
            ),
            Setting(
                "groupParentTags",
                SWITCH,
                False,
                "Groups as Parents",
                "In an import, the parent tag of a category itself gets a parent: a tag for the category's group at "
                "the box, such as Action.",
            ),
        ),
    ),
    PACKAGES_GROUP,
)

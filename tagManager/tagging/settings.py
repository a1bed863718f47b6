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
                "How similar a name has to be; 100 is the same.",
                low=1,
                high=100,
                unit="percent",
            ),
            Setting(
                "tagListDays",
                NUMBER,
                7,
                "Fetch Tag Lists Again",
                "After so many days an open page of this plugin fetches the boxes' tag lists again. 0: never.",
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
                "How a stash-box is asked about scenes. Automatic finds out what each box takes.",
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
                "When a tag is linked, the box's name is chosen beforehand instead of yours.",
            ),
            Setting(
                "preferStashBoxDescription",
                SWITCH,
                False,
                "Prefer the Box's Description",
                "When a tag is linked, the box's description is chosen beforehand instead of yours.",
            ),
            Setting(
                "leaveParentTagsAlone",
                SWITCH,
                False,
                "Leave Parent Tags Alone",
                "Parent tags are neither created nor assigned; those you have stay.",
            ),
            Setting(
                "groupParentTags",
                SWITCH,
                False,
                "Groups as Parents",
                "An import puts the parent tags of categories below a tag for their group at the box, such as Action.",
            ),
        ),
    ),
    PACKAGES_GROUP,
)

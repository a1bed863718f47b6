"""The settings of Tag Manager, as rows from which manifest, settings panel and documents are made."""

from __future__ import annotations

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import CHOICE, LIST, NUMBER, SWITCH, Group, Setting

SETTINGS = (
    Group(
        "matching",
        "Suggestions",
        (
            Setting("enableFuzzySearch", SWITCH, True, "Fuzzy Search", "Suggests tags with similar names."),
            Setting("enableSynonymSearch", SWITCH, True, "Synonym Search", "Suggests tags by your list of synonyms."),
            Setting(
                "fuzzyThreshold",
                NUMBER,
                80,
                "Fuzzy Threshold",
                "How similar a name must be; 100 is equal.",
                low=1,
                high=100,
                unit="percent",
            ),
            Setting(
                "tagListDays",
                NUMBER,
                7,
                "Reload Tag Lists",
                "Reloads the tag lists every so many days, while a page of this plugin is open. 0: never.",
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
                "Dry Run",
                "The task in Stash's task list only lists what it would add, for at most 200 scenes.",
            ),
            Setting(
                "syncStrategy",
                CHOICE,
                "auto",
                "Query Method",
                "How scenes are looked up at a stash-box. Automatic asks by fingerprints first, by ids for the rest.",
                choices=(("auto", "Automatic"), ("ids", "By ids"), ("fingerprints", "By fingerprints")),
            ),
            Setting(
                "tagBlacklist",
                LIST,
                (),
                "Tag Blacklist",
                "Stash-box tags that are never added, suggested or imported: names, or patterns such as /^unsure/.",
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
                "Prefer the Stash-box Name",
                "Preselects the stash-box name when you link a tag.",
            ),
            Setting(
                "preferStashBoxDescription",
                SWITCH,
                False,
                "Prefer the Stash-box Description",
                "Preselects the stash-box description when you link a tag.",
            ),
            Setting(
                "leaveParentTagsAlone",
                SWITCH,
                False,
                "Do Not Change Parent Tags",
                "Imports neither create nor assign parent tags.",
            ),
            Setting(
                "groupParentTags",
                SWITCH,
                False,
                "Groups as Parents",
                "Imports make the parent tags of categories children of a tag for their group, such as Action.",
            ),
        ),
    ),
    Group(
        "giving",
        "Giving back",
        (
            Setting(
                "offerFingerprints",
                SWITCH,
                False,
                "Offer Fingerprints",
                "Offers to submit the fingerprints of your linked files to their stash-box. "
                "Nothing is sent before you confirm it.",
            ),
        ),
    ),
    PACKAGES_GROUP,
)

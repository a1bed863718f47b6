"""The settings of Missing Scenes."""

from __future__ import annotations

from shared.notify.settings import make_notify_group
from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import ADDRESS, LIST, NUMBER, SECRET, SWITCH, TEXT, Group, Setting, make_certificate_setting

SETTINGS = (
    Group(
        "stashbox",
        "Where scenes come from",
        (
            Setting(
                "stashBoxEndpoint",
                TEXT,
                "",
                "Stash-Box Endpoint",
                "Preferred stash-box (its GraphQL address from Settings > Metadata Providers). Empty: the first one.",
            ),
            Setting(
                "completenessDays",
                NUMBER,
                7,
                "Check Completeness Again",
                "Check completeness again every so many days, while this page is open. 0: never.",
                low=0,
            ),
            Setting(
                "frontPageRow",
                SWITCH,
                False,
                "Row on the Front Page",
                "Stash's front page shows new scenes of your favorites that are not in your library (Stash 0.28).",
            ),
            Setting(
                "completenessOnCards",
                SWITCH,
                False,
                "Completeness on Cards",
                "Cards of performers (Stash 0.28) and studios (Stash 0.31) show how many of their scenes you have.",
            ),
            Setting(
                "completenessFields",
                SWITCH,
                False,
                "Completeness as Custom Fields",
                "Check Completeness writes its counts into custom fields of performers (Stash 0.28) and studios "
                "(Stash 0.31), by which Stash can filter. Each write is a save in Stash, so hooks of other "
                "plugins run.",
            ),
            Setting(
                "compareNewFiles",
                SWITCH,
                False,
                "Compare New Files",
                "Asks the stash-boxes about new scenes soon after a scan, once you have compared all files.",
            ),
            Setting(
                "compareFilesDays",
                NUMBER,
                7,
                "Compare Files Again",
                "Compare files again every so many days, while this page is open. 0: never.",
                low=0,
            ),
            Setting(
                "lookForNews",
                SWITCH,
                True,
                "Look for New Scenes",
                "Looks once a day for new scenes of your favorites, while a page of Stash is open.",
            ),
            Setting(
                "boxNotices",
                SWITCH,
                True,
                "Notices of Stash-Boxes",
                "Look for New Scenes also reads a stash-box's notices about new scenes of the favorites that you have "
                "there, if you switched them on in your account there. It never marks them as read.",
            ),
            Setting("excludedTags", LIST, (), "Excluded Tags", "Scenes with one of these tags are not shown."),
        ),
        test="boxes",
    ),
    Group(
        "whisparr",
        "Whisparr",
        (
            Setting(
                "whisparrUrl",
                ADDRESS,
                "",
                "Whisparr URL",
                "Address of Whisparr v3, such as http://localhost:6969. Empty: Whisparr is not used.",
            ),
            Setting(
                "whisparrApiKey",
                SECRET,
                "",
                "Whisparr API Key",
                "Found in Whisparr under Settings > General > Security.",
            ),
            make_certificate_setting("whisparrAnyCertificate", "Whisparr"),
            Setting(
                "whisparrQualityProfile",
                NUMBER,
                1,
                "Quality Profile ID",
                "The Whisparr quality profile for scenes that are added.",
                low=1,
                picker="missing.setup_tests:list_profiles",
            ),
            Setting(
                "whisparrRootFolder",
                TEXT,
                "",
                "Root Folder",
                "The Whisparr root folder for scenes that are added. Empty: Whisparr's root folder, if it has only "
                "one.",
                picker="missing.setup_tests:list_root_folders",
            ),
            Setting(
                "whisparrTags",
                LIST,
                (),
                "Whisparr Tags",
                "Tags for added scenes in Whisparr, created if missing.",
                picker="missing.setup_tests:list_tags",
            ),
            Setting(
                "whisparrSearchOnAdd",
                SWITCH,
                False,
                "Search on Add",
                "Whisparr searches for a scene as soon as it is added. Off: it waits for RSS.",
            ),
        ),
        text="Only needed if Whisparr should download missing scenes.",
        test="whisparr",
    ),
    Group(
        "more_whisparrs",
        "More Whisparrs",
        (
            Setting(
                "whisparrMore",
                SECRET,
                "",
                "More Whisparrs",
                "Further Whisparrs, such as one for 4K. The Setup tab writes this text; do not change it by hand.",
            ),
        ),
        text="For other purposes than the first one, such as another quality or another disk.",
        test="more_whisparrs",
    ),
    Group(
        "cleanup",
        "Clean-up and scan",
        (
            Setting(
                "enableAutoCleanup",
                SWITCH,
                False,
                "Auto-cleanup Whisparr",
                "Removes a scene from Whisparr as soon as you have it (linked to StashDB). Files are never deleted.",
            ),
            Setting(
                "unmonitorOnly",
                SWITCH,
                False,
                "Unmonitor Instead of Delete",
                "Clean-up keeps the scene in Whisparr and stops monitoring it.",
            ),
            Setting(
                "cleanupLimit",
                NUMBER,
                500,
                "Clean-up Limit",
                'How many scenes "Cleanup Whisparr" handles at a time.',
                low=1,
            ),
            Setting(
                "scanPath",
                TEXT,
                "",
                "Scan Path",
                'The folders that the task "Scan for New Scenes" scans, as Stash sees them, such as /data/unsorted. '
                "Separate several folders by commas.",
            ),
        ),
    ),
    make_notify_group(
        "Tells you once about new scenes of your favorites and followed ones, also while Stash is closed."
    ),
    PACKAGES_GROUP,
)

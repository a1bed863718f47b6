"""The settings of Stash2Plex."""

from __future__ import annotations

from shared.runtime.deps import PACKAGES_GROUP
from shared.settings import (
    ADDRESS,
    CHOICE,
    LIST,
    NUMBER,
    SECRET,
    SWITCH,
    TEXT,
    Group,
    Setting,
    make_certificate_setting,
)

TEMPLATE_NAMES = ("title", "studio", "date", "year", "code", "director", "performers")
RULE_ARROW = "=>"
EMPTY_TEMPLATE = "Names in braces as in Tagline Template. Empty: left alone."
TEMPLATES = (
    ("title", "Title", "What the title says, such as {studio}: {title}. An empty result gives the scene's own title."),
    ("sort_title", "Sort Title", "The text by which Plex sorts, such as {studio} {date} {title}."),
    ("original_title", "Original Title", "What the original title says, such as {code}."),
    ("edition", "Edition", "What the edition says, such as {studio}. Plex needs Plex Pass for it."),
    ("content_rating", "Content Rating", "The content rating, such as XXX. Plex's parental controls use it."),
)


def check_rules(text: str) -> str:
    """Return what is wrong with the setting Path Rules; empty if nothing is. The settings reader calls it.

    Every call reads the settings, so this light check is apart from `paths/rule_syntax.py`.
    """
    bad = [piece.strip() for piece in text.split("|") if piece.strip() and len(piece.split(RULE_ARROW)) != 2]
    return f'must be rules such as D:\\Media => /data, separated by |, but there is "{bad[0]}"' if bad else ""


def check_template(text: str) -> str:
    """Return what is wrong with a template, empty if nothing is; settings and the trial of templates ask.

    Every brace must belong to a known name.
    """
    for name in TEMPLATE_NAMES:
        text = text.replace("{" + name + "}", "")
    return f"must only name {', '.join(TEMPLATE_NAMES)} in braces" if "{" in text or "}" in text else ""


_CORE = Group(
    "plex",
    "Plex",
    (
        Setting("plex_url", ADDRESS, "", "Plex URL", "Address of the Plex server, such as http://localhost:32400."),
        Setting("plex_token", SECRET, "", "Plex Token", "The server owner's X-Plex-Token."),
        make_certificate_setting("plex_any_certificate", "Plex"),
        Setting(
            "plex_library",
            TEXT,
            "",
            "Plex Library",
            "Name of the Plex library that has your scenes, or several names, separated by commas. Empty: all video "
            "libraries.",
            picker="plexsync.setup_tests:list_libraries",
        ),
        Setting(
            "path_rules",
            TEXT,
            "",
            "Path Rules",
            "Where Plex finds the files of Stash, such as D:\\Media => /data | /new => /srv/new. The page proposes and "
            "tests rules. Empty: Plex and Stash see the same paths.",
            check=check_rules,
        ),
        Setting("enabled", SWITCH, True, "Enabled", "Changes in Stash are sent to Plex."),
    ),
    test="plex",
)

_BEHAVIOR = Group(
    "behavior",
    "Behavior",
    (
        Setting(
            "strict_matching",
            SWITCH,
            True,
            "Strict Matching",
            "A scene that fits several Plex items is not synced until you choose one. Off: the plugin takes the best "
            "one.",
        ),
        Setting(
            "preserve_plex_edits",
            SWITCH,
            False,
            "Preserve Plex Edits",
            "Only empty fields are filled. Values that Plex already has stay.",
        ),
        Setting(
            "respect_plex_locks",
            SWITCH,
            True,
            "Respect Plex Locks",
            "Fields that somebody locked in Plex stay. Off: the plugin writes them, too. You may need this once, if "
            "another sync program locked the fields of your library.",
        ),
        Setting(
            "empty_values",
            CHOICE,
            "mirror",
            "Emptied Values",
            "What happens in Plex if a value that this plugin wrote is emptied in Stash.",
            choices=(("mirror", "Emptied in Plex, too"), ("keep", "Stays in Plex")),
        ),
        Setting("organized_only", SWITCH, False, "Organized Only", "Only scenes marked as organized are sent."),
        Setting(
            "skip_not_found",
            SWITCH,
            False,
            "Skip Not Found",
            "If a scene is not in Plex, the plugin waits until the scene changes or Plex finds its file.",
        ),
        Setting(
            "max_retries",
            NUMBER,
            5,
            "Max Retries",
            "How often the plugin tries a failing scene again before it gives the scene up. Outages of Plex do not "
            "count.",
            low=1,
            high=20,
        ),
        Setting(
            "poll_interval",
            NUMBER,
            30,
            "Poll Interval",
            "How often the open page of this plugin looks at the queue while no scene is being sent.",
            low=5,
            high=3600,
            unit="seconds",
        ),
        Setting(
            "connect_timeout",
            NUMBER,
            5,
            "Connect Timeout",
            "How long to wait for Plex to accept a connection.",
            low=1,
            high=60,
            unit="seconds",
        ),
        Setting(
            "read_timeout",
            NUMBER,
            30,
            "Read Timeout",
            "How long to wait for an answer of Plex.",
            low=1,
            high=300,
            unit="seconds",
        ),
        Setting(
            "obfuscate_logs",
            SWITCH,
            False,
            "Obfuscate Logs",
            "Titles, names, folders and addresses are left out of Stash's log, so that it can be shown to others.",
        ),
        Setting(
            "trigger_plex_scan",
            SWITCH,
            False,
            "Trigger Plex Scan",
            "When Stash finds a new scene, Plex is asked to scan its folder.",
        ),
    ),
)

_RECONCILE = Group(
    "reconcile",
    "Reconciliation",
    (
        Setting(
            "reconcile_interval",
            CHOICE,
            "never",
            "Reconcile Interval",
            "How often the plugin automatically compares Plex with Stash.",
            choices=(("never", "Never"), ("hourly", "Hourly"), ("daily", "Daily"), ("weekly", "Weekly")),
        ),
        Setting(
            "reconcile_scope",
            CHOICE,
            "24h",
            "Reconcile Scope",
            "Which scenes the automatic comparison covers: all, or those changed in the last 24 hours or 7 days.",
            choices=(
                ("all", "All scenes"),
                ("24h", "Changed in the last 24 hours"),
                ("7days", "Changed in the last 7 days"),
            ),
        ),
        Setting(
            "reconcile_missing",
            SWITCH,
            True,
            "Reconcile Missing",
            "Reconciliation also looks for scenes that are not in Plex.",
        ),
        Setting(
            "shelf_interval",
            CHOICE,
            "daily",
            "Shelf Interval",
            "How often the plugin updates the shelves that you have applied once.",
            choices=(("never", "Never"), ("hourly", "Hourly"), ("daily", "Daily"), ("weekly", "Weekly")),
        ),
    ),
)

_WATCHED = Group(
    "watched",
    "From Plex to Stash",
    (
        Setting("take_plays", SWITCH, False, "Take Plays", "What was watched in Plex counts as played in Stash."),
        Setting(
            "take_positions",
            SWITCH,
            False,
            "Take Positions",
            "Stash continues a video where Plex stopped. If it was watched in both since, the later position stays.",
        ),
        Setting(
            "take_stars",
            SWITCH,
            False,
            "Take Stars",
            "Stars given in Plex become the rating in Stash. Sync Rating sends Stash's rating to Plex.",
        ),
        Setting(
            "star_conflicts",
            CHOICE,
            "ask",
            "Different Stars",
            "Which stars count if both programs changed them. With Newer, Stash's stars get the time of the "
            "scene's last save.",
            choices=(
                ("ask", "None: both stay, and the plan says so"),
                ("plex", "Those of Plex"),
                ("stash", "Those of Stash"),
                ("newer", "The newer ones"),
            ),
        ),
        Setting(
            "plex_account",
            TEXT,
            "",
            "Plex Account",
            "The account whose plays count, such as Ann [1]. Empty: the owner's. Positions and stars are always the "
            "owner's.",
            picker="plexsync.watched.accounts:list_account_choices",
        ),
        Setting(
            "take_interval",
            CHOICE,
            "never",
            "Take Interval",
            "How often the plugin takes plays, positions and stars by itself, after you have taken them once.",
            choices=(("never", "Never"), ("hourly", "Hourly"), ("daily", "Daily"), ("weekly", "Weekly")),
        ),
    ),
)

_FIELDS = Group(
    "fields",
    "What is synced",
    (
        Setting("sync_master", SWITCH, True, "Sync Metadata", "When off, no field is synced, whatever is set below."),
        Setting("sync_studio", SWITCH, True, "Sync Studio", "Sets the studio."),
        Setting("sync_summary", SWITCH, True, "Sync Summary", "Sets the summary from the details."),
        Setting("sync_tagline", SWITCH, True, "Sync Tagline", "Sets the tagline."),
        Setting("sync_date", SWITCH, True, "Sync Date", "Sets the release date."),
        Setting("sync_performers", SWITCH, True, "Sync Performers", "Sets the performers as actors."),
        Setting("sync_tags", SWITCH, True, "Sync Tags", "Sets the tags as genres."),
        Setting("sync_labels", SWITCH, False, "Sync Labels", "Sets the tags as labels, too."),
        Setting("sync_rating", SWITCH, True, "Sync Rating", "Sets the star rating."),
        Setting("sync_poster", SWITCH, True, "Sync Poster", "Sets the poster from the cover."),
        Setting("sync_background", SWITCH, True, "Sync Background", "Sets the background picture."),
        Setting(
            "sync_collection", SWITCH, True, "Sync Collection", "Puts items into a collection with the studio's name."
        ),
        Setting(
            "max_tags", NUMBER, 100, "Max Tags", "At most this many tags are sent for one scene.", low=1, high=1000
        ),
        Setting("include_tags", LIST, (), "Only These Tags", "Only these tags are sent. Empty: all."),
        Setting("exclude_tags", LIST, (), "Not These Tags", "These tags are never sent."),
        Setting(
            "tagline_template",
            TEXT,
            "",
            "Tagline Template",
            "What the tagline says, such as {studio} ({year}). Known: {title} {studio} {date} {year} {code} {director} "
            "{performers}. Empty: the tagline is left alone.",
            check=check_template,
        ),
        Setting(
            "sync_directors",
            SWITCH,
            False,
            "Sync Directors",
            "Sends the director to Plex. In Stash, commas separate several names.",
        ),
        Setting("extra_labels", LIST, (), "Labels of All", "Labels that every item gets, such as Stash. Empty: none."),
        *(
            Setting(f"{name}_template", TEXT, "", f"{title} Template", f"{text} {EMPTY_TEMPLATE}", check=check_template)
            for name, title, text in TEMPLATES
        ),
        Setting(
            "photo_address",
            ADDRESS,
            "",
            "Address for Photos",
            "The address at which Plex can fetch photos of performers. If Stash has no login, enter the address of "
            "Stash. If it has one, enter the address that the provider's --check shows. Empty: no photos.",
        ),
    ),
)

SETTINGS = (_CORE, _BEHAVIOR, _RECONCILE, _FIELDS, _WATCHED, PACKAGES_GROUP)

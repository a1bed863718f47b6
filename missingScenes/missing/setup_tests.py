"""The tests of the Setup tab, and the choices of its pickers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from missing.whisparr.add.defaults import choose_defaults, find_wrong_choice
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.instances import MORE, apply_instance, read_more
from shared.notify.setup_tests import MESSAGES_TEST
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok, warn
from shared.settings import Settings
from shared.stash_box.box import WHERE_BOXES_ARE_SET
from shared.stash_box.setup_tests import check_boxes, summarize_checks
from shared.whisparr.model import supports_box

if TYPE_CHECKING:
    from shared.runtime.call import Call

SHOWN_COMPLAINTS = 2


def test_boxes(call: Call, settings: Settings) -> TestResult:
    """Setup test: every stash-box answers and accepts its key."""
    del settings
    return summarize_checks(check_boxes(call), "stashBoxEndpoint")


def test_whisparr(call: Call, settings: Settings) -> TestResult:
    """Setup test: a usable Whisparr answers, and scenes can be added to it as the settings say."""
    if not settings.whisparrUrl:
        return not_set_up("Whisparr is not used.", "Enter its address to have scenes downloaded.", "whisparrUrl")
    return check_whisparr(call, settings)


def check_whisparr(call: Call, settings: Settings) -> TestResult:
    """Return the result of testing one Whisparr; the set-up tests and the form of one more Whisparr call it."""
    with connect_whisparr(call, settings) as whisparr:
        program = whisparr.connect()
        chosen = choose_defaults(whisparr, settings)
        profiles = {each.id: each.name for each in whisparr.list_profiles()}
        folders = [each.name for each in whisparr.list_root_folders()]
        complaints = [each.message for each in whisparr.list_health() if each.type in ("warning", "error")]
    wrong = find_wrong_choice(chosen, profiles, folders)
    if wrong is not None:
        return warn(wrong.message, wrong.step, wrong.setting)
    names = [box.name for box in call.stash.read_boxes() if supports_box(box.endpoint, box.name)]
    if not names:
        return warn(
            f"Connected to Whisparr {program.version}, but StashDB is not among the stash-boxes of Stash.",
            f"Whisparr gets scenes of StashDB only. Add StashDB under {WHERE_BOXES_ARE_SET}.",
        )
    where = f"to {chosen.root_folder}, profile {profiles[chosen.profile_id]}"
    said = f" Whisparr warns: {' '.join(complaints[:SHOWN_COMPLAINTS])}" if complaints else ""
    return ok(f"Connected to Whisparr {program.version}. Scenes are added {where}.{said}")


def test_more_whisparrs(call: Call, settings: Settings) -> TestResult:
    """Setup test: each of the further Whisparrs answers, and scenes can be added to it."""
    others = read_more(settings)
    if not others:
        return not_set_up("There is only one Whisparr.", "Add another one if you want scenes in two qualities.", MORE)
    results = {each.name: check_whisparr(call, apply_instance(settings, each)) for each in others}
    told = " ".join(f"{name}: {result.message}" for name, result in results.items())
    wrong = next((result for result in results.values() if result.state != "ok"), None)
    return warn(told, wrong.next_step, MORE) if wrong else ok(told)


def list_profiles(call: Call, settings: Settings) -> list[tuple[str, str]]:
    """Return Whisparr's quality profiles as the choices of the setting Quality Profile ID, for the settings panel."""
    with connect_whisparr(call, settings) as whisparr:
        return [(str(each.id), each.name) for each in whisparr.list_profiles()]


def list_root_folders(call: Call, settings: Settings) -> list[tuple[str, str]]:
    """Return Whisparr's root folders as the choices of the setting Root Folder, for the settings panel."""
    with connect_whisparr(call, settings) as whisparr:
        return [(each.name, each.name) for each in whisparr.list_root_folders()]


def list_tags(call: Call, settings: Settings) -> list[tuple[str, str]]:
    """Return Whisparr's tags as the choices of the setting Whisparr Tags, for the settings panel."""
    with connect_whisparr(call, settings) as whisparr:
        return [(each.name, each.name) for each in whisparr.list_tags()]


TESTS = (
    SetupTest("boxes", "Stash-boxes", "Whether they answer and accept their keys.", "missing.setup_tests:test_boxes"),
    SetupTest(
        "whisparr", "Whisparr", "Whether it answers and scenes can be added to it.", "missing.setup_tests:test_whisparr"
    ),
    SetupTest(
        "more_whisparrs",
        "More Whisparrs",
        "Whether each of them answers and scenes can be added to it.",
        "missing.setup_tests:test_more_whisparrs",
    ),
    MESSAGES_TEST,
)

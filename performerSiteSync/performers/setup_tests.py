"""Test Connections, Validate Configuration and Clear Cache: what is set up, and whether it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.answers import PERFORMER, clear_cache
from performers.boxes.sources import NAMES, NO_BOX, name_source, open_source, read_order, read_sources, split_rows
from performers.library.entities import PLAIN
from performers.sync.plan import POLICIES, normalize_name
from shared.errors import BundleError, ServiceError
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok
from shared.settings import Settings
from shared.stash_box import TPDB, Box, StashBoxClient

if TYPE_CHECKING:
    from shared.runtime.call import Call

NO_KEY = "It has no API key. Enter it in Stash under Settings > Metadata Providers."


def test_connections(call: Call) -> dict[str, Any]:
    """The task and the operation: each source that is on, or the one that is named; red ones make the task fail."""
    sources = [test_source(call, box) for box in read_sources(call, str(call.args.get("source") or ""))]
    if not sources:
        raise BundleError(NO_BOX)
    told = " ".join(f"{each['box']}: {each['message']}" for each in sources)
    if not all(each["is_ok"] for each in sources) and call.arg("mode", ""):
        raise BundleError(f"Not every source can be used. {told}")
    call.log.info(told)
    return {"message": told, "sources": sources}


def test_source(call: Call, box: Box) -> dict[str, Any]:
    """One source: its user, or what is wrong; a box without a key is not asked."""
    row = {"box": box.name, "source": name_source(box), "endpoint": box.endpoint, "has_favorites": box.kind != TPDB}
    if not box.api_key.strip():
        return {**row, "is_ok": False, "message": NO_KEY}
    client = open_source(call, box)
    try:
        message = f"answers, signed in as {client.check() or 'a user without a name'}."
        row["has_favorites"] = box.kind != TPDB or has_rest_favorites(client)
        told = message if row["has_favorites"] else f"{message} Its favourites are not available."
        return {**row, "is_ok": True, "message": told}
    except ServiceError as error:
        return {**row, "is_ok": False, "message": str(error)}
    finally:
        client.close()


def has_rest_favorites(client: StashBoxClient) -> bool:
    """Whether ThePornDB's other interface shows favourites in the way we know."""
    try:
        client.rest_favourites.count(PERFORMER)
    except ServiceError:
        return False
    return True


def check_sources(call: Call, settings: Settings) -> TestResult:
    """The same for the settings panel."""
    del settings
    found = [test_source(call, box) for box in read_sources(call)]
    if not found:
        return not_set_up("No source is switched on and set up.", NO_BOX)
    bad = [f"{each['box']}: {each['message']}" for each in found if not each["is_ok"]]
    if bad:
        raise BundleError(" ".join(bad))
    return ok(f"{', '.join(each['box'] for each in found)} can be asked.")


def validate_configuration(call: Call) -> dict[str, Any]:
    """The task and the operation: what in the settings cannot work, without asking any source."""
    boxes = read_sources(call)
    problems = [*find_box_problems(boxes), *find_setting_problems(call.settings, boxes)]
    for problem in problems:
        call.log.warning(problem)
    message = " ".join(problems) or f"The settings are fine; {len(boxes)} sources are on."
    if problems and call.arg("mode", ""):
        raise BundleError(message)
    return {"message": message, "problems": problems}


def find_box_problems(boxes: list[Box]) -> list[str]:
    """What is wrong with the sources."""
    return [f"{box.name}: {NO_KEY}" for box in boxes if not box.api_key.strip()] if boxes else [NO_BOX]


def find_setting_problems(settings: Settings, boxes: list[Box]) -> list[str]:
    """What nobody understands in the settings."""
    known = {normalize_name(name) for box in boxes for name in (box.name, name_source(box))} | set(NAMES)
    fields = {*PLAIN["performer"], *PLAIN["studio"], "image", "parent_id"} - {"favorite"}
    problems = [str(each) for each in settings.warnings]
    named = [
        (settings_key, split_rows(getattr(settings, settings_key)))
        for settings_key in ("fieldPolicies", "fieldSources")
    ]
    problems += [
        f'{key}: there is no field "{field}".' for key, rows in named for field, _ in rows if field not in fields
    ]
    policies = named[0][1]
    problems += [
        f'fieldPolicies: "{words[0]}" for {field} is not one of {", ".join(POLICIES)}.'
        for field, words in policies
        if words[0] not in POLICIES
    ]
    order = [*read_order(settings), *(word for _, words in named[1][1] for word in words)]
    unknown = [name for name in dict.fromkeys(order) if normalize_name(name) not in known]
    return problems + [f'"{name}" is not among the stash-boxes of Stash.' for name in unknown]


def clear_answers(call: Call) -> dict[str, Any]:
    """The task and the operation; locks, history and what we wrote stay."""
    count = clear_cache(call.store)
    message = f"{count} answers forgotten; the next update asks the sources anew."
    call.log.info(message)
    return {"message": message, "count": count}


TESTS = (
    SetupTest("sources", "Sources", "Each source that is on, with its key.", "performers.setup_tests:check_sources"),
)

"""The tasks Test Connections, Validate Configuration and Clear Cache; the page calls them as operations, too."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from performers.boxes.answers import PERFORMER, clear_cache
from performers.boxes.sources import NAMES, NO_SOURCE, name_source, open_source, read_order, read_sources, split_rows
from performers.library.entities import PLAIN
from performers.sync.plan import POLICIES, normalize_name
from shared.errors import BundleError, ServiceError
from shared.settings import Settings
from shared.stash_box import TPDB, Box, StashBoxClient
from shared.stash_box.configured import NO_KEY
from shared.stash_box.setup_tests import check_box

if TYPE_CHECKING:
    from shared.runtime.call import Call


def test_connections(call: Call) -> dict[str, Any]:
    """Test each source that is on, or the named one; the task fails if one cannot be used."""
    sources = [test_source(call, box) for box in read_sources(call, str(call.args.get("source") or ""))]
    if not sources:
        raise BundleError(NO_SOURCE)
    told = " ".join(f"{each['box']}: {each['message']}" for each in sources)
    if not all(each["is_ok"] for each in sources) and call.arg("mode", ""):
        raise BundleError(f"Not every source can be used. {told}")
    call.log.info(told)
    return {"message": told, "sources": sources}


def test_source(call: Call, box: Box) -> dict[str, Any]:
    """Return the row of Test Connections about one source: the user of its key, or the problem."""
    row = {"box": box.name, "source": name_source(box), "endpoint": box.endpoint}
    with contextlib.closing(open_source(call, box)) as client:
        check = check_box(client)
        has_favorites = box.kind != TPDB or (not check.problem and has_rest_favorites(client))
    if check.problem:
        return {**row, "has_favorites": has_favorites, "is_ok": False, "message": check.problem}
    limits = "" if has_favorites else " Its favourites are not available."
    message = f"answers, signed in as {check.user}.{limits}"
    return {**row, "has_favorites": has_favorites, "is_ok": True, "message": message}


def has_rest_favorites(client: StashBoxClient) -> bool:
    """True if ThePornDB's REST interface returns favorites in the known form."""
    try:
        client.rest_favourites.count(PERFORMER)
    except ServiceError:
        return False
    return True


def validate_configuration(call: Call) -> dict[str, Any]:
    """Return the problems in the settings, without asking any source; the task fails if there is one."""
    boxes = read_sources(call)
    problems = [*find_box_problems(boxes), *find_setting_problems(call.settings, boxes)]
    for problem in problems:
        call.log.warning(problem)
    message = " ".join(problems) or f"The settings are fine; {len(boxes)} sources are on."
    if problems and call.arg("mode", ""):
        raise BundleError(message)
    return {"message": message, "problems": problems}


def find_box_problems(boxes: list[Box]) -> list[str]:
    """Return the problems of the sources as sentences."""
    return [f"{box.name}: {NO_KEY}" for box in boxes if not box.has_key] if boxes else [NO_SOURCE]


def find_setting_problems(settings: Settings, boxes: list[Box]) -> list[str]:
    """Return the unreadable parts of the settings as sentences."""
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
    """Empty the cache of records; locks, history and provenance stay."""
    count = clear_cache(call.store)
    message = f"{count} answers forgotten; the next update asks the sources anew."
    call.log.info(message)
    return {"message": message, "count": count}

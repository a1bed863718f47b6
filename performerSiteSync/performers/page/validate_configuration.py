"""Validate Configuration, as task and operation: finds settings that cannot work, without asking any source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.boxes.sources import NAMES, NO_SOURCE, name_source, read_order, read_sources
from performers.library.entities import PLAIN
from performers.library.scenes import SCENE_FIELDS
from performers.library.normalize import normalize_name
from performers.sync.rules import POLICIES, split_rows
from shared.arguments import takes
from shared.errors import BundleError
from shared.runtime.handler import TASK
from shared.settings import Settings
from shared.stash_box import Box
from shared.stash_box.configured import NO_KEY

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def validate_configuration(call: Call) -> dict[str, Any]:
    """Task Validate Configuration and operation `validate_configuration`: return the problems in the settings.

    The task fails if there is one.
    """
    boxes = read_sources(call)
    problems = [*find_box_problems(boxes), *find_setting_problems(call.settings, boxes)]
    for problem in problems:
        call.log.warning(problem)
    message = " ".join(problems) or f"The settings are fine; sources that are on: {len(boxes)}."
    if problems and call.work.kind == TASK:
        raise BundleError(message)
    return {"message": message, "problems": problems}


def find_box_problems(boxes: list[Box]) -> list[str]:
    """Return the sources' problems as sentences, for Validate Configuration."""
    return [f"{box.name}: {NO_KEY}" for box in boxes if not box.has_key] if boxes else [NO_SOURCE]


def find_setting_problems(settings: Settings, boxes: list[Box]) -> list[str]:
    """Return the settings' unreadable parts as sentences, for Validate Configuration."""
    known = {normalize_name(name) for box in boxes for name in (box.name, name_source(box))} | set(NAMES)
    fields = {*PLAIN["performer"], *PLAIN["studio"], *SCENE_FIELDS, "image", "parent_id"} - {"favorite"}
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

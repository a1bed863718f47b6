"""The task Look for New Scenes: find the new scenes of favorites, and tell them once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from missing.follow.bring import bring_all
from missing.follow.check import check_boxes
from missing.follow.store import list_follows
from missing.news.box_notices import look_at_notices
from missing.news.look import look_at_box
from missing.news.message import name_source, write_message
from missing.news.store import (
    FAILED,
    SENT,
    UNSURE,
    Look,
    begin_message,
    end_message,
    read_looks,
    save_found,
    save_look,
    settle_messages,
)
from shared.arguments import takes
from shared.errors import BundleError, ServiceError, SettingError
from shared.notify.sender import send_message
from shared.notify.settings import TITLES
from shared.notify.targets import MessageTarget, read_target
from shared.stash_box import Box
from shared.stash_box.configured import NO_USABLE_BOX, read_boxes, select_usable

if TYPE_CHECKING:
    from shared.runtime.call import Call

MESSAGES = "Messages"


@takes()
def look_for_news(call: Call) -> dict[str, Any]:
    """Task Look for New Scenes: look at every box, bring what is followed, and send one message about all that is new.

    The first look at a box only notes the time, so that nothing old is told.
    """
    return look_around(call, with_favorites=True)


def look_around(call: Call, *, with_favorites: bool) -> dict[str, Any]:
    """Check all follows and, for Look for New Scenes, the favorites; send one message about what is new.

    Return the result with the number of new scenes. Look for New Scenes and Check Followed call it.
    """
    settle_messages(call.store)
    target, problems = find_target(call)
    is_told = target is not None or bool(problems)  # new scenes wait until the settings are right
    boxes = select_usable(read_boxes(call.stash), call.log)
    if not boxes:
        raise BundleError(NO_USABLE_BOX)
    followed = check_boxes(call, boxes, is_told=is_told)
    problems.update(followed.problems)
    number = followed.found
    for place, box in enumerate(boxes if with_favorites else ()):
        news = look_at_favorites(call, box, is_told=is_told)
        number += news.found
        if not news.problem:  # after the own look, so that its scenes count as those of favorites in Stash
            told = look_at_notices(call, box, is_told=is_told)
            number, news = number + told.found, news._replace(problem=told.problem)
        problems.update({box.name: news.problem} if news.problem else {})
        call.progress((place + 1) / (len(boxes) + 1))
    problems.update(bring_all(call))
    if target is not None:
        problems.update(tell_news(call, target))
    message = f"{number} new {'scene was' if number == 1 else 'scenes were'} found."
    call.log.info(message)
    return {"message": message, "problems": problems, "count": number}


class FavoritesLook(NamedTuple):
    """The number of new scenes of favorites at a box, and why some are missing; empty if none is."""

    found: int = 0
    problem: str = ""


def look_at_favorites(call: Call, box: Box, *, is_told: bool) -> FavoritesLook:
    """Save the new scenes of favorites at one box, and return how many; a first look only notes the time.

    If all were read, the next look reads from now on.
    """
    look, now = read_looks(call.store).get(box.endpoint), call.clock.now()
    if look is None:
        save_look(call.store, box.endpoint, Look(now, now))
        return FavoritesLook()
    news = look_at_box(call, box, look)
    found = save_found(call.store, news.scenes, is_told=is_told)
    if not news.problem:
        save_look(call.store, box.endpoint, look._replace(since=now))
    return FavoritesLook(found, news.problem)


def find_target(call: Call) -> tuple[MessageTarget | None, dict[str, str]]:
    """Return the service that gets messages, and the problems by name; None if none is set up or its setting is wrong.

    `look_around` calls it.
    """
    try:
        return read_target(call.settings), {}
    except SettingError as error:
        return None, {MESSAGES: str(error)}


def tell_news(call: Call, target: MessageTarget) -> dict[str, str]:
    """Send one message about everything that waits, for `look_around`.

    Return why it failed by the service's name, empty if it did not.
    """
    number, scenes = begin_message(call.store)
    if not number:
        return {}
    try:
        has_follows, sources = bool(list_follows(call.store)), {each.source for each in scenes}
        source = name_source(has_follows=has_follows, sources=sources)
        message = write_message(call.plugin, scenes, has_titles=call.settings.values[TITLES], source=source)
        send_message(target, message, clock=call.clock)
    except SettingError as error:  # nothing was sent
        end_message(call.store, number, FAILED, str(error))
        return {MESSAGES: str(error)}
    except ServiceError as error:
        end_message(call.store, number, UNSURE if error.may_have_happened else FAILED, str(error))
        return {target.name: str(error)}
    end_message(call.store, number, SENT)
    return {}

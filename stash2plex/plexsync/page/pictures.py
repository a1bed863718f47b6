"""The operation that returns small posters and backgrounds of Plex's items, which the page shows beside Stash's."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from plexsync.server.connection import open_plex
from plexsync.write.change_rows import PICTURES
from plexsync.write.content import BACKGROUND, POSTER
from shared.arguments import REQUIRED, choice, flag, idents, takes, text
from shared.errors import NotFound, ServiceError, UsageError
from shared.http import Reply
from shared.plex.client import Plex

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.runtime.call import Call

PICTURES_AT_ONCE = 25
AT_ONCE = 4  # requests to Plex at the same time; its transcoder makes each picture smaller
# Where Plex keeps pictures of its own. It would fetch any other address, so a page may not name one.
KEPT_IN_PLEX = ("upload://", "metadata://", "media://")


@takes(
    idents("rating_keys", REQUIRED, most=PICTURES_AT_ONCE),
    choice("picture", (POSTER, BACKGROUND), POSTER),
    text("key", "", "of a picture that Plex keeps for the item; the default is the one it shows"),
    flag("collages", False, "the ids are those of collections: without a poster, the collage that Plex makes"),
)
def show_item_pictures(call: Call) -> dict[str, Any]:
    """Operation `plex_pictures`: return a small picture of each of these items, by rating key.

    Items without a picture are left out; `problems` says by rating key why a picture could not be read. If none could
    be read, it is an error.
    """
    key = call.args["key"]
    if key and not key.startswith(KEPT_IN_PLEX):
        raise UsageError("This picture is not kept in Plex.")
    plex, kind = open_plex(call, call.settings), PICTURES[call.args["picture"]]
    rating_keys = [str(each) for each in call.args["rating_keys"]]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = dict(zip(rating_keys, pool.map(lambda each: read_picture(plex, each, kind, key), rating_keys)))
        if call.args["collages"]:
            bare = [each for each, result in results.items() if result is None]
            results.update(zip(bare, pool.map(lambda each: read_collage(plex, each), bare)))
    errors = {each: result for each, result in results.items() if isinstance(result, ServiceError)}
    if errors and all(result is None or isinstance(result, ServiceError) for result in results.values()):
        raise next(iter(errors.values()))
    return {
        "pictures": {each: show_picture(result) for each, result in results.items() if isinstance(result, Reply)},
        "problems": {each: str(error) for each, error in errors.items()},
    }


def read_picture(plex: Plex, rating_key: str, kind: str, key: str) -> Reply | ServiceError | None:
    """Return an item's small picture, None without one, or the error, for `show_item_pictures`; run in a thread."""
    return read_or_tell(lambda: plex.read_thumbnail(rating_key, kind, key))


def read_collage(plex: Plex, rating_key: str) -> Reply | ServiceError | None:
    """Return a collection's collage, None without one, or the error, for `show_item_pictures`; run in a thread."""
    return read_or_tell(lambda: plex.read_collage(rating_key))


def read_or_tell(read: Callable[[], Reply]) -> Reply | ServiceError | None:
    """Return what `read` returns, None if Plex has no such picture, or the error."""
    try:
        return read()
    except NotFound:
        return None
    except ServiceError as error:
        return error


def show_picture(picture: Reply) -> dict[str, str]:
    """Return a picture as text that the page can draw, for `plex_pictures`."""
    return {"content_type": picture.content_type, "data": base64.b64encode(picture.body).decode("ascii")}

"""The operation that returns small posters and backgrounds of Plex's items, which the page shows beside Stash's."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from plexsync.server.connection import open_plex
from plexsync.write.change_rows import PICTURES
from plexsync.write.content import BACKGROUND, POSTER
from shared.arguments import REQUIRED, choice, idents, takes, text
from shared.errors import NotFound, UsageError

if TYPE_CHECKING:
    from shared.runtime.call import Call

PICTURES_AT_ONCE = 25
# Where Plex keeps pictures of its own. It would fetch any other address, so a page may not name one.
KEPT_IN_PLEX = ("upload://", "metadata://", "media://")


@takes(
    idents("rating_keys", REQUIRED, most=PICTURES_AT_ONCE),
    choice("picture", (POSTER, BACKGROUND), POSTER),
    text("key", "", "of a picture that Plex keeps for the item; the default is the one it shows"),
)
def show_item_pictures(call: Call) -> dict[str, Any]:
    """Operation `plex_pictures`: return a small picture of each of these items, by rating key.

    Items without a picture are left out.
    """
    key = call.args["key"]
    if key and not key.startswith(KEPT_IN_PLEX):
        raise UsageError("This picture is not kept in Plex.")
    plex = open_plex(call, call.settings)
    found = {}
    for rating_key in call.args["rating_keys"]:
        try:
            picture = plex.read_thumbnail(str(rating_key), PICTURES[call.args["picture"]], key)
        except NotFound:
            continue
        found[str(rating_key)] = {
            "content_type": picture.content_type,
            "data": base64.b64encode(picture.body).decode("ascii"),
        }
    return {"pictures": found}

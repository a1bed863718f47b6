"""Journal target for values from wrong links: takes them back, and forgets that a sync wrote them.

Without that, a sync would think that a person removed the values, and would not write those of the right record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from performers.library.kinds import SCENE
from performers.scenes.target import SceneTarget
from performers.sync.provenance import forget_written, read_written_values, remember_written
from shared.journal import Change, Item
from shared.journal.changes import is_same_value

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "wrong_links"


class WrongLinkTarget(SceneTarget):
    """Journal target of scenes that forgets the writes that it takes back; an undo writes and remembers them again."""

    def _note_written(self, item: Item, changes: Sequence[Change]) -> None:
        mine = read_written_values(self._call.store, SCENE, [int(item.id)]).get(int(item.id), [])
        going = [
            each
            for each in changes
            if any(each.field == one.field and is_same_value(each.before, one.value) for one in mine)
        ]
        forget_written(self._call.store, item, going)
        back = [each._replace(is_undo=False) for each in changes if each not in going]
        remember_written(self._call.store, item, back)


def make_target(call: Call) -> WrongLinkTarget:
    """Return the journal target for plans of the kind `wrong_links`, as named in the plugin's table."""
    return WrongLinkTarget(call)

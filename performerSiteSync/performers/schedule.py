"""Work of Performer/Site Sync that is due while a page is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from performers.merge.resume import finish_merges
from shared.page.heartbeat import Notice

if TYPE_CHECKING:
    from shared.runtime.call import Call


def beat(call: Call) -> list[Notice]:
    """Finish interrupted merges and return notices of failures; the heartbeat of an open page calls this."""
    return list(finish_merges(call))

"""Readings of a box's list: from its first to its last page, and again if rows were left out between pages. Pure.

A box gives pages by number. If scenes come or go between two pages, or if equal titles have no order, a page repeats
scenes or leaves some out. So the rows that came are compared with the number that the box announced.
"""

from __future__ import annotations

from typing import NamedTuple

from shared.stash_box import ScenePage

MOST_READINGS = 4
WHOLE, DATED, UNDATED = "", "dated", "undated"


class Reading(NamedTuple):
    """One reading of a box's list.

    `part`: WHOLE, or first DATED and then UNDATED, because boxes put scenes without a date before the newest. `begun`
    is the step of its first page. `rows` came so far, `announced` is the box's number of rows, `repeated` came twice,
    `fresh` came in no earlier reading. `former_rows` came in the reading before.
    """

    number: int = 1
    part: str = WHOLE
    begun: int = 0
    rows: int = 0
    announced: int | None = None
    repeated: int = 0
    fresh: int = 0
    former_rows: int | None = None

    @property
    def was_calm(self) -> bool:
        """Return True if this reading brought every row of the box's list once; the scan then reads no second time."""
        is_same_again = self.rows == self.former_rows and not self.fresh
        return not self.repeated and (self.announced in (None, self.rows) or is_same_again)

    def count_page(self, page: ScenePage, fresh: int, repeated: int) -> Reading:
        """Return the reading with one more page of the box's list counted; the scan calls it."""
        announced = page.total if self.announced is None else self.announced
        return self._replace(
            rows=self.rows + len(page.scenes) + page.dropped + len(page.unreadable),
            announced=announced,
            repeated=self.repeated + repeated,
            fresh=self.fresh + fresh,
        )

    def is_at_end(self, page: ScenePage) -> bool:
        """Return True if this page is the last one of the part; if rows were repeated, only a short page is.

        The scan calls it.
        """
        has_all = self.announced is not None and 0 < self.announced <= self.rows
        return not page.has_more or (has_all and not self.repeated)

    def start_next(self, step: int) -> Reading | None:
        """Return the reading that follows the last page of a part: the other part or another pass.

        None if nothing does. The scan calls it.
        """
        if self.part == DATED:
            return self._replace(part=UNDATED)
        if self.was_calm or self.number >= MOST_READINGS:
            return None
        return Reading(self.number + 1, begun=step, former_rows=self.rows)


def split_by_date(page: ScenePage) -> Reading:
    """Return the reading that begins with the scenes that have a date, after the page at which `must_split` is True.

    The scan calls it.
    """
    return Reading(part=DATED, announced=page.total)

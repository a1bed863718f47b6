"""Tells the other plugins which links are doubted: they take nothing from such a link until a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.bundle.link_doubts import LinkDoubt, write_doubts
from tagging.scene_links.evidence import LEAST_SCORE, WRONG

if TYPE_CHECKING:
    from shared.runtime.call import Call

_OPEN = """SELECT endpoint, id, scene, score, codes FROM link_findings
    WHERE NOT is_gone AND NOT is_right AND score >= ? ORDER BY endpoint, id, scene"""


def publish_doubts(call: Call) -> None:
    """Write for the other plugins the doubts that a linked record is another video.

    The task `doctor_check`, `check_scene` and the journal targets `scene_links` and `right_links` call it. Deleted,
    merged and shared records are left out: the other plugins see these themselves.
    """
    rows = call.store.read(_OPEN, (LEAST_SCORE,))
    wrong = [(row, [code for code in row["codes"].split() if code in WRONG]) for row in rows]
    write_doubts(
        call,
        (
            LinkDoubt(row["endpoint"], row["id"], row["scene"], row["score"], " ".join(codes))
            for row, codes in wrong
            if codes
        ),
    )

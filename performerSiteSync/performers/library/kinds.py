"""The two kinds of objects this plugin keeps complete: performers and studios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError

PERFORMER, STUDIO = "performer", "studio"


def read_kind(args: Mapping[str, Any]) -> str:
    """Return the argument `kind` of an operation, by default performer; raises on any other word."""
    kind = str(args.get("kind") or PERFORMER)
    if kind not in (PERFORMER, STUDIO):
        raise UsageError(f'The kind "{kind}" is not known. Known ones: performer, studio.')
    return kind

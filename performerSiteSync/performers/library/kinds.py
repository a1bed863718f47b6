"""The two kinds of objects this plugin keeps complete: performers and studios."""

from __future__ import annotations

from shared.arguments import choice

PERFORMER, STUDIO = "performer", "studio"
KINDS = (PERFORMER, STUDIO)
ENTITY_KIND = choice("kind", KINDS, PERFORMER)
ANY_KIND = choice("kind", KINDS, "", "the default is both")

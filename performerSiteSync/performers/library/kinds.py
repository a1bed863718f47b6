"""The kinds of objects this plugin keeps current: performers, studios and scenes."""

from __future__ import annotations

from shared.arguments import choice

PERFORMER, STUDIO, SCENE = "performer", "studio", "scene"
KINDS = (PERFORMER, STUDIO)  # those that are matched, merged and favorites; scenes are found by their links
SYNCED = (*KINDS, SCENE)
ENTITY_KIND = choice("kind", KINDS, PERFORMER)
SYNCED_KIND = choice("kind", SYNCED, PERFORMER)
ANY_KIND = choice("kind", KINDS, "", "the default is both")
ANY_SYNCED = choice("kind", SYNCED, "", "the default is all")

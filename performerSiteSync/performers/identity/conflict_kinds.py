"""The types of conflicts between the library and the boxes, as stored and as the page names them."""

from __future__ import annotations

NAME, ALIAS, URL, TAKEN, MERGED, ID_TWICE = "name", "alias", "url", "taken", "merged", "id_twice"
NAME_TAKEN, FAVORITE_ALIAS, SHARED, DOUBTED = "name_taken", "favorite_alias", "shared", "doubted"
# Conflicts about which record an object is share their decisions: "never ask" holds for all of these types.
ABOUT_IDENTITY = (NAME, ALIAS, URL, TAKEN)

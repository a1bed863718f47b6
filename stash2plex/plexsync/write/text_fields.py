"""The text fields of an item: which value of a scene each gets, and the form it takes. Pure.

Title, summary, studio and tagline pass `clean_field` of shared/plex/title_and_text_form.py: control characters go, line
breaks stay in the summary only, and what is longer than Plex takes is cut with a note for the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from plexsync.write.stash_scenes import StashScene
from shared.plex.title_and_text_form import CleanText, clean_field, rating_text, whole_date
from shared.settings import Settings

EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
SPACES = re.compile(r" {2,}")
SEPARATORS = " :-\u2013\u2014|,/\u00b7"  # with dashes and the middle dot


def list_text_fields(scene: StashScene, settings: Settings) -> Iterator[tuple[str, CleanText]]:
    """Yield each text field that a scene's item in Plex should have; empty clears it, a field left out stays.

    `make_content` calls it, for syncs, previews and comparisons.
    """
    if title := fill_template(settings.title_template, scene) or scene.title:
        yield "title", clean_field("title", title)
    if settings.sync_summary:
        yield "summary", clean_field("summary", scene.details)
    if settings.sync_studio:
        yield "studio", clean_field("studio", scene.studio)
    if settings.sync_date and (date := whole_date(scene.date) or ("" if not scene.date else None)) is not None:
        yield "originallyAvailableAt", CleanText(date)
    if settings.sync_rating:
        yield "userRating", CleanText(rating_text(scene.rating100) or "")
    if settings.sync_tagline and settings.tagline_template:
        yield "tagline", clean_field("tagline", fill_template(settings.tagline_template, scene))
    yield from list_more_texts(scene, settings, title)


def list_more_texts(scene: StashScene, settings: Settings, title: str) -> Iterator[tuple[str, CleanText]]:
    """Yield the texts that have a template only: sort title, original title, edition and content rating.

    Plex lists no sort title that equals the title, so such a one is left to Plex.
    """
    sort_title = fill_template(settings.sort_title_template, scene)
    if settings.sort_title_template:
        yield "titleSort", clean_field("titleSort", "" if sort_title == title else sort_title)
    if settings.original_title_template:
        yield "originalTitle", clean_field("originalTitle", fill_template(settings.original_title_template, scene))
    if settings.edition_template:
        yield "editionTitle", clean_field("editionTitle", fill_template(settings.edition_template, scene))
    if settings.content_rating_template:
        yield "contentRating", clean_field("contentRating", fill_template(settings.content_rating_template, scene))


def fill_template(template: str, scene: StashScene) -> str:
    """Return the text for a template such as "{studio} ({year})"; empty if everything it names is empty.

    Texts of items and the preview of templates are made with it.
    """
    if not template:
        return ""
    performers = ", ".join(each.name for each in scene.performers)
    values = {
        **{name: getattr(scene, name) for name in ("title", "studio", "date", "code", "director")},
        "year": scene.date[:4],
        "performers": performers,
    }
    return fill_names(template, values)


def fill_names(template: str, values: Mapping[str, str]) -> str:
    """Return the template with values for its names in braces; empty if everything it names is empty.

    Texts of items and titles of shelves are made with it.
    """
    named = {name: value for name, value in values.items() if "{" + name + "}" in template}
    if named and not any(named.values()):
        return ""
    filled = template
    for name, value in named.items():
        filled = filled.replace("{" + name + "}", value)
    return filled.strip() if all(named.values()) else drop_separators(filled)


def drop_separators(text: str) -> str:
    """Return a filled template without the brackets and separators that stood around an empty value."""
    return SPACES.sub(" ", EMPTY_BRACKETS.sub("", text)).strip(SEPARATORS)

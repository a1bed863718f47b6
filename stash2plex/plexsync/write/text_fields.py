"""The text fields of an item: which value of a scene each gets, and the form it takes. Pure.

Title, summary, studio and tagline pass `clean_field` of shared/plex/title_and_text_form.py: control characters go, line
breaks stay in the summary only, and what is longer than Plex takes is cut with a note for the user.
"""

from __future__ import annotations

from collections.abc import Iterator

from plexsync.write.stash_scenes import StashScene
from shared.plex.title_and_text_form import CleanText, clean_field, rating_text, whole_date
from shared.settings import Settings


def list_text_fields(scene: StashScene, settings: Settings) -> Iterator[tuple[str, CleanText]]:
    """Yield each text field that the item should have; an empty value clears it, a field left out stays."""
    if scene.title:
        yield "title", clean_field("title", scene.title)
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


def fill_template(template: str, scene: StashScene) -> str:
    """Return the tagline for a template such as "{studio} ({year})"; empty if everything it names is empty."""
    performers = ", ".join(each.name for each in scene.performers)
    values = {
        **{name: getattr(scene, name) for name in ("title", "studio", "date", "code", "director")},
        "year": scene.date[:4],
        "performers": performers,
    }
    filled = template
    for name, value in values.items():
        filled = filled.replace("{" + name + "}", value)
    has_value = any(value and "{" + name + "}" in template for name, value in values.items())
    return filled.strip() if has_value or filled == template else ""

"""The shapes of a box's records: the kind of value in each field that a parser reads."""

from __future__ import annotations

from typing import Any

from shared.reply_shape import ANY, ID, NUMBER, TEXT

REF: dict[str, Any] = {"id": ID, "name": TEXT}
LINKS = [{"url": TEXT, "type": TEXT, "site": {"name": TEXT}}]
IMAGES = [{"id": ID, "url": TEXT, "width": NUMBER, "height": NUMBER}]
MARKS = [{"location": TEXT, "description": TEXT}]
FINGERPRINTS = [{"algorithm": TEXT, "hash": TEXT, "duration": NUMBER, "submissions": NUMBER, "reports": NUMBER}]
CATEGORY: dict[str, Any] = {**REF, "group": TEXT, "description": TEXT}
CATEGORY_LIST = {"tag_categories": [CATEGORY]}

SCENE_TAGS: dict[str, Any] = {
    "id": ID,
    "tags": [REF],
    "deleted": ANY,
    "updated": TEXT,
    "title": TEXT,
    "duration": NUMBER,
    "fingerprints": FINGERPRINTS,
}
SCENE: dict[str, Any] = {
    **SCENE_TAGS,
    **dict.fromkeys(("code", "details", "director", "release_date", "date", "created"), TEXT),
    "studio": REF,
    "performers": [{"as": TEXT, "performer": {**REF, "gender": TEXT}}],
    "urls": LINKS,
    "images": IMAGES,
}
PERFORMER: dict[str, Any] = {
    **REF,
    **dict.fromkeys(("disambiguation", "gender", "birth_date", "death_date", "ethnicity", "country"), TEXT),
    **dict.fromkeys(("eye_color", "hair_color", "cup_size", "breast_type", "updated"), TEXT),
    **dict.fromkeys(("height", "band_size", "waist_size", "hip_size", "scene_count"), NUMBER),
    **dict.fromkeys(("career_start_year", "career_end_year"), NUMBER),
    "birthdate": {"date": TEXT, "accuracy": TEXT},
    "measurements": {"cup_size": TEXT, "band_size": NUMBER, "waist": NUMBER, "hip": NUMBER},
    "aliases": [TEXT],
    "urls": LINKS,
    "images": IMAGES,
    "tattoos": MARKS,
    "piercings": MARKS,
    "merged_into_id": ID,
    "merged_ids": [ID],
}
STUDIO: dict[str, Any] = {
    **REF,
    "aliases": [TEXT],
    "urls": LINKS,
    "parent": REF,
    "images": IMAGES,
    "updated": TEXT,
}
TAG: dict[str, Any] = {**REF, "aliases": [TEXT], "description": TEXT, "category": CATEGORY, "updated": TEXT}

MERGES: dict[str, Any] = {"edits": [{"target": {"id": ID}, "merge_sources": [{"id": ID}]}]}

PERSON: dict[str, Any] = {**REF, "extras": {"gender": TEXT}}
REST_SCENE: dict[str, Any] = {
    **dict.fromkeys(("title", "sku", "description", "date", "url"), TEXT),
    "id": ID,
    "duration": NUMBER,
    "directors": [{"name": TEXT}],
    "site": {"uuid": ID, "name": TEXT},
    "performers": [{**PERSON, "as": TEXT, "parent": PERSON}],
    "tags": [{"uuid": ID, "name": TEXT}],
}

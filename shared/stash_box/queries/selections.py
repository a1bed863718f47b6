"""The fields to request of each kind of record: only those that plugins use, and only those this box has.

The table of record kinds in `kinds.py` has these functions; every request to a box gets its fields by it.
"""

from __future__ import annotations

from shared.stash_box.capabilities import BoxCapabilities

INSIDE = {
    "urls": "{ url type }",
    "images": "{ id url width height }",
    "studio": "{ id name }",
    "parent": "{ id name }",
    "performers": "{ as performer { id name gender } }",
    "tags": "{ id name }",
    "measurements": "{ cup_size band_size waist hip }",
    "birthdate": "{ date accuracy }",
    "tattoos": "{ location description }",
    "piercings": "{ location description }",
    "category": "{ id name group description }",
    "fingerprints": "{ algorithm hash duration }",
}
# Of fields joined by | the first one that the box has is requested.
SCENE = (
    "id title code details director duration release_date|date urls images studio performers tags deleted created "
    "updated fingerprints"
)
SCENE_TAGS = "id title duration tags deleted updated"
SCENE_TAGS_PRINTS = f"{SCENE_TAGS} fingerprints"
SCENE_PRINTS = "id title code duration release_date|date images studio performers deleted fingerprints"
VOTES = frozenset({"submissions", "reports"})
OWN_PRINTS = "id title duration deleted fingerprints"
SCENE_FIELDS = (
    "id title code details director duration release_date|date urls images studio performers tags deleted updated"
)
PERFORMER = (
    "id name disambiguation aliases gender urls images birth_date|birthdate death_date ethnicity country eye_color "
    "hair_color height breast_type career_start_year career_end_year tattoos piercings deleted merged_ids "
    "merged_into_id is_favorite updated"
)
SIZES = "cup_size band_size waist_size hip_size"
STUDIO = "id name aliases urls parent images deleted is_favorite updated"
TAG = "id name description aliases category deleted updated"


def select_scene(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a scene: what pages show, and the fingerprints, by which its file is found.

    The queries for lists and single scenes take it.
    """
    return _select(SCENE, known.scene)


def select_scene_tags(known: BoxCapabilities) -> str:
    """Return the GraphQL fields of a scene found by fingerprints, for the sync of scene tags: tags and length."""
    return _select(SCENE_TAGS, known.scene)


def select_scene_tags_prints(known: BoxCapabilities) -> str:
    """Return the GraphQL fields of a scene looked up by id, for the sync of scene tags: also its fingerprints."""
    return _select_with_votes(SCENE_TAGS_PRINTS, known)


def select_scene_prints(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a scene for comparing files: what tells scenes apart, and users' votes."""
    return _select_with_votes(SCENE_PRINTS, known)


def select_own_prints(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a scene with the fingerprints that the key's user voted on, if the box says so.

    Boxes that take many fingerprints at once can leave the other users' out, which are most of the answer.
    """
    wanted = _select(OWN_PRINTS, known.scene)
    if "user_submitted" not in known.fingerprint:
        return wanted
    only = "(is_submitted: true)" if "submitFingerprints" in known.mutations else ""
    votes = " ".join(name for name in ("user_submitted", "user_reported") if name in known.fingerprint)
    own = f"fingerprints{only} {{ algorithm hash duration {votes} }}"
    return wanted.replace(f"fingerprints {INSIDE['fingerprints']}", own)


def select_scene_fields(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a scene for the sync of scenes: all that Stash stores, without fingerprints."""
    return _select(SCENE_FIELDS, known.scene)


def select_performer(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a performer, for lookups and lists.

    The box has sizes as separate fields or as one object.
    """
    sizes = SIZES if known.performer.issuperset(SIZES.split()) else "measurements"
    return _select(f"{PERFORMER} {sizes}", known.performer)


def select_candidate(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a performer for a search: also the number of scenes, to tell namesakes apart."""
    sizes = SIZES if known.performer.issuperset(SIZES.split()) else "measurements"
    return _select(f"{PERFORMER} {sizes} scene_count", known.performer)


def select_studio(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a studio, for all queries: the fields that plugins use and this box has."""
    return _select(STUDIO, known.studio)


def select_tag(known: BoxCapabilities) -> str:
    """Return the GraphQL selection of a tag, for all queries: the fields that plugins use and this box has."""
    return _select(TAG, known.tag)


def _select_with_votes(wanted: str, known: BoxCapabilities) -> str:
    plain, voted = INSIDE["fingerprints"], "{ algorithm hash duration submissions reports }"
    selected = _select(wanted, known.scene)
    return selected.replace(plain, voted) if known.fingerprint >= VOTES else selected


def _select(wanted: str, known: frozenset[str]) -> str:
    chosen = [next((name for name in names.split("|") if name in known), "") for names in wanted.split()]
    return "{ " + " ".join(f"{name} {INSIDE.get(name, '')}".strip() for name in chosen if name) + " }"

"""Performers, studios and groups."""

from __future__ import annotations

from sandbox.stash.graph.execution import Registry, Resolver
from sandbox.stash.objects.batches import (
    counts,
    counts_below,
    custom_fields,
    date,
    entity,
    image_urls,
    lists,
    nothing,
    plain,
    records,
    texts,
    values,
)

PEOPLE = Registry()
STUDIO_CHILDREN = "SELECT parent_id, id FROM studios WHERE parent_id IN (:ids)"
PERFORMER_TEXTS = (
    "name disambiguation ethnicity country eye_color hair_color measurements fake_tits career_length tattoos piercings "
    "details"
)

PEOPLE.entities["Performer"] = entity(
    "performers",
    {
        **texts("performers", PERFORMER_TEXTS),
        **plain("performers", "gender weight penis_length circumcised favorite ignore_auto_tag created_at updated_at"),
        **plain("performers", "career_start career_end"),
        "birthdate": date("performers", "birthdate"),
        "death_date": date("performers", "death_date"),
        "height_cm": "performers.height",
        "rating100": "performers.rating",
    },
)
PEOPLE.entities["Studio"] = entity(
    "studios",
    {
        **texts("studios", "name details"),
        **plain("studios", "favorite ignore_auto_tag organized created_at updated_at"),
        "rating100": "studios.rating",
        "parent_studio": "studios.parent_id",
    },
)
GROUP_COLUMNS = {
    **texts("groups", "name aliases director"),
    **plain("groups", "duration created_at updated_at"),
    "synopsis": "COALESCE(groups.description, '')",
    "date": date("groups", "date"),
    "rating100": "groups.rating",
    "studio": "groups.studio_id",
}
PEOPLE.entities["Group"] = entity("groups", GROUP_COLUMNS)
PEOPLE.entities["Movie"] = entity("groups", GROUP_COLUMNS)


def urls(kind: str) -> Resolver:
    """Return the resolver for all URLs of an object."""
    return lists(f"SELECT {kind}_id, url FROM {kind}_urls WHERE {kind}_id IN (:ids) ORDER BY position")


def first_url(kind: str, condition: str = "1") -> Resolver:
    """Return the resolver for the first URL that meets a condition."""
    return values(
        f"SELECT {kind}_id, url FROM {kind}_urls WHERE {kind}_id IN (:ids) AND {condition} ORDER BY position DESC"
    )


def tags(kind: str) -> Resolver:
    """Return the resolver for the tags of an object, sorted as Stash sorts them."""
    return lists(
        f"SELECT j.{kind}_id, j.tag_id FROM {kind}s_tags j JOIN tags t ON t.id = j.tag_id WHERE j.{kind}_id IN (:ids) "
        "ORDER BY t.sort_key"
    )


def aliases(kind: str) -> Resolver:
    """Return the resolver for the aliases of an object."""
    return lists(f"SELECT {kind}_id, alias FROM {kind}_aliases WHERE {kind}_id IN (:ids) ORDER BY alias")


def stash_ids(kind: str) -> Resolver:
    """Return the resolver for the links to stash-boxes; one endpoint may come twice."""
    return records(
        f"SELECT {kind}_id, endpoint, stash_id, updated_at FROM {kind}_stash_ids "
        f"WHERE {kind}_id IN (:ids) ORDER BY rowid",
        "endpoint stash_id updated_at",
    )


GROUPS_OF_PERFORMER = (
    "FROM performers_scenes ps JOIN groups_scenes gs ON gs.scene_id = ps.scene_id WHERE ps.performer_id IN (:ids)"
)
PERFORMER_FIELDS = {
    "urls": urls("performer"),
    "url": first_url("performer"),
    "twitter": first_url("performer", "url LIKE '%twitter.com/%'"),
    "instagram": first_url("performer", "url LIKE '%instagram.com/%'"),
    "alias_list": aliases("performer"),
    "tags": tags("performer"),
    "stash_ids": stash_ids("performer"),
    "custom_fields": custom_fields("performer"),
    "image_path": image_urls("performer", "performers"),
    "scene_count": counts("performers_scenes", "performer_id"),
    "scenes": lists(
        "SELECT performer_id, scene_id FROM performers_scenes WHERE performer_id IN (:ids) ORDER BY scene_id"
    ),
    "groups": lists(f"SELECT DISTINCT ps.performer_id, gs.group_id {GROUPS_OF_PERFORMER}"),
    "movies": lists(f"SELECT DISTINCT ps.performer_id, gs.group_id {GROUPS_OF_PERFORMER}"),
    "group_count": values(
        f"SELECT ps.performer_id, COUNT(DISTINCT gs.group_id) {GROUPS_OF_PERFORMER} GROUP BY ps.performer_id", 0
    ),
    "movie_count": values(
        f"SELECT ps.performer_id, COUNT(DISTINCT gs.group_id) {GROUPS_OF_PERFORMER} GROUP BY ps.performer_id", 0
    ),
    "image_count": nothing(0),
    "gallery_count": nothing(0),
    "performer_count": values(
        "SELECT a.performer_id, COUNT(DISTINCT b.performer_id) FROM performers_scenes a JOIN performers_scenes b "
        "ON a.scene_id = b.scene_id AND a.performer_id != b.performer_id WHERE a.performer_id IN (:ids) "
        "GROUP BY a.performer_id",
        0,
    ),
    "o_counter": values(
        "SELECT ps.performer_id, COUNT(*) FROM performers_scenes ps JOIN scenes_o_dates o ON o.scene_id = ps.scene_id "
        "WHERE ps.performer_id IN (:ids) GROUP BY ps.performer_id",
        0,
    ),
}
STUDIO_FIELDS = {
    "urls": urls("studio"),
    "url": first_url("studio"),
    "aliases": aliases("studio"),
    "tags": tags("studio"),
    "stash_ids": stash_ids("studio"),
    "custom_fields": custom_fields("studio"),
    "image_path": image_urls("studio", "studios"),
    "child_studios": lists("SELECT parent_id, id FROM studios WHERE parent_id IN (:ids) ORDER BY natural_key(name)"),
    "scene_count": counts_below("scenes", "studio_id", "id", STUDIO_CHILDREN),
    "group_count": counts_below("groups", "studio_id", "id", STUDIO_CHILDREN),
    "movie_count": counts_below("groups", "studio_id", "id", STUDIO_CHILDREN),
    "performer_count": counts_below(
        "(SELECT s.studio_id, ps.performer_id FROM scenes s JOIN performers_scenes ps ON ps.scene_id = s.id)",
        "studio_id",
        "performer_id",
        STUDIO_CHILDREN,
    ),
    "image_count": nothing(0),
    "gallery_count": nothing(0),
    "groups": lists("SELECT studio_id, id FROM groups WHERE studio_id IN (:ids) ORDER BY id"),
    "movies": lists("SELECT studio_id, id FROM groups WHERE studio_id IN (:ids) ORDER BY id"),
    "o_counter": values(
        "SELECT s.studio_id, COUNT(*) FROM scenes s JOIN scenes_o_dates o ON o.scene_id = s.id "
        "WHERE s.studio_id IN (:ids) GROUP BY s.studio_id",
        0,
    ),
}
GROUP_FIELDS = {
    "urls": urls("group"),
    "url": first_url("group"),
    "tags": tags("group"),
    "scenes": lists("SELECT group_id, scene_id FROM groups_scenes WHERE group_id IN (:ids) ORDER BY scene_id"),
    "scene_count": counts("groups_scenes", "group_id"),
    "front_image_path": image_urls("group", "groups", "frontimage", "NULL"),
    "back_image_path": nothing(None),
}
for _kind, _fields in (
    ("Performer", PERFORMER_FIELDS),
    ("Studio", STUDIO_FIELDS),
    ("Group", GROUP_FIELDS),
    ("Movie", GROUP_FIELDS),
):
    PEOPLE.resolvers.update({(_kind, name): resolver for name, resolver in _fields.items()})

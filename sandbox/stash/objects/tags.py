"""Tags and their hierarchy."""

from __future__ import annotations

from sandbox.stash.graph.execution import Registry
from sandbox.stash.objects.batches import (
    counts,
    counts_below,
    custom_fields,
    entity,
    image_urls,
    lists,
    plain,
    records,
    texts,
)

TAGS = Registry()
CHILDREN = "SELECT parent_id, child_id FROM tags_relations WHERE parent_id IN (:ids)"
MARKERS = (
    "(SELECT id, primary_tag_id AS tag_id FROM scene_markers UNION "
    "SELECT scene_marker_id, tag_id FROM scene_markers_tags)"
)

TAGS.entities["Tag"] = entity(
    "tags",
    {
        **texts("tags", "name sort_name description"),
        **plain("tags", "favorite ignore_auto_tag created_at updated_at"),
    },
)
TAG_FIELDS = {
    "aliases": lists("SELECT tag_id, alias FROM tag_aliases WHERE tag_id IN (:ids) ORDER BY alias"),
    "stash_ids": records(
        "SELECT tag_id, endpoint, stash_id, updated_at FROM tag_stash_ids WHERE tag_id IN (:ids) ORDER BY rowid",
        "endpoint stash_id updated_at",
    ),
    "custom_fields": custom_fields("tag"),
    "image_path": image_urls("tag", "tags"),
    "parents": lists(
        "SELECT r.child_id, r.parent_id FROM tags_relations r JOIN tags t ON t.id = r.parent_id "
        "WHERE r.child_id IN (:ids) ORDER BY natural_key(t.name)"
    ),
    "children": lists(
        "SELECT r.parent_id, r.child_id FROM tags_relations r JOIN tags t ON t.id = r.child_id "
        "WHERE r.parent_id IN (:ids) ORDER BY natural_key(t.name)"
    ),
    "parent_count": counts("tags_relations", "child_id"),
    "child_count": counts("tags_relations", "parent_id"),
    "scene_count": counts_below("scenes_tags", "tag_id", "scene_id", CHILDREN),
    "performer_count": counts_below("performers_tags", "tag_id", "performer_id", CHILDREN),
    "studio_count": counts_below("studios_tags", "tag_id", "studio_id", CHILDREN),
    "group_count": counts_below("groups_tags", "tag_id", "group_id", CHILDREN),
    "movie_count": counts_below("groups_tags", "tag_id", "group_id", CHILDREN),
    "scene_marker_count": counts_below(MARKERS, "tag_id", "id", CHILDREN),
    "image_count": counts_below("images_tags", "tag_id", "image_id", CHILDREN),
    "gallery_count": counts_below("galleries_tags", "tag_id", "gallery_id", CHILDREN),
}
TAGS.resolvers.update({("Tag", name): resolver for name, resolver in TAG_FIELDS.items()})

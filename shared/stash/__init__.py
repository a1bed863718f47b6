"""The client for Stash. `call.stash` is a `StashClient`; making one sends nothing.

    stash.scenes.ids(where)                       # snapshot of ids as ints; then
    stash.scenes.stream(ids, "title tags { id }") # pieces of rows, deleted ones left out
    stash.performers.get(7, "name")               # one row or None
    stash.studios.page("name", where, page=2)     # count and rows, for showing
    stash.tags.find_linked(endpoint, stash_ids)   # {stash id: rows}
    stash.tags.create({"name": "Rain"}); stash.tags.update(7, {"description": "…"})  # only the keys given
    stash.scene_tags.add(scene_ids, tag_ids)      # bulk, real additions only; .remove
    stash.merge_tags_into(7, [8, 9]); stash.merge_performers_into(…)
    stash.read_plugin_settings("tagManager"); stash.write_plugin_settings("tagManager", {"pageSize": 50})
    stash.read_boxes(); stash.read_excluded_tag_patterns(); stash.read_library_folders(); stash.read_scan_defaults()
    stash.list_plugins(); stash.read_plugins_folder()
    stash.run_plugin_task("tagManager", args={"mode": "drain"}, description="…"); stash.job_queue()
    stash.metadata_scan(["/data/new"])            # with the user's own scan defaults
    stash.download_picture(performer["image_path"])
    stash.capabilities().has_tag_links            # by introspection, kept on disk per Stash version
    stash.ask(DOCUMENT, variables, "doing this")  # anything else; raises on GraphQL errors
    stash.keep_alive()                            # in loops that work elsewhere for long: a session lasts an hour

Filters: shared/stash/filters.py. Lists of `stash_ids`: shared/stash/links.py (select `capabilities().link_fields`).
The names of filter modifiers and of bulk update modes are those of stashapp-tools (`stashapi.stash_types`).
"""

from __future__ import annotations

from shared.stash.capabilities import StashCapabilities, StashRelease
from shared.stash.client import StashAddress, StashClient
from shared.stash.configuration import ConfiguredBox, LibraryFolder, LoadedPlugin
from shared.stash.library import FindPage, LibraryObjects
from shared.stash.object_tags import TagChange
from shared.stash.pictures import StashPicture, is_placeholder

__all__ = [
    "ConfiguredBox",
    "FindPage",
    "LibraryFolder",
    "LibraryObjects",
    "LoadedPlugin",
    "StashAddress",
    "StashCapabilities",
    "StashClient",
    "StashPicture",
    "StashRelease",
    "TagChange",
    "is_placeholder",
]

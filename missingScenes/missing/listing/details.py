"""Single scenes, tags for the picker, and when somebody was here last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missing.listing.boxes import named_client
from missing.listing.cards import make_details
from shared.errors import NotFound, UsageError
from shared.page.paging import format_time
from shared.stash_box import LookupFound, Merged

if TYPE_CHECKING:
    from shared.runtime.call import Call

VISIT = "visit"
VISIT_SECONDS = 3600.0
TAG_NAMES = "tag_names"
MOST_TAGS = 200


def show_scene(call: Call) -> dict[str, Any]:
    """Everything the box tells about one scene."""
    excluded = frozenset(each.lower() for each in call.settings.excludedTags)
    with named_client(call) as client:
        outcome = client.find_scene(str(call.arg("scene_id")))
        if isinstance(outcome, (LookupFound, Merged)):
            return {"scene": make_details(outcome.record, client.box, excluded)}
        name = client.box.name
    raise NotFound(f"{name} does not have this scene any more. Load the list again.", service=name)


def search_tags(call: Call) -> dict[str, Any]:
    """Tags of the box for the picker."""
    text = str(call.args.get("text") or "").strip()
    if not text:
        return {"tags": []}
    with named_client(call) as client:
        found = client.search_tags(text)
    return {"tags": [{"id": tag.id, "name": tag.name} for tag in found if not tag.deleted]}


def show_excluded_tags(call: Call) -> dict[str, Any]:
    """The tags whose scenes are hidden, with the names we know."""
    return describe_tags(call, call.settings.excludedTags)


def exclude_tags(call: Call) -> dict[str, Any]:
    """Hide scenes with these tags from now on; ids are kept in the setting, names only to show them."""
    tags = call.arg("tags")
    if not isinstance(tags, list) or len(tags) > MOST_TAGS or not all(isinstance(each, dict) for each in tags):
        raise UsageError(f'"tags" must be a list of at most {MOST_TAGS} tags with id and name.')
    named = {str(each["id"]): str(each.get("name") or each["id"]) for each in tags if each.get("id")}
    call.store.kv.put(TAG_NAMES, {**call.store.kv.get(TAG_NAMES, {}), **named})
    call.read_settings(call.stash.write_plugin_settings(call.plugin.id, {"excludedTags": ", ".join(named)}))
    return describe_tags(call, tuple(named))


def describe_tags(call: Call, ids: tuple[str, ...]) -> dict[str, Any]:
    """Ids with names."""
    names = call.store.kv.get(TAG_NAMES, {})
    return {"tags": [{"id": each, "name": names.get(each, each)} for each in ids]}


def start_visit(call: Call) -> dict[str, Any]:
    """When the visit before this one ended: what is newer is new. A visit goes on for an hour after its last page."""
    now = call.clock.now()
    with call.store.write():
        known = call.store.kv.get(VISIT) or {"seen": None, "since": None}
        is_same = known["seen"] is not None and now - known["seen"] < VISIT_SECONDS
        since = known["since"] if is_same else known["seen"]
        call.store.kv.put(VISIT, {"seen": now, "since": since})
    return {"since": format_time(since)}

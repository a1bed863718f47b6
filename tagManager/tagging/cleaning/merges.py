"""Look-alikes: searched by a task, listed with evidence, merged by a plan, or remembered as not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import choice, flag, ident, idents, paging, takes, text, texts
from shared.errors import UsageError
from shared.journal import Change, Item
from shared.page.followed_task import queue_followed_task
from shared.page.paging import format_time, read_page
from tagging.cleaning.kinds import list_counters, name_favorite
from tagging.cleaning.look_alike_store import (
    FOUND_KEY,
    count_pairs,
    forget_tags,
    list_pairs,
    save_look_alikes,
    set_distinct,
)
from tagging.cleaning.look_alikes import RULES, BoxNames, is_destination, find_look_alikes
from tagging.links.box_tags import find_box_tags, spell_as_stored
from tagging.tags.local_tags import Row, choose_tag_fields, read_local_tags
from tagging.tags.merge import FieldDecisions, find_name_conflicts
from tagging.tags.tag_plan import save_tag_plan
from tagging.tags.target import ALIASES, MERGE, MERGED, NAME, PARENTS, clean_aliases
from tagging.wordlists.synonyms import make_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.tag_matching import LocalTag

PAIR = (ident("one"), ident("other"))
READ, COMPARED = 0.1, 0.95
WITH_BOTH = "a{n}: findScenes(scene_filter: {{tags: {{value: [{one}, {other}], modifier: INCLUDES_ALL}}}}, "
COUNT = "filter: {per_page: 0}) { count }"


@takes()
def start_look_alikes(call: Call) -> dict[str, Any]:
    """Operation `lookalikes_start`: queue the task `lookalikes_find`; return its job id and run token."""
    return queue_followed_task(call, "lookalikes_find", "looking for look-alikes among your tags", {})


@takes()
def search_look_alikes(call: Call) -> dict[str, Any]:
    """Task `lookalikes_find`: compare all tags of the library and store the pairs; return their number."""
    tags = read_local_tags(call.stash)
    call.progress(READ)

    def note(share: float) -> None:
        call.progress(READ + (COMPARED - READ) * share)

    synonyms = make_synonyms(call.store) if call.settings.enableSynonymSearch else None
    threshold = call.settings.fuzzyThreshold if call.settings.enableFuzzySearch else 101
    found = find_look_alikes(tags, read_box_names(call, tags), synonyms, threshold, note)
    save_look_alikes(call.store, found, call.clock.now())
    return {"pairs": len(found), "tags": len(tags)}


def read_box_names(call: Call, tags: Sequence[LocalTag]) -> Iterator[BoxNames]:
    """Yield for each link of these tags the tag's id, with name and aliases of the box tag from the stored lists.

    `search_look_alikes` calls it.
    """
    by_spelling: dict[str, dict[str, list[int]]] = {}
    for tag in tags:
        for endpoint, remote_id in tag.links:
            by_spelling.setdefault(endpoint, {}).setdefault(remote_id, []).append(tag.id)
    for endpoint, linked in by_spelling.items():
        for remote_id, box_tag in find_box_tags(call.store, spell_as_stored(call.store, endpoint), linked).items():
            yield from (BoxNames(tag_id, (box_tag.name, *box_tag.aliases)) for tag_id in linked[remote_id])


@takes(
    choice("rule", RULES, "", "only pairs that this rule found"),
    flag("distinct", False, "the pairs that are not the same, instead of the open ones"),
    *paging(),
)
def list_look_alikes(call: Call) -> dict[str, Any]:
    """Operation `lookalikes_list`: return a page of pairs with both tags, the scenes they share, and which to keep.

    `found_at` is None before the first search. Pairs of tags that are gone are left out.
    """
    page = read_page(call.args)
    rows, count = list_pairs(call.store, call.args["rule"], call.args["distinct"], page.size, page.offset)
    counters = list_counters(call.stash)
    fields = choose_tag_fields(
        call.stash, " ".join(["description parents { id name }", name_favorite(call.stash), *counters])
    )
    ids = {each for row in rows for each in (row["one"], row["other"])}
    tags = {number: describe_tag(row, counters) for number, row in call.stash.tags.read(ids, fields).items()}
    forget_tags(call.store, ids - tags.keys())
    shown = [row for row in rows if row["one"] in tags and row["other"] in tags]
    shared = count_shared_scenes(call, [(row["one"], row["other"]) for row in shown])
    pairs = [
        {
            "one": tags[row["one"]],
            "other": tags[row["other"]],
            **{name: row[name] for name in ("rule", "matched", "score")},
            "shared_scenes": number,
            "keep": row["one" if is_destination(tags[row["one"]], tags[row["other"]]) else "other"],
        }
        for row, number in zip(shown, shared)
    ]
    found_at = format_time(call.store.kv.get(FOUND_KEY, float))
    return {
        "pairs": pairs,
        "count": count - len(rows) + len(shown),
        "rules": count_pairs(call.store),
        "found_at": found_at,
    }


def describe_tag(row: Row, counters: Sequence[str]) -> dict[str, Any]:
    """Return a tag of a pair of look-alikes, for `lookalikes_list`."""
    names = ("name", "aliases", "description", "parents")
    links = len(row.get("stash_ids") or ())
    uses = sum(row[name] for name in counters)
    scenes = row["scene_count"]
    return {
        "id": int(row["id"]),
        **{name: row[name] for name in names},
        "favorite": row.get("favorite", False),
        "links": links,
        "uses": uses,
        "scenes": scenes,
    }


def count_shared_scenes(call: Call, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each pair the number of scenes with both tags, in one request: the evidence of the page."""
    if not pairs:
        return []
    parts = [WITH_BOTH.format(n=number, one=one, other=other) + COUNT for number, (one, other) in enumerate(pairs)]
    data = call.stash.ask(f"query Shared {{ {' '.join(parts)} }}", None, "counting scenes with both tags")
    return [int(data[f"a{number}"]["count"]) for number in range(len(pairs))]


@takes(*PAIR, flag("distinct", True, "false takes it back"))
def mark_distinct(call: Call) -> dict[str, Any]:
    """Operation `lookalike_distinct`: remember that two tags are not the same, or forget it; return the pair."""
    one, other = call.args["one"], call.args["other"]
    set_distinct(call.store, one, other, call.args["distinct"], call.clock.now())
    return {"one": one, "other": other, "distinct": call.args["distinct"]}


@takes(
    ident("source", note="the tag that goes"),
    ident("destination", note="the tag that stays"),
    text("new_name", "", "of the tag that stays; the default is its name"),
    texts("aliases", None, "the whole list that it gets; the default is all names and aliases of both"),
    idents("parents", None, "the whole list of parents; the default is the parents of both"),
)
def plan_merge(call: Call) -> dict[str, Any]:
    """Operation `lookalike_merge`: store a plan that merges two tags, or return the conflicts of names."""
    source, destination = call.args["source"], call.args["destination"]
    if source == destination:
        raise UsageError("Choose two different tags.")
    fields = choose_tag_fields(call.stash, "parents { id name }")
    rows = call.stash.tags.read([source, destination], fields)
    gone = next((each for each in (source, destination) if each not in rows), None)
    if gone is not None:
        raise UsageError(f"Stash has no tag {gone} any more. Reload the page.")
    wanted = decide_fields(rows[source], rows[destination], call.args)
    choice_made = FieldDecisions(wanted[NAME], False, wanted[ALIASES], False, False)
    conflicts = find_name_conflicts(read_local_tags(call.stash), rows[destination], choice_made, [source])
    if conflicts:
        return {"conflicts": conflicts, "plan_id": None, "items": 0}
    changes = list(plan_look_alike(rows[source], rows[destination], wanted))
    title = f"{rows[source]['name']} into {rows[destination]['name']}"
    return {"conflicts": [], **save_tag_plan(call, changes, title, f"Merged {title}")}


def decide_fields(source: Row, destination: Row, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return name, aliases and parents of the tag that stays: as given to the operation, else the defaults.

    Pure; `plan_merge` calls it.
    """
    name = given["new_name"].strip() or destination["name"]
    every = [source["name"], *source["aliases"], destination["name"], *destination["aliases"]]
    aliases = clean_aliases(name, every if given["aliases"] is None else given["aliases"])
    both = [int(each["id"]) for row in (destination, source) for each in row["parents"]]
    merged = (int(source["id"]), int(destination["id"]))
    chosen = both if given["parents"] is None else given["parents"]
    parents = [each for each in dict.fromkeys(chosen) if each not in merged]
    return {NAME: name, ALIASES: aliases, PARENTS: parents}


def plan_look_alike(source: Row, destination: Row, wanted: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the changes of a merge: the merge, then what the tag that stays gets instead of Stash's union. Pure."""
    label = f"{source['name']} into {destination['name']}"
    item = Item(MERGE, f"{source['id']}>{destination['id']}", label)
    reason = "Stash cannot take a merge of tags apart."
    yield Change(item, MERGED, "do", None, True, "user", reason, can_undo=False)
    before = {
        NAME: destination["name"],
        ALIASES: list(destination["aliases"]),
        PARENTS: [int(each["id"]) for each in destination["parents"]],
    }
    names = {int(each["id"]): each["name"] for row in (source, destination) for each in row["parents"]}
    for field, value in before.items():
        if wanted[field] != value:
            told = ", ".join(names.get(each, str(each)) for each in wanted[field]) if field == PARENTS else reason
            yield Change(item, field, "set", value, wanted[field], "user", told, can_undo=False)

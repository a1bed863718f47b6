"""The tags that the sync added to scenes through a wrong link, without those that the right links bring as well."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.stash.links import find_ids
from shared.stash_box import Box, TaggedScene
from shared.tag_matching import LocalTags
from tagging.cleaning.added_tags import AddedTag, read_added, seed_added
from tagging.cleaning.withdrawn import BoxKnowledge, is_known, match_answer
from tagging.link_repairs.plan import BroughtTags, LinkRepair
from tagging.scenes.answer_cache import FOUND, BoxAnswers, CachedAnswer
from tagging.scenes.plan import BoxAnswer
from tagging.tags.local_tags import read_local_tags

if TYPE_CHECKING:
    from shared.runtime.call import Call

Records = Mapping[tuple[str, str], TaggedScene]


def find_brought(
    call: Call,
    boxes: Sequence[Box],
    rows: Collection[Mapping[str, Any]],
    repairs: Sequence[LinkRepair],
    records: Records,
) -> dict[int, BroughtTags]:
    """Return by scene the tags that the sync added through links which these repairs change, and those that stay right.

    `rows` are the scenes with links and tags, `records` the scenes of the boxes to which they will be linked. Nothing
    is taken from a scene if another box did not answer about it: that box may have the tag, too.
    """
    seed_added(call.store)
    caches = {box.endpoint: BoxAnswers(call.store, box.endpoint) for box in boxes}
    names = {endpoint: answers.read_tag_names() for endpoint, answers in caches.items()}
    for (endpoint, _), record in records.items():
        names.setdefault(endpoint, {}).update({tag.id: tag.name for tag in record.tags})
    local_tags = read_local_tags(call.stash)
    known = BoxKnowledge(LocalTags(local_tags), names, {})
    labels = {tag.id: tag.name for tag in local_tags}
    added: dict[int, list[AddedTag]] = {}
    for one in read_added(call.store, [int(row["id"]) for row in rows]):
        added.setdefault(one.scene, []).append(one)
    by_scene: dict[int, list[LinkRepair]] = {}
    for repair in repairs:
        by_scene.setdefault(repair.scene, []).append(repair)
    found: dict[int, BroughtTags] = {}
    for row in rows:
        number = int(row["id"])
        answers = list(list_right_answers(row, by_scene.get(number, []), caches, records))
        wanted = {tag for each in answers for tag in match_answer(each, known)}
        found[number] = BroughtTags(added.get(number, []) if is_known(answers) else [], wanted, labels)
    return found


def list_right_answers(
    row: Mapping[str, Any], repairs: Sequence[LinkRepair], caches: Mapping[str, BoxAnswers], records: Records
) -> Iterator[BoxAnswer]:
    """Yield what each box says about a scene through the links that it has after the repairs, for `find_brought`."""
    for endpoint, answers in caches.items():
        changed = {each.old_id: each for each in repairs if each.endpoint == endpoint}
        kept = [each for each in find_ids(row["stash_ids"], endpoint) if each not in changed]
        known = answers.read_answers(kept)
        yield from (BoxAnswer(endpoint, endpoint, each, known.get(each)) for each in kept)
        for repair in changed.values():
            record = records.get((endpoint, repair.new_id))
            if record is not None:
                tags = tuple(tag.id for tag in record.tags)
                yield BoxAnswer(endpoint, repair.box, repair.new_id, CachedAnswer(FOUND, tags))

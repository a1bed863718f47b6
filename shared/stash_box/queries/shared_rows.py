"""Kinds of records whose rows are kept for other plugins, and records made of rows that another plugin kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import SCENE_TAGS, SCENE_TAGS_AND_FIELDS, RecordKind
from shared.stash_box.records.types import LookupFound, Outcome, RecordT, TaggedScene
from shared.stash_box.scene_answers import SceneAnswers, is_usable, make_digest


def keep_rows(channel: Channel, kind: RecordKind[RecordT], answers: SceneAnswers | None) -> RecordKind[RecordT]:
    """Return the kind with which rows of scenes are kept for other plugins, if one reads the scenes of this box.

    The client's lookups call it.
    """
    if answers is None or not answers.has_other_readers:
        return kind
    kept, fields = answers, make_digest(kind.select(channel.capabilities))
    return replace(kind, keep=lambda row: kept.keep(row, fields))


def choose_scene_tags(channel: Channel, answers: SceneAnswers | None) -> RecordKind[TaggedScene]:
    """Return the kind with which tags of scenes are read: that of all fields while another plugin needs them.

    The client's lookups call it.
    """
    is_shared = answers is not None and answers.has_other_readers
    return keep_rows(channel, SCENE_TAGS_AND_FIELDS, answers) if is_shared else SCENE_TAGS


def take_kept(
    channel: Channel,
    kind: RecordKind[RecordT],
    answers: SceneAnswers | None,
    ids: Collection[str],
    since: float,
    changed: Mapping[str, str],
) -> dict[str, Outcome[RecordT]]:
    """Return by id the outcomes of rows that another plugin got after `since`; methods of the client call it."""
    if answers is None or not answers.has_other_readers:
        return {}
    kept = answers.find(ids, make_digest(kind.select(channel.capabilities)), since)
    rows = {each: answer for each, answer in kept.items() if is_usable(answer.row, changed.get(each))}
    usable = {each: answer for each, answer in rows.items() if not kind.find_mistake(answer.row)}
    answers.note_taken(usable.values())
    return {scene_id: LookupFound(scene_id, kind.read(answer.row)) for scene_id, answer in usable.items()}

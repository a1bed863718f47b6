"""Lists of performers, studios, tags and edits, with the filters that work and those the real box ignores."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from sandbox.messages import UnknownRequest
from sandbox.stashbox.criteria import (
    BoxFailure,
    Criterion,
    compare_by,
    compare_id,
    compare_text,
    compile_like,
    is_id,
    parse_id,
    sort_rows,
)
from sandbox.stashbox.model import Account, Edit, Performer, Studio, Tag
from sandbox.stashbox.world import World

TODAY = (2026, 7, 2)
SECOND_IS_NAME = ("DEBUT", "LAST_SCENE", "SCENE_COUNT", "POPULARITY")
UNREAD_OF_EDITS = ("user_id", "vote_count", "is_favorite", "voted", "is_bot", "include_user_submitted")


def find_performers(world: World, given: dict[str, Any], account: Account) -> list[Performer]:
    """Return live performers that fit `queryPerformers`; most physical filters are declared and do nothing.

    The resolvers of this query and of a studio's performers call it.
    """
    tests = [*_performer_text_tests(given), *_performer_value_tests(given)]
    liked = given.get("is_favorite")
    if liked is not None:
        tests.append(lambda each: (each.id in account.performers) == liked)
    if other := given.get("performed_with"):
        together = _find_partners(world, parse_id(other))
        tests.append(lambda each: each.id in together)
    if studio := given.get("studio_id"):
        employed = _find_employed(world, parse_id(studio))
        tests.append(lambda each: each.id in employed)
    rows = [each for each in world.performers.values() if not each.deleted and all(test(each) for test in tests)]
    sort, has_second = given["sort"], given["sort"] in SECOND_IS_NAME
    return sort_rows(
        rows,
        _performer_key(world, sort),
        given["direction"],
        nulls_last=sort in ("DEBUT", "LAST_SCENE"),
        page=given["page"],
        second=(lambda each: each.name) if has_second else (lambda _each: ""),
    )


def find_studios(world: World, given: dict[str, Any], account: Account) -> list[Studio]:
    """Return live studios that fit `queryStudios`, sorted; `is_favorite` asks for the account's own favorites.

    The resolvers of this query and of a studio's sub-studios call it.
    """
    tests: list[Callable[[Studio], bool]] = []
    if name := given.get("name"):
        fits = compile_like(name)
        tests.append(lambda each: fits(each.name))
    if names := given.get("names"):
        fits_any = compile_like(names)
        tests.append(lambda each: any(fits_any(text) for text in _studio_names(world, each)))
    if url := given.get("url"):
        tests.append(lambda each: any(link.url == url for link in each.links))
    if (has_parent := given.get("has_parent")) is not None:
        tests.append(lambda each: (each.parent_id is not None) == has_parent)
    if (liked := given.get("is_favorite")) is not None:
        tests.append(lambda each: (each.id in account.studios) == liked)
    if parent := Criterion.read(given.get("parent")):
        fits_parent = compare_id(parent)
        tests.append(lambda each: fits_parent(each.parent_id))
    rows = [each for each in world.studios.values() if not each.deleted and all(test(each) for test in tests)]
    return sort_rows(rows, _plain_key(given["sort"]), given["direction"], page=given["page"])


def find_tags(world: World, given: dict[str, Any]) -> list[Tag]:
    """Return live tags that fit `queryTags`; a UUID as name finds that tag, deleted or not; `text` does nothing.

    The resolver of this query calls it.
    """
    name = given.get("name")
    if name and is_id(name):
        return [world.tags[parse_id(name)]] if parse_id(name) in world.tags else []
    tests: list[Callable[[Tag], bool]] = []
    if name:
        fits = compile_like(name)
        tests.append(lambda each: fits(each.name))
    if names := given.get("names"):
        fits_any = compile_like(names)
        tests.append(lambda each: any(map(fits_any, [each.name, *each.aliases])))
    if category := given.get("category_id"):
        category_id = parse_id(category)
        tests.append(lambda each: each.category_id == category_id)
    rows = [each for each in world.tags.values() if not each.deleted and all(test(each) for test in tests)]
    return sort_rows(rows, _plain_key(given["sort"]), given["direction"], page=given["page"])


def find_edits(world: World, given: dict[str, Any]) -> list[Edit]:
    """Return edits that fit `queryEdits`; merges are found by their sources too, if the kind is given.

    The resolver of this query calls it.
    """
    unknown = [name for name in UNREAD_OF_EDITS if given.get(name) is not None]
    if unknown:
        raise UnknownRequest(f"queryEdits with {', '.join(unknown)}")
    tests: list[Callable[[Edit], bool]] = []
    for name, field in (("operation", "operation"), ("status", "status"), ("applied", "applied")):
        if (wanted := given.get(name)) is not None:
            tests.append(_test_field(field, wanted))
    kind = given.get("target_type")
    if kind:
        tests.append(_test_field("target_type", kind))
    if target := given.get("target_id"):
        if not kind:
            raise BoxFailure("TargetType is required when TargetID filter is used")
        target_id = parse_id(target)
        tests.append(lambda each: target_id == each.target_id or target_id in each.source_ids)
    rows = [each for each in world.edits.values() if all(test(each) for test in tests)]
    return sort_rows(rows, _plain_key(given["sort"]), given["direction"])


def find_age(performer: Performer) -> int | None:
    """Return the age of a box's performer on the sandbox's day, or at death, for queries and answers."""
    if not performer.birth_date:
        return None
    start = _read_date(performer.birth_date)
    end = _read_date(performer.death_date) if performer.death_date else TODAY
    return end[0] - start[0] - (end[1:] < start[1:])


def _read_date(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in f"{text}-01-01"[:10].split("-"))


def _performer_text_tests(given: dict[str, Any]) -> list[Callable[[Performer], bool]]:
    tests: list[Callable[[Performer], bool]] = []
    if name := given.get("name"):
        fits = compile_like(name)
        tests.append(lambda each: fits(each.name))
    if names := given.get("names"):
        fits_any = compile_like(names)
        tests.append(lambda each: fits_any(each.name) or fits_any(each.disambiguation))
    if url := given.get("url"):
        tests.append(lambda each: any(link.url == url for link in each.links))
    chosen = {name: given[name] for name in ("gender", "ethnicity") if given.get(name)}
    return tests + [_test_field(name, None if value == "UNKNOWN" else value) for name, value in chosen.items()]


def _performer_value_tests(given: dict[str, Any]) -> list[Callable[[Performer], bool]]:
    readers: dict[str, Callable[[Performer], Any]] = {
        "birthdate": lambda each: each.birth_date,
        "deathdate": lambda each: each.death_date,
        "birth_year": lambda each: int(each.birth_date[:4]) if each.birth_date else None,
        "age": find_age,
    }
    tests = [
        _test_value(attrgetter(name), compare_text(criterion))
        for name in ("disambiguation", "country")
        if (criterion := Criterion.read(given.get(name)))
    ]
    for name, read in readers.items():
        if criterion := Criterion.read(given.get(name)):
            tests.append(_test_value(read, compare_by(criterion)))
    return tests


def _test_value(read: Callable[[Performer], Any], fits: Callable[[Any], bool]) -> Callable[[Performer], bool]:
    return lambda each: fits(read(each))


def _test_field(name: str, wanted: object) -> Callable[[Any], bool]:
    return lambda each: bool(getattr(each, name) == wanted)


def _find_partners(world: World, performer_id: str) -> set[str]:
    scenes = [world.scenes[each] for each in world.index.credits.get(performer_id, {})]
    return {each.performer_id for scene in scenes for each in scene.performers} - {performer_id}


def _find_employed(world: World, studio_id: str) -> set[str]:
    candidates = [world.scenes[each] for each in world.index.find_candidates(studio_id)]
    scenes = [scene for scene in candidates if scene.studio_id == studio_id]
    return {each.performer_id for scene in scenes for each in scene.performers}


def _studio_names(world: World, studio: Studio) -> list[str]:
    parent = world.studios.get(studio.parent_id or "")
    return [studio.name, *studio.aliases, *([parent.name] if parent else [])]


def _performer_key(world: World, sort: str) -> Callable[[Performer], Any]:
    def find_dates(each: Performer) -> list[str]:
        scenes = [world.scenes[scene_id] for scene_id in world.index.credits.get(each.id, {})]
        return sorted(scene.release_date for scene in scenes if scene.release_date)

    keys: dict[str, Callable[[Performer], Any]] = {
        "BIRTHDATE": lambda each: each.birth_date,
        "DEATHDATE": lambda each: each.death_date,
        "SCENE_COUNT": lambda each: world.index.count_scenes(each.id),
        "POPULARITY": lambda each: world.index.count_scenes(each.id),
        "CAREER_START_YEAR": lambda each: each.career_start_year,
        "DEBUT": lambda each: next(iter(find_dates(each)), None),
        "LAST_SCENE": lambda each: next(iter(reversed(find_dates(each))), None),
    }
    return keys.get(sort) or _plain_key(sort)


def _plain_key(sort: str) -> Callable[[Any], Any]:
    names = {"NAME": "name", "CREATED_AT": "created", "UPDATED_AT": "updated", "CLOSED_AT": "updated"}
    field = names[sort]
    return lambda each: getattr(each, field)

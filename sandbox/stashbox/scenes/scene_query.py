"""queryScenes: filters with the real box's gaps, and sort orders; its cost grows with the result, not the box."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sandbox.stashbox.criteria import (
    COMPARISONS,
    BoxFailure,
    Criterion,
    compare_by,
    compare_text,
    compile_like,
    is_id,
    parse_hash,
    parse_id,
    sort_rows,
)
from sandbox.stashbox.model import Account, Scene
from sandbox.stashbox.world import World

Test = Callable[[Scene], bool]
Ids = Mapping[str, None]
TRENDING_FROM = 5
MANY = 4
RELATIONS = (
    ("performers", "scene_performers.performer_id", "by_performer"),
    ("tags", "scene_tags.tag_id", "by_tag"),
)


class SceneOrder(NamedTuple):
    """The order of a list; `page` is set if the real query does not sort equal rows (TITLE)."""

    sort: str
    direction: str
    page: int | None = None


class SceneQuery:
    """Finds scenes of one world; whole orders are remembered until something changes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._orders: dict[SceneOrder, list[Scene]] = {}
        self._revision = -1

    def find_scenes(self, given: dict[str, Any], account: Account) -> list[Scene]:
        """Return all scenes that fit the input of `queryScenes`, in its order; its resolver takes a page of them."""
        sets, tests = self._read_filters(given, account)
        order = SceneOrder(given["sort"], given["direction"], given["page"] if given["sort"] == "TITLE" else None)
        ids = _intersect(sets)
        if ids is None or MANY * len(ids) > len(self.world.index.live):
            rows: Iterable[Scene] = self._whole_order(order)
            if ids is not None:
                rows = [scene for scene in rows if scene.id in ids]
        else:
            rows = order_scenes([self.world.scenes[each] for each in ids], order)
        return [scene for scene in rows if all(test(scene) for test in tests)]

    def _whole_order(self, order: SceneOrder) -> list[Scene]:
        if self._revision != self.world.revision:
            self._orders.clear()
            self._revision = self.world.revision
        if order not in self._orders:
            live = [self.world.scenes[each] for each in self.world.index.live]
            self._orders[order] = order_scenes(live, order)
        return self._orders[order]

    def _read_filters(self, given: dict[str, Any], account: Account) -> tuple[list[Collection[str]], list[Test]]:
        index = self.world.index
        sets: list[Collection[str]] = []
        tests: list[Test] = _read_text_tests(given)
        for name, column, entries in RELATIONS:
            _apply_ids(column, Criterion.read(given.get(name)), getattr(index, entries), sets, tests)
        _apply_studios(Criterion.read(given.get("studios")), index.by_studio, sets, tests)
        if (parent := given.get("parentStudio")) is not None:
            sets.append(self._find_network(parent))
        if (prints := given.get("fingerprints")) and prints["value"]:
            sets.append(_unite(index.by_fingerprint.get(_read_hash(each), {}) for each in prints["value"]))
        if favorites := given.get("favorites"):
            sets.append(self._find_liked(favorites, account))
        if given.get("has_fingerprint_submissions"):
            sets.append({scene_id for scene_id, _, _ in account.votes})
        return sets, tests

    def _find_network(self, parent: str) -> Collection[str]:
        if not is_id(parent):
            raise BoxFailure(f'ERROR: invalid input syntax for type uuid: "{parent}" (SQLSTATE 22P02)')
        studio_id = parse_id(parent)
        family = [studio.id for studio in self.world.studios.values() if studio.parent_id == studio_id]
        return _unite(self.world.index.by_studio.get(each, {}) for each in [studio_id, *family])

    def _find_liked(self, favorites: str, account: Account) -> Collection[str]:
        index = self.world.index
        liked: list[Ids] = []
        if favorites in ("PERFORMER", "ALL"):
            liked += [index.by_performer.get(each, {}) for each in account.performers]
        if favorites in ("STUDIO", "ALL"):
            liked += [index.by_studio.get(each, {}) for each in account.studios]
        return _unite(liked)


def order_scenes(scenes: Iterable[Scene], order: SceneOrder) -> list[Scene]:
    """Return scenes in one of the orders the box knows; `SceneQuery` calls it."""
    sort, direction, page = order
    if sort == "TRENDING":
        trending = [scene for scene in scenes if count_submissions(scene) >= TRENDING_FROM]
        return sort_rows(trending, count_submissions, "DESC")
    keys: dict[str, Callable[[Scene], Any]] = {
        "TITLE": lambda scene: scene.title,
        "DATE": lambda scene: scene.release_date,
        "DURATION": lambda scene: scene.duration,
        "POPULARITY": count_submissions,
        "CREATED_AT": lambda scene: scene.created,
        "UPDATED_AT": lambda scene: scene.updated,
    }
    return sort_rows(scenes, keys[sort], direction, nulls_last=sort == "DURATION", page=page)


def count_submissions(scene: Scene) -> int:
    """Return the number of fingerprint submissions of a scene, for the orders by trend and popularity."""
    return sum(each.submissions for each in scene.fingerprints)


def _read_text_tests(given: dict[str, Any]) -> list[Test]:
    texts = [given[name] for name in ("title", "text") if given.get(name)]
    tests = [_test_title(compile_like(text)) for text in texts]
    if url := given.get("url"):
        tests.append(lambda scene: any(link.url == url for link in scene.links))
    if code := Criterion.read(given.get("code")):
        has_code = compare_text(code)
        tests.append(lambda scene: has_code(scene.code))
    if date := Criterion.read(given.get("date")):
        if date.modifier not in COMPARISONS:
            raise BoxFailure(f"unsupported modifier {date.modifier} for scenes.date")
        has_date = compare_by(date)
        tests.append(lambda scene: has_date(scene.release_date))
    return tests


def _read_hash(text: str) -> int:
    try:
        return parse_hash(text)
    except ValueError as error:
        raise BoxFailure(f'invalid fingerprint hash "{text}": {error}') from None


def _test_title(fits: Callable[[str | None], bool]) -> Test:
    return lambda scene: fits(scene.title)


def _apply_ids(
    column: str, criterion: Criterion | None, entries: Mapping[str, Ids], sets: list[Collection[str]], tests: list[Test]
) -> None:
    """Apply the criteria on performers and tags; an empty list is no filter, an id given twice fails INCLUDES_ALL."""
    if criterion is None or not criterion.value:
        return
    wanted = [parse_id(each) for each in criterion.value]
    if criterion.modifier == "INCLUDES":
        sets.append(_unite(entries.get(each, {}) for each in wanted))
    elif criterion.modifier == "INCLUDES_ALL":
        sets += [entries.get(each, {}) for each in wanted] if len(set(wanted)) == len(wanted) else [()]
    elif criterion.modifier == "EXCLUDES":
        unwanted = _unite(entries.get(each, {}) for each in wanted)
        tests.append(lambda scene: scene.id not in unwanted)
    else:
        raise BoxFailure(f"unsupported modifier {criterion.modifier} for {column}")


def _apply_studios(
    criterion: Criterion | None, entries: Mapping[str, Ids], sets: list[Collection[str]], tests: list[Test]
) -> None:
    """Apply the criterion on studios: exactly these, never those below them; even IS_NULL needs a value."""
    if criterion is None or not criterion.value:
        return
    wanted = [parse_id(each) for each in criterion.value]
    first = wanted[0]
    if criterion.modifier in ("INCLUDES", "EQUALS"):
        chosen = wanted if criterion.modifier == "INCLUDES" else [first]
        sets.append(_unite(entries.get(each, {}) for each in chosen))
        return
    choices: dict[str, Test] = {
        "EXCLUDES": lambda scene: scene.studio_id not in wanted,
        "NOT_EQUALS": lambda scene: scene.studio_id is not None and scene.studio_id != first,
        "IS_NULL": lambda scene: scene.studio_id is None,
        "NOT_NULL": lambda scene: scene.studio_id is not None,
    }
    if criterion.modifier not in choices:
        raise BoxFailure(f"unsupported modifier {criterion.modifier} for scenes.studio_id")
    tests.append(choices[criterion.modifier])


def _unite(parts: Iterable[Iterable[str]]) -> set[str]:
    return {each for part in parts for each in part}


def _intersect(sets: list[Collection[str]]) -> Collection[str] | None:
    if not sets:
        return None
    smallest, *others = sorted(sets, key=len)
    return {each for each in smallest if all(each in other for other in others)}

"""The rules of a followed performer or studio: which of its new scenes count, and what happens with them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from missing.listing.cards import make_card
from missing.listing.filters import GENDERS, span_date
from shared.arguments import Argument, Choice, ListOf, choice, flag, record, records, text, whole
from shared.folding import fold_text
from shared.stash_box import Box, Scene

ANY, ONLY, NONE = "any", "only", "none"
SOLO = (ANY, ONLY, NONE)
AUTO, ASK = "auto", "ask"
WANTED, WHISPARR = "wanted", "whisparr"
OLDEST_DAYS = 60
RULES = record(
    "rules",
    (
        whole("min_minutes", None, high=1000),
        records("excluded_tags", (text("id"), text("name", "")), 200, (), "beside those of the setting", is_open=True),
        Argument("genders", ListOf(Choice(GENDERS), "genders"), (), "of the others in the scene; none: all"),
        choice("solo", SOLO, ANY, "scenes with one performer"),
        whole("oldest_days", OLDEST_DAYS, "days from the release until the box added the scene; 0: any", high=100_000),
        flag("network", False, "of a studio also its sub-studios"),
        whole("per_week", 0, "0: as many as there are", high=1000),
        choice("way", (AUTO, ASK), AUTO, "`ask`: a scene waits for a click"),
        choice("target", (WANTED, WHISPARR), WANTED),
        text("whisparr", "", "the `key` of a further Whisparr; without it, the first one"),
    ),
    {},
)


class FollowRules(NamedTuple):
    """The rules of one followed performer or studio, as a person chose them."""

    min_minutes: int | None = None
    excluded_tags: tuple[tuple[str, str], ...] = ()  # id and name
    genders: tuple[str, ...] = ()
    solo: str = ANY
    oldest_days: int = OLDEST_DAYS
    network: bool = False
    per_week: int = 0
    way: str = AUTO
    target: str = WANTED
    whisparr: str = ""


class FollowedScene(NamedTuple):
    """The part of a box's scene that rules look at: its card, and its tags as ids and folded names."""

    card: dict[str, Any]
    tags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the scene's id at the box; all code for follows reads it."""
        return str(self.card["id"])


class RuleContext(NamedTuple):
    """The values for the rules of a follow: the followed performers (empty for a studio), and the excluded tags."""

    followed: Collection[str] = ()
    excluded_tags: Collection[str] = ()


def make_rules(values: Mapping[str, Any]) -> FollowRules:
    """Return the rules in these values: arguments of an operation, or JSON of the state file."""
    known = {name: values[name] for name in FollowRules._fields if name in values}
    tags = tuple((str(each["id"]), str(each["name"])) for each in known.get("excluded_tags", ()))
    return FollowRules(**{**known, "excluded_tags": tags, "genders": tuple(known.get("genders", ()))})


def show_rules(rules: FollowRules) -> dict[str, Any]:
    """Return rules as JSON, for the page and the state file; `make_rules` reads it again."""
    tags = [{"id": tag_id, "name": name} for tag_id, name in rules.excluded_tags]
    return {**rules._asdict(), "excluded_tags": tags, "genders": list(rules.genders)}


def make_followed_scene(scene: Scene, box: Box) -> FollowedScene:
    """Return a scene of the box as rules look at it; each reader of a box's scenes for follows calls it."""
    names = [name for tag in scene.tags for name in (tag.id, fold_text(tag.name))]
    return FollowedScene(make_card(scene, box), tuple(names))


def make_context(rules: FollowRules, followed: Collection[str], setting: Collection[str]) -> RuleContext:
    """Return the context of these rules: `followed` performers, and tags excluded by the rules or by the `setting`.

    `make_contexts` and `preview_follow` make it once for all scenes.
    """
    own = [tag_id for tag_id, _ in rules.excluded_tags]
    return RuleContext(followed, frozenset([*own, *(fold_text(each.strip()) for each in setting)]))


def find_reason(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> str | None:
    """Return the first rule that leaves a scene out, None if it may come; `is_let_through` and `show_year` call it.

    Only one rule counts, so that numbers add up.
    """
    return next((name for name, leaves_out in CHECKS.items() if leaves_out(scene, rules, context)), None)


def is_too_old(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> bool:
    """Rule: return True if the scene was released over `oldest_days` before the box added it, or its date is unknown.

    `find_reason` calls it.
    """
    del context
    if not rules.oldest_days:
        return False
    added = scene.card["created"]
    if not added:
        return False  # such a box gives scenes of the present only
    _, last = span_date(scene.card["date"])
    return last < (date.fromisoformat(added[:10]) - timedelta(rules.oldest_days)).isoformat()


def is_too_short(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> bool:
    """Rule: return True if the scene is shorter than wanted, or its length is unknown; `find_reason` calls it."""
    del context
    return bool(rules.min_minutes) and (scene.card["duration"] or 0) < (rules.min_minutes or 0) * 60


def has_excluded_tag(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> bool:
    """Rule: return True if a tag of the scene is excluded by the rules or by the setting; `find_reason` calls it."""
    del rules
    return not set(context.excluded_tags).isdisjoint(scene.tags)


def is_other_number(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> bool:
    """Rule `solo`: return True if it leaves the scene out: "only" those with one performer, or none of them.

    `find_reason` calls it.
    """
    del context
    return rules.solo != ANY and (len(scene.card["performers"]) == 1) is not (rules.solo == ONLY)


def has_other_gender(scene: FollowedScene, rules: FollowRules, context: RuleContext) -> bool:
    """Rule: return True if a performer who is not followed has none of the genders in the rules, or an unknown one.

    `find_reason` calls it.
    """
    others = [each for each in scene.card["performers"] if each["id"] not in context.followed]
    return bool(rules.genders) and any(each["gender"] not in rules.genders for each in others)


CHECKS: dict[str, Callable[[FollowedScene, FollowRules, RuleContext], bool]] = {
    "old": is_too_old,
    "short": is_too_short,
    "excluded_tag": has_excluded_tag,
    "solo": is_other_number,
    "gender": has_other_gender,
}

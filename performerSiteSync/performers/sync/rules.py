"""The rules of the settings: which policy each field has, and which sources it follows in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from performers.library.entities import LISTS

if TYPE_CHECKING:
    from shared.settings import Settings

FILL, FOLLOW, IGNORE, MERGE = "fill", "follow", "ignore", "merge"
POLICIES = (FILL, FOLLOW, IGNORE, MERGE)


class Rules(NamedTuple):
    """Policy per field, and sources per field where they differ from the general order."""

    policies: Mapping[str, str]
    orders: Mapping[str, Sequence[str]]
    takes_images: bool = False

    def policy_of(self, field: str) -> str:
        """Return the policy of a field."""
        if field == "image" and not self.takes_images:
            return IGNORE
        return self.policies.get(field, MERGE if field in LISTS else FILL)


def read_rules(settings: Settings) -> Rules:
    """Return the rules for single fields; unreadable rules are reported by Validate Configuration."""
    policies = {field: words[0] for field, words in split_rows(settings.fieldPolicies) if words[0] in POLICIES}
    orders = dict(split_rows(settings.fieldSources))
    return Rules(policies, orders, bool(settings.imageUpdates))


def split_rows(rows: Sequence[str]) -> list[tuple[str, list[str]]]:
    """`hair_color: TPDB > StashDB` as a field and its words."""
    pairs = (row.partition(":") for row in rows)
    found = [(field.strip(), [word.strip() for word in rest.split(">") if word.strip()]) for field, _, rest in pairs]
    return [(field, words) for field, words in found if field and words]

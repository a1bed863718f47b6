"""The rules of the settings: which policy each field has, and which sources it follows in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from performers.library.entities import LISTS
from performers.library.scenes import FOLLOWED

if TYPE_CHECKING:
    from shared.settings import Settings

FILL, FOLLOW, OVERWRITE, IGNORE, MERGE = "fill", "follow", "overwrite", "ignore", "merge"
POLICIES = (FILL, FOLLOW, OVERWRITE, IGNORE, MERGE)
REPLACING = (FOLLOW, OVERWRITE)  # the policies that write over a value


class Rules(NamedTuple):
    """The policy of each field, and the order of sources for fields that have their own."""

    policies: Mapping[str, str]
    orders: Mapping[str, Sequence[str]]
    takes_images: bool = False

    def policy_of(self, field: str) -> str:
        """Return the policy of a field: the setting's, else merge for lists, follow for scenes, fill for the rest."""
        if field == "image" and not self.takes_images:
            return IGNORE
        return self.policies.get(field, MERGE if field in LISTS else FOLLOW if field in FOLLOWED else FILL)


def read_rules(settings: Settings) -> Rules:
    """Return the rules in the settings, for plans and the review; Validate Configuration reports unreadable ones."""
    policies = {field: words[0] for field, words in split_rows(settings.fieldPolicies) if words[0] in POLICIES}
    orders = dict(split_rows(settings.fieldSources))
    return Rules(policies, orders, bool(settings.imageUpdates))


def split_rows(rows: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return rows of a setting, such as `hair_color: TPDB > StashDB`, as pairs of field and words.

    `read_rules` and Validate Configuration call it.
    """
    pairs = (row.partition(":") for row in rows)
    found = [(field.strip(), [word.strip() for word in rest.split(">") if word.strip()]) for field, _, rest in pairs]
    return [(field, words) for field, words in found if field and words]

"""Merges tags and performers by Stash's own merge, which deletes the sources and keeps what they had."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import NotFound
from shared.stash.library import WRITE_SECONDS

if TYPE_CHECKING:
    from shared.stash.library import Ask

MERGE_TAGS = """mutation MergeTags($sources: [ID!]!, $destination: ID!) {
  row: tagsMerge(input: {source: $sources, destination: $destination}) { id }
}"""
MERGE_PERFORMERS = """mutation MergePerformers($input: PerformerMergeInput!) {
  row: performerMerge(input: $input) { id }
}"""


class MergeCalls:
    """The calls of `StashClient` that merge."""

    ask: Ask

    def merge_tags_into(self, destination: int, sources: Collection[int]) -> None:
        """Merge tags: the sources become aliases of the destination, which gets their scenes and stash ids.

        Tag Manager's target calls it. Raise NotFound if the destination is gone.
        """
        variables = {"sources": [str(number) for number in sources], "destination": str(destination)}
        operation = f"merging tags into tag {destination}"
        row = self.ask(MERGE_TAGS, variables, operation, read_timeout=WRITE_SECONDS)["row"]
        if sources and row is None:
            raise NotFound(f"Stash has no tag {destination} any more.", service="Stash", operation=operation)

    def merge_performers_into(
        self, destination: int, sources: Collection[int], values: Mapping[str, Any] | None = None
    ) -> None:
        """Merge performers and give the destination these `values`; needs `capabilities().has_performer_merge`.

        The target of merges calls it.
        """
        change: dict[str, Any] = {"source": [str(number) for number in sources], "destination": str(destination)}
        if values is not None:
            change["values"] = {**values, "id": str(destination)}
        operation = f"merging performers into performer {destination}"
        self.ask(MERGE_PERFORMERS, {"input": change}, operation, read_timeout=WRITE_SECONDS)

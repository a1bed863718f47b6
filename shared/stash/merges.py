"""Merging tags and performers, as Stash does it: the sources disappear, the destination keeps what they had."""

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
    """Merges."""

    ask: Ask

    def merge_tags_into(self, destination: int, sources: Collection[int]) -> None:
        """The sources become aliases of the destination, their scenes and stash ids move to it."""
        variables = {"sources": [str(number) for number in sources], "destination": str(destination)}
        operation = f"merging tags into tag {destination}"
        row = self.ask(MERGE_TAGS, variables, operation, read_timeout=WRITE_SECONDS)["row"]
        if sources and row is None:
            raise NotFound(f"Stash has no tag {destination} any more.", service="Stash", operation=operation)

    def merge_performers_into(
        self, destination: int, sources: Collection[int], values: Mapping[str, Any] | None = None
    ) -> None:
        """Needs `capabilities().has_performer_merge`; `values` is what the destination shall look like afterwards."""
        change: dict[str, Any] = {"source": [str(number) for number in sources], "destination": str(destination)}
        if values is not None:
            change["values"] = {**values, "id": str(destination)}
        operation = f"merging performers into performer {destination}"
        self.ask(MERGE_PERFORMERS, {"input": change}, operation, read_timeout=WRITE_SECONDS)

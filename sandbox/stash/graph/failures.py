"""What a resolver may raise so that it reaches the client as a GraphQL error, worded as Stash words it."""

from __future__ import annotations


class StashFailure(Exception):
    """An error that Stash reports in `errors` with HTTP status 200."""


class StashPanic(StashFailure):
    """A crash inside a resolver, which Stash turns into one odd sentence."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Internal system error. Error <{cause}>")


class NotAnswered(Exception):
    """The client went away while its request was being worked on; there is nobody to tell."""

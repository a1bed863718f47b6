"""Exceptions that resolvers raise to give the client a GraphQL error in Stash's words."""

from __future__ import annotations


class StashFailure(Exception):
    """An error that Stash reports in `errors` with HTTP status 200."""


class StashPanic(StashFailure):
    """A crash inside a resolver, which Stash answers with "Internal system error"."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Internal system error. Error <{cause}>")


class NotAnswered(Exception):
    """The client hung up before its request was answered, so no answer is sent."""

"""GraphQL requests to a Stash, for ./dev install and ./dev e2e; every failure is one sentence."""

from __future__ import annotations

from typing import Any

import requests

from scripts.console import Stop


class Stash:
    """A Stash at an address, with its API key if one is needed."""

    def __init__(self, url: str, api_key: str = "") -> None:
        self.url = url.rstrip("/")
        self.headers = {"ApiKey": api_key} if api_key else {}

    def ask(self, query: str, **variables: object) -> Any:
        """Send a query to the Stash of `./dev install` or `./dev e2e` and return the `data` of the answer.

        A failure ends the command with one sentence.
        """
        try:
            reply = requests.post(
                f"{self.url}/graphql",
                json={"query": query, "variables": variables},
                headers=self.headers,
                timeout=60,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise Stop(f"nobody answers at {self.url} ({type(error).__name__}). Is Stash running there?") from error
        if reply.status_code in {401, 403}:
            raise Stop(f"{self.url} refused us ({reply.status_code}): give the key with --api-key or in STASH_API_KEY.")
        return self.read(reply)

    def read(self, reply: requests.Response) -> Any:
        """Return the `data` of a GraphQL answer, or stop with the reason why there is none."""
        try:
            document = reply.json()
        except ValueError:
            document = None
        if not isinstance(document, dict) or not ({"data", "errors"} & document.keys()):
            raise Stop(f"{self.url} answers, but not as Stash does (status {reply.status_code}). Is the address right?")
        if document.get("errors"):
            raise Stop(f"Stash at {self.url} says: {document['errors'][0].get('message')}")
        return document["data"]

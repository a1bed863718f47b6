"""Spelling of stash-boxes' endpoints: which texts name the same box. Pure.

Links in the library carry an endpoint as it was spelled when the link was made. Stash itself takes another spelling for
another box; the plugins do not.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, urlsplit


def split_url(url: str) -> SplitResult:
    """Return the parts of an address; a text that is no address counts as a path.

    Everything that compares hosts calls it.
    """
    try:
        return urlsplit(url)
    except ValueError:  # such as http://[x
        return SplitResult("", "", url, "", "")


def find_host(endpoint: str) -> str:
    """Return the host of an endpoint in lower case, with its port, for telling boxes apart."""
    return split_url(endpoint if "://" in endpoint else f"https://{endpoint}").netloc.rpartition("@")[2].lower()


@lru_cache(maxsize=256)
def normalize_endpoint(endpoint: str) -> str:
    """Return a form in which two spellings of one address are equal, for comparing only; never store it."""
    parts = split_url(endpoint.strip() if "://" in endpoint else f"https://{endpoint.strip()}")
    query = f"?{parts.query}" if parts.query else ""
    return find_host(endpoint.strip()) + parts.path.rstrip("/") + query


def spell_endpoint(endpoint: str) -> tuple[str, str]:
    """Return an endpoint as it is and with or without a slash at its end.

    Look-ups in Stash that compare the text ask for both.
    """
    return endpoint, endpoint[:-1] if endpoint.endswith("/") else f"{endpoint}/"

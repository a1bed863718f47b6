"""Names and URLs without the differences that do not matter when two are compared. Pure."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit


def normalize_name(text: str) -> str:
    """Return a name for every comparison in this plugin: width, case, spaces and quotes are equal, accents differ."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(plain.casefold().split())


def normalize_url(url: str) -> str:
    """Return a URL for every comparison in this plugin, without scheme, www and last slash; other texts stay."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return url.strip()
    host = parts.netloc.lower()
    host = host[4:] if host.startswith("www.") else host
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")

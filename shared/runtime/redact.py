"""Keeps secrets out of everything a person may read: log lines, error sentences, stored run results."""

from __future__ import annotations

MASK = "•••"

# Shorter values are not worth hiding and would blank out half of every line.
SHORTEST_SECRET = 5

# A secret unknown to `hide_secret`: `apikey=…`, `"api_key": "…"`, `X-Plex-Token: …`, `Cookie: session=…`.
# The name may be the end of a longer one (`whisparrApiKey`); the value ends at white space, a quote or a separator.
_LOOKS_SECRET = (
    r"(?i)((?:api[_-]?key|token|password|passwd|secret|session|cookie|authorization)\\?[\"']?\s*[=:]\s*"  # noqa: S105
    r"(?:\\?[\"'])?(?:(?:bearer|basic|session=)\s*)?)([^\s\"'&,;<>)}\]\\]{3,})"
)
_URL_PASSWORD = r"(://[^/\s:@]+:)([^/\s@]+)(@)"  # noqa: S105 -- the shape of a password, not one


class Secrets:
    """The values that must not be shown; one collection lives as long as the process."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def hide(self, *values: object) -> None:
        """Mask these values from now on, plain and as part of an address; `hide_secret` calls it."""
        texts = (value.strip() for value in values if isinstance(value, str))
        self._values.update(text for text in texts if len(text) >= SHORTEST_SECRET)

    def mask(self, text: str) -> str:
        """Return the text with every known secret, and everything that looks like one, replaced by `•••`.

        The log and `mask_secrets` call it.
        """
        known = {form for value in self._values for form in (value, _quote(value))}
        # The longest first: a secret may be the beginning of another one.
        for value in sorted(known, key=len, reverse=True):
            text = text.replace(value, MASK)
        return _mask_patterns(text)


SECRETS = Secrets()


def hide_secret(*values: object) -> None:
    """Mask these values in all log lines and messages of this process from now on; whoever reads a key calls it."""
    SECRETS.hide(*values)


def mask_secrets(text: str) -> str:
    """Return the text without secrets; everything that a person may read passes through this."""
    return SECRETS.mask(text)


def _quote(text: str) -> str:
    if text.isalnum():
        return text
    from urllib.parse import quote  # late: a call that writes no line does not pay for it

    return quote(text, safe="")


def _mask_patterns(text: str) -> str:
    if not any(sign in text for sign in ("=", ":", "@")):
        return text
    import re  # late: the import costs half as much as starting Python, and few calls write such a line

    text = re.sub(_LOOKS_SECRET, rf"\1{MASK}", text)
    return re.sub(_URL_PASSWORD, rf"\1{MASK}\3", text)

"""The sentence a user reads when a call fails, whatever was raised."""

from __future__ import annotations

from shared.errors import BundleError
from shared.runtime.redact import mask_secrets

LONGEST_REASON = 300


def describe_failure(plugin_name: str, label: str, error: BaseException) -> str:
    """Return one sentence without secrets about a failed call, for Stash and the page.

    An error of the tree speaks for itself; any other exception is a bug, and the sentence says so.
    """
    if isinstance(error, BundleError):
        return mask_secrets(str(error)) or f"{plugin_name} failed: {error.code}."
    reason = mask_secrets(f"{type(error).__name__}: {error}")[:LONGEST_REASON]
    return (
        f"{plugin_name} met a bug of its own in {label} ({reason}). "
        "The details are in Stash under Settings > Logs; please report them."
    )

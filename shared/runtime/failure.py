"""The sentence a user reads when a call fails, whatever was raised."""

from __future__ import annotations

from shared.errors import BundleError
from shared.runtime.redact import mask_secrets

LONGEST_REASON = 300


def describe_failure(plugin_name: str, label: str, error: BaseException) -> str:
    """One sentence without secrets: an error of the tree speaks for itself, anything else is a bug and says so."""
    if isinstance(error, BundleError):
        return mask_secrets(str(error)) or f"{plugin_name} failed: {error.code}."
    reason = mask_secrets(f"{type(error).__name__}: {error}")[:LONGEST_REASON]
    return (
        f"{plugin_name} met a bug of its own in {label} ({reason}). "
        "The details are in Stash under Settings > Logs; please report them."
    )

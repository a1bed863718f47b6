"""The last result of each connection test, for the health line. Results of tests with unsaved settings are not kept."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from shared.errors import StateError
from shared.runtime.redact import mask_secrets

if TYPE_CHECKING:
    from shared.runtime.call import Call

KEPT = "health.tests"
RESULTS = {str: {"state": str, "message": str, "at": float, "settings": str}}


def keep_result(call: Call, key: str, state: str, message: str) -> None:
    """Keep the result of a connection test with the saved settings; the test itself calls it.

    A state file that refuses costs only this memory.
    """
    result = {"state": state, "message": mask_secrets(message), "at": call.clock.now(), "settings": name_settings(call)}
    try:
        with call.store.write():
            call.store.kv.put(KEPT, {**list_results(call), key: result})
    except StateError as trouble:
        call.log.warning(f"The result of the test {key} could not be kept: {trouble}")


def list_results(call: Call) -> dict[str, dict[str, Any]]:
    """Return the kept results of connection tests by the keys of their tests, for the operation `health`."""
    results: dict[str, dict[str, Any]] = call.store.kv.get(KEPT, RESULTS, {})
    return results


def name_settings(call: Call) -> str:
    """Return a digest of the settings that were read last: a test's result with another digest is out of date."""
    text = json.dumps(call.recall_settings() or {}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]

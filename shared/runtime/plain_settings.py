"""Reads the plugin's settings from Stash before any third-party package can be imported."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from shared.errors import BadReply, Unreachable
from shared.json_text import decode_json

if TYPE_CHECKING:
    from shared.runtime.call import Call

SECONDS = 10.0
QUERY = "query ($plugin: [ID!]) { configuration { plugins(include: $plugin) } }"


def read_raw_settings(call: Call) -> dict[str, Any]:
    """Return the settings as Stash keeps them; `shared.runtime.deps` calls it."""
    stash = call.connection
    body = json.dumps({"query": QUERY, "variables": {"plugin": [call.plugin.id]}}).encode()
    headers = {"Content-Type": "application/json", "Cookie": f"{stash.cookie_name}={stash.cookie}"}
    request = urllib.request.Request(f"{stash.url}/graphql", body, headers)  # noqa: S310 -- http or https, see `url`
    context = ssl.create_default_context()
    if stash.is_loopback:  # Stash's certificate is usually self-signed
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        with urllib.request.urlopen(request, timeout=SECONDS, context=context) as reply:  # noqa: S310
            data = decode_json(reply.read())["data"]["configuration"]["plugins"] or {}
    except (ValueError, KeyError, TypeError) as error:
        raise BadReply(f"Stash at {stash.url} did not send the settings.", service="Stash") from error
    except OSError as error:
        raise Unreachable(f"Stash at {stash.url} cannot be reached: {error}", service="Stash") from error
    return dict(data.get(call.plugin.id) or {})

"""Reads the plugin's settings from Stash before any third-party package can be imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.http import NO_RETRIES, Http, Service, Timeouts
from shared.http.graphql import post_graphql

if TYPE_CHECKING:
    from shared.runtime.call import Call

SECONDS = 10.0
QUERY = "query ($plugin: [ID!]) { configuration { plugins(include: $plugin) } }"


def read_raw_settings(call: Call) -> dict[str, Any]:
    """Return the settings as Stash keeps them, without the client for Stash, which needs a package.

    `shared.runtime.deps` calls it when a package is missing.
    """
    stash = call.connection
    service = Service(
        "Stash",
        stash.url,
        verify_tls=not stash.is_loopback,  # Stash's certificate is usually self-signed
        timeouts=Timeouts(SECONDS, SECONDS),
        retry=NO_RETRIES,
        budget=SECONDS,
    )
    http = Http(service, clock=call.clock)
    http.set_cookies({stash.cookie_name: stash.cookie})
    try:
        data = post_graphql(http, QUERY, {"plugin": [call.plugin.id]}, "reading the settings", path="graphql")
    finally:
        http.close()
    plugins = (data.get("configuration") or {}).get("plugins") or {}
    return dict(plugins.get(call.plugin.id) or {})

"""`http.client`, imported without `ssl`, which only https needs: shared/http/wire/tls.py imports it then.

`http.client` imports `ssl` for a class that no plugin uses, and the import takes a tenth of the processor time of a
short call. If this process has imported either module before, nothing is left out.
"""

from __future__ import annotations

import sys

_IS_LEFT_OUT = "ssl" not in sys.modules and "http.client" not in sys.modules

if _IS_LEFT_OUT:
    sys.modules["ssl"] = None  # type: ignore[assignment]  # as if this Python had no ssl; http.client allows for that
try:
    from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
finally:
    if _IS_LEFT_OUT:
        del sys.modules["ssl"]

__all__ = ["HTTPConnection", "HTTPException", "HTTPResponse", "IncompleteRead"]

"""The few HTTP statuses that are looked for by name."""

from __future__ import annotations

SEE_OTHER = 303
PROXY_LOGIN_REQUIRED = 407
TOO_MANY_REQUESTS = 429

"""Session cookies: signed, dated, and carrying the list of plugin hooks that led to a request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple

from sandbox.messages import HttpRequest
from sandbox.stash.configuration import Configuration

COOKIE = "session"
EPOCH = datetime(1970, 1, 1, 0, 0, 1, tzinfo=timezone.utc)
Visit = tuple[str, str]


class CookieSession(NamedTuple):
    """The content of a session cookie."""

    user: str = ""
    visited: tuple[Visit, ...] = ()
    job: int = 0  # the job whose process holds this cookie; not Stash's: it shows a job that waits for one behind it


class Unauthorized(Exception):
    """The API key is wrong; a missing login does not raise this."""


class Sessions:
    """Makes and reads cookies."""

    def __init__(self, configuration: Configuration, now: Callable[[], datetime]) -> None:
        self._configuration = configuration
        self._now = now
        self._secret = secrets.token_bytes(32)

    def make_token(self, session: CookieSession) -> str:
        """Return the value of a session cookie, dated now; `header` and `plugin_cookie` call it."""
        content = {"at": self._now().timestamp(), "user": session.user, "visited": session.visited, "job": session.job}
        payload = base64.urlsafe_b64encode(json.dumps(content).encode())
        return f"{payload.decode()}.{self._sign(payload)}"

    def read_token(self, token: str) -> CookieSession | None:
        """Return the content of a session cookie's value, None if it is forged or too old; `read_cookie` calls it."""
        payload, _, signature = token.partition(".")
        if not hmac.compare_digest(signature, self._sign(payload.encode())):
            return None
        content = json.loads(base64.urlsafe_b64decode(payload))
        age = self._now().timestamp() - content["at"]
        if age > self._configuration.max_session_age:
            return None
        visited = tuple((name, trigger) for name, trigger in content["visited"])
        return CookieSession(content["user"], visited, content["job"])

    def read_cookie(self, request: HttpRequest) -> CookieSession | None:
        """Return the session in a request's cookie, None without a valid one; the server asks at each request."""
        try:
            cookies = SimpleCookie(request.header("cookie"))
        except CookieError:
            return None
        return self.read_token(cookies[COOKIE].value) if COOKIE in cookies else None

    def authenticate(self, request: HttpRequest) -> tuple[str, bool]:
        """Return the user, and True if the cookie is to be renewed; a wrong key raises even if no login is set up.

        The Stash double's server calls it.
        """
        key = request.header("apikey") or request.parameter("apikey")
        if key:
            if key != self._configuration.api_key:
                raise Unauthorized
            return str(self._configuration.part("general")["username"]), False
        session = self.read_cookie(request)
        return (session.user, True) if session else ("", False)

    def header(self, session: CookieSession, *, ends: bool = False) -> tuple[str, str]:
        """Return a Set-Cookie header; `ends` makes the browser forget the cookie."""
        age = 0 if ends else self._configuration.max_session_age
        expires = EPOCH if ends else self._now() + timedelta(seconds=age)
        lifetime = f"Expires={format_datetime(expires, usegmt=True)}; Max-Age={age}"
        return "Set-Cookie", f"{COOKIE}={self.make_token(session)}; Path=/; {lifetime}; SameSite=Lax"

    def plugin_cookie(self, session: CookieSession) -> dict[str, Any]:
        """Return the cookie handed to a plugin, in the shape of Go's http.Cookie; only name and value are set.

        The plugin host sends it.
        """
        return {
            "Name": COOKIE,
            "Value": self.make_token(session),
            "Quoted": False,
            "Path": "",
            "Domain": "",
            "Expires": "0001-01-01T00:00:00Z",
            "RawExpires": "",
            "MaxAge": 0,
            "Secure": False,
            "HttpOnly": False,
            "SameSite": 0,
            "Partitioned": False,
            "Raw": "",
            "Unparsed": None,
        }

    def _sign(self, payload: bytes) -> str:
        return hmac.new(self._secret, payload, hashlib.sha256).hexdigest()

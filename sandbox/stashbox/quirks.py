"""Differences between boxes: limits of their proxies, settings of their owners, odd answers for tests."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

from sandbox.messages import HttpRequest, Response, html_response, json_response


@dataclass
class Quirks:
    """Settings of a box double; change them at any time.

    row_shift: so many rows come in between two pages (negative: vanish). most_aliases: more root fields in one request
    get `alias_status`. requests_per_minute: above it 429, as JSON or HTML, with Retry-After when `tells_when`.
    phash_distance: perceptual hashes this near match too. adds_null_rows: null elements beside fingerprint matches.
    image_max_size: long edge of pictures asked for without a size.
    """

    row_shift: int = 0
    most_aliases: int = 0
    alias_status: int = 422
    requests_per_minute: int = 0
    tells_when: bool = True
    phash_distance: int = 0
    adds_null_rows: bool = False
    image_max_size: int = 0
    needs_user_agent: bool = False


class Gate:
    """Refuses requests before the box sees them: too many aliases, too high a rate, no User-Agent."""

    def __init__(self, quirks: Quirks) -> None:
        self.quirks = quirks
        self._starts: deque[float] = deque()
        self._lock = threading.Lock()

    def refuse(self, request: HttpRequest, roots: int) -> Response | None:
        """Return the response that refuses a request before the box sees it, None if it may pass.

        The stash-box double asks.
        """
        quirks = self.quirks
        if quirks.needs_user_agent and not request.header("user-agent"):
            return html_response("Forbidden", 403)
        if quirks.most_aliases and roots > quirks.most_aliases:
            message = {"message": "operation has too many root fields", "extensions": {"code": "COMPLEXITY_LIMIT"}}
            return json_response({"errors": [message], "data": None}, quirks.alias_status)
        return self._limit_rate(request) if quirks.requests_per_minute else None

    def _limit_rate(self, request: HttpRequest) -> Response | None:
        with self._lock:
            while self._starts and request.started - self._starts[0] >= 60:
                self._starts.popleft()
            if len(self._starts) < self.quirks.requests_per_minute:
                self._starts.append(request.started)
                return None
            wait = 60 - (time.monotonic() - self._starts[0])
        page = json_response({"errors": [{"message": "Too Many Attempts."}]}, 429)
        return page.with_headers(("Retry-After", str(max(int(wait) + 1, 1)))) if self.quirks.tells_when else page

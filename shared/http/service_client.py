"""The HTTP client: timeouts, retries, limits, redirects and cookies."""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Mapping

from shared.errors import ServiceError, TimedOut
from shared.http.address import parse_address, show_address
from shared.http.errors import TRANSLATED, translate_exception
from shared.http.model import Reply, Request, Service
from shared.http.redirects import REDIRECTS, Hop, follow_redirect, make_first_hop
from shared.http.replies import (
    RawReply,
    check_encoding,
    decode_json,
    make_error,
    make_limit_reached,
    make_too_large,
    read_answer,
)
from shared.http.request_label import RequestLabel
from shared.http.retry import find_delay, plan_retry
from shared.http.status import TOO_MANY_REQUESTS
from shared.http.wire.connection import RequestTime, SentRequest
from shared.http.wire.faults import RedirectFault
from shared.http.wire.headers import Headers, merge_headers, read_cookies, read_number
from shared.http.wire.target import find_target
from shared.http.wire.transport import Transport
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.redact import hide_secret

USER_AGENT = "stash-plugin-bundle"
MOST_REDIRECTS = 5


class Deadline:
    """A point in time after which nothing is waited for any more."""

    def __init__(self, clock: Clock, end: float) -> None:
        self._clock = clock
        self._end = end

    def seconds_left(self) -> float:
        """Return the seconds that are left, at least 0; infinite without a deadline.

        The HTTP client asks before each step.
        """
        return max(self._end - self._clock.monotonic(), 0.0)


class Http:
    """Sends requests to one service; see the package docstring. `deadline` may be moved between calls."""

    def __init__(
        self,
        service: Service,
        *,
        clock: Clock = SYSTEM_CLOCK,
        jitter: Callable[[], float] = random.random,
        deadline: float | None = None,
    ) -> None:
        self.service = service
        address = parse_address(service.url, service.url_setting)
        self.base_url = address.base
        self._cookies: dict[str, str] = {}
        self._keys = {name: str(value).strip() for name, value in service.keys.items() if value}
        if address.authorization:
            self._keys.setdefault("Authorization", address.authorization)
        hide_secret(*self._keys.values(), address.password)
        self._clock = clock
        self._jitter = jitter
        self.deadline = math.inf if deadline is None else deadline
        self._transport = Transport(verify_tls=service.verify_tls)
        self._outside = self._transport
        if service.only_public:
            self._outside = Transport(verify_tls=service.verify_tls, only_public=True)

    def __repr__(self) -> str:
        return f"Http({self.service.name} at {show_address(self.base_url)})"

    @property
    def seconds_left(self) -> float:
        """Return the seconds until the deadline, infinite without one.

        Adapters ask if there is time for more requests.
        """
        return Deadline(self._clock, self.deadline).seconds_left()

    def set_cookies(self, cookies: Mapping[str, str]) -> None:
        """Send these cookies to the service's origin from now on; what the service sets later replaces them.

        The client of Stash hands over the session with it.
        """
        self._cookies.update(cookies)
        hide_secret(*cookies.values())

    @property
    def cookies(self) -> Mapping[str, str]:
        """Return the present cookies, which are secrets; an adapter keeps a session by them."""
        return dict(self._cookies)

    def close(self) -> None:
        """Close the connections; each adapter ends with it."""
        self._transport.close()
        self._outside.close()

    def send(self, request: Request) -> Reply:
        """Send a request and return the successful reply; repeat what may be repeated while there is time.

        Every adapter sends all its requests through this. Raises one of shared/errors.py for everything else.
        """
        end = self._find_end(request)
        failures = 0
        while True:
            try:
                return self._attempt(request, end)
            except ServiceError as error:
                failures += 1
                wait = self._plan_retry(error, request, failures, end)
                if wait is None:
                    raise
            self._clock.sleep(wait)

    def _find_end(self, request: Request) -> Deadline:
        longest = max(self.service.budget, request.read_timeout or 0.0)
        return Deadline(self._clock, min(self.deadline, self._clock.monotonic() + longest))

    def _plan_retry(self, error: ServiceError, request: Request, failures: int, end: Deadline) -> float | None:
        policy, spread, limiter = self.service.retry, self._jitter(), self.service.limiter
        if error.status == TOO_MANY_REQUESTS and limiter is not None:
            limiter.penalize(error.retry_after or find_delay(policy, failures, spread))
        return plan_retry(
            error,
            policy,
            is_repeatable=request.is_repeatable,
            failures=failures,
            spread=spread,
            remaining=end.seconds_left(),
        )

    def _attempt(self, request: Request, end: Deadline) -> Reply:
        hop = make_first_hop(self.base_url, request)
        for _ in range(MOST_REDIRECTS):
            label = self._make_label(request, hop)
            self._take_turn(label, end)
            answer = self._exchange(hop, request, label, end)
            location = answer.headers.get("Location", "")
            if answer.status not in REDIRECTS or not location:
                return self._accept(answer, hop, request, label)
            hop = follow_redirect(hop, answer.status, location, request, label)
        raise translate_exception(RedirectFault(), self._make_label(request, hop))

    def _take_turn(self, label: RequestLabel, end: Deadline) -> None:
        limiter = self.service.limiter
        wait = 0.0 if limiter is None else limiter.take_turn(end.seconds_left())
        if wait > 0:
            raise make_limit_reached(label, wait, is_told=limiter is not None and limiter.is_paused())

    def _exchange(self, hop: Hop, request: Request, label: RequestLabel, end: Deadline) -> RawReply:
        limits = request.find_limits(self.service)
        time = self._find_time(request, end, label)
        transport = self._transport if hop.is_ours else self._outside
        former = sys.exc_info()[1]
        try:
            message = self._make_message(hop, request)
            with transport.exchange(message, time) as response:
                headers = Headers(response.getheaders())
                if hop.is_ours:  # not announced as secrets: a long task gets thousands, and no message shows headers
                    lines = response.headers.get_all("Set-Cookie", ())
                    self._cookies.update(read_cookies(lines, message.target.host, self._clock.now()))
                if response.status in REDIRECTS:
                    return RawReply(response.status, headers, b"")
                check_encoding(headers, label)
                if response.status < 400 and (read_number(headers.get("Content-Length", "")) or 0) > limits.size:
                    raise make_too_large(label, limits)
                return read_answer(response, headers, limits, label)
        except TRANSLATED as error:
            failure = translate_exception(error, label, former)
        raise failure  # outside of the except block, because the original exception may show addresses with keys

    def _make_message(self, hop: Hop, request: Request) -> SentRequest:
        target = find_target(hop.url)
        body = request.encode_body() if hop.has_body else None
        own = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*" if request.expect == "bytes" else "application/json",
            "Accept-Encoding": "gzip, deflate",
        }
        if request.json is not None and hop.has_body:
            own["Content-Type"] = "application/json"
        framing = {"Content-Length": str(len(body or b""))} if body or hop.method not in ("GET", "HEAD") else {}
        login = {"Authorization": target.authorization} if target.authorization else {}
        headers = merge_headers(own, self._find_service_headers(request) if hop.is_ours else {}, login, framing)
        return SentRequest(hop.method, target, headers, body or None)

    def _find_service_headers(self, request: Request) -> dict[str, str]:
        headers = {**self.service.headers, **request.headers, **self._keys}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers

    def _find_time(self, request: Request, end: Deadline, label: RequestLabel) -> RequestTime:
        left = end.seconds_left()
        if left <= 0:
            raise TimedOut(label.make_message("could not be asked in the time there was"), sent=False, **label.about())
        timeouts = self.service.timeouts
        return RequestTime(timeouts.connect, request.read_timeout or timeouts.read, end.seconds_left)

    def _accept(self, answer: RawReply, hop: Hop, request: Request, label: RequestLabel) -> Reply:
        if answer.status >= 400 or answer.status in REDIRECTS:
            raise make_error(answer, label, self._clock.now())
        data = None
        if request.expect != "bytes":
            data = decode_json(answer, request, label)
        reply = Reply(answer.status, answer.headers, answer.body, hop.url, data)
        if hop.is_ours and not hop.is_first and "://" not in request.path:
            self.base_url = reply.base_before(request.path) or self.base_url
        return reply

    def _make_label(self, request: Request, hop: Hop) -> RequestLabel:
        where = show_address(self.base_url if hop.is_ours else hop.url)
        return RequestLabel(self.service, where, request.operation)

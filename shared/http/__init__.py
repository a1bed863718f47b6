"""HTTP to one other program: timeouts, retries, limits, redirects, redaction and error translation.

How to use it (adapters take an `Http`; shared/http/wire has the connections):

    http = Http(
        Service(
            name="Whisparr",                              # as the user knows it; begins every message
            url=settings.whisparrUrl,                     # as typed: http:// is added, a login in it is used
            keys={"X-Api-Key": settings.whisparrApiKey},  # only to this origin, masked everywhere
            url_setting="'Whisparr URL'",                 # named in "check …"
            key_setting="'Whisparr API key'",
        ),
        clock=call.clock,
        deadline=call.clock.monotonic() + 20,  # operations come back in time whatever happens; tasks leave it out
    )
    reply = http.send(Request("GET", "api/v3/system/status", operation="reading its version"))
    reply.data  # decoded JSON (expect="json", the default)

* `Request.expect`: "json" (a web page is WrongService, half a document is BadReply), "json-or-empty" (`data` is None
  when there is no body), "bytes" (`reply.body`, `reply.content_type`; pictures: also from other hosts, without keys).
* Any status from 400 up is raised: AuthRejected (401, 403), NotFound, Refused (other 4xx), RateLimited (429),
  StartingUp (503), ServerFailed (other 5xx); `details` is the decoded body. Catch by type; never look into the text.
* Repeated by itself: GET HEAD OPTIONS PUT DELETE, and what says `repeatable=True` (a GraphQL query does); anything when
  the connection failed before the request went out, and on 429 and 503. Never longer than `Service.budget` seconds per
  call, or than `deadline`: then the last error comes out, RateLimited with `retry_after` when a limit was the reason
  (show "waiting", come back later).
* After a failed write `error.may_have_happened` says whether it has to be read back.
* `Service.limiter` (shared/http/rate_limit.py) is asked before every attempt, retries included; after a 429 all
  processes pause.
* `http.base_url` moves on when the same host redirects (to https, to Whisparr's URL base): compare it with the setting
  to show the user the better address.
* `http.set_cookies` puts a session cookie in (this origin only); refreshed ones replace it.
* `Request.object_hook` sees the pairs of every JSON object: large lists can be kept as numbers instead of dicts.
* Keys, logins and cookies are announced to shared/runtime/redact.py, so that no log line shows them either.
"""

from __future__ import annotations

from shared.http.address import is_loopback, is_own_address, show_address
from shared.http.model import Json, Limiter, Reply, Request, Service, Timeouts
from shared.http.request_label import shorten
from shared.http.retry import NO_RETRIES, RetryPolicy
from shared.http.service_client import Http

__all__ = [
    "NO_RETRIES",
    "Http",
    "Json",
    "Limiter",
    "Reply",
    "Request",
    "RetryPolicy",
    "Service",
    "Timeouts",
    "is_loopback",
    "is_own_address",
    "shorten",
    "show_address",
]

"""Decides where an exchange goes and where a redirect may lead. Pure."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from shared.errors import BundleError, WrongService
from shared.http.address import is_same_origin, join_path, resolve_location, show_address
from shared.http.errors import translate_exception
from shared.http.model import Parameter, Request
from shared.http.request_label import RequestLabel
from shared.http.status import SEE_OTHER
from shared.http.wire.faults import AddressFault

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Hop(NamedTuple):
    """One exchange of a request: the request itself, or a redirect that it was answered with."""

    method: str
    url: str
    is_ours: bool  # same origin as the service: keys and cookies go along
    is_first: bool

    @property
    def has_body(self) -> bool:
        """Return True if this exchange sends the body: a redirect keeps it unless it turned the method into GET.

        The HTTP client asks.
        """
        return self.is_first or self.method != "GET"


def make_first_hop(base: str, request: Request) -> Hop:
    """Return the first exchange of a request, for the HTTP client: to the address that the adapter named."""
    url = join_path(base, request.path)
    return Hop(request.method, add_query(url, request), is_same_origin(url, base), is_first=True)


def add_query(url: str, request: Request) -> str:
    """Return the address with the query values, written as other programs do: true, false, and None left out.

    `make_first_hop` calls it.
    """
    pairs = [(name, _spell(value)) for name, value in request.params.items() if value is not None]
    if not pairs:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(pairs, doseq=True)}"


def _spell(value: Parameter) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def follow_redirect(hop: Hop, status: int, location: str, request: Request, label: RequestLabel) -> Hop:
    """Return the next exchange after a redirect, for the HTTP client.

    Only pictures may come from another host, and then without the keys.
    """
    try:
        url = resolve_location(hop.url, location)
        is_ours = is_same_origin(url, hop.url) and hop.is_ours
    except ValueError:  # such as http://[x, or a port that is none
        url = ""
    if not url.startswith(("http://", "https://")):
        raise translate_exception(AddressFault(), label)
    is_picture = request.expect == "bytes" and hop.method in ("GET", "HEAD")
    if hop.is_ours and not is_ours and not is_picture:
        raise _make_wrong_way(url, status, label)
    method = "GET" if status == SEE_OTHER else hop.method
    return Hop(method, url, is_ours, is_first=False)


def _make_wrong_way(url: str, status: int, label: RequestLabel) -> BundleError:
    step = f"If that is the right address, enter it as {label.service.url_setting}; it may also be a login page."
    return WrongService(label.make_message(f"sends us on to {show_address(url)}", step), **label.about(status))

"""Addresses as people type them: completed, taken apart, compared and shown without keys."""

from __future__ import annotations

import base64
import ipaddress
import socket
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from shared.errors import SettingError

DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """A base address without a trailing slash, and the login that was written into it."""

    base: str
    user: str
    password: str

    @property
    def authorization(self) -> str:
        """Return the Authorization header for the login in an address, empty if there is none.

        The HTTP client sends it.
        """
        login = f"{self.user}:{self.password}".encode()
        return f"Basic {base64.b64encode(login).decode()}" if self.user else ""


def parse_address(text: str, setting: str) -> Address:
    """Return the address that a user typed, completed, for the HTTP client; an error about it names the setting."""
    typed = text.strip()
    if not typed:
        raise SettingError(setting, f"{setting} is not filled in.")
    parts = _split_url(typed if "://" in typed else f"http://{typed}", setting)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    netloc = f"{host}:{parts.port}" if parts.port else f"{host}"
    base = urlunsplit((parts.scheme.lower(), netloc, parts.path.rstrip("/"), parts.query, ""))
    return Address(base, unquote(parts.username or ""), unquote(parts.password or ""))


def _split_url(url: str, setting: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in url):
        raise SettingError(setting, f"{setting} is not a web address. It should look like http://192.168.1.5:9999.")
    return parts


def join_path(base: str, path: str) -> str:
    """Return the address of `path` below `base`, for each request; an absolute `path` stays as it is."""
    if path.startswith(("http://", "https://")):
        return path
    if not path:
        return base
    parts = urlsplit(base)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{path.lstrip('/')}", "", ""))


@lru_cache(maxsize=64)
def show_address(url: str) -> str:
    """Return an address for messages and logs: without login, query and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))


def find_port(parts: SplitResult) -> int:
    """Return the port of an address, the scheme's own if none is written; the HTTP client calls it."""
    return parts.port or DEFAULT_PORTS.get(parts.scheme, 0)


def is_same_origin(url: str, base: str) -> bool:
    """Return True if keys for `base` may go to `url`: same host and port, and never from https to http.

    Redirects and the saving of addresses ask.
    """
    there, here = urlsplit(url), urlsplit(base)
    if there.hostname != here.hostname:
        return False
    if there.scheme == here.scheme:
        return find_port(there) == find_port(here)
    is_upgrade = (here.scheme, there.scheme) == ("http", "https")
    return is_upgrade and (find_port(here), find_port(there)) in {(80, 443), (find_port(there), find_port(here))}


def resolve_location(url: str, location: str) -> str:
    """Return the address that a redirect from `url` leads to; `follow_redirect` calls it."""
    return urljoin(url, location)


def is_loopback(host: str) -> bool:
    """Return True for a name or address of the loopback interface; proxies and the access to Stash depend on it."""
    return host == "localhost" or _is_ip(host, "is_loopback")


def is_own_address(host: str) -> bool:
    """Return True if a host is this machine, also by its address in the network; a socket can be bound to no other.

    Stash's client asks: it accepts any certificate of a Stash on the same machine.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host.strip("[]"), 0, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def is_local(host: str) -> bool:
    """Return True for this machine, the home network and single-word names: no internet proxy reaches these.

    `find_proxy` asks.
    """
    return "." not in host.strip("[]") or is_loopback(host) or _is_ip(host, "is_private")


def _is_ip(host: str, kind: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(host.strip("[]")), kind))
    except ValueError:
        return False

"""Finds the proxy of a request, in the environment or, on Windows and macOS, in the system's settings."""

from __future__ import annotations

import fnmatch
import importlib
import ipaddress
import os
import sys
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from shared.http.address import Address, is_local
from shared.http.wire.faults import ProxyFault
from shared.http.wire.target import RequestTarget, encode_host

INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


class Proxy(NamedTuple):
    """An HTTP proxy; `authorization` is the header for its login."""

    host: str
    port: int
    authorization: str


def find_proxy(target: RequestTarget) -> Proxy | None:
    """Return the proxy that leads to a target, for a new connection.

    None for this machine, the home network, and what NO_PROXY names.
    """
    if is_local(target.host):
        return None
    from urllib.request import getproxies  # late: most calls only ask programs at home

    proxies = getproxies()
    text = proxies.get(target.scheme) or proxies.get("all")
    if not text or _is_excepted(target) or _is_bypassed(target.host):
        return None
    return read_proxy(text)


def _is_bypassed(host: str) -> bool:
    """Return True if the environment, or else the system, names the host as one without a proxy."""
    from urllib.request import getproxies_environment, proxy_bypass

    if sys.platform == "win32" and not getproxies_environment():
        return _is_overridden(host, _read_override())
    return bool(proxy_bypass(host))


def _is_overridden(host: str, override: str) -> bool:
    """Return True if Windows' list of exceptions names the host, such as `*.lan;10.*;<local>`.

    Python's own function looks the host up for that until 3.12, which no time limit ends.
    """
    rows = (row.strip().lower() for row in override.split(";"))
    return any("." not in host if row == "<local>" else fnmatch.fnmatchcase(host, row) for row in rows)


def _read_override() -> str:
    winreg: Any = importlib.import_module("winreg")  # Windows only
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, INTERNET_SETTINGS) as key:
            return str(winreg.QueryValueEx(key, "ProxyOverride")[0])
    except OSError:
        return ""


def read_proxy(text: str) -> Proxy:
    """Return the proxy of an address such as `http://user:password@proxy:3128`; raise ProxyFault if it is of no use.

    `find_proxy` calls it.
    """
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = encode_host(parts.hostname or ""), parts.port or 80
    except ValueError as error:
        raise ProxyFault("The address of the proxy cannot be read.") from error
    if parts.scheme.lower() != "http":
        raise ProxyFault("Only proxies that speak http are supported.")
    return Proxy(host, port, Address("", unquote(parts.username or ""), unquote(parts.password or "")).authorization)


def _is_excepted(target: RequestTarget) -> bool:
    """Return True if NO_PROXY names the end of the host, with or without port, or a network with its address."""
    named = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").replace(" ", "")
    rows = [row for row in named.split(",") if row]
    try:
        address = ipaddress.ip_address(target.host)
    except ValueError:
        return any(target.host.endswith(row) or f"{target.host}:{target.port}".endswith(row) for row in rows)
    return any(_has_address(row, address) for row in rows)


def _has_address(row: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(row, strict=False)
    except ValueError:
        return False

"""TLS: which certificates are trusted, and a secured socket. The only module that imports `ssl`, when https is used."""

from __future__ import annotations

import os
import ssl
import sys
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from shared.http.wire.faults import TrustFault

if TYPE_CHECKING:
    import socket

# Files or folders of certificates that a user names; Stash itself and other programs know the same variables.
OWN_TRUST = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def secure_socket(sock: socket.socket, host: str, *, verify: bool) -> ssl.SSLSocket:
    """Return the socket secured with TLS for a host, for a new connection.

    Its timeout holds for the whole handshake.
    """
    name = host.partition("%")[0].rstrip(".")
    return make_context(verify, find_trust() if verify else "").wrap_socket(sock, server_hostname=name)


def find_trust() -> str:
    """Return the certificates to trust: those that the user names, else those of certifi, else "" for the system's.

    `secure_socket` calls it. The Python of python.org has no certificates on macOS, so a released zip carries those of
    certifi.
    """
    own = (os.environ.get(name, "") for name in OWN_TRUST)
    return next((path for path in (*own, find_bundle()) if path and os.path.exists(path)), "")


def find_bundle() -> str:
    """Return the path of certifi's certificates, "" without certifi, for `find_trust`.

    It does not ask certifi's own function, whose import takes longer than the rest.
    """
    spec = find_spec("certifi")
    return os.path.join(os.path.dirname(spec.origin), "cacert.pem") if spec and spec.origin else ""


@lru_cache(maxsize=4)
def make_context(verify: bool, trust: str) -> ssl.SSLContext:
    """Return the settings of TLS: from TLS 1.2 on, and with the checks of certificates that Python itself has.

    `secure_socket` calls it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_TICKET
    context.hostname_checks_common_name = False
    context.set_alpn_protocols(["http/1.1"])
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    if sys.version_info >= (3, 13):
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    if not trust:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(**{"capath" if os.path.isdir(trust) else "cafile": trust})
    except OSError as error:
        name = next((name for name in OWN_TRUST if os.environ.get(name) == trust), "")
        raise TrustFault(name, trust) from error
    return context

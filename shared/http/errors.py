"""Translation of every exception below the HTTP client into one of shared/errors.py, by type."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from http.client import IncompleteRead

from shared.errors import (
    BadReply,
    BundleError,
    ForbiddenAddress,
    SettingError,
    TimedOut,
    TlsFailed,
    Unreachable,
    WrongService,
)
from shared.http.packages import requests, urllib3
from shared.http.public_address import PrivateAddress
from shared.http.request_label import PROXY_STEP, RequestLabel
from shared.http.timed_connection import TimeOver

rq, u3 = requests.exceptions, urllib3.exceptions


def find_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception and all that it wraps: requests hides causes in `reason`, arguments and the chain."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [getattr(cause, "reason", None), cause.__cause__, cause.__context__, *cause.args]


CONNECTION_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "cannot be found: its name is unknown in this network"),
    (ConnectionRefusedError, "does not answer: the connection was refused"),
    (ConnectionResetError, "broke off the connection"),
    (BrokenPipeError, "broke off the connection"),
    (u3.NewConnectionError, "cannot be reached"),
    (u3.ProtocolError, "closed the connection without an answer"),
)
NEVER_SENT = (u3.NewConnectionError, u3.ConnectTimeoutError, rq.ConnectTimeout, socket.gaierror, ConnectionRefusedError)


def _unreachable(label: RequestLabel, error: BaseException) -> BundleError:
    causes = list(find_causes(error))
    what = next(
        (text for kind, text in CONNECTION_FAULTS if any(isinstance(c, kind) for c in causes)), "cannot be reached"
    )
    is_sent = not any(isinstance(cause, NEVER_SENT) for cause in causes)
    message = label.make_message(what, f"Check that it is running and that {label.service.url_setting} is right.")
    return Unreachable(message, sent=is_sent, **label.about())


def _behind_proxy(label: RequestLabel, error: BaseException) -> BundleError:
    del error
    message = label.make_message("cannot be reached through the proxy", PROXY_STEP)
    return Unreachable(message, sent=False, **label.about())


def _timed_out(label: RequestLabel, error: BaseException) -> BundleError:
    causes = list(find_causes(error))
    is_sent = not any(isinstance(cause, NEVER_SENT) for cause in causes)
    what = "took too long to answer" if is_sent else "did not accept a connection in time"
    if any(isinstance(cause, u3.ProtocolError) for cause in causes):  # urllib3 raises it while it sends
        what = "took too long to take the request"
    elif is_sent and any(isinstance(cause, TimeOver) for cause in causes):
        what = "sends its answer too slowly"
    message = label.make_message(what, "It may be busy; if this stays, check that it is running.")
    return TimedOut(message, sent=is_sent, **label.about())


def _tls_failed(label: RequestLabel, error: BaseException) -> BundleError:
    causes = list(find_causes(error))
    certificate = next((c for c in causes if isinstance(c, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        what = f"shows a certificate that is not trusted ({certificate.verify_message})"
        step = "Use a trusted certificate."
        if label.service.tls_setting:
            step = f"Use a trusted certificate, or switch on {label.service.tls_setting} if it is in your own network."
    else:
        what = "does not speak https properly"
        step = f"If it only speaks http, start {label.service.url_setting} with http:// instead of https://."
    return TlsFailed(label.make_message(what, step), **label.about())


def _bad_key(label: RequestLabel, error: BaseException) -> BundleError:
    del error  # its text shows the key
    name = label.service.key_setting
    return SettingError(name, f"{name} for {label.service.name} has characters that no key has. Copy it again.")


def _bad_address(label: RequestLabel, error: BaseException) -> BundleError:
    del error
    name = label.service.url_setting
    return SettingError(
        name, f"{name} for {label.service.name} is not a web address. It should look like http://192.168.1.5:9999."
    )


def _broken_reply(label: RequestLabel, error: BaseException) -> BundleError:
    del error
    message = label.make_message(
        "sent an answer that breaks off or cannot be unpacked", "If this stays, look at its log."
    )
    return BadReply(message, **label.about())


def _endless_redirect(label: RequestLabel, error: BaseException) -> BundleError:
    del error
    message = label.make_message("sends us round in circles", f"Check {label.service.url_setting}.")
    return WrongService(message, **label.about())


def _forbidden_address(label: RequestLabel, error: BaseException) -> BundleError:
    del error
    doing = f" while {label.operation}" if label.operation else ""
    message = f"{label.service.name} named an address in a private network{doing} ({label.where}). It is not asked."
    return ForbiddenAddress(message, **label.about())


Translator = Callable[[RequestLabel, BaseException], BundleError]

# The first row that fits wins, so subclasses stand before what they inherit from.
FAULTS: tuple[tuple[tuple[type[BaseException], ...], Translator], ...] = (
    ((PrivateAddress,), _forbidden_address),
    ((rq.SSLError, u3.SSLError, ssl.SSLError), _tls_failed),
    ((rq.InvalidHeader, u3.InvalidHeader, UnicodeEncodeError), _bad_key),
    (
        (rq.ProxyError, rq.InvalidProxyURL, u3.ProxyError, u3.ProxySchemeUnknown, u3.ProxySchemeUnsupported),
        _behind_proxy,
    ),
    ((rq.URLRequired, rq.MissingSchema, rq.InvalidSchema, rq.InvalidURL, u3.LocationValueError), _bad_address),
    ((rq.TooManyRedirects,), _endless_redirect),
    ((u3.NewConnectionError,), _unreachable),
    ((rq.Timeout, u3.TimeoutError, u3.TimeoutStateError, TimeoutError, socket.timeout), _timed_out),
    ((rq.ChunkedEncodingError, rq.ContentDecodingError, rq.InvalidJSONError, rq.StreamConsumedError), _broken_reply),
    (
        (u3.DecodeError, u3.IncompleteRead, u3.InvalidChunkLength, u3.ResponseError, u3.HeaderParsingError),
        _broken_reply,
    ),
    (
        (u3.ResponseNotChunked, u3.BodyNotHttplibCompatible, u3.UnrewindableBodyError, rq.UnrewindableBodyError),
        _broken_reply,
    ),
    ((rq.HTTPError,), _broken_reply),
    ((rq.RetryError, rq.ConnectionError, u3.ProtocolError, u3.PoolError, OSError), _unreachable),
)
TRANSLATED = (rq.RequestException, u3.HTTPError, OSError, UnicodeEncodeError)


def find_translator(kind: type[BaseException]) -> Translator | None:
    """Return the function that translates this class of exception, or None if no row of `FAULTS` covers it."""
    if kind in (rq.RequestException, u3.HTTPError):
        return _unreachable
    return next((translate for kinds, translate in FAULTS if issubclass(kind, kinds)), None)


def translate_exception(error: BaseException, label: RequestLabel) -> BundleError:
    """Return the error of shared/errors.py for an exception of requests, urllib3 or the socket below."""
    causes = list(find_causes(error))
    if any(isinstance(cause, IncompleteRead) for cause in causes):
        return _broken_reply(label, error)
    translate = find_translator(type(error)) or _unreachable
    if translate is _unreachable and any(isinstance(cause, socket.timeout) for cause in causes):
        translate = _timed_out
    return translate(label, error)

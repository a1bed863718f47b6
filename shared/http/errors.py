"""Translation of every exception below the HTTP client into one of shared/errors.py, by type."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator

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
from shared.http.request_label import PROXY_STEP, RequestLabel
from shared.http.wire.addresses import TimeOver
from shared.http.wire.faults import (
    AddressFault,
    AnswerFault,
    ConnectFault,
    HeaderFault,
    PrivateAddress,
    ProxyFault,
    RedirectFault,
    SendFault,
    TransportFault,
    TrustFault,
)
from shared.http.wire.http_client import HTTPException, IncompleteRead


def find_causes(error: BaseException, former: BaseException | None = None) -> Iterator[BaseException]:
    """Yield the exception and all that led to it, for `translate_exception`."""
    seen = {id(former)}
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is not None and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [cause.__cause__, cause.__context__]


CONNECTION_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "cannot be found: its name is unknown in this network"),
    (ConnectionRefusedError, "does not answer: the connection was refused"),
    (ConnectionResetError, "broke off the connection"),
    (BrokenPipeError, "broke off the connection"),
    (ConnectFault, "cannot be reached"),
    (BaseException, "closed the connection without an answer"),
)


def _unreachable(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    what = next(text for kind, text in CONNECTION_FAULTS if any(isinstance(cause, kind) for cause in causes))
    is_sent = not any(isinstance(cause, ConnectFault) for cause in causes)
    message = label.make_message(what, f"Check that it is running and that {label.service.url_setting} is right.")
    return Unreachable(message, sent=is_sent, **label.about())


def _behind_proxy(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes
    message = label.make_message("cannot be reached through the proxy", PROXY_STEP)
    return Unreachable(message, sent=False, **label.about())


def _timed_out(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    is_sent = not any(isinstance(cause, ConnectFault) for cause in causes)
    what = "took too long to answer" if is_sent else "did not accept a connection in time"
    if any(isinstance(cause, SendFault) for cause in causes):
        what = "took too long to take the request"
    elif is_sent and any(isinstance(cause, TimeOver) for cause in causes):
        what = "sends its answer too slowly"
    message = label.make_message(what, "It may be busy; if this stays, check that it is running.")
    return TimedOut(message, sent=is_sent, **label.about())


def _tls_failed(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    reasons = (getattr(cause, "verify_message", "") for cause in causes)  # of SSLCertVerificationError
    reason = next((text for text in reasons if text), "")
    if reason:
        what = f"shows a certificate that is not trusted ({reason})"
        step = "Use a trusted certificate."
        if label.service.tls_setting:
            step = f"Use a trusted certificate, or switch on {label.service.tls_setting} if it is in your own network."
    else:
        what = "does not speak https properly"
        step = f"If it only speaks http, start {label.service.url_setting} with http:// instead of https://."
    return TlsFailed(label.make_message(what, step), **label.about())


def _bad_trust(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    name, path = next(cause.args for cause in causes if isinstance(cause, TrustFault))
    step = f"Correct or remove {name} where Stash is started." if name else "Install the plugin again."
    what = f"was not asked, because the trusted certificates in {path} cannot be read"
    return TlsFailed(label.make_message(what, step), **label.about())


def _bad_key(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes  # their text shows the key
    name = label.service.key_setting
    return SettingError(name, f"{name} for {label.service.name} has characters that no key has. Copy it again.")


def _bad_address(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes
    name = label.service.url_setting
    return SettingError(
        name, f"{name} for {label.service.name} is not a web address. It should look like http://192.168.1.5:9999."
    )


def _broken_reply(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes
    message = label.make_message(
        "sent an answer that breaks off or cannot be unpacked", "If this stays, look at its log."
    )
    return BadReply(message, **label.about())


def _endless_redirect(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes
    message = label.make_message("sends us round in circles", f"Check {label.service.url_setting}.")
    return WrongService(message, **label.about())


def _forbidden_address(label: RequestLabel, causes: list[BaseException]) -> BundleError:
    del causes
    doing = f" while {label.operation}" if label.operation else ""
    message = f"{label.service.name} named an address in a private network{doing} ({label.where}). It is not asked."
    return ForbiddenAddress(message, **label.about())


Translator = Callable[[RequestLabel, "list[BaseException]"], BundleError]

# The first row that fits the exception, or anything that led to it, wins.
FAULTS: tuple[tuple[tuple[type[BaseException], ...], Translator], ...] = (
    ((PrivateAddress,), _forbidden_address),
    ((ProxyFault,), _behind_proxy),
    ((TrustFault,), _bad_trust),
    ((AddressFault,), _bad_address),  # before the next: Python 3.13 raises UnicodeEncodeError for names
    ((HeaderFault, UnicodeEncodeError), _bad_key),
    ((RedirectFault,), _endless_redirect),
    ((AnswerFault, IncompleteRead), _broken_reply),
    ((SendFault, TimeoutError, socket.timeout), _timed_out),
)
TRANSLATED = (TransportFault, HTTPException, OSError, UnicodeEncodeError)


def find_translator(causes: list[BaseException]) -> Translator:
    """Return the function that translates an exception with these causes; `translate_exception` calls it."""
    if _is_about_tls(causes):
        return _tls_failed
    rows = (translate for kinds, translate in FAULTS if any(isinstance(cause, kinds) for cause in causes))
    return next(rows, _unreachable)


def _is_about_tls(causes: list[BaseException]) -> bool:
    """Return True if TLS did not come about; where it breaks later, the request was sent."""
    ssl = sys.modules.get("ssl")  # if nothing has imported it, nothing has raised its errors
    kinds = {kind for kind in (ConnectFault, ProxyFault, PrivateAddress) for cause in causes if isinstance(cause, kind)}
    return ssl is not None and kinds == {ConnectFault} and any(isinstance(cause, ssl.SSLError) for cause in causes)


def translate_exception(error: BaseException, label: RequestLabel, former: BaseException | None = None) -> BundleError:
    """Return the error of shared/errors.py for an exception of the transport or the socket below.

    The HTTP client calls it.
    """
    causes = list(find_causes(error, former))
    return find_translator(causes)(label, causes)

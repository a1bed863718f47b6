"""Sends one message, and explains what a service answered instead of taking it."""

from __future__ import annotations

from shared.errors import NotFound, Refused, ServerFailed
from shared.http import Http, Reply, shorten
from shared.notify.message import Message
from shared.notify.targets import APPRISE, DISCORD, SENDING, TELEGRAM, MessageTarget, make_delivery
from shared.page.paging import format_time
from shared.runtime.clock import Clock

NO_CONTENT, FAILED_DEPENDENCY = 204, 424


def send_message(target: MessageTarget, message: Message, *, clock: Clock, deadline: float | None = None) -> None:
    """Send a message; raise the service's error if it did not take it. Nothing is sent twice.

    The task that tells news and the set-up test call it. `may_have_happened` of the error says whether the message may
    have arrived all the same.
    """
    delivery = make_delivery(target, message, format_time(clock.now()) or "")
    http = Http(delivery.service, clock=clock, deadline=deadline)
    try:
        reply = http.send(delivery.request)
    except NotFound as error:
        raise Refused(explain_missing(target), service=target.name, operation=SENDING, status=error.status) from error
    except (Refused, ServerFailed) as error:
        told = error.details.get("description") if isinstance(error.details, dict) else None
        if target.kind == TELEGRAM and isinstance(told, str):
            text = f"Telegram did not take the message: {shorten(told)}. Check the token and the id of the chat."
            raise Refused(text, service=target.name, operation=SENDING, status=error.status) from error
        if error.status != FAILED_DEPENDENCY:
            raise
        message_text = "Apprise could not reach at least one of its services. Its log says which."
        partly = Refused(message_text, service=target.name, operation=SENDING, status=FAILED_DEPENDENCY)
        partly.may_have_happened = True  # its other services have the message
        raise partly from error
    finally:
        http.close()
    check_taken(target, reply)


def explain_missing(target: MessageTarget) -> str:
    """Return the meaning of status 404 for a service, for the error of `send_message`."""
    if target.kind == DISCORD:
        return "Discord does not have this webhook any more. Make a new one and enter its address."
    if target.kind == TELEGRAM:
        return "Telegram does not know this bot. Copy its token again."
    return f"{target.name} has nothing at this address. Check the address, and the topic or key."


def check_taken(target: MessageTarget, reply: Reply) -> None:
    """Raise Refused for an answer that looks like success and is none; `send_message` calls it."""
    data = reply.data
    if target.kind == APPRISE and reply.status == NO_CONTENT:
        message = "Apprise has nothing configured under this key. Save a configuration there first."
        raise Refused(message, service=target.name, operation=SENDING, status=NO_CONTENT)
    if target.kind == TELEGRAM and not (isinstance(data, dict) and data.get("ok") is True):
        raise Refused("Telegram did not take the message.", service=target.name, operation=SENDING, status=reply.status)

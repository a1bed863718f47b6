"""The services that take messages: how each is addressed, and the request that it wants. Pure.

Addresses of Discord and Telegram contain a secret, so they stand in the secret setting. Messages and logs name a
service, never its address.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any, Callable, NamedTuple

from shared.errors import SettingError
from shared.http import Request, Service
from shared.notify.message import Message, cut_title, write_body
from shared.settings import Settings

NTFY, GOTIFY, DISCORD, TELEGRAM, APPRISE, JSON = "ntfy", "gotify", "discord", "telegram", "apprise", "json"
OFF = "off"
NAMES: Mapping[str, str] = {
    NTFY: "ntfy",
    GOTIFY: "Gotify",
    DISCORD: "Discord",
    TELEGRAM: "Telegram",
    APPRISE: "Apprise",
    JSON: "the JSON address",
}
USUAL_ADDRESSES: Mapping[str, str] = {NTFY: "https://ntfy.sh", TELEGRAM: "https://api.telegram.org"}
SENDING = "sending a message"
SERVICE, ADDRESS, TOKEN, CHANNEL = "notifyService", "notifyAddress", "notifyToken", "notifyChannel"


class MessageTarget(NamedTuple):
    """The service that gets messages: its kind, address, token or key, and a topic, chat or key of a list."""

    kind: str
    address: str
    token: str
    channel: str

    @property
    def name(self) -> str:
        """Return the name of the service for people; errors and messages name it."""
        return NAMES[self.kind]


class Delivery(NamedTuple):
    """The service to send to, and the request."""

    service: Service
    request: Request


def read_target(settings: Settings) -> MessageTarget | None:
    """Return the service, such as ntfy or Discord, that gets messages to the user; None if the settings name none.

    Raise SettingError if a part is missing or wrong. The task that looks for news and the Setup test call it.
    """
    kind = settings.values[SERVICE]
    if kind == OFF:
        return None
    address = settings.values[ADDRESS] or USUAL_ADDRESSES.get(kind, "")
    target = MessageTarget(kind, address, settings.values[TOKEN], settings.values[CHANNEL])
    for key, words in NEEDED[kind].items():
        if not {ADDRESS: target.address, TOKEN: target.token, CHANNEL: target.channel}[key]:
            raise SettingError(key, f"{target.name[0].upper()}{target.name[1:]} needs {words}.")
    if target.token and not re.fullmatch(SHAPES.get(kind, ".+"), target.token):
        message = f"The token does not look like one of {target.name}, so it is not sent there. Enter it again."
        raise SettingError(TOKEN, message)
    return target


# A token that stayed from another service must not be sent to this one.
SHAPES: Mapping[str, str] = {
    NTFY: r"tk_\w+",
    DISCORD: r"https?://[^/]+/api/(v\d+/)?webhooks/\d+/[\w-]+",
    TELEGRAM: r"\d+:[\w-]+",
}
NEEDED: Mapping[str, Mapping[str, str]] = {
    NTFY: {CHANNEL: "a topic"},
    GOTIFY: {ADDRESS: "its address", TOKEN: "the token of an application"},
    DISCORD: {TOKEN: "the address of a webhook, which Discord shows under Integrations"},
    TELEGRAM: {TOKEN: "the token of a bot", CHANNEL: "the id of a chat"},
    APPRISE: {ADDRESS: "the address of an Apprise API server", CHANNEL: "the key of a saved configuration"},
    JSON: {ADDRESS: "an address"},
}


def make_delivery(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for a message; `send_message` sends it."""
    return BUILDERS[target.kind](target, message, sent_at)


def make_service(target: MessageTarget, url: str, keys: Mapping[str, str] | None = None) -> Service:
    """Return the service of a target, for the request of each kind; a message is short, and so is the answer."""
    return Service(
        name=target.name,
        url=url,
        keys=keys or {},
        max_bytes=1 << 20,
        url_setting="the settings of messages",
        key_setting="the settings of messages",
    )


def make_request(path: str, body: Mapping[str, Any], **details: Any) -> Request:
    """Return a request that is sent once: a repeated one could be a second message. The makers of requests call it."""
    return Request("POST", path, json=dict(body), operation=SENDING, repeatable=False, **details)


def make_ntfy(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for ntfy; `make_delivery` calls it. Without a token, the topic is public."""
    del sent_at
    keys = {"Authorization": f"Bearer {target.token}"} if target.token else {}
    body = {"topic": target.channel, "title": cut_title(message), "message": write_body(message, 4000, in_bytes=True)}
    return Delivery(make_service(target, target.address, keys), make_request("", body))


def make_gotify(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for Gotify; `make_delivery` calls it."""
    del sent_at
    body = {"title": cut_title(message), "message": write_body(message, 10_000) or message.title, "priority": 5}
    return Delivery(make_service(target, target.address, {"X-Gotify-Key": target.token}), make_request("message", body))


def make_discord(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for a webhook of Discord; `make_delivery` calls it.

    `wait` makes Discord say whether the message was posted.
    """
    del sent_at
    body = {
        "content": f"**{cut_title(message)}**\n{write_body(message, 1700)}".strip(),
        "allowed_mentions": {"parse": []},
    }
    return Delivery(make_service(target, target.token), make_request("", body, params={"wait": True}))


def make_telegram(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for Telegram, as plain text; `make_delivery` calls it."""
    del sent_at
    text = f"{cut_title(message)}\n{write_body(message, 3800)}".strip()
    service = make_service(target, f"{target.address}/bot{target.token}")
    return Delivery(service, make_request("sendMessage", {"chat_id": target.channel, "text": text}))


def make_apprise(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for a saved configuration of an Apprise API server.

    `make_delivery` calls it.
    """
    del sent_at
    body = {"title": cut_title(message), "body": write_body(message, 10_000) or message.title, "type": "info"}
    request = make_request(
        f"notify/{target.channel}", body, expect="json-or-empty", headers={"Accept": "application/json"}
    )
    return Delivery(make_service(target, target.address), request)


def make_json(target: MessageTarget, message: Message, sent_at: str) -> Delivery:
    """Return the service and the request for any address; `make_delivery` calls it.

    With a token, the body is signed as GitHub signs its webhooks.
    """
    values = {
        "event": message.event,
        "plugin": message.plugin,
        "version": 1,
        "title": message.title,
        "message": write_body(message, 100_000),
        "level": "info",
        "time": sent_at,
        "count": message.number,
        "items": list(message.lines),
    }
    body = json.dumps(values, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    if target.token:
        headers["X-Signature"] = f"sha256={hmac.new(target.token.encode(), body, hashlib.sha256).hexdigest()}"
    request = Request("POST", "", body=body, headers=headers, expect="bytes", operation=SENDING, repeatable=False)
    return Delivery(make_service(target, target.address), request)


BUILDERS: Mapping[str, Callable[[MessageTarget, Message, str], Delivery]] = {
    NTFY: make_ntfy,
    GOTIFY: make_gotify,
    DISCORD: make_discord,
    TELEGRAM: make_telegram,
    APPRISE: make_apprise,
    JSON: make_json,
}

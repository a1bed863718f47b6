"""The services that take messages, behind one HTTP server; each has its own routes, limits and errors.

services = MessageServices()
with services.server:
    services.url, services.taken          # (service, body as it arrived)
    services.server.faults.add("rate_limited", retry_after=30)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.serving import HttpServer, UnknownRequest

TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")
NTFY_BYTES, DISCORD_LETTERS, TELEGRAM_LETTERS = 4096, 2000, 4096


class TakenMessage(NamedTuple):
    """A message that a service took."""

    service: str
    body: Any
    headers: dict[str, str]


class MessageServices:
    """All services at one address, with the keys and names that they accept."""

    def __init__(self) -> None:
        self.taken: list[TakenMessage] = []
        self.ntfy_token = ""
        self.gotify_token = "gotify-app-token"
        self.webhook = "123/discord-webhook-token"
        self.bot, self.chat = "42:telegram-bot-token", "7"
        self.apprise_keys: dict[str, bool] = {"stash": True}  # False: one of its services fails
        self.server = HttpServer("messages", self.answer)

    @property
    def url(self) -> str:
        """Return the address of the doubles of message services, once started."""
        return self.server.url

    def answer(self, request: HttpRequest) -> Response:
        """Answer a message to the user as the service of its path does, such as ntfy; the HTTP server calls this."""
        for pattern, handle in ROUTES:
            if request.method == "POST" and (match := re.fullmatch(pattern, request.path)):
                return handle(self, request, match)
        raise UnknownRequest(f"{request.method} {request.path}")

    def take(self, service: str, body: Any, request: HttpRequest) -> None:
        """Keep a message that a service got, for tests to read."""
        self.taken.append(TakenMessage(service, body, dict(request.headers)))


def take_ntfy(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /: the topic stands in the body."""
    del match
    body = request.json()
    if services.ntfy_token and request.header("authorization") != f"Bearer {services.ntfy_token}":
        return json_response({"code": 40301, "http": 403, "error": "forbidden", "link": "https://ntfy.sh/docs"}, 403)
    if not TOPIC.fullmatch(str(body.get("topic", ""))):
        return json_response({"code": 40009, "http": 400, "error": "invalid request: topic invalid"}, 400)
    if len(str(body.get("message", "")).encode()) > NTFY_BYTES:
        raise UnknownRequest("ntfy turns a message of this length into an attachment")
    services.take("ntfy", body, request)
    return json_response({"id": "hwQ2YpKdmg", "time": 1, "event": "message", "topic": body["topic"]})


def take_gotify(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /message."""
    del match
    if request.header("x-gotify-key") != services.gotify_token:
        told = {
            "error": "Unauthorized",
            "errorCode": 401,
            "errorDescription": "you need to provide a valid access token",
        }
        return json_response(told, 401)
    body = request.json()
    if not body.get("message"):
        return json_response({"error": "Bad Request", "errorCode": 400, "errorDescription": "message is required"}, 400)
    services.take("gotify", body, request)
    return json_response({"id": 25, "appid": 5, **body})


def take_discord(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /api/webhooks/{id}/{token}: with `wait`, the answer has the message."""
    if match["hook"] != services.webhook:
        return json_response({"message": "Unknown Webhook", "code": 10015}, 404)
    body = request.json()
    if not body.get("content") or len(body["content"]) > DISCORD_LETTERS:
        return json_response({"message": "Invalid Form Body", "code": 50035}, 400)
    services.take("discord", body, request)
    return json_response({"id": "1"}) if request.parameter("wait") == "true" else Response(204)


def take_telegram(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /bot{token}/sendMessage."""
    if match["bot"] != services.bot:
        return json_response({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
    body = request.json()
    if str(body.get("chat_id")) != services.chat or len(str(body.get("text", ""))) > TELEGRAM_LETTERS:
        return json_response({"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, 400)
    services.take("telegram", body, request)
    return json_response({"ok": True, "result": {"message_id": 1}})


def take_apprise(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /notify/{key}: 204 means that nothing is configured, 424 that a service failed."""
    works = services.apprise_keys.get(match["key"])
    if works is None:
        return Response(204)
    services.take("apprise", request.json(), request)
    return json_response({"error": None}) if works else json_response({"error": "One or more notification failed"}, 424)


def take_json(services: MessageServices, request: HttpRequest, match: re.Match[str]) -> Response:
    """POST /hook: any address of a person's own, which answers with text."""
    del match
    services.take("json", request.json(), request)
    return Response(200, b"thanks", (("Content-Type", "text/plain"),))


Handle = Callable[[MessageServices, HttpRequest, "re.Match[str]"], Response]
ROUTES: tuple[tuple[str, Handle], ...] = (
    ("/", take_ntfy),
    ("/message", take_gotify),
    ("/api/webhooks/(?P<hook>.+)", take_discord),
    ("/bot(?P<bot>[^/]+)/sendMessage", take_telegram),
    ("/notify/(?P<key>[^/]+)", take_apprise),
    ("/hook", take_json),
)

"""Messages reach each service in its own form, and a service that does not take one is explained."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.notify.server import MessageServices
from shared.errors import ServiceError, SettingError
from shared.notify.message import Message, write_body
from shared.notify.sender import send_message
from shared.notify.targets import MessageTarget, read_target
from shared.runtime.clock import SYSTEM_CLOCK
from shared.settings import Settings

MESSAGE = Message("3 new scenes", ("Up the hill", "Down again", "Zwölf Hügel"), 3, "missingScenes", "new_scenes")


@pytest.fixture
def services() -> Iterator[MessageServices]:
    double = MessageServices()
    with double.server:
        yield double


def make_target(services: MessageServices, kind: str, **changes: Any) -> MessageTarget:
    url = services.url
    targets = {
        "ntfy": MessageTarget("ntfy", url, "", "stash"),
        "gotify": MessageTarget("gotify", url, services.gotify_token, ""),
        "discord": MessageTarget("discord", "", f"{url}/api/webhooks/{services.webhook}", ""),
        "telegram": MessageTarget("telegram", url, services.bot, services.chat),
        "apprise": MessageTarget("apprise", url, "", "stash"),
        "json": MessageTarget("json", f"{url}/hook", "secret-of-mine", ""),
    }
    return targets[kind]._replace(**changes)


@pytest.mark.parametrize("kind", ["ntfy", "gotify", "discord", "telegram", "apprise", "json"])
def test_each_service_takes_a_message_once(services: MessageServices, kind: str) -> None:
    send_message(make_target(services, kind), MESSAGE, clock=SYSTEM_CLOCK)
    (taken,) = services.taken
    assert taken.service == kind
    assert all(line in json.dumps(taken.body, ensure_ascii=False) for line in (MESSAGE.title, *MESSAGE.lines))


def test_a_message_to_a_json_address_is_signed(services: MessageServices) -> None:
    send_message(make_target(services, "json"), MESSAGE, clock=SYSTEM_CLOCK)
    (request,) = services.server.traffic.requests()
    digest = hmac.new(b"secret-of-mine", request.body, hashlib.sha256).hexdigest()
    assert request.header("x-signature") == f"sha256={digest}"
    body = request.json()
    assert (body["event"], body["plugin"], body["count"], body["items"][0]) == (
        "new_scenes",
        "missingScenes",
        3,
        "Up the hill",
    )


def test_a_message_without_lines_is_taken_by_all(services: MessageServices) -> None:
    for kind in ("ntfy", "gotify", "discord", "telegram", "apprise", "json"):
        send_message(make_target(services, kind), MESSAGE._replace(lines=()), clock=SYSTEM_CLOCK)
    assert len(services.taken) == 6


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("ntfy", {"channel": "no topic"}, "topic invalid"),
        ("gotify", {"token": "wrong"}, "Gotify"),
        ("discord", {"token": "/api/webhooks/9/gone"}, "does not have this webhook any more"),
        ("telegram", {"token": "wrong"}, "does not know this bot"),
        ("telegram", {"channel": "99"}, "chat not found"),
        ("apprise", {"channel": "nothing"}, "nothing configured"),
    ],
)
def test_a_refusal_names_the_service_and_the_next_step_and_no_secret(
    services: MessageServices, kind: str, changes: dict[str, Any], words: str
) -> None:
    if kind == "discord":
        changes = {"token": f"{services.url}{changes['token']}"}
    with pytest.raises(ServiceError) as error:
        send_message(make_target(services, kind, **changes), MESSAGE, clock=SYSTEM_CLOCK)
    assert (words in str(error.value), error.value.may_have_happened, services.taken) == (True, False, [])
    assert "webhooks/9/gone" not in str(error.value)


def test_a_message_that_part_of_apprises_services_took_is_not_sent_again(services: MessageServices) -> None:
    services.apprise_keys["stash"] = False
    with pytest.raises(ServiceError, match="at least one of its services") as error:
        send_message(make_target(services, "apprise"), MESSAGE, clock=SYSTEM_CLOCK)
    assert error.value.may_have_happened is True


@pytest.mark.parametrize(("fault", "may_have_happened"), [("rate_limited", False), ("lost_reply", True)])
def test_a_failed_message_arrives_at_most_once_and_says_whether_it_may_have_arrived(
    services: MessageServices, fault: str, may_have_happened: bool
) -> None:
    services.server.faults.add(fault)
    with pytest.raises(ServiceError) as error:
        send_message(make_target(services, "ntfy"), MESSAGE, clock=SYSTEM_CLOCK)
    assert error.value.may_have_happened is may_have_happened
    assert len(services.taken) == int(may_have_happened)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"notifyService": "ntfy"}, "needs a topic"),
        ({"notifyService": "gotify", "notifyAddress": "http://g"}, "the token of an application"),
        ({"notifyService": "telegram", "notifyToken": "t"}, "the id of a chat"),
        ({"notifyService": "json"}, "The JSON address needs an address"),
        ({"notifyService": "ntfy", "notifyChannel": "c", "notifyToken": "of-gotify"}, "does not look like one of ntfy"),
        ({"notifyService": "discord", "notifyToken": "of-gotify"}, "does not look like one of Discord"),
        ({"notifyService": "telegram", "notifyToken": "https://d", "notifyChannel": "7"}, "like one of Telegram"),
    ],
)
def test_a_missing_part_is_named_before_anything_is_sent(values: dict[str, str], words: str) -> None:
    empty = {"notifyAddress": "", "notifyToken": "", "notifyChannel": ""}
    with pytest.raises(SettingError, match=words):
        read_target(Settings({**empty, **values}, {}, ()))


def test_a_long_message_says_how_much_was_left_out() -> None:
    message = Message("t", tuple(f"line {number}" for number in range(100)))
    assert write_body(message, 40).splitlines()[-1] == "… and 97 more"
    assert len(write_body(Message("t", ("ü" * 30, "b")), 50, in_bytes=True).encode()) <= 50
    assert write_body(message, 10_000).count("\n") == 99
    assert write_body(Message("t", note="Look there."), 40) == "Look there."

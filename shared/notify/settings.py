"""The settings of messages, the same for every plugin that sends some."""

from __future__ import annotations

from shared.notify.targets import ADDRESS, APPRISE, CHANNEL, DISCORD, GOTIFY, JSON, NTFY, OFF, SERVICE, TELEGRAM, TOKEN
from shared.settings import ADDRESS as ADDRESS_KIND
from shared.settings import CHOICE, SECRET, SWITCH, Group, Setting

TITLES = "notifyTitles"


def make_notify_group(text: str) -> Group:
    """Return the group of settings for messages, for a plugin's table; `text` says what the plugin tells."""
    services = (
        (OFF, "Nothing"),
        (NTFY, "ntfy"),
        (GOTIFY, "Gotify"),
        (DISCORD, "Discord"),
        (TELEGRAM, "Telegram"),
        (APPRISE, "Apprise API"),
        (JSON, "JSON address"),
    )
    return Group(
        "messages",
        "Messages",
        (
            Setting(SERVICE, CHOICE, OFF, "Send Messages With", "The service that gets a message.", choices=services),
            Setting(
                ADDRESS,
                ADDRESS_KIND,
                "",
                "Message Address",
                "Address of the service. Empty: https://ntfy.sh for ntfy, and the usual ones of Discord and Telegram.",
            ),
            Setting(
                TOKEN,
                SECRET,
                "",
                "Message Token",
                "ntfy: an access token, if the topic needs one. Gotify: the token of an application. Discord: the "
                "address of a webhook. Telegram: the token of a bot. JSON address: a key that signs the message.",
            ),
            Setting(
                CHANNEL,
                SECRET,
                "",
                "Message Topic or Chat",
                "ntfy: the topic. Telegram: the id of the chat. Apprise: the key of the saved configuration.",
            ),
            Setting(
                TITLES,
                SWITCH,
                False,
                "Titles in Messages",
                "Messages name titles and people. Other companies get them; lock screens show them. Off: only numbers.",
            ),
        ),
        text=text,
        test="messages",
    )

"""The set-up test of messages, for every plugin that sends some: it sends one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.notify.message import Message
from shared.notify.sender import send_message
from shared.notify.targets import SERVICE, read_target
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings


def test_messages(call: Call, settings: Settings) -> TestResult:
    """Setup test: the chosen service takes a message."""
    target = read_target(settings)
    if target is None:
        return not_set_up("No messages are sent.", "Choose a service if you want to be told outside Stash.", SERVICE)
    message = Message(f"{call.plugin.name}: test", ("Messages arrive here.",), 0, call.plugin.id, "test")
    send_message(target, message, clock=call.clock, deadline=call.service_deadline)
    return ok(f"A test message was sent with {target.name}.")


MESSAGES_TEST = SetupTest("messages", "Messages", "Sends a test message.", "shared.notify.setup_tests:test_messages")

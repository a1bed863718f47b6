"""Asks Stash to queue the drain task, from a hook: plain sockets, one request, a tiny time budget.

Stash waits for the hook, so this must be over fast whatever happens; and it may not load what an HTTP library costs. It
waits for the answer, for Stash may drop the request of a client that has gone.
"""

from __future__ import annotations

from time import monotonic

from shared.errors import AuthRejected, BadReply, ServiceError, StateError, TimedOut, Unreachable, UsageError
from shared.runtime.stdio import decode_document

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Mapping
    from typing import Any

    from shared.runtime.call import Call, StashConnection

# Asked once per burst of saves. Stash answers in milliseconds; on a busy NAS a shorter wait would lose the only ask.
BUDGET = 1.5
PATIENT_BUDGET = 10.0
_LARGEST_REPLY = 4 << 20

_RUN_TASK = """mutation ($plugin: ID!, $task: String, $what: String, $args: Map) {
  runPluginTask(plugin_id: $plugin, task_name: $task, description: $what, args_map: $args)
}"""
_READ_SETTINGS = "query ($plugin: [ID!]) { configuration { plugins(include: $plugin) } }"


def ask_for_drain(call: Call, budget: float = BUDGET) -> bool:
    """Queue the plugin's drain task; False when Stash could not be asked in time: let the next change ask again."""
    mode = call.plugin.drain
    task = call.plugin.tasks.get(mode)
    variables = {
        "plugin": call.plugin.id,
        "task": task.name if task else None,
        "what": name_drain(call),
        "args": {"mode": mode, "asked_by_hook": True},
    }
    try:
        post_graphql(call.connection, _RUN_TASK, variables, budget)
    except ServiceError as error:
        call.log.debug(f"Stash was not asked to work off the queue: {error}")
        return False
    return True


def name_drain(call: Call) -> str:
    """Return the name of the drain in Stash's list of jobs."""
    task = call.plugin.tasks.get(call.plugin.drain)
    return task.name if task else f"{call.plugin.name}: {call.plugin.drain}"


def enqueue(call: Call, key: str, fields: Iterable[str] = (), note: object = None, *, delay: float = 0.0) -> None:
    """Queue a change that a hook saw, and ask Stash for a drain unless one was asked for already.

    With a delay in seconds, changes that follow at once are worked on together.
    """
    from shared.queue.outbox import Outbox  # late: most hooks find nothing to keep

    outbox = Outbox(call.store)
    outbox.put(key, fields, note, delay=delay)
    try:
        if outbox.ask_once() and not ask_for_drain(call):
            outbox.forget_ask()
    except StateError as error:  # the change itself is kept
        call.log.warning(str(error))


def read_raw_settings(call: Call, budget: float = PATIENT_BUDGET) -> dict[str, Any]:
    """The plugin's settings as Stash keeps them."""
    data = post_graphql(call.connection, _READ_SETTINGS, {"plugin": [call.plugin.id]}, budget)
    found = (data.get("configuration") or {}).get("plugins") or {}
    return dict(found.get(call.plugin.id) or {})


def post_graphql(
    connection: StashConnection, query: str, variables: Mapping[str, object], budget: float
) -> dict[str, Any]:
    """The data of the answer; a `ServiceError` for everything else."""
    import json
    import socket

    request = json.dumps({"query": query, "variables": variables}).encode()
    try:
        status, body = _exchange(connection, _frame(connection, request), budget)
    except socket.timeout as error:
        raise TimedOut(f"Stash at {connection.url} did not answer within {budget:g} s.", service="Stash") from error
    except OSError as error:
        raise Unreachable(f"Stash at {connection.url} cannot be reached: {error}", service="Stash") from error
    return _read_data(connection, status, body)


def _read_data(connection: StashConnection, status: int, body: bytes) -> dict[str, Any]:
    if status == 401:
        raise AuthRejected(f"Stash at {connection.url} did not accept its own session cookie (401).", service="Stash")
    try:
        reply = decode_document(body)
    except UsageError as error:
        raise BadReply(f"Stash at {connection.url} answered {status} without JSON.", service="Stash") from error
    data = reply.get("data")
    if reply.get("errors") or not isinstance(data, dict):
        raise BadReply(f"Stash refused the request: {str(reply.get('errors'))[:300]}", service="Stash", status=status)
    return data


def _frame(connection: StashConnection, body: bytes) -> bytes:
    """HTTP/1.0: Stash closes the connection at the end of an answer that comes in one piece."""
    head = (
        "POST /graphql HTTP/1.0",
        f"Host: {connection.url.partition('://')[2]}",
        f"Cookie: {connection.cookie_name}={connection.cookie}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n" + body


def _exchange(connection: StashConnection, request: bytes, budget: float) -> tuple[int, bytes]:
    """Status and body of the answer; all of it within the budget, in seconds."""
    import socket

    deadline = monotonic() + budget
    plain = socket.create_connection((connection.host, connection.port), timeout=budget)
    with _encrypt(connection, plain) if connection.scheme == "https" else plain as channel:
        channel.sendall(request)
        parts: list[bytes] = []
        while not parts or (parts[-1] and sum(map(len, parts)) < _LARGEST_REPLY):
            channel.settimeout(max(0.001, deadline - monotonic()))
            parts.append(channel.recv(65536))
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    words = head.split(None, 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0, body


def _encrypt(connection: StashConnection, plain: socket.socket) -> socket.socket:
    """Encrypt a connection. Stash's certificate is usually self-signed: it is accepted on this machine only."""
    import ssl

    context = ssl.create_default_context()
    if connection.is_loopback:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=connection.host)

"""`validateStashBoxCredentials`: ask a stash-box with the given key."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.objects.scenes import list_streams

BOXES = Registry()
TIMEOUT = 30.0


def _validate(_: Context, args: Args) -> dict[str, Any]:
    given = args["input"]
    body = json.dumps({"query": "query Me { me { name } }"}).encode()
    headers = {"Content-Type": "application/json", "ApiKey": given["api_key"]}
    try:
        with urllib.request.urlopen(urllib.request.Request(given["endpoint"], body, headers), timeout=TIMEOUT) as reply:
            answer = json.loads(reply.read())
    except urllib.error.HTTPError as error:
        sentence = "Invalid or expired API key." if error.code == 401 else "No response from server"
        return {"valid": False, "status": sentence}
    except (OSError, ValueError) as error:
        return {"valid": False, "status": f"Unknown error: {error}"}
    if answer.get("errors"):
        return {"valid": False, "status": "Invalid or expired API key."}
    return {"valid": True, "status": f"Successfully authenticated as {answer['data']['me']['name']}"}


def _list_streams(context: Context, args: Args) -> list[Any]:
    scene_id = read_id(args["id"])
    if context.db.row("SELECT 1 FROM scenes WHERE id = ?", (scene_id,)) is None:
        raise StashFailure(f"scene with id {scene_id} not found")
    streams: list[Any] = list_streams(context, [scene_id], {})[0]
    return streams


BOXES.resolvers["Query", "validateStashBoxCredentials"] = root(_validate)
BOXES.resolvers["Query", "sceneStreams"] = root(_list_streams)

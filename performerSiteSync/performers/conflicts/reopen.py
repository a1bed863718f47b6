"""Opens a conflict again that a person has just decided: the Undo of the Conflicts tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.identity.conflict_store import IdentityConflict, add_conflict
from performers.identity.decision_store import IDENTITY
from shared.arguments import takes, text
from shared.errors import UsageError
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call

KEPT = "decided_conflicts"
CONFLICTS = {
    str: {
        "item": int,
        **dict.fromkeys(("kind", "label", "what", "endpoint", "message", "subject?"), str),
        "remote?": [dict],
        "local?": [dict],
        "twins?": [str],
    }
}
MOST = 50  # the last decisions that can be taken back from the list


def keep_conflict(call: Call, conflict: IdentityConflict, twins: Sequence[str] = ()) -> None:
    """Keep a copy of a conflict before it is decided, so that `reopen_conflict` can bring it back.

    `decide_conflict` calls it; `twins` are the keys of the conflicts that the same decision closes.
    """
    kept = call.store.kv.get(KEPT, CONFLICTS, {})
    kept.pop(conflict.key, None)
    kept[conflict.key] = {**conflict._asdict(), **({"twins": list(twins)} if twins else {})}
    call.store.kv.put(KEPT, dict(list(kept.items())[-MOST:]))


@takes(text("key"), text("remote_id", "", "the record that the decision was about"))
def reopen_conflict(call: Call) -> dict[str, Any]:
    """Operation `conflict_reopen`: delete a decision just made, open its conflict again, and return a message.

    If the decision wrote to Stash, the page first calls `history_undo`, which takes that back.
    """
    every = call.store.kv.get(KEPT, CONFLICTS, {})
    kept = every.get(call.args["key"])
    if kept is None:
        raise UsageError("This conflict is no longer known. The next sync asks again if it is still there.")
    conflict = read_kept(kept)
    open_again(call, conflict, call.args["remote_id"])
    for twin in kept.get("twins", []):
        if twin in every:
            open_again(call, read_kept(every[twin]), "")
    return {"message": f"The question about {conflict.label} is open again."}


def read_kept(kept: Mapping[str, Any]) -> IdentityConflict:
    """Return a conflict that was kept with its decision, for `reopen_conflict`."""
    return IdentityConflict(**{key: value for key, value in kept.items() if key != "twins"})


def open_again(call: Call, conflict: IdentityConflict, remote_id: str) -> None:
    """Delete the decision about one conflict, and store the conflict again, for `reopen_conflict`."""
    subject = remote_id if conflict.about == IDENTITY else conflict.subject
    wanted = normalize_endpoint(conflict.endpoint)
    query = "SELECT key, endpoint FROM decisions WHERE kind = ? AND item = ? AND what = ? AND subject = ?"
    rows = call.store.read(query, (conflict.kind, conflict.item, conflict.about, subject))
    with call.store.write() as db:
        for row in rows:
            if normalize_endpoint(row["endpoint"]) == wanted:
                db.execute("DELETE FROM decisions WHERE key = ?", (row["key"],))
    add_conflict(call.store, conflict, call.clock.now())

"""Opens the state file named in the arguments after a line on stdin, and prints the journal mode or the error."""

from __future__ import annotations

import sys

from shared.errors import StateError
from shared.state.store import Store

store = Store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    store.kv.put("opened", True)
    print("; ".join(store.warnings) or store.first("PRAGMA journal_mode")[0])
except StateError as error:
    print(f"StateError: {error}")

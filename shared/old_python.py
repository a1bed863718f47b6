"""Ends a call with one sentence if Stash started a Python that is too old. Python 2.7 has to understand this file."""

import json
import sys

OLDEST = (3, 9)
ADVICE = "Install a newer one, or name another one in Stash under Settings > System > Python Executable Path."


def require_python(name):
    # type: (str) -> None
    """Answer the call with the version that is needed, and end the process; entry files call this first."""
    if sys.version_info >= OLDEST:
        return
    oldest, found = (".".join(map(str, version)) for version in (OLDEST, sys.version_info[:2]))
    sentence = "%s needs Python %s or later, and Stash started Python %s. " % (name, oldest, found)
    sys.stdout.write(json.dumps({"error": sentence + ADVICE}))
    sys.stdout.flush()
    sys.exit(0)

"""`requests` and `urllib3`, imported without a package that guesses encodings.

`requests` imports such a package if the user's Python has one. No plugin guesses an encoding, and the import takes an
eighth of the processor time of a short call.
"""

from __future__ import annotations

import sys
import warnings

ABSENT = {name for name in ("charset_normalizer", "chardet") if name not in sys.modules}

sys.modules.update(dict.fromkeys(ABSENT))  # type: ignore[arg-type]  # None: as if it was not installed
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Unable to find acceptable character detection")
    import requests
    import requests.exceptions
    import urllib3
for _name in ABSENT:
    del sys.modules[_name]

__all__ = ["requests", "urllib3"]

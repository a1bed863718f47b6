"""JSON as Go writes it, where that can be told apart."""

from __future__ import annotations

import json

ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def encode_document(value: object) -> bytes:
    """Compact JSON with HTML characters escaped, other letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED).encode("utf-8", "replace")

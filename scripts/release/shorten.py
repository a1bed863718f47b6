"""Shortens the scripts of a page for the zips: no comments, no white space that means nothing.

The scripts' own style makes this safe: every statement ends with `;`, so a line break never ends one. A test compares
the meaning of each shortened script with that of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A `/` after one of these begins a regular expression, else it divides.
_BEFORE_REGEX = re.compile(r"(^|[=(,\[{};:!&|?+*%<>~^-]|\b(return|typeof|case|in|of|do|else|void|delete|throw|new))$")
_TOKEN = re.compile(
    r"""
    (?P<space>\s+) | (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<word>[\w$]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_WORD_END = re.compile(r"[\w$]$")
_WORD_START = re.compile(r"[\w$]")
_SIGNS = frozenset({"++", "--"})


def shorten_script(source: str) -> str:
    """Return the script without comments and needless white space; the build calls it for every script of a page."""
    parts: list[str] = []
    gap = False
    for token in _split(source):
        if _is_nothing(token):
            gap = True
            continue
        if gap and parts and _needs_space(parts[-1], token):
            parts.append(" ")
        parts.append(token)
        gap = False
    return "".join(parts)


def _needs_space(before: str, after: str) -> bool:
    """Return True if two tokens would become one without a space."""
    is_word = bool(_WORD_END.search(before) and _WORD_START.match(after))
    return is_word or before[-1] + after[0] in _SIGNS


def _split(source: str) -> Iterator[str]:
    """Yield the tokens of a script: spaces, comments, texts, templates, regular expressions, words and signs."""
    at, before = 0, ""
    while at < len(source):
        token = _read_token(source, at, before)
        yield token
        before = before if _is_nothing(token) else token
        at += len(token)


def _is_nothing(token: str) -> bool:
    """Return True for white space and comments."""
    return not token.strip() or token.startswith(("//", "/*"))


def _read_token(source: str, at: int, before: str) -> str:
    """Return the token that begins here; `before` is the last one that was neither space nor comment."""
    if source[at] == "`":
        return source[at : _end_of_template(source, at)]
    found = (_match_regex(source, at, before) if source[at] == "/" else None) or _TOKEN.match(source, at)
    return found.group() if found else source[at]


def _match_regex(source: str, at: int, before: str) -> re.Match[str] | None:
    """Return the regular expression that begins here, None for a comment or a division."""
    if source[at + 1 : at + 2] in ("/", "*") or not _BEFORE_REGEX.search(before):
        return None
    return _REGEX.match(source, at)


def _end_of_template(source: str, at: int) -> int:
    """Return the position behind a template; scripts inside its `${…}` stay as they are."""
    at += 1
    while source[at] != "`":
        if source[at] == "\\":
            at += 2
        elif source.startswith("${", at):
            at = _end_of_insertion(source, at + 2)
        else:
            at += 1
    return at + 1


def _end_of_insertion(source: str, at: int) -> int:
    """Return the position behind the `}` that closes an insertion of a template."""
    depth, before = 1, ""
    while depth:
        token = _read_token(source, at, before)
        depth += {"{": 1, "}": -1}.get(token, 0)
        before = before if _is_nothing(token) else token
        at += len(token)
    return at

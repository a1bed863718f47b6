"""Reads a pattern in RE2's syntax; what RE2 refuses is refused here, in words a user can act on."""

from __future__ import annotations

from shared.tag_matching.re2.classes import CATEGORY, POSIX, find_perl_class
from shared.tag_matching.re2.nodes import Alternation, Assertion, CharClass, CharSet, Concatenation, Node, Repeat

MAX_REPEATS = 1000
MAX_DEPTH = 50
LAST_CODE = 0x10FFFF
NEWLINE = CharClass(spans=((10, 10),))
CONTROL = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11, "a": 7}
POSITIONS = {"A": "start", "z": "end", "b": "boundary", "B": "no boundary"}
OCTAL = "01234567"
HEX = "0123456789abcdefABCDEF"


class PatternError(ValueError):
    """Raised for a pattern that cannot be used; the message tells the user why."""


def parse_pattern(text: str, *, ignore_case: bool = False) -> Node:
    """Return the nodes of a pattern, for `compile_pattern`; raise PatternError if RE2 would refuse it."""
    parser = _Parser(text, "i" if ignore_case else "")
    node = parser.read_alternation()
    if parser.rest:
        raise PatternError("there is a ) without its (")
    return node


class _Parser:
    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.flags = frozenset(flags)

    @property
    def rest(self) -> str:
        return self.text[self.at :]

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise PatternError("it ends too early")
        self.at += 1
        return char

    def skip(self, wanted: str) -> bool:
        found = self.text.startswith(wanted, self.at)
        self.at += len(wanted) if found else 0
        return found

    def read_alternation(self) -> Node:
        """Read alternatives; flags that are set inside end with the group."""
        flags = self.flags
        branches = [self.read_concatenation()]
        while self.skip("|"):
            branches.append(self.read_concatenation())
        self.flags = flags
        return branches[0] if len(branches) == 1 else Alternation(tuple(branches))

    def read_concatenation(self) -> Node:
        items: list[Node] = []
        while self.rest and self.peek() not in "|)":
            if self.skip("\\Q"):
                literal, end, _ = self.rest.partition("\\E")
                self.at += len(literal) + len(end)
                items += [self._make_char_set((_make_class(char),)) for char in literal]
                continue
            item = self._read_item()
            items.append(self._read_repeats(item))
        return items[0] if len(items) == 1 else Concatenation(tuple(items))

    def _read_item(self) -> Node:
        char = self.take()
        if char == "(":
            return self._read_group()
        if char == "[":
            return self._read_set()
        if char == "\\":
            return self._read_escape()
        if char == ".":
            return CharSet((CharClass(negated=True),)) if "s" in self.flags else CharSet((NEWLINE,), negated=True)
        if char == "^":
            return Assertion("line start" if "m" in self.flags else "start")
        if char == "$":
            return Assertion("line end" if "m" in self.flags else "end")
        if char in "*+?":
            raise PatternError(f"there is nothing for {char} to repeat")
        return self._make_char_set((_make_class(char),))

    def _read_repeats(self, item: Node) -> Node:
        limits = self._read_limits()
        if limits is None:
            return item
        self.skip("?")
        before = self.at
        if self._read_limits() is not None:
            raise PatternError(f"{self.text[before - 1 : self.at]} repeats a repetition")
        return Repeat(item, *limits)

    def _read_limits(self) -> tuple[int, int | None] | None:
        for sign, limits in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.skip(sign):
                return limits
        return self._read_counts() if self.peek() == "{" else None

    def _read_counts(self) -> tuple[int, int | None] | None:
        """Read {n}, {n,} or {n,m}; anything else in braces is plain text."""
        inside, closed, _ = self.rest[1:].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not _is_number(least) or not (_is_number(most) or most == ""):
            return None
        self.at += len(inside) + 2
        low = int(least)
        high = low if not comma else int(most) if most else None
        if max(low, high or 0) > MAX_REPEATS or (high is not None and high < low):
            raise PatternError(f"{{{inside}}} is no valid number of repetitions")
        return low, high

    def _read_group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError("it is nested too deeply")
        flags = self.flags
        if self.skip("?") and self._read_group_head():
            self.depth -= 1
            return Concatenation()
        node = self.read_alternation()
        if not self.skip(")"):
            raise PatternError("a ) is missing")
        self.flags = flags
        self.depth -= 1
        return node

    def _read_group_head(self) -> bool:
        """Read a name or flags after "(?"; return True if the group consists of flags only."""
        if self.rest[:1] in "=!" or self.rest[:2] in ("<=", "<!"):
            raise PatternError("looking ahead or behind is not supported")
        if self.skip("P<") or self.skip("<"):
            name, closed, _ = self.rest.partition(">")
            if not closed or not name.isidentifier():
                raise PatternError("the name of a group is not valid")
            self.at += len(name) + 1
            return False
        return self._read_flags()

    def _read_flags(self) -> bool:
        on, off = set(self.flags), False
        while True:
            char = self.take()
            if char == "-" and not off:
                off = True
            elif char in "imsU":
                (on.discard if off else on.add)(char)
            elif char in ":)":
                self.flags = frozenset(on)
                return char == ")"
            else:
                raise PatternError(f"(?{char} is not supported")

    def _read_escape(self) -> Node:
        char = self.peek()
        if char in POSITIONS:
            self.at += 1
            return Assertion(POSITIONS[char])
        return self._make_char_set((self._read_escaped_class(),))

    def _read_escaped_class(self) -> CharClass:
        char = self.take()
        if perl_class := find_perl_class(char):
            return perl_class
        if char in "pP":
            return self._read_category(char == "P")
        if char in CONTROL:
            return _make_class(chr(CONTROL[char]))
        if char == "x":
            return _make_class(self._read_hex())
        if char in OCTAL and (char == "0" or self.peek() in [*OCTAL]):
            digits = char + "".join(self.take() for _ in range(2) if self.peek() in [*OCTAL])
            return _make_class(chr(int(digits, 8)))
        if char.isalnum() and char.isascii():
            raise PatternError(f"\\{char} is not supported")
        return _make_class(char)

    def _read_hex(self) -> str:
        if self.skip("{"):
            digits, closed, _ = self.rest.partition("}")
            self.at += len(digits) + 1
        else:
            digits, closed = self.rest[:2], "}"
            self.at += 2
        if not closed or not digits or set(digits) - set(HEX) or int(digits, 16) > LAST_CODE:
            raise PatternError("\\x needs the number of a character")
        return chr(int(digits, 16))

    def _read_category(self, negated: bool) -> CharClass:
        name = self.take()
        if name == "{":
            name, closed, _ = self.rest.partition("}")
            self.at += len(name) + 1
            if closed and name.startswith("^"):
                name, negated = name[1:], not negated
        if not CATEGORY.fullmatch(name):
            raise PatternError(f"the Unicode class {name} is not supported")
        return CharClass(categories=(name,), negated=negated)

    def _read_set(self) -> Node:
        negated = self.skip("^")
        classes = [self._read_set_member()]
        while not self.skip("]"):
            if not self.rest:
                raise PatternError("a ] is missing")
            classes.append(self._read_set_member())
        return self._make_char_set(tuple(classes), negated)

    def _read_set_member(self) -> CharClass:
        if self.rest.startswith("[:"):
            return self._read_posix()
        low = self._read_set_char()
        is_range = self.peek() == "-" and self.rest[1:2] not in ("]", "")
        if not is_range:
            return low
        self.at += 1
        high = self._read_set_char()
        first, last = _find_single_code(low), _find_single_code(high)
        if first is None or last is None or last < first:
            raise PatternError("a range in [ ] is not valid")
        return CharClass(spans=((first, last),))

    def _read_set_char(self) -> CharClass:
        char = self.take()
        return self._read_escaped_class() if char == "\\" else _make_class(char)

    def _read_posix(self) -> CharClass:
        name, closed, _ = self.rest[2:].partition(":]")
        posix_class = POSIX.get(name.lstrip("^"))
        if not closed or posix_class is None:
            raise PatternError(f"[:{name}:] is not known")
        self.at += len(name) + 4
        return posix_class._replace(negated=name.startswith("^"))

    def _make_char_set(self, classes: tuple[CharClass, ...], negated: bool = False) -> CharSet:
        return CharSet(classes, negated, "i" in self.flags)


def _make_class(char: str) -> CharClass:
    return CharClass(spans=((ord(char), ord(char)),))


def _find_single_code(char_class: CharClass) -> int | None:
    """Return the code point of a class of one character; None for other classes."""
    spans = char_class.spans
    is_single = len(spans) == 1 and spans[0][0] == spans[0][1] and not char_class.negated
    return spans[0][0] if is_single else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5

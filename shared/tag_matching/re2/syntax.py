"""Reads a pattern in RE2's syntax; what RE2 refuses is refused here, in words a user can act on."""

from __future__ import annotations

from shared.tag_matching.re2.classes import CATEGORY, POSIX, find_perl_class
from shared.tag_matching.re2.nodes import Alternation, Assertion, Chars, Node, PatternNode, Repeat, Sequence

MOST_REPEATS = 1000
DEEPEST = 50
LAST_CODE = 0x10FFFF
NEWLINE = PatternNode(spans=((10, 10),))
CONTROL = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11, "a": 7}
PLACES = {"A": "start", "z": "end", "b": "boundary", "B": "no boundary"}
OCTAL = "01234567"
HEX = "0123456789abcdefABCDEF"


class PatternError(ValueError):
    """The pattern cannot be used; the message says why."""


def parse_pattern(text: str, *, ignore_case: bool = False) -> Node:
    """The parsed pattern."""
    parser = _Parser(text, "i" if ignore_case else "")
    node = parser.read_choice()
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

    def read_choice(self) -> Node:
        """Alternatives; flags set inside end with the group."""
        flags = self.flags
        branches = [self.read_sequence()]
        while self.skip("|"):
            branches.append(self.read_sequence())
        self.flags = flags
        return branches[0] if len(branches) == 1 else Alternation(tuple(branches))

    def read_sequence(self) -> Node:
        items: list[Node] = []
        while self.rest and self.peek() not in "|)":
            if self.skip("\\Q"):
                literal, end, _ = self.rest.partition("\\E")
                self.at += len(literal) + len(end)
                items += [self._make_chars((_part_of(char),)) for char in literal]
                continue
            item = self._read_item()
            items.append(self._read_repeats(item))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _read_item(self) -> Node:
        char = self.take()
        if char == "(":
            return self._read_group()
        if char == "[":
            return self._read_set()
        if char == "\\":
            return self._read_escape()
        if char == ".":
            return Chars((PatternNode(negated=True),)) if "s" in self.flags else Chars((NEWLINE,), negated=True)
        if char == "^":
            return Assertion("line start" if "m" in self.flags else "start")
        if char == "$":
            return Assertion("line end" if "m" in self.flags else "end")
        if char in "*+?":
            raise PatternError(f"there is nothing for {char} to repeat")
        return self._make_chars((_part_of(char),))

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
        """{n}, {n,} or {n,m}; anything else in braces is plain text."""
        inside, closed, _ = self.rest[1:].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not _is_number(least) or not (_is_number(most) or most == ""):
            return None
        self.at += len(inside) + 2
        low = int(least)
        high = low if not comma else int(most) if most else None
        if max(low, high or 0) > MOST_REPEATS or (high is not None and high < low):
            raise PatternError(f"{{{inside}}} is no valid number of repetitions")
        return low, high

    def _read_group(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternError("it is nested too deeply")
        flags = self.flags
        if self.skip("?") and self._read_group_head():
            self.depth -= 1
            return Sequence()
        node = self.read_choice()
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
        if char in PLACES:
            self.at += 1
            return Assertion(PLACES[char])
        return self._make_chars((self._read_escaped_part(),))

    def _read_escaped_part(self) -> PatternNode:
        char = self.take()
        if part := find_perl_class(char):
            return part
        if char in "pP":
            return self._read_category(char == "P")
        if char in CONTROL:
            return _part_of(chr(CONTROL[char]))
        if char == "x":
            return _part_of(self._read_hex())
        if char in OCTAL and (char == "0" or self.peek() in [*OCTAL]):
            digits = char + "".join(self.take() for _ in range(2) if self.peek() in [*OCTAL])
            return _part_of(chr(int(digits, 8)))
        if char.isalnum() and char.isascii():
            raise PatternError(f"\\{char} is not supported")
        return _part_of(char)

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

    def _read_category(self, negated: bool) -> PatternNode:
        name = self.take()
        if name == "{":
            name, closed, _ = self.rest.partition("}")
            self.at += len(name) + 1
            if closed and name.startswith("^"):
                name, negated = name[1:], not negated
        if not CATEGORY.fullmatch(name):
            raise PatternError(f"the Unicode class {name} is not supported")
        return PatternNode(categories=(name,), negated=negated)

    def _read_set(self) -> Node:
        negated = self.skip("^")
        parts = [self._read_set_member()]
        while not self.skip("]"):
            if not self.rest:
                raise PatternError("a ] is missing")
            parts.append(self._read_set_member())
        return self._make_chars(tuple(parts), negated)

    def _read_set_member(self) -> PatternNode:
        if self.rest.startswith("[:"):
            return self._read_posix()
        low = self._read_set_char()
        is_range = self.peek() == "-" and self.rest[1:2] not in ("]", "")
        if not is_range:
            return low
        self.at += 1
        high = self._read_set_char()
        first, last = _code_of(low), _code_of(high)
        if first is None or last is None or last < first:
            raise PatternError("a range in [ ] is not valid")
        return PatternNode(spans=((first, last),))

    def _read_set_char(self) -> PatternNode:
        char = self.take()
        return self._read_escaped_part() if char == "\\" else _part_of(char)

    def _read_posix(self) -> PatternNode:
        name, closed, _ = self.rest[2:].partition(":]")
        part = POSIX.get(name.lstrip("^"))
        if not closed or part is None:
            raise PatternError(f"[:{name}:] is not known")
        self.at += len(name) + 4
        return part._replace(negated=name.startswith("^"))

    def _make_chars(self, parts: tuple[PatternNode, ...], negated: bool = False) -> Chars:
        return Chars(parts, negated, "i" in self.flags)


def _part_of(char: str) -> PatternNode:
    return PatternNode(spans=((ord(char), ord(char)),))


def _code_of(part: PatternNode) -> int | None:
    """The only character of a part."""
    is_single = len(part.spans) == 1 and part.spans[0][0] == part.spans[0][1] and not part.negated
    return part.spans[0][0] if is_single else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5

"""The arguments of an operation or task: declared as rows on its handler, read strictly before the handler runs.

@takes(ident("plan_id"), choice("sort", SORTS, SORTS[0]), flag("force"))
def list_scenes(call: Call) -> dict[str, Any]:
    call.args["plan_id"]  # an int; call.args has every declared argument, and nothing else

An argument that is not declared or cannot be read is a UsageError that names it, and the handler does not run: a
default in its place could write what the caller only wanted to preview. Stash passes the fixed arguments of a task on
as texts, so flags, numbers, lists and objects may be texts. An argument that is null or a blank text is left out.
`./dev manifests` writes the tables of arguments in docs/operations from the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from shared.errors import UsageError
from shared.json_text import decode_json

Handler = TypeVar("Handler", bound=Callable[..., Any])

REQUIRED: Any = object()  # the default of an argument that must not be left out
LARGEST = 2**63 - 1  # of an integer in the state file
LARGEST_NUMBER = 10**9
LONGEST_TEXT = 10_000
MOST = 100_000  # entries of a list
SHOWN = 40
LARGEST_PAGE = 200
LAST_PAGE = 1_000_000
# Every call may have these: its name, the token by which a page follows a task, the session that the listener hands on.
ALWAYS = ("operation", "mode", "run_token", "session")

_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})
_DIGITS = re.compile(r"[+-]?[0-9]{1,19}")


class ArgumentKind:
    """A kind of value: what is allowed, in words, and how a value is read. Objects have `fields`."""

    fields: Sequence[Argument] = ()

    def __init__(self, allowed: str) -> None:
        self.allowed = allowed

    def read(self, value: Any, name: str) -> Any:
        """Return the value as handlers get it, for `read_arguments`; raise Unfit, with the wrong part's name."""
        raise NotImplementedError

    def refuse(self, name: str, value: Any) -> Unfit:
        """Return the error about a value that is not allowed; each kind of argument raises it."""
        return Unfit(name, f"must be {self.allowed}, but is {show_value(value)}")


class Argument(NamedTuple):
    """One argument; `default` is REQUIRED, or its value when it is left out. `note` says in the docs what it means."""

    name: str
    kind: ArgumentKind
    default: Any = REQUIRED
    note: str = ""


class Unfit(Exception):
    """A value that is not of the declared kind: the name of the wrong part, and what is wrong with it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name)
        self.name, self.problem = name, problem


def takes(*rows: Argument) -> Callable[[Handler], Handler]:
    """Declare the arguments of a handler, for the call that reads them; every operation and task has this decorator."""

    def declare(handler: Handler) -> Handler:
        handler.__dict__["arguments"] = rows
        return handler

    return declare


def find_declared(handler: Callable[..., Any]) -> tuple[Argument, ...] | None:
    """Return the rows that `takes` declared for a handler, for calls and documents; None if it declares nothing."""
    rows: tuple[Argument, ...] | None = getattr(handler, "arguments", None)
    return rows


def read_arguments(label: str, rows: Sequence[Argument], args: Mapping[str, Any]) -> dict[str, Any]:
    """Return all declared arguments, given or default, for each call; raise a UsageError that names what is wrong."""
    unknown = next((name for name in args if name not in ALWAYS and all(row.name != name for row in rows)), None)
    if unknown is not None:
        known = f"Its arguments: {', '.join(row.name for row in rows)}." if rows else "It has no arguments."
        raise UsageError(f'The {label} has no argument "{_shorten(unknown)}". {known}')
    try:
        return {row.name: _read_argument(row, args.get(row.name), row.name) for row in rows}
    except Unfit as error:
        raise UsageError(f'The argument "{error.name}" of the {label} {error.problem}.') from error


def read_part(row: Argument, values: Mapping[str, Any], blame: str) -> Any:
    """Return one value of an imported file of word lists, read like an argument; an error begins with `blame`."""
    try:
        return _read_argument(row, values.get(row.name), row.name)
    except Unfit as error:
        raise UsageError(f"{blame} {error.name} {error.problem}.") from error


def _read_argument(row: Argument, value: Any, name: str) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if row.default is REQUIRED:
            raise Unfit(name, "is missing")
        return row.default
    return row.kind.read(value, name)


# Rows


def flag(name: str, default: bool | None = False, note: str = "") -> Argument:
    """Return the row of a flag for `takes`; None as default tells a flag that is left out from one that is false."""
    return Argument(name, Flag(), default, note)


def ident(name: str, default: Any = REQUIRED, note: str = "") -> Argument:
    """Return the row of an id of Stash or of the state file, for `takes`; it is read as a whole number."""
    return Argument(name, Id(), default, note)


def idents(name: str, default: Any = None, note: str = "", most: int = MOST) -> Argument:
    """Return the row of a list of ids, for `takes`; they are read as whole numbers."""
    return Argument(name, ListOf(Id(), "ids", most), default, note)


def whole(name: str, default: Any = REQUIRED, note: str = "", low: int = 0, high: int = LARGEST_NUMBER) -> Argument:
    """Return the row of a whole number within limits, for `takes`."""
    return Argument(name, Whole(low, high), default, note)


def text(name: str, default: Any = REQUIRED, note: str = "", longest: int = LONGEST_TEXT) -> Argument:
    """Return the row of a text, for `takes`. A number becomes its digits, as ids do."""
    return Argument(name, Text(longest), default, note)


def texts(name: str, default: Any = None, note: str = "", most: int = MOST) -> Argument:
    """Return the row of a list of texts, for `takes`; it is read without duplicates."""
    return Argument(name, ListOf(Text(), "texts", most), default, note)


def pattern(name: str, allowed: str, wanted: re.Pattern[str], default: Any = REQUIRED, note: str = "") -> Argument:
    """Return the row of a text of a certain form, such as a date, for `takes`; `allowed` names the form."""
    return Argument(name, TextForm(allowed, wanted), default, note)


def choice(name: str, choices: Sequence[str], default: Any = REQUIRED, note: str = "") -> Argument:
    """Return the row of one of these texts, for `takes`; it is read as declared, whatever its case."""
    return Argument(name, Choice(choices), default, note)


def time(name: str, default: Any = None, note: str = "") -> Argument:
    """Return the row of a time as Stash serves it, read as seconds since 1970."""
    return Argument(name, Time(), default, note)


def record(
    name: str, fields: Sequence[Argument] = (), default: Any = REQUIRED, note: str = "", *, is_open: bool = False
) -> Argument:
    """Return the row of an object with these fields; other ones are dropped if it is open, else refused.

    Without any fields, the object stays as it is.
    """
    return Argument(name, Record(fields, is_open=is_open), default, note)


def records(
    name: str,
    fields: Sequence[Argument],
    most: int,
    default: Any = REQUIRED,
    note: str = "",
    *,
    is_open: bool = False,
) -> Argument:
    """Return the row of a list of such objects, for `takes`."""
    return Argument(name, ListOf(Record(fields, is_open=is_open), "objects", most), default, note)


def mapping(name: str, values: ArgumentKind, default: Any = REQUIRED, note: str = "") -> Argument:
    """Return the row of an object whose keys are free and whose values are all of one kind, for `takes`."""
    return Argument(name, MapOf(values), default, note)


def paging(size: int | None = 25, largest: int = LARGEST_PAGE) -> tuple[Argument, Argument]:
    """Return the rows `page` and `page_size` of a list that is shown in pages."""
    return whole("page", 1, low=1, high=LAST_PAGE), whole("page_size", size, low=1, high=largest)


# Kinds


class Flag(ArgumentKind):
    """True or false."""

    def __init__(self) -> None:
        super().__init__("true or false")

    def read(self, value: Any, name: str) -> bool:
        """Return a flag, also from 0, 1 or a word such as "true"; `read_arguments` calls it."""
        word = str(value).strip().lower() if isinstance(value, str) or value in (0, 1) else ""
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        raise self.refuse(name, value)


class Whole(ArgumentKind):
    """A whole number within limits."""

    def __init__(self, low: int, high: int, allowed: str = "") -> None:
        super().__init__(allowed or f"a whole number from {low} to {high:,}")
        self.low, self.high = low, high

    def read(self, value: Any, name: str) -> int:
        """Return a whole number within the limits of its row; `read_arguments` calls it."""
        number = None
        if (
            (isinstance(value, str) and _DIGITS.fullmatch(value.strip()))
            or (isinstance(value, int) and not isinstance(value, bool))
            or (isinstance(value, float) and value.is_integer())
        ):
            number = int(value)
        if number is None or not self.low <= number <= self.high:
            raise self.refuse(name, value)
        return number


class Id(Whole):
    """An id of Stash or of the state file."""

    def __init__(self) -> None:
        super().__init__(1, LARGEST, "an id, which is a whole number from 1")


class Number(ArgumentKind):
    """Any number, such as a time in seconds."""

    def __init__(self) -> None:
        super().__init__("a number")

    def read(self, value: Any, name: str) -> float:
        """Return a number within the limits of its row; `read_arguments` calls it."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > LARGEST:
            raise self.refuse(name, value)
        return float(value)


class Text(ArgumentKind):
    """A text, or a whole number that becomes one."""

    def __init__(self, longest: int = LONGEST_TEXT) -> None:
        super().__init__("a text" if longest == LONGEST_TEXT else f"a text of at most {longest:,} characters")
        self._longest = longest

    def read(self, value: Any, name: str) -> str:
        """Return a text; `read_arguments` calls it."""
        is_number = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST
        if not (is_number or isinstance(value, str)):
            raise self.refuse(name, value)
        if len(str(value)) > self._longest:
            raise Unfit(name, f"must have at most {self._longest:,} characters, but has {len(str(value)):,}")
        return str(value)


class TextForm(ArgumentKind):
    """A text of a certain form."""

    def __init__(self, allowed: str, wanted: re.Pattern[str]) -> None:
        super().__init__(allowed)
        self._wanted = wanted

    def read(self, value: Any, name: str) -> str:
        """Return a text of the row's form; `read_arguments` calls it."""
        if not isinstance(value, str) or not self._wanted.fullmatch(value):
            raise self.refuse(name, value)
        return value


class Choice(ArgumentKind):
    """One of some texts."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(f"one of {', '.join(choices)}" if len(choices) > 1 else f'"{choices[0]}"')
        self.choices = tuple(choices)

    def read(self, value: Any, name: str) -> str:
        """Return one of the row's texts; `read_arguments` calls it."""
        wanted = value.strip().lower() if isinstance(value, str) else None
        for each in self.choices:
            if each.lower() == wanted:
                return each
        raise self.refuse(name, value)


class Time(ArgumentKind):
    """A time as Stash serves it."""

    def __init__(self) -> None:
        super().__init__("a time such as 2024-05-01T12:00:00Z")

    def read(self, value: Any, name: str) -> float:
        """Return a time in seconds since 1970; `read_arguments` calls it."""
        try:
            return datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
        except (AttributeError, ValueError, OverflowError) as error:
            raise self.refuse(name, value) from error


class ListOf(ArgumentKind):
    """A list of entries of one kind, without duplicates; `plural` names them."""

    def __init__(self, entries: ArgumentKind, plural: str, most: int = MOST) -> None:
        super().__init__(f"a list of {'' if most == MOST else f'at most {most:,} '}{plural}")
        self.fields = entries.fields
        self.entries, self._most = entries, most

    def read(self, value: Any, name: str) -> list[Any]:
        """Return a list whose values are all of one kind; `read_arguments` calls it."""
        values = _parse_text(value)
        if not isinstance(values, list):
            raise self.refuse(name, value)
        if len(values) > self._most:
            raise Unfit(name, f"must have at most {self._most:,} entries, but has {len(values):,}")
        found = [self.entries.read(each, f"{name}[{number}]") for number, each in enumerate(values)]
        return list(dict.fromkeys(found)) if found and isinstance(found[0], (str, int)) else found


class Record(ArgumentKind):
    """An object with known fields; without any, an object that the handler reads itself.

    Of a partial one, only fields that are there are read, and a null in a required one is an error.
    """

    def __init__(self, fields: Sequence[Argument] = (), *, is_open: bool = False, is_partial: bool = False) -> None:
        super().__init__("an object")
        self.fields = tuple(fields)
        self._is_open, self.is_partial = is_open or not fields, is_partial

    def read(self, value: Any, name: str) -> dict[str, Any]:
        """Return an object with the row's fields; `read_arguments` calls it."""
        values = _parse_text(value)
        if not isinstance(values, dict):
            raise self.refuse(name, value)
        if not self.fields:
            return values
        known = [row.name for row in self.fields]
        for key in values:
            if key not in known and not self._is_open:
                raise Unfit(f"{name}.{_shorten(key)}", f"is not known. {name} can have: {', '.join(known)}")
        rows = [row for row in self.fields if row.name in values or not self.is_partial]
        return {row.name: _read_argument(row, values.get(row.name), f"{name}.{row.name}") for row in rows}


class MapOf(ArgumentKind):
    """An object with free keys and values of one kind."""

    def __init__(self, values: ArgumentKind) -> None:
        super().__init__(f"an object with {values.allowed} for each key")
        self.values = values

    def read(self, value: Any, name: str) -> dict[str, Any]:
        """Return an object with free keys and values of one kind; `read_arguments` calls it."""
        values = _parse_text(value)
        if not isinstance(values, dict):
            raise self.refuse(name, value)
        return {key: self.values.read(each, f"{name}.{_shorten(key)}") for key, each in values.items()}


def show_value(value: Any) -> str:
    """Return a value as an error about it shows it; lists and objects only by their kind, for they may hold a key."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, str):
        return f'"{_shorten(value)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if abs(value) < 10**SHOWN else "a number of many digits"


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _parse_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return decode_json(value)
    except ValueError:
        return value

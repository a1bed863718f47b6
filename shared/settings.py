"""Settings are declared once, as rows in groups; reading, manifest, README and panel all follow the declaration.

Stash knows no defaults, no choices and no secrets, and hands out whatever a user typed or edited in its file. Reading
therefore never fails: a value that makes no sense is clamped or replaced by the default, with a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.runtime.redact import MASK, mask_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, NoReturn

TEXT, ADDRESS, SECRET, NUMBER, SWITCH, CHOICE, LIST = "text", "address", "secret", "number", "switch", "choice", "list"

_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0")


class Setting:
    """One setting: its key in Stash, its kind, texts and limits, and its default.

    `low` and `high` clamp a number. `choices` are (value, label) pairs. `check` gives a sentence when a text makes no
    sense ("" when it does). `picker` names the handler ("module:function") that lists values for the panel to offer.
    `alarm` is the sentence that the panel shows in red while a switch is on.
    """

    __slots__ = (
        "alarm",
        "check",
        "choices",
        "default",
        "help",
        "high",
        "key",
        "kind",
        "low",
        "picker",
        "title",
        "unit",
    )

    def __init__(
        self,
        key: str,
        kind: str,
        default: Any,
        title: str,
        help: str,  # noqa: A002 -- the word for it everywhere else, too
        *,
        low: int | None = None,
        high: int | None = None,
        unit: str = "",
        choices: Sequence[tuple[str, str]] = (),
        check: Callable[[str], str] | None = None,
        picker: str = "",
        alarm: str = "",
    ) -> None:
        self.key = key
        self.kind = kind
        self.default = default
        self.title = title
        self.help = help
        self.low = low
        self.high = high
        self.unit = unit
        self.choices = tuple(choices)
        self.check = check
        self.picker = picker
        self.alarm = alarm

    @property
    def is_secret(self) -> bool:
        """Return True if the value must never be shown; the settings panel, messages and logs mask it."""
        return self.kind == SECRET


class Group:
    """Settings that belong together; `test` is the key of the connection test that tries them."""

    __slots__ = ("key", "rows", "test", "text", "title")

    def __init__(self, key: str, title: str, rows: Sequence[Setting], *, text: str = "", test: str = "") -> None:
        self.key = key
        self.title = title
        self.rows = tuple(rows)
        self.text = text
        self.test = test


class Settings:
    """The values as attributes, by their keys: `settings.scanPath`."""

    def __init__(self, values: dict[str, Any], problems: dict[str, str], secrets: tuple[str, ...]) -> None:
        self.values = values
        self.problems = problems
        self.secrets = secrets

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in self.values:
            self._refuse(key)
        return self.values[key]

    @property
    def warnings(self) -> list[str]:
        """Return a sentence for every value that could not be taken as it is; Stash's log and the page show them."""
        return list(self.problems.values())

    def __repr__(self) -> str:
        return f"Settings({', '.join(self.values)})"

    def _refuse(self, key: str) -> NoReturn:
        raise AttributeError(f"no setting {key!r} is declared")


def rows_of(groups: Iterable[Group]) -> list[Setting]:
    """Return the settings of all groups in one list, for all code that looks at each setting."""
    return [row for group in groups for row in group.rows]


def read_settings(rows: Iterable[Setting], raw: dict[str, Any]) -> Settings:
    """Return the settings for the raw map that Stash keeps; a missing or empty value means the default.

    Each call reads its settings so.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    secrets = []
    for row in rows:
        values[row.key], problem = read_value(row, raw.get(row.key))
        if problem:
            problems[row.key] = f'Setting "{row.title}" {problem}'
        if row.is_secret:
            secrets.append(values[row.key])
        elif row.kind == ADDRESS:
            secrets += list_address_secrets(str(raw.get(row.key) or ""))
    return Settings(values, problems, tuple(secrets))


def read_value(row: Setting, raw: object) -> tuple[Any, str]:
    """Return the value of one setting and the complaint about the raw one: "" or the rest of a sentence.

    `read_settings` and the settings panel call it.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return row.default, ""
    return _READERS[row.kind](row, raw)


def _read_text(row: Setting, raw: object) -> tuple[Any, str]:
    if not isinstance(raw, (str, int, float)):
        return row.default, _refuse(row, raw, "must be a text")
    text = str(raw).strip()
    problem = row.check(text) if row.check else ""
    return (row.default, _refuse(row, text, problem)) if problem else (text, "")


def _read_address(row: Setting, raw: object) -> tuple[Any, str]:
    text, problem = _read_text(row, raw)
    if problem:
        return text, problem
    text, extra = split_query(text)
    scheme, mark, rest = text.partition("://")
    if not mark:
        scheme, rest = "http", text
    if scheme.lower() not in ("http", "https") or not rest.strip("/") or " " in rest:
        return row.default, _refuse(row, mask_login(text), "must be an address such as http://localhost:1234")
    problem = 'had more after a "?" or "#", which is left out. A key belongs into its own field.' if extra else ""
    return f"{scheme.lower()}://{rest.rstrip('/')}", problem


def split_query(address: str) -> tuple[str, str]:
    """Return an address up to its "?" or "#", and the rest, for the masking of addresses."""
    end = min((place for place in map(address.find, "?#") if place >= 0), default=len(address))
    return address[:end], address[end + 1 :]


def mask_login(address: str) -> str:
    """Return an address for the settings panel: the password of a login in it is masked."""
    place, password = _find_password(address)
    return f"{address[:place]}{MASK}{address[place + len(password) :]}" if password else address


def read_password(address: str) -> str:
    """Return the password of the login in an address, as it is written there; the settings panel masks it."""
    return _find_password(address)[1]


def _find_password(address: str) -> tuple[int, str]:
    base = split_query(address)[0]
    start = base.find("://") + 3 if "://" in base else 0
    login, mark, _ = base[start:].partition("/")[0].rpartition("@")
    user, _, password = login.partition(":")
    return (start + len(user) + 1, password) if mark and password else (0, "")


def list_address_secrets(address: str) -> list[str]:
    """Return the password and the query values of a typed address, for `read_settings`.

    Logs and messages mask them.
    """
    pairs = split_query(address)[1].replace("#", "&").split("&")
    return [value for value in (read_password(address), *(pair.partition("=")[2] for pair in pairs)) if value]


def _read_secret(row: Setting, raw: object) -> tuple[Any, str]:
    return (raw.strip(), "") if isinstance(raw, str) else (row.default, "is not a text; it is ignored.")


def _read_number(row: Setting, raw: object) -> tuple[Any, str]:
    number = _as_number(raw)
    if number is None:
        return row.default, _refuse(row, raw, "must be a whole number")
    if number == 0 and row.low is not None and row.low > 0:
        return row.default, ""  # Stash shows 0 for a number that was never set
    value = round(number)
    if row.low is not None and value < row.low:
        return row.low, f"is {number:g}, but must be {describe_range(row)}; {row.low} is used."
    if row.high is not None and value > row.high:
        return row.high, f"is {number:g}, but must be {describe_range(row)}; {row.high} is used."
    return value, "" if value == number else f"is {number:g}, but must be a whole number; {value} is used."


def _as_number(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None  # neither infinite nor NaN


def _read_switch(row: Setting, raw: object) -> tuple[Any, str]:
    word = str(raw).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES, ""
    return row.default, _refuse(row, raw, "must be on or off")


def _read_choice(row: Setting, raw: object) -> tuple[Any, str]:
    for value, label in row.choices:
        if str(raw).strip().lower() in (value.lower(), label.lower()):
            return value, ""
    return row.default, _refuse(row, raw, f"must be one of {_name_choices(row)}")


def _read_list(row: Setting, raw: object) -> tuple[Any, str]:
    if isinstance(raw, str):
        raw = raw.replace("\n", ",").split(",")
    if not isinstance(raw, list):
        return row.default, _refuse(row, raw, "must be a list separated by commas")
    words = [str(word).strip() for word in raw]
    return tuple(dict.fromkeys(word for word in words if word)), ""


_READERS: dict[str, Callable[[Setting, object], tuple[Any, str]]] = {
    TEXT: _read_text,
    ADDRESS: _read_address,
    SECRET: _read_secret,
    NUMBER: _read_number,
    SWITCH: _read_switch,
    CHOICE: _read_choice,
    LIST: _read_list,
}


def _refuse(row: Setting, raw: object, rule: str) -> str:
    shown = " ".join(mask_secrets(str(raw)).split())[:60]
    return f'is "{shown}", but {rule}; the default ({describe_default(row)}) is used.'


def _name_choices(row: Setting) -> str:
    return ", ".join(value for value, _ in row.choices)


def describe_range(row: Setting) -> str:
    """Return the allowed numbers in words, such as "1 to 168 hours"; empty if all numbers are allowed.

    Messages, the panel and the documents say it.
    """
    unit = f" {row.unit}" if row.unit else ""
    if row.low is not None and row.high is not None:
        return f"{row.low} to {row.high}{unit}"
    if row.low is not None:
        return f"at least {row.low}{unit}"
    return f"at most {row.high}{unit}" if row.high is not None else ""


def describe_default(row: Setting) -> str:
    """Return the default in words, for messages about settings and for the table in the README."""
    if row.kind == SWITCH:
        return "on" if row.default else "off"
    if row.kind == LIST:
        return ", ".join(row.default) or "empty"
    if row.kind == NUMBER:
        return f"{row.default} {row.unit}".rstrip()
    return str(row.default) or "empty"


def describe_help(row: Setting) -> str:
    """Return help and allowed values for the panel, whose fields show the default themselves."""
    rule = "" if row.kind == CHOICE else describe_rule(row)  # the field lists its choices
    return f"{row.help} {rule}" if rule else row.help


def describe_rule(row: Setting) -> str:
    """Return the allowed values as a sentence, for `describe_help` and `describe_setting`; empty if all are allowed."""
    rule = {
        NUMBER: describe_range(row),
        CHOICE: f"One of {_name_choices(row)}",
        LIST: "Separated by commas",
    }.get(row.kind, "")
    return f"{rule[0].upper()}{rule[1:]}." if rule else ""


def describe_setting(row: Setting) -> str:
    """Return the description for Stash's own settings page: help, allowed values, default."""
    default = "" if "Empty: " in row.help else f"Default: {describe_default(row)}."
    parts = [row.help, describe_rule(row), default]
    if row.kind == SWITCH and row.default:
        parts.append("Stash shows it as off until it is set once.")
    return " ".join(part for part in parts if part)


def make_certificate_setting(key: str, service: str) -> Setting:
    """Return the switch that turns off the certificate checks of one service; each plugin with one declares it."""
    return Setting(
        key,
        SWITCH,
        False,
        "Accept Any Certificate",
        f"The plugin accepts every certificate of {service}, also a self-signed one. Use this only in your own "
        "network.",
        alarm=f"Certificates are not checked: another machine in the network can pose as {service} and read the key.",
    )

"""Keeps each key with the address it was saved with: another server gets it only if it is entered again. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from shared.errors import SettingError, UsageError
from shared.http.address import is_same_origin, show_address
from shared.runtime.redact import MASK
from shared.settings import ADDRESS, Group, Setting, read_password, read_value, split_query

KEY_NAMES = frozenset(("x-plex-token", "x-api-key", "apikey", "api_key", "token"))


class KeyElsewhere(NamedTuple):
    """A saved key that would go to another server than the one it was saved with."""

    key: Setting
    before: str
    after: str

    def explain(self) -> str:
        """Return the sentence that tells the user to enter the key again.

        The saving and testing of settings show it.
        """
        if not self.after:
            return f'"{self.key.title}" was removed with its address {self.before}.'
        return f'"{self.key.title}" was saved for {self.before}. Enter it again for {self.after}.'


def find_address_row(group: Group) -> Setting | None:
    """Return the address that the keys of a group of settings belong to; None if the group has none.

    The settings panel asks.
    """
    return next((row for row in group.rows if row.kind == ADDRESS), None)


def move_keys(groups: Sequence[Group], saved: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values from the page with complete addresses: a masked password is filled in, a key after "?" split off.

    The saving and testing of settings call it. Raises UsageError if a masked password would go to another server.
    """
    moved = dict(values)
    for group in groups:
        for row in group.rows:
            typed = moved.get(row.key)
            if row.kind == ADDRESS and isinstance(typed, str):
                address = _unmask(row, typed.strip(), saved.get(row.key))
                moved[row.key], extra = split_query(address)
                moved.update(_split_key(group, extra, moved))
    return moved


def _unmask(row: Setting, typed: str, saved: object) -> str:
    if MASK not in typed:
        return typed
    password = read_password(str(saved or ""))
    full = typed.replace(MASK, password)
    if not password or not is_same_server(read_address(row, saved), read_address(row, full)):
        raise UsageError(f'Enter the password in "{row.title}" again: the saved one belongs to another address.')
    return full


def _split_key(group: Group, extra: str, values: Mapping[str, Any]) -> dict[str, str]:
    found = [value for name, value in parse_qsl(extra.replace("#", "&")) if name.lower() in KEY_NAMES and value]
    free = [row.key for row in group.rows if row.is_secret and not values.get(row.key)]
    return dict(zip(free, found))


def find_keys_elsewhere(
    groups: Sequence[Group], saved: Mapping[str, Any], values: Mapping[str, Any]
) -> Iterator[KeyElsewhere]:
    """Yield the saved keys whose address another server has in `values`, unless they come with a key of their own.

    The saving of settings drops these keys.
    """
    for group in groups:
        address = find_address_row(group)
        if address is None or address.key not in values:
            continue
        before, after = read_address(address, saved.get(address.key)), read_address(address, values[address.key])
        if before and not is_same_server(before, after):
            for row in group.rows:
                if row.is_secret and saved.get(row.key) and not values.get(row.key):
                    yield KeyElsewhere(row, show_address(before), show_address(after))


def refuse_keys_elsewhere(groups: Sequence[Group], saved: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Raise SettingError if a saved key would go to another server; tests with unsaved settings call it."""
    for found in find_keys_elsewhere(groups, saved, values):
        if found.after:
            raise SettingError(found.key.key, found.explain())


def read_address(row: Setting, raw: object) -> str:
    """Return the address that a raw setting stands for, without a login; empty if it is none.

    Servers are compared by it.
    """
    text, _ = read_value(row, raw)
    try:
        parts = urlsplit(text)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if parts.hostname else ""
    except ValueError:
        return ""


def is_same_server(before: str, after: str) -> bool:
    """Return True if a key for the first address may go to the second one: same host and port, not less encrypted.

    The saving of settings asks.
    """
    try:
        return is_same_origin(after, before)
    except ValueError:  # a port that is none
        return False

"""The account of Plex whose plays are taken, as the setting Plex Account names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plexsync.server.connection import open_plex
from plexsync.server.numbered_names import add_number, find_numbers
from shared.errors import SettingError
from shared.plex.history import OWNER, PlexAccount, list_accounts

if TYPE_CHECKING:
    from shared.plex.client import Plex
    from shared.runtime.call import Call
    from shared.settings import Settings


def list_account_choices(call: Call, settings: Settings) -> list[tuple[str, str]]:
    """Return the accounts of Plex as the choices of the setting Plex Account, for the settings panel."""
    accounts = list_accounts(open_plex(call, settings).wire)
    return [(name_account(account), name_account(account)) for account in accounts]


def find_account(plex: Plex, setting: str) -> int:
    """Return the number of the account that the setting names, the owner's if it is empty; raise SettingError."""
    if not setting.strip():
        return OWNER
    return choose_account(setting, list_accounts(plex.wire))


def choose_account(setting: str, accounts: Sequence[PlexAccount]) -> int:
    """Return the number of the account with this name, or with the number in brackets; raise SettingError."""
    found = find_numbers(setting, {str(account.id): account.name for account in accounts})
    if len(found) != 1:
        known = ", ".join(f'"{name_account(account)}"' for account in accounts) or "none"
        what = f'Plex has {len(found) or "no"} accounts called "{setting}".'
        raise SettingError("plex_account", f"{what} It has: {known}. Choose one on the Setup tab.")
    return int(found[0])


def name_account(account: PlexAccount) -> str:
    """Return the name of an account in the setting, with its number, because names may occur twice."""
    return add_number(account.name or "Account", str(account.id))

"""Addresses of the screens, and which of them menu and settings list."""

from dataclasses import dataclass
from urllib.parse import quote

PROFILE = "/"
SETTINGS = "/settings"
ORDERS = "/orders"
INBOX = "/inbox"
ACCOUNTS = "/accounts"


def orders(tab: str | None = None) -> str:
    """The orders page, opened on `tab`; without one on all."""
    return f"{ORDERS}?tab={quote(tab)}" if tab else ORDERS


def order(number: int) -> str:
    """The page of one order."""
    return f"{ORDERS}/{number}"


def cancel(number: int) -> str:
    """The cancel dialog of one order, as a page of its own."""
    return f"{ORDERS}/{number}/cancel"


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen that is listed: `label` is the code of its text, `identifier` its name for other programs."""

    path: str
    label: str
    identifier: str
    in_menu: bool
    in_settings: bool


ENTRIES = (
    Entry(SETTINGS, "settings_and_privacy", "go-settings", in_menu=True, in_settings=False),
    Entry(ORDERS, "orders", "go-orders", in_menu=True, in_settings=True),
    Entry(INBOX, "inbox", "inbox", in_menu=True, in_settings=False),
    Entry(ACCOUNTS, "switch_account", "switch-account", in_menu=True, in_settings=True),
)
"""What can be listed: the entry of a screen stands here from the day the screen exists."""

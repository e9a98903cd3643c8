"""Addresses of the screens."""

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

PROFILE = "/"
SETTINGS = "/settings"
ORDERS = "/orders"
INBOX = "/inbox"
SHOP = "/shop"
SELLER = "/seller"
ACCOUNTS = "/accounts"
LANGUAGE = "/settings/language"
ADDRESSES = "/settings/addresses"
APPEARANCE = "/settings/appearance"
POLICY = "/settings/policy"
IMPORT = "/settings/import"
MY_DATA = "/settings/my-data"
MOVE = "/settings/move"
SIGN_INS = "/settings/sign-ins"
MEMBERS = "/settings/members"
DELETE = "/settings/delete-account"
TOUR = "/settings/tour"
ABOUT = "/settings/about"
CHECKOUT = "/checkout"
ADD = "/add"
"""Above a checkout: what else can be ordered there."""
ADDING = ("items", "find")
"""What a query says of a checkout, and of what is looked for above it."""
PLATFORM = "/platform"
PLATFORM_POLICY = "/platform/policy"
PLATFORM_SHOPS = "/platform/shops"
PLATFORM_REASONS = "/platform/reasons"
PLATFORM_AUDIT = "/platform/audit"
PLATFORM_REQUESTS = "/platform/requests"
PLATFORM_PEOPLE = "/platform/people"
INSIGHTS = "/seller/insights"


_LINK = re.compile(r"(?:takeback://orders)?/([0-9]{1,18})/?")


def opened(route: str) -> str:
    """The address for a route that a client came with.

    Of `takeback://orders/5`, the link that opens the app on a phone, Flet's client leaves `/5`: it takes
    `orders` for a host.
    """
    link = _LINK.fullmatch(route)
    return order(int(link[1])) if link else route


def orders(tab: str | None = None, search: str = "", *, number: int | None = None) -> str:
    """The orders page on `tab` (None: all), narrowed to what is searched for; with `number`, that order's."""
    asked = {name: value for name, value in (("tab", tab), ("q", search)) if value}
    path = ORDERS if number is None else f"{ORDERS}/{number}"
    return f"{path}?{urlencode(asked)}" if asked else path


def order(number: int) -> str:
    """The page of one order."""
    return orders(number=number)


def cancel(number: int) -> str:
    """The cancel dialog of one order, as a page of its own."""
    return f"{ORDERS}/{number}/cancel"


def checkout(items: Sequence[tuple[int, int]], page: str = "", at: str = "") -> str:
    """Where so many pieces of these variants are ordered: (variant id, pieces) each.

    Opened from a `page` that stands `at` this address, that stays below it.
    """
    asked = _items(items)
    if not page:
        return f"{CHECKOUT}?{asked}"
    path = _above(page, CHECKOUT, at)
    return f"{path}{'&' if '?' in path else '?'}{asked}"


def checkout_at(at: str, items: Sequence[tuple[int, int]]) -> str:
    """The checkout `at` this address, or from which that was opened, of these items instead."""
    path, _, query = at.partition("?")
    before, found, _ = path.partition(CHECKOUT)
    others = [one for one in query.split("&") if one and one.partition("=")[0] not in ADDING]
    return f"{before if found else ''}{CHECKOUT}?{'&'.join((*others, _items(items)))}"


def add(at: str, items: Sequence[tuple[int, int]], search: str = "", *, product: int | None = None) -> str:
    """What can be ordered with these items, narrowed to a search, above the checkout `at` this address.

    With `product`, that one's page.
    """
    path, _, query = checkout_at(at, items).partition("?")
    path += ADD if product is None else f"{ADD}/{product}"
    return f"{path}?{query}&{urlencode({ADDING[1]: search})}" if search else f"{path}?{query}"


def _items(items: Sequence[tuple[int, int]]) -> str:
    return f"{ADDING[0]}={','.join(f'{variant}x{pieces}' for variant, pieces in items)}"


def contact(number: int, at: str = "") -> str:
    """The chat about one order; opened from the order's page `at` this address, that stays below it."""
    return _above(order(number), "/contact", at)


def pay(number: int, at: str = "") -> str:
    """Where one order is paid; opened from the order's page `at` this address, that stays below it."""
    return _above(order(number), "/pay", at)


def _above(page: str, name: str, at: str) -> str:
    """What is opened from a page `at` this address, in place of what else was."""
    path, mark, query = at.partition("?")
    number = f"/{page.rpartition('/')[2]}/"
    before, found, _ = f"{path}/".partition(number)
    return f"{before}{number[:-1]}{name}{mark}{query}" if found else f"{page}{name}"


def inbox(number: int | None = None) -> str:
    """The inbox; with `number`, that order opened from it."""
    return INBOX if number is None else f"{INBOX}/{number}"


def shop(
    category: str | None = None, search: str = "", *, everywhere: bool = False, product: int | None = None
) -> str:
    """What is for sale in a `category` (None: all), narrowed to a search; with `product`, that one's page.

    `everywhere`: in every currency, not only in that of who looks.
    """
    narrowed = (("category", category), ("q", search), ("currency", "all" if everywhere else ""))
    asked = {name: value for name, value in narrowed if value}
    path = SHOP if product is None else f"{SHOP}/{product}"
    return f"{path}?{urlencode(asked)}" if asked else path


def product(product_id: int) -> str:
    """The page of one product."""
    return shop(product=product_id)


def seller(queue: str | None = None, reason: str = "", search: str = "", *, number: int | None = None) -> str:
    """The seller's `queue` (None: what is to be answered), narrowed; with `number`, that order's request."""
    queue = None if queue == "to-answer" else queue  # where one is without choosing
    asked = {name: value for name, value in (("queue", queue), ("reason", reason), ("q", search)) if value}
    path = SELLER if number is None else f"{SELLER}/requests/{number}"
    return f"{path}?{urlencode(asked)}" if asked else path


def inbox_request(number: int) -> str:
    """The request of an order, opened from the inbox."""
    return f"{INBOX}/requests/{number}"


def escalations(*, number: int | None = None) -> str:
    """What the platform has to decide; with `number`, the request of that order."""
    return PLATFORM_REQUESTS if number is None else f"{PLATFORM_REQUESTS}/{number}"


def policy_of_shop(handle: str) -> str:
    """Where the platform's staff sets the policy of one shop."""
    return f"{PLATFORM_POLICY}/{quote(handle)}"


def own_policy(handle: str) -> str:
    """Where a member sets the policy of their own shop."""
    return f"/seller/policy/{quote(handle)}"


def audit(search: str = "", action: str = "", reason: str = "", days: int = 0) -> str:
    """The audit trail, narrowed to an order or a person, what was done, why, and the last `days`."""
    words = {"q": search, "action": action, "reason": reason, "days": str(days or "")}
    asked = {name: value for name, value in words.items() if value}
    return f"{PLATFORM_AUDIT}?{urlencode(asked)}" if asked else PLATFORM_AUDIT


def insights(shop: str, days: int) -> str:
    """The insights of a shop (its handle) over so many days."""
    return f"{INSIGHTS}?{urlencode({'shop': shop, 'days': days})}"


def import_report(n: int) -> str:
    """What became of the window's `n`th import, or would become."""
    return f"{IMPORT}/{n}"


def join(token: str) -> str:
    """Where an invitation to act for a shop is accepted."""
    return f"/join/{token}"

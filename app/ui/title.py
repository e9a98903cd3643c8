"""What a window or tab is called: the screen it shows, then the app."""

import re

from app.ui import routes
from app.ui.entries import ENTRIES, PLATFORM_ENTRIES
from app.ui.stack import path_of
from app.ui.texts import t

_NAMES = {entry.path: entry.label for entry in (*ENTRIES, *PLATFORM_ENTRIES)}
_N = "/[0-9]{1,18}"
_ONE = re.compile(rf"({routes.ORDERS}|{routes.INBOX}){_N}(/cancel|/contact|/pay)?")
_OF_ONE = {
    None: "order",
    "/cancel": "cancel_order",
    "/contact": "chat",
    "/pay": "pay",
}
_BUYING = re.compile(
    rf"(?:(?:{routes.SHOP}|{routes.ORDERS}|{routes.INBOX}){_N})?{routes.CHECKOUT}(?:({routes.ADD})({_N})?)?"
)
_PRODUCT = re.compile(f"{routes.SHOP}{_N}")
_REQUEST = re.compile(rf"({routes.SELLER}|{routes.INBOX}|{routes.PLATFORM})/requests{_N}")

_BELOW = {
    f"{routes.IMPORT}/": "import_report",
    routes.PLATFORM_POLICY: "platform_policy",
    routes.own_policy(""): "platform_policy",
    routes.join(""): "join",
}
"""What everything is called whose address begins so."""


def title(address: str, app: str) -> str:
    """The title at `address`; at the profile, and where nothing is, that is the app's name alone."""
    path = path_of(address)
    if path in _NAMES:
        return f"{t(_NAMES[path])} – {app}"
    if below := next((code for start, code in _BELOW.items() if path.startswith(start)), None):
        return f"{t(below)} – {app}"
    if one := _ONE.fullmatch(path):
        return f"{t(_OF_ONE[one[2]])} – {app}"
    if buying := _BUYING.fullmatch(path):
        return f"{t('product' if buying[2] else 'add_item' if buying[1] else 'checkout')} – {app}"
    one_more = "product" if _PRODUCT.fullmatch(path) else "request" if _REQUEST.fullmatch(path) else None
    return f"{t(one_more)} – {app}" if one_more else app

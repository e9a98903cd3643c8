"""What a window or tab is called: the screen it shows, then the app."""

import re

from app.ui import routes
from app.ui.stack import path_of
from app.ui.texts import t

_NAMES = {entry.path: entry.label for entry in (*routes.ENTRIES, *routes.PLATFORM_ENTRIES)}
_ONE = re.compile(rf"({routes.ORDERS}|{routes.INBOX})/[0-9]{{1,18}}(/cancel|/checkout|/contact|/pay)?")
_OF_ONE = {
    None: "order",
    "/cancel": "cancel_order",
    routes.CHECKOUT: "checkout",
    "/contact": "chat",
    "/pay": "pay",
}
_PRODUCT = re.compile(rf"{routes.SHOP}/[0-9]{{1,18}}(/checkout)?")
_REQUEST = re.compile(rf"({routes.SELLER}|{routes.INBOX}|{routes.PLATFORM})/requests/[0-9]{{1,18}}")


def title(address: str, app: str) -> str:
    """The title at `address`; at the profile, and where nothing is, that is the app's name alone."""
    path = path_of(address)
    if path == routes.CHECKOUT:
        return f"{t('checkout')} – {app}"
    if path in _NAMES:
        return f"{t(_NAMES[path])} – {app}"
    if path.startswith((routes.PLATFORM_POLICY, routes.own_policy(""))):
        return f"{t('platform_policy')} – {app}"
    if one := _ONE.fullmatch(path):
        return f"{t(_OF_ONE[one[2]])} – {app}"
    if product := _PRODUCT.fullmatch(path):
        return f"{t('checkout' if product[1] else 'product')} – {app}"
    return f"{t('request')} – {app}" if _REQUEST.fullmatch(path) else app

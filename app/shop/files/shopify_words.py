"""The words of Shopify and what they are here: statuses, line statuses, payment methods, clocks of shops."""

from app.shop.rules.clocks import Method
from app.shop.rules.orders import LineStatus, Status

PAID = frozenset({"paid", "partially_refunded", "refunded"})
"""Financial statuses that say all of the money came in, whatever became of it later."""

FINANCIAL = {
    **dict.fromkeys((*PAID, "authorized"), Status.AWAITING_SHIPMENT),
    **dict.fromkeys(("pending", "unpaid", "partially_paid", "expired", "voided"), Status.UNPAID),
}
"""Where an order stands that nothing was sent of."""

FULFILLMENT = {
    "fulfilled": Status.IN_TRANSIT,
    "partial": Status.PARTIALLY_SHIPPED,
    **dict.fromkeys(("unfulfilled", "restocked", "pending", "not_eligible", ""), None),
}
"""Where an order stands by what was sent of it; None: nothing was. Shopify never says that it arrived."""

LINES = {
    "fulfilled": LineStatus.SHIPPED,
    **dict.fromkeys(("pending", "unfulfilled", "partial", "restocked"), LineStatus.ACTIVE),
    **dict.fromkeys(("not_eligible", ""), None),
}
"""Where a line stands; None: where its order does."""

_METHODS = (
    (("gift card", "gift_card", "store credit"), Method.OTHER),
    (("cash on delivery", "cod"), Method.COD),
    (("bank", "transfer", "deposit", "eft"), Method.TRANSFER),
    (("stripe", "shopify payments", "shopify_payments", "card", "2checkout", "authorize.net"), Method.CARD),
    (("paypal", "apple pay", "google pay", "amazon pay", "wallet", "gopay", "momo"), Method.WALLET),
)

ZONES = (
    *("UTC", "America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver"),
    *("Europe/London", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "Asia/Jakarta", "Asia/Manila"),
    *("Asia/Ho_Chi_Minh", "Asia/Tokyo", "Africa/Johannesburg", "America/Sao_Paulo", "America/Mexico_City"),
    *("America/Halifax", "Pacific/Auckland", "Asia/Dubai", "Europe/Istanbul", "Europe/Athens"),
)
"""Clocks a shop may be on: times stand with an offset, which changes with the season where the clock does."""


def word_of(text: str | None) -> str:
    """A status as it is compared: Shopify's own pages write it with capitals and blanks."""
    return (text or "").lower().replace(" ", "_")


def method_of(label: str) -> Method:
    """How an order is paid: of several joined by `+` the first that is known, for none says how much."""
    methods = (_method(part) for part in label.lower().split(" + "))
    return next((method for method in methods if method is not Method.OTHER), Method.OTHER)


def _method(part: str) -> Method:
    return next((method for words, method in _METHODS if any(word in part for word in words)), Method.OTHER)

"""TikTok's words for what is ours, in its Seller Centre's export: columns, states, payment methods, who."""

from app.shop.files.market_words import method_of
from app.shop.rules.clocks import Method
from app.shop.rules.orders import LineStatus, Role, Status
from app.shop.rules.reasons import REASONS, by_alias

COLUMNS = (
    *("Order ID", "Order Status", "Order Substatus", "Cancelation/Return Type", "Normal or Pre-order"),
    *("SKU ID", "Seller SKU", "Product Name", "Variation", "Quantity", "Sku Quantity of return"),
    *("SKU Unit Original Price", "SKU Subtotal Before Discount", "SKU Platform Discount"),
    *("SKU Seller Discount", "SKU Subtotal After Discount", "Shipping Fee After Discount"),
    *("Original Shipping Fee", "Shipping Fee Seller Discount", "Shipping Fee Platform Discount"),
    *("Distance Shipping Fee", "Distance Fee", "Order Refund Amount", "Payment platform discount"),
    *("Buyer Service Fee", "Handling Fee", "Shipping Insurance", "Item Insurance", "Order Amount"),
    *("Created Time", "Paid Time", "RTS Time", "Shipped Time", "Delivered Time", "Cancelled Time"),
    *("Cancel By", "Cancel Reason", "Fulfillment Type", "Warehouse Name", "Tracking ID"),
    *("Delivery Option", "Shipping Provider Name", "Buyer Message", "Buyer Username", "Recipient"),
    *("Phone #", "Zipcode", "Country", "Province", "Regency and City", "Districts", "Villages"),
    *("Detail Address", "Additional address information", "Payment Method", "Weight(kg)"),
    *("Product Category", "Package ID", "Purchase Channel", "Seller Note", "Checked Status"),
    *("Checked Marked by", "Tokopedia Invoice Number", "Order Channel", "Creator Handle"),
)
"""The 65 columns of 2026, in their order."""

BARE = "IDR"
"""The currency that these columns tell by themselves; amounts of others are written with theirs."""

HALVES = frozenset({"USD", "BRL"})
"""Currencies of the markets whose times are written with the month first, and AM or PM."""

STATES = {
    Status.UNPAID: ("Unpaid", "Unpaid"),
    Status.ON_HOLD: ("On hold", "On hold"),
    Status.AWAITING_SHIPMENT: ("To ship", "Awaiting shipment"),
    Status.AWAITING_COLLECTION: ("To ship", "Awaiting collection"),
    Status.PARTIALLY_SHIPPED: ("To ship", "Awaiting shipment"),
    Status.IN_TRANSIT: ("Shipped", "In transit"),
    Status.DELIVERED: ("Shipped", "Delivered"),
    Status.COMPLETED: ("Completed", "Completed"),
    Status.CANCELLED: ("Canceled", "Canceled"),
}
"""Status and substatus; of an order that has left in part each row has that of its line."""

_OF_LINES = {LineStatus.SHIPPED: Status.IN_TRANSIT, LineStatus.DELIVERED: Status.DELIVERED}
_METHODS = {
    Method.CARD: "Credit/Debit card",
    Method.WALLET: "E-wallet",
    Method.TRANSFER: "Bank transfer",
    Method.COD: "Cash on delivery",
    Method.OTHER: "Other",
}
_ROLES = {Role.BUYER: "Buyer", Role.SELLER: "Seller", Role.OPERATOR: "Operator"}


def states_of(status: str, line: str | None) -> tuple[str, str]:
    """Status and substatus of a row."""
    return STATES[_OF_LINES.get(LineStatus(line), Status(status)) if line else Status(status)]


def label_of(method: str, label: str | None) -> str:
    """How the payment method is called: as the platform did, unless that means another one."""
    return label if label and method_of(label) == method else _METHODS[Method(method)]


def role_of(role: str | None) -> str:
    """Who cancelled."""
    return _ROLES.get(Role(role), "System") if role else ""


def reason_of(code: str | None, text: str | None, *, unpaid: bool) -> str:
    """Why: the platform's own word, else our code where it has none; as it was written where we have none."""
    return (_alias(code, unpaid=unpaid) or code) if code else text or ""


def _alias(code: str, *, unpaid: bool) -> str | None:
    """The platform's word for a reason that is read as it; of two, the one for orders that are so far."""
    reason = REASONS.get(code)
    words = [word for word in reason.aliases if by_alias(word, unpaid=unpaid) is reason] if reason else []
    fitting = [word for word in words if ("unpaid" in word) == unpaid]
    return next(iter(fitting or words), None)

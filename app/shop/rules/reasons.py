"""Why an order is cancelled: the codes each role may give, and what each of them brings with it.

The aliases are TikTok Shop's keys (Open API 202309 and its predecessor), so that files translate both ways.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.shop.rules.errors import Invalid
from app.shop.rules.orders import Role, Status
from app.shop.rules.words import NOTE, NOTE_LEAST, OTHER_NOTE_LEAST, REASON_TEXT, clean


class Fault(StrEnum):
    """Whose doing it was."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    PLATFORM = "PLATFORM"
    NONE = "NONE"


class Restock(StrEnum):
    """What becomes of the stock: back on the shelf, gone with the parcel, or the shelf turns out empty."""

    YES = "YES"
    NO = "NO"
    ZERO = "ZERO"


class Fix(StrEnum):
    """What is offered before cancelling."""

    VARIANT = "variant"
    VOUCHER = "voucher"
    ADDRESS = "address"
    PAYMENT_METHOD = "payment_method"
    FREE_SHIPPING = "free_shipping"
    PROMO_TERMS = "promo_terms"


@dataclass(frozen=True, slots=True)
class Reason:
    """One code; `least` is how many characters of text it needs, `returns` that its parcel comes back."""

    code: str
    fault: Fault
    aliases: tuple[str, ...] = ()
    fix: Fix | None = None
    restock: Restock = Restock.YES
    least: int = 0
    limit: int = REASON_TEXT
    likely: bool = False
    photo: bool = False
    after_ship_by: bool = False
    only: frozenset[Status] | None = None
    needs_request: bool = False
    returns: bool = False


def _bu(code: str, *aliases: str, fault: Fault = Fault.BUYER, **options: Any) -> Reason:
    return Reason(f"BU_{code}", fault, aliases, **options)


_UNPAID = "ecom_order_unpaid_canceled_reason_"
_TO_SHIP = "ecom_order_to_ship_canceled_reason_"

BUYER_UNPAID = (
    _bu(
        "WRONG_VARIANT",
        "buyer_cancel_wrong_item_variation_(colour,_size,_etc.)",
        fix=Fix.VARIANT,
        likely=True,
    ),
    _bu("COUPON", "buyer_cancel_need_to_input/change_coupon_code", fix=Fix.VOUCHER, likely=True),
    _bu("ADDRESS", _UNPAID + "wrong_delivery_info", fix=Fix.ADDRESS, likely=True),
    _bu("PAYMENT_METHOD", _UNPAID + "payment_method_not_available", fix=Fix.PAYMENT_METHOD),
    _bu("MISTAKE", _UNPAID + "created_by_mistakes"),
    _bu("BETTER_PRICE", _UNPAID + "better_price"),
    _bu("NOT_NEEDED", _UNPAID + "no_longer_needed", likely=True),
    _bu("DELIVERY_COST", _TO_SHIP + "high_delivery_costs", fault=Fault.NONE, fix=Fix.FREE_SHIPPING),
    _bu("DISCOUNT", _TO_SHIP + "discount_not_expected", fault=Fault.NONE, fix=Fix.PROMO_TERMS),
    Reason("BU_SELLER_SILENT", Fault.SELLER),
    _bu("OTHER", _UNPAID + "other", least=1),
)

BUYER_PAID = (
    Reason("BP_WRONG_VARIANT", Fault.BUYER, fix=Fix.VARIANT, likely=True),
    Reason("BP_ADDRESS", Fault.BUYER, (_TO_SHIP + "wrong_delivery_info",), Fix.ADDRESS, likely=True),
    Reason("BP_PAYMENT_METHOD", Fault.BUYER, (_TO_SHIP + "change_payment_method",)),
    Reason("BP_DISCOUNT", Fault.NONE, (_TO_SHIP + "discount_not_expected",)),
    Reason("BP_COUPON", Fault.BUYER, (_TO_SHIP + "forgot_to_apply_coupons",), Fix.VOUCHER),
    Reason("BP_DELIVERY_COST", Fault.NONE, (_TO_SHIP + "high_delivery_costs",)),
    Reason("BP_BETTER_PRICE", Fault.BUYER, (_TO_SHIP + "better_price",)),
    Reason("BP_MISTAKE", Fault.BUYER, (_TO_SHIP + "created_by_mistakes",), likely=True),
    Reason("BP_NOT_NEEDED", Fault.BUYER, (_TO_SHIP + "no_longer_needed",), likely=True),
    Reason("BP_LATE", Fault.SELLER, (_TO_SHIP + "not_shipped_on_time",), after_ship_by=True),
    Reason("BP_SELLER_SILENT", Fault.SELLER, (_TO_SHIP + "seller_no_response",)),
    Reason("BP_SELLER_ASKED", Fault.SELLER, (_UNPAID + "seller_ask_cancel",)),
    Reason("BP_NOT_AS_PROMOTED", Fault.NONE, photo=True),
    Reason("BP_OTHER", Fault.NONE, (_UNPAID + "other_uk",), least=1),
)


def _sp(code: str, fault: Fault, *aliases: str, least: int = NOTE_LEAST, **options: Any) -> Reason:
    return Reason(f"SP_{code}", fault, aliases, least=least, limit=NOTE, **options)


REQUESTED = _sp(
    "BUYER_REQUESTED",
    Fault.NONE,
    "seller_cancel_paid_reason_buyer_requested_cancellation",
    "seller_cancel_unpaid_reason_buyer_requested_cancellation",
    needs_request=True,
)

SELLER = (
    REQUESTED,
    _sp(
        "OUT_OF_STOCK",
        Fault.SELLER,
        "seller_cancel_reason_out_of_stock",
        "seller_cancel_unpaid_reason_out_of_stock",
        "seller_cancel_reason_out_of_stock_uk",
        "seller_cancel_unpaid_reason_out_of_stock_uk",
        restock=Restock.ZERO,
    ),
    _sp(
        "PRICING_ERROR",
        Fault.SELLER,
        "seller_cancel_reason_wrong_price",
        "seller_cancel_unpaid_reason_wrong_price",
        "seller_cancel_reason_wrong_price_uk",
    ),
    _sp("UNDELIVERABLE", Fault.NONE, "seller_cancel_paid_reason_address_not_deliver"),
    _sp(
        "BUYER_DID_NOT_PAY",
        Fault.BUYER,
        "seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed",
        only=frozenset({Status.UNPAID}),
    ),
    _sp("RISK", Fault.NONE, "seller_cancel_order_reason_potential_fraud"),
    _sp("OTHER", Fault.SELLER, least=OTHER_NOTE_LEAST),
)


def _sr(code: str, *aliases: str, least: int = NOTE_LEAST) -> Reason:
    return Reason(f"SR_{code}", Fault.NONE, aliases, least=least, limit=NOTE)


_REJECT = "ecom_reverse_reject_cancel_reason_"

SENT = _sr("SHIPPED", _REJECT + "product_packed")
SELLER_DECLINES = (
    _sr("PACKED", "seller_reject_apply_product_has_been_packed"),
    SENT,
    _sr("ON_SCHEDULE"),
    _sr("AGREED"),
    _sr("INVALID_REASON"),
    _sr("ADDRESS_LOCKED", "seller_reject_apply_unable_to_change_address"),
    _sr("MULTI_PACKAGE", "ecom_reverse_reject_refund_request_package_delivery_multiple_boxes"),
)
"""Why a request is declined, with a comment that its buyer reads; `SENT` needs a tracking number."""

SYSTEM = (
    Reason("SY_PAYMENT_TIMEOUT", Fault.BUYER, ("system_cancel_unpaid_time_out",)),
    Reason("SY_PAYMENT_FAILED", Fault.NONE, ("system_cancel_payment_capture_failed",)),
    Reason("SY_SHIP_TIMEOUT", Fault.SELLER, ("system_cancel_order_reason_shipping_timeout",)),
    Reason("SY_UNTRACEABLE", Fault.NONE, ("system_cancel_order_untracked",), restock=Restock.NO),
    Reason("SY_LOST", Fault.NONE, ("package_lost",), restock=Restock.NO),
    Reason("SY_DAMAGED", Fault.NONE, ("package_damaged",), restock=Restock.NO),
    Reason("SY_REFUSED", Fault.BUYER, ("returned_to_shipper_refused",), returns=True),
    Reason("SY_DELIVERY_FAILED", Fault.NONE, ("returned_to_shipper_other",), returns=True),
    Reason("SY_NO_ADDRESS", Fault.BUYER, ("system_cancel_add_address_overtime",)),
    Reason("SY_RISK", Fault.PLATFORM, ("system_cancel_anti_span_block",)),
)

OPERATOR = (
    Reason("OP_FRAUD", Fault.NONE, ("system_cancel_order_reason_potential_fraud",)),
    Reason("OP_EXPERIENCE", Fault.PLATFORM, ("system_cancel_order_reason_experience_related",)),
    Reason("OP_RISK", Fault.PLATFORM, ("operator_cancel_risk_control_block",)),
)

LISTS: dict[str, tuple[Reason, ...]] = {
    "BU": BUYER_UNPAID,
    "BP": BUYER_PAID,
    "SP": SELLER,
    "SR": SELLER_DECLINES,
    "SY": SYSTEM,
    "OP": OPERATOR,
}
"""The reason lists by the name a move gives."""

REASONS: dict[str, Reason] = {reason.code: reason for reasons in LISTS.values() for reason in reasons}

_UNPAID_LISTS = {Role.BUYER: "BU", Role.SELLER: "SP", Role.SYSTEM: "SY", Role.OPERATOR: "OP"}
_PAID_LISTS = _UNPAID_LISTS | {Role.BUYER: "BP", Role.CARRIER: "SY"}


def reasons_for(
    role: Role, status: Status, *, now: int, ship_by: int | None = None, linked_request: bool = False
) -> tuple[Reason, ...]:
    """The reasons `role` may give for an order in `status` now, likeliest kept in list order."""
    lists = _UNPAID_LISTS if status is Status.UNPAID else _PAID_LISTS
    given = LISTS.get(lists.get(role, ""), ())
    if linked_request and status is Status.AWAITING_SHIPMENT and role in (Role.BUYER, Role.SYSTEM):
        # A request is carried out by whose yes was last: the buyer's who confirms, or the clock's.
        given = (*given, REQUESTED)
    return tuple(
        reason
        for reason in given
        if (reason.only is None or status in reason.only)
        and (not reason.after_ship_by or (ship_by is not None and now > ship_by))
        and (not reason.needs_request or linked_request)
    )


def checked(code: str, text: str, allowed: tuple[Reason, ...]) -> tuple[Reason, str]:
    """The reason and its text as kept.

    Raises Invalid where the code is not among `allowed`, or the text is too short, too long or not plain.
    """
    reason = next((reason for reason in allowed if reason.code == code), None)
    if reason is None:
        raise Invalid("reason_not_allowed", {"reason": code, "allowed": " ".join(r.code for r in allowed)})
    text = clean(text, reason.limit)
    if len(text) < reason.least:
        raise Invalid("text_too_short", {"reason": code, "least": reason.least})
    return reason, text


def for_platform(code: str | None, role: Role) -> bool:
    """Whether what a seller wrote beside a reason is for the platform, and not for `role` to read."""
    return role is Role.BUYER and (code or "").startswith("SP_")


def by_alias(alias: str, *, unpaid: bool) -> Reason | None:
    """Our reason for a platform's key, or for its own code; None for a key nobody told us.

    A few keys stand for a buyer's reason before and after payment: `unpaid` decides between the two.
    """
    found = [reason for reason in REASONS.values() if alias in (reason.code, *reason.aliases)]
    wanted = [reason for reason in found if reason.code.startswith("BU_") == unpaid]
    return next(iter(wanted or found), None)

"""Reasons: the domain's lists written out, who may give which of them when, and what each brings."""

import pytest

from app.shop.rules.errors import Invalid
from app.shop.rules.orders import MOVES, Role, Status
from app.shop.rules.reasons import LISTS, REASONS, by_alias, checked, reasons_for

NOW = 1_772_442_000_000
UNPAID, TO_SHIP = "ecom_order_unpaid_canceled_reason_", "ecom_order_to_ship_canceled_reason_"

# code, fault, fix offered first, what becomes of the stock, least characters of text
TABLE = """
BU_WRONG_VARIANT      BUYER     variant         YES   0
BU_COUPON             BUYER     voucher         YES   0
BU_ADDRESS            BUYER     address         YES   0
BU_PAYMENT_METHOD     BUYER     payment_method  YES   0
BU_MISTAKE            BUYER     -               YES   0
BU_BETTER_PRICE       BUYER     -               YES   0
BU_NOT_NEEDED         BUYER     -               YES   0
BU_DELIVERY_COST      NONE      free_shipping   YES   0
BU_DISCOUNT           NONE      promo_terms     YES   0
BU_SELLER_SILENT      SELLER    -               YES   0
BU_OTHER              BUYER     -               YES   1
BP_WRONG_VARIANT      BUYER     variant         YES   0
BP_ADDRESS            BUYER     address         YES   0
BP_PAYMENT_METHOD     BUYER     -               YES   0
BP_DISCOUNT           NONE      -               YES   0
BP_COUPON             BUYER     voucher         YES   0
BP_DELIVERY_COST      NONE      -               YES   0
BP_BETTER_PRICE       BUYER     -               YES   0
BP_MISTAKE            BUYER     -               YES   0
BP_NOT_NEEDED         BUYER     -               YES   0
BP_LATE               SELLER    -               YES   0
BP_SELLER_SILENT      SELLER    -               YES   0
BP_SELLER_ASKED       SELLER    -               YES   0
BP_NOT_AS_PROMOTED    NONE      -               YES   0
BP_OTHER              NONE      -               YES   1
SP_BUYER_REQUESTED    NONE      -               YES   10
SP_OUT_OF_STOCK       SELLER    -               ZERO  10
SP_PRICING_ERROR      SELLER    -               YES   10
SP_UNDELIVERABLE      NONE      -               YES   10
SP_BUYER_DID_NOT_PAY  BUYER     -               YES   10
SP_RISK               NONE      -               YES   10
SP_OTHER              SELLER    -               YES   30
SR_PACKED             NONE      -               YES   10
SR_SHIPPED            NONE      -               YES   10
SR_ON_SCHEDULE        NONE      -               YES   10
SR_AGREED             NONE      -               YES   10
SR_INVALID_REASON     NONE      -               YES   10
SR_ADDRESS_LOCKED     NONE      -               YES   10
SR_MULTI_PACKAGE      NONE      -               YES   10
SY_PAYMENT_TIMEOUT    BUYER     -               YES   0
SY_PAYMENT_FAILED     NONE      -               YES   0
SY_SHIP_TIMEOUT       SELLER    -               YES   0
SY_UNTRACEABLE        NONE      -               NO    0
SY_LOST               NONE      -               NO    0
SY_DAMAGED            NONE      -               NO    0
SY_REFUSED            BUYER     -               YES   0
SY_DELIVERY_FAILED    NONE      -               YES   0
SY_NO_ADDRESS         BUYER     -               YES   0
SY_RISK               PLATFORM  -               YES   0
OP_FRAUD              NONE      -               YES   0
OP_EXPERIENCE         PLATFORM  -               YES   0
OP_RISK               PLATFORM  -               YES   0
"""
CODES = [row.split()[0] for row in TABLE.strip().splitlines()]

# code, whether the order was unpaid when it was cancelled, the key TikTok has for it
ALIASES = [
    ("BU_WRONG_VARIANT", True, "buyer_cancel_wrong_item_variation_(colour,_size,_etc.)"),
    ("BU_COUPON", True, "buyer_cancel_need_to_input/change_coupon_code"),
    ("BU_ADDRESS", True, UNPAID + "wrong_delivery_info"),
    ("BU_PAYMENT_METHOD", True, UNPAID + "payment_method_not_available"),
    ("BU_MISTAKE", True, UNPAID + "created_by_mistakes"),
    ("BU_BETTER_PRICE", True, UNPAID + "better_price"),
    ("BU_NOT_NEEDED", True, UNPAID + "no_longer_needed"),
    ("BU_DELIVERY_COST", True, TO_SHIP + "high_delivery_costs"),
    ("BU_DISCOUNT", True, TO_SHIP + "discount_not_expected"),
    ("BU_OTHER", True, UNPAID + "other"),
    ("BP_ADDRESS", False, TO_SHIP + "wrong_delivery_info"),
    ("BP_PAYMENT_METHOD", False, TO_SHIP + "change_payment_method"),
    ("BP_DISCOUNT", False, TO_SHIP + "discount_not_expected"),
    ("BP_COUPON", False, TO_SHIP + "forgot_to_apply_coupons"),
    ("BP_DELIVERY_COST", False, TO_SHIP + "high_delivery_costs"),
    ("BP_BETTER_PRICE", False, TO_SHIP + "better_price"),
    ("BP_MISTAKE", False, TO_SHIP + "created_by_mistakes"),
    ("BP_NOT_NEEDED", False, TO_SHIP + "no_longer_needed"),
    ("BP_LATE", False, TO_SHIP + "not_shipped_on_time"),
    ("BP_SELLER_SILENT", False, TO_SHIP + "seller_no_response"),
    ("BP_SELLER_ASKED", False, UNPAID + "seller_ask_cancel"),
    ("BP_OTHER", False, UNPAID + "other_uk"),
    ("SP_BUYER_REQUESTED", False, "seller_cancel_paid_reason_buyer_requested_cancellation"),
    ("SP_BUYER_REQUESTED", True, "seller_cancel_unpaid_reason_buyer_requested_cancellation"),
    ("SP_OUT_OF_STOCK", False, "seller_cancel_reason_out_of_stock"),
    ("SP_OUT_OF_STOCK", True, "seller_cancel_unpaid_reason_out_of_stock"),
    ("SP_PRICING_ERROR", False, "seller_cancel_reason_wrong_price"),
    ("SP_PRICING_ERROR", True, "seller_cancel_unpaid_reason_wrong_price"),
    ("SP_UNDELIVERABLE", False, "seller_cancel_paid_reason_address_not_deliver"),
    ("SP_BUYER_DID_NOT_PAY", True, "seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed"),
    ("SP_RISK", False, "seller_cancel_order_reason_potential_fraud"),
    ("SR_PACKED", False, "seller_reject_apply_product_has_been_packed"),
    ("SR_SHIPPED", False, "ecom_reverse_reject_cancel_reason_product_packed"),
    ("SR_ADDRESS_LOCKED", False, "seller_reject_apply_unable_to_change_address"),
    ("SR_MULTI_PACKAGE", False, "ecom_reverse_reject_refund_request_package_delivery_multiple_boxes"),
    ("SY_PAYMENT_TIMEOUT", True, "system_cancel_unpaid_time_out"),
    ("SY_PAYMENT_FAILED", True, "system_cancel_payment_capture_failed"),
    ("SY_SHIP_TIMEOUT", False, "system_cancel_order_reason_shipping_timeout"),
    ("SY_UNTRACEABLE", False, "system_cancel_order_untracked"),
    ("SY_LOST", False, "package_lost"),
    ("SY_DAMAGED", False, "package_damaged"),
    ("SY_REFUSED", False, "returned_to_shipper_refused"),
    ("SY_DELIVERY_FAILED", False, "returned_to_shipper_other"),
    ("SY_NO_ADDRESS", False, "system_cancel_add_address_overtime"),
    ("SY_RISK", False, "system_cancel_anti_span_block"),
    ("OP_FRAUD", False, "system_cancel_order_reason_potential_fraud"),
    ("OP_EXPERIENCE", False, "system_cancel_order_reason_experience_related"),
    ("OP_RISK", False, "operator_cancel_risk_control_block"),
]


def codes(role: Role, status: Status, *, ship_by: int | None = None, request: bool = False) -> list[str]:
    """The codes a role may give."""
    allowed = reasons_for(role, status, now=NOW, ship_by=ship_by, linked_request=request)
    return [reason.code for reason in allowed]


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_a_reason_brings_what_the_domain_says(row: str) -> None:
    code, fault, fix, restock, least = row.split()
    reason = REASONS[code]
    brought = (reason.fault, reason.fix or "-", reason.restock, reason.least)
    assert brought == (fault, fix, restock, int(least))


def test_the_lists_hold_the_domains_codes_and_no_other() -> None:
    assert list(REASONS) == CODES
    for name, reasons in LISTS.items():
        assert [reason.code for reason in reasons] == [code for code in CODES if code.startswith(f"{name}_")]


def test_a_parcel_comes_back_where_it_was_refused_or_could_not_be_delivered() -> None:
    returned = [code for code, reason in REASONS.items() if reason.returns]
    assert returned == ["SY_REFUSED", "SY_DELIVERY_FAILED"]


def test_only_a_photo_shows_that_the_creator_showed_something_else() -> None:
    assert [code for code, reason in REASONS.items() if reason.photo] == ["BP_NOT_AS_PROMOTED"]


@pytest.mark.parametrize(("code", "unpaid", "alias"), ALIASES)
def test_a_platforms_key_translates_both_ways(code: str, unpaid: bool, alias: str) -> None:
    found = by_alias(alias, unpaid=unpaid)
    assert found is REASONS[code]
    assert alias in REASONS[code].aliases


def test_a_key_nobody_told_us_has_no_reason() -> None:
    assert by_alias("ecom_order_unpaid_canceled_reason_moon", unpaid=True) is None
    assert by_alias("", unpaid=False) is None
    assert by_alias("reject_reason_delivered", unpaid=False) is None  # the end of a key is none


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.UNPAID])
def test_after_payment_the_buyer_gives_other_reasons(status: Status) -> None:
    assert codes(Role.BUYER, Status.UNPAID) == [code for code in CODES if code.startswith("BU_")]
    paid = [code for code in CODES if code.startswith("BP_") and code != "BP_LATE"]
    assert codes(Role.BUYER, status) == paid


def test_late_is_a_reason_only_after_the_day_to_ship() -> None:
    assert "BP_LATE" not in codes(Role.BUYER, Status.AWAITING_SHIPMENT, ship_by=NOW)
    assert "BP_LATE" in codes(Role.BUYER, Status.AWAITING_SHIPMENT, ship_by=NOW - 1)


def test_a_seller_says_the_buyer_asked_only_where_a_request_says_so() -> None:
    assert "SP_BUYER_REQUESTED" not in codes(Role.SELLER, Status.AWAITING_SHIPMENT)
    assert "SP_BUYER_REQUESTED" in codes(Role.SELLER, Status.AWAITING_SHIPMENT, request=True)


def test_a_seller_says_the_buyer_did_not_pay_only_of_unpaid_orders() -> None:
    assert "SP_BUYER_DID_NOT_PAY" in codes(Role.SELLER, Status.UNPAID)
    assert "SP_BUYER_DID_NOT_PAY" not in codes(Role.SELLER, Status.AWAITING_SHIPMENT)


@pytest.mark.parametrize("status", Status)
def test_system_and_operator_have_their_lists_and_the_gateway_none(status: Status) -> None:
    assert codes(Role.SYSTEM, status) == [code for code in CODES if code.startswith("SY_")]
    assert codes(Role.OPERATOR, status) == [code for code in CODES if code.startswith("OP_")]
    assert codes(Role.GATEWAY, status) == []


def test_every_move_that_asks_for_a_reason_has_one_to_give() -> None:
    for (_, status, role), move in MOVES.items():
        if move.reasons:
            allowed = reasons_for(role, status, now=NOW)
            assert allowed
            assert {reason.code[:2] for reason in allowed} == {move.reasons}


def refusal(code: str, text: str, role: Role, status: Status) -> Invalid:
    """How a reason with its text is refused."""
    with pytest.raises(Invalid) as refused:
        checked(code, text, reasons_for(role, status, now=NOW))
    return refused.value


def test_a_reason_of_another_role_or_state_is_refused_with_those_allowed() -> None:
    for code in ("BP_MISTAKE", "SP_OUT_OF_STOCK", "OP_RISK", "bu_mistake", "", "NONSENSE"):
        refused = refusal(code, "", Role.BUYER, Status.UNPAID)
        assert (refused.code, refused.facts["reason"]) == ("reason_not_allowed", code)
        assert str(refused.facts["allowed"]).split() == codes(Role.BUYER, Status.UNPAID)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\n\n"])
def test_other_wants_to_be_told(text: str) -> None:
    assert refusal("BU_OTHER", text, Role.BUYER, Status.UNPAID).code == "text_too_short"


def test_a_note_to_the_platform_has_ten_characters_and_thirty_for_other() -> None:
    allowed = reasons_for(Role.SELLER, Status.AWAITING_SHIPMENT, now=NOW)
    for code, least in (("SP_OUT_OF_STOCK", 10), ("SP_OTHER", 30)):
        assert checked(code, f"  {'x' * least}  ", allowed) == (REASONS[code], "x" * least)
        refused = refusal(code, "x" * (least - 1) + "   ", Role.SELLER, Status.AWAITING_SHIPMENT)
        assert (refused.code, refused.facts) == ("text_too_short", {"reason": code, "least": least})


def test_a_reason_without_text_is_enough_where_none_is_asked_for() -> None:
    allowed = reasons_for(Role.BUYER, Status.UNPAID, now=NOW)
    assert checked("BU_MISTAKE", " ", allowed) == (REASONS["BU_MISTAKE"], "")
    assert checked("BU_MISTAKE", "maaf 🙏", allowed) == (REASONS["BU_MISTAKE"], "maaf 🙏")


def test_a_text_over_the_limit_is_refused_whatever_the_reason() -> None:
    for code in codes(Role.BUYER, Status.UNPAID):
        assert refusal(code, "x" * 501, Role.BUYER, Status.UNPAID).code == "text_too_long"

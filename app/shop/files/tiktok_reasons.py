"""Reasons as TikTok Shop's exports write them, in the English words that buyers and sellers read.

Those of other languages were never listed by anybody: they stay as they are written.
"""

from app.shop.files.market_words import by_word
from app.shop.rules.orders import Role

_BUYERS = {
    "ADDRESS": (
        "wrong delivery information",
        "need to change delivery address",
        "need to change shipping address",
    ),
    "BETTER_PRICE": ("better price available",),
    "COUPON": ("forgot to apply coupon", "need to input/change coupon code"),
    "DELIVERY_COST": ("high delivery cost", "high delivery costs"),
    "DISCOUNT": ("discount not as expected",),
    "MISTAKE": ("order created by mistake",),
    "NOT_NEEDED": ("no longer needed",),
    "PAYMENT_METHOD": ("need to change payment method", "payment method not available"),
}
"""The same before and after payment, under codes of their own."""
_OTHERS = {
    "BP_LATE": ("not shipped on time",),
    "BP_SELLER_ASKED": ("seller asked me to cancel",),
    "BP_SELLER_SILENT": ("seller not responsive",),
    "SP_BUYER_DID_NOT_PAY": ("buyer did not pay in time", "buyer did not pay on time"),
    "SP_BUYER_REQUESTED": ("buyer asked to cancel", "buyer requested cancellation"),
    "SP_OUT_OF_STOCK": ("out of stock",),
    "SP_PRICING_ERROR": ("pricing error",),
    "SP_UNDELIVERABLE": ("cannot deliver to this area", "unable to deliver to buyer address"),
}
_CODES = by_word(_OTHERS)
_CODES_OF_BUYERS = by_word(_BUYERS)


def code_of(text: str, by: Role | None, *, unpaid: bool) -> str | None:
    """Our code for a reason in words, None for words nobody told us; a buyer's is one only of a buyer."""
    word = text.casefold().strip(" .")
    mine = _CODES_OF_BUYERS.get(word) if by in (Role.BUYER, None) else None
    return f"{'BU' if unpaid else 'BP'}_{mine}" if mine else _CODES.get(word)

"""The words of Shopee and what they are here: where an order stands, who cancelled it and why."""

import re

from app.shop.files.market_words import by_word, same
from app.shop.files.outside import NOT_CANCELLED, Cancellation
from app.shop.files.record import Record
from app.shop.rules.orders import Role, Status

_STATUSES = by_word(
    {
        Status.UNPAID: ("unpaid", "belum bayar", "belum dibayar"),
        Status.AWAITING_SHIPMENT: ("to ship", "perlu dikirim", "pembatalan diajukan"),
        Status.IN_TRANSIT: ("shipping", "shipped", "to receive", "sedang dikirim", "dikirim"),
        Status.DELIVERED: ("delivered", "telah dikirim", "pesanan diterima"),
        Status.COMPLETED: ("completed", "selesai"),
        Status.CANCELLED: ("cancelled", "canceled", "batal", "dibatalkan"),
    }
)
CANCEL_ASKED = frozenset({"pembatalan diajukan"})
RETURNS = frozenset({"return/refund", "pengembalian", "pengembalian barang/dana"})
"""Words for goods or money on their way back: where the order stands they do not say."""

_SENTENCE = re.compile(r"(.*?)[.,]?\s*\b(?:reason|alasan)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_CANCELLED = ("cancelled", "canceled", "dibatalkan")
_WHO = {
    Role.SYSTEM: ("system", "sistem"),
    Role.BUYER: ("buyer", "pembeli"),
    Role.SELLER: ("seller", "penjual"),
    Role.OPERATOR: ("shopee",),
}
_CODES: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.BUYER: {
        "ADDRESS": ("need to change delivery address", "perlu mengubah alamat pengiriman"),
        "COUPON": ("need to input/change voucher code", "perlu memasukkan/mengubah kode voucher"),
        "BETTER_PRICE": ("found cheaper elsewhere", "menemukan yang lebih murah"),
        "NOT_NEEDED": ("don't want to buy anymore", "tidak ingin membeli lagi"),
        "OTHER": ("others", "other", "lainnya", "lainnya/ berubah pikiran"),
    },
    Role.SELLER: {
        "OUT_OF_STOCK": ("out of stock", "stok habis"),
        "UNDELIVERABLE": ("undeliverable area", "area tidak terjangkau"),
    },
    Role.SYSTEM: {
        "PAYMENT_TIMEOUT": ("order not paid", "pesanan belum dibayar"),
        "SHIP_TIMEOUT": (
            "seller did not arrange shipment on time",
            "penjual tidak mengatur pengiriman tepat waktu",
        ),
        "DELIVERY_FAILED": ("failed delivery", "pengiriman gagal"),
    },
}
_REASONS = {
    (role, word): code for role, codes in _CODES.items() for code, words in codes.items() for word in words
}
_LISTS = {Role.BUYER: "BP", Role.SELLER: "SP", Role.SYSTEM: "SY"}


def status_of(word: str) -> Status | None:
    """Where a row stands, None for unknown words; what follows a comma says until when it may go back."""
    return _STATUSES.get(same(word).partition(",")[0])


def cancellation(record: Record, column: str, *, unpaid: bool) -> Cancellation:
    """Who cancelled and why, which stand in one sentence; what is no word of ours is kept and flagged."""
    text = record.text(column)
    if text is None:
        return NOT_CANCELLED
    who, why = _parts(text)
    by = next((role for role, words in _WHO.items() if any(word in same(who) for word in words)), None)
    code = _code(by, why, unpaid=unpaid)
    if who and not by:
        record.flag("unknown_role", column, who)
    if why and not code:
        record.flag("unknown_reason", column, why)
    # Another reason than those of the list is one that needs words.
    worded = not code or code.endswith("_OTHER")
    return Cancellation(by, code, (why or None) if worded else None)


def _parts(text: str) -> tuple[str, str]:
    if found := _SENTENCE.fullmatch(text):
        return found[1], found[2]
    return (text, "") if same(text).startswith(_CANCELLED) else ("", text)


def _code(by: Role | None, why: str, *, unpaid: bool) -> str | None:
    found = _REASONS.get((by, same(why))) if by else None
    if by is None or found is None:
        return None
    return f"{'BU' if by is Role.BUYER and unpaid else _LISTS[by]}_{found}"

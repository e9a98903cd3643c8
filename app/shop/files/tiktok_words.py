"""The words of TikTok Shop and what they are here: its markets, payment methods, roles and reasons."""

from app.shop.files.outside import Cancellation
from app.shop.files.record import Record
from app.shop.files.tiktok_reasons import code_of
from app.shop.files.tiktok_seller_words import same
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Role
from app.shop.rules.reasons import by_alias

ORIGIN, PREFIX = "tiktok-api", "tiktok"

ZONES = {
    "BRL": "America/Sao_Paulo",
    "EUR": "Europe/Berlin",
    "GBP": "Europe/London",
    "IDR": "Asia/Jakarta",
    "JPY": "Asia/Tokyo",
    "MXN": "America/Mexico_City",
    "MYR": "Asia/Kuala_Lumpur",
    "PHP": "Asia/Manila",
    "SGD": "Asia/Singapore",
    "THB": "Asia/Bangkok",
    "USD": "America/New_York",
    "VND": "Asia/Ho_Chi_Minh",
}
"""The clock of a market, by its currency: each of TikTok's markets has one."""

_ROLES = {
    word: role
    for role, words in {
        Role.BUYER: (
            *("buyer", "user", "customer", "pembeli", "pengguna", "ผู้ซื้อ", "ลูกค้า", "người mua", "khách hàng"),
            *("comprador", "cliente"),
        ),
        Role.SELLER: ("seller", "penjual", "ผู้ขาย", "người bán", "nhà bán hàng", "vendedor"),
        Role.SYSTEM: ("system", "sistem", "ระบบ", "hệ thống", "sistema"),
        Role.OPERATOR: ("operator", "platform", "แพลตฟอร์ม", "nền tảng", "plataforma"),
    }.items()
    for word in words
}
_METHODS = (
    (
        ("cash on delivery", "bayar di tempat", "ปลายทาง", "khi nhận hàng", "khi giao hàng", "na entrega"),
        Method.COD,
    ),
    (("card", "kartu", "บัตร", "thẻ", "cartão"), Method.CARD),
    (("transfer", "bank", "virtual account", "โอน", "ngân hàng", "chuyển khoản", "boleto"), Method.TRANSFER),
    (("wallet", "pay", "qris", "dana", "momo", "pix"), Method.WALLET),
)


def method_of(label: str) -> Method:
    """How an order is paid, by the platform's name of it in whatever language."""
    told = same(label).replace("_", " ")
    return next((method for words, method in _METHODS if any(word in told for word in words)), Method.OTHER)


def cancellation(record: Record, reason: str, role: str, *, unpaid: bool) -> Cancellation:
    """Who cancelled and why; what is no word of ours is kept as written and flagged."""
    word, text = record.text(role) or "", record.text(reason)
    by = _ROLES.get(same(word))
    key = by_alias(text, unpaid=unpaid) if text else None
    known = key.code if key else code_of(text, by, unpaid=unpaid) if text else None
    if word and not by:
        record.flag("unknown_role", role, word)
    if text and not known:
        record.flag("unknown_reason", reason, text)
    return Cancellation(by, known, None if known else text)

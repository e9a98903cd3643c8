"""The words and columns of TikTok's Seller Centre export: its states in five languages, and its markets."""

import unicodedata
from collections.abc import Iterable, Set

from app.shop.rules.orders import Status

STATUSES = {
    word: status
    for status, words in {
        Status.UNPAID: (
            *("unpaid", "belum dibayar", "ค้างชำระ", "ยังไม่ได้ชำระเงิน"),
            *("chưa thanh toán", "chờ thanh toán", "não pago"),
        ),
        Status.ON_HOLD: ("on hold", "ditahan", "em espera"),
        Status.AWAITING_SHIPMENT: (
            *("to ship", "awaiting shipment", "perlu dikirim", "menunggu pengiriman", "ที่จะจัดส่ง", "รอจัดส่ง"),
            *("cần gửi", "cần vận chuyển", "chờ vận chuyển", "chờ gửi hàng"),
            *("a enviar", "para enviar", "aguardando envio"),
        ),
        Status.AWAITING_COLLECTION: (
            *("awaiting collection", "menunggu pengambilan", "รอเข้ารับ", "chờ lấy hàng", "aguardando coleta"),
        ),
        Status.IN_TRANSIT: (
            *("shipped", "in transit", "dikirim", "sedang transit", "จัดส่งแล้ว", "อยู่ระหว่างการขนส่ง"),
            *("đã gửi", "đã vận chuyển", "đang vận chuyển", "enviado", "em trânsito"),
        ),
        Status.DELIVERED: (*("delivered", "terkirim", "จัดส่งสำเร็จ", "đã giao", "đã giao hàng", "entregue"),),
        Status.COMPLETED: (
            *("completed", "selesai", "เสร็จสมบูรณ์", "đã hoàn tất", "đã hoàn thành", "hoàn tất", "concluído"),
        ),
        Status.CANCELLED: (
            *("canceled", "cancelled", "dibatalkan", "ยกเลิกแล้ว", "đã hủy", "đã huỷ", "cancelado"),
        ),
    }.items()
    for word in words
}

CANCEL = frozenset({"cancel", "batal", "pembatalan", "ยกเลิก", "hủy", "huỷ", "cancelar", "cancelamento"})
RETURNS = frozenset(
    {
        *("return/refund", "return", "refund", "pengembalian", "pengembalian/pengembalian dana"),
        *("คืนสินค้า/คืนเงิน", "trả hàng/hoàn tiền", "devolução/reembolso"),
    }
)
"""Words for goods or money on their way back: where the order stands they do not say."""

_COUNTRIES = {
    word: currency
    for currency, words in {
        "BRL": ("brazil", "brasil", "br"),
        "EUR": ("france", "germany", "deutschland", "italy", "italia", "spain", "españa", "ireland"),
        "GBP": ("united kingdom", "gb", "uk"),
        "IDR": ("indonesia", "id"),
        "JPY": ("japan", "日本", "jp"),
        "MXN": ("mexico", "méxico", "mx"),
        "MYR": ("malaysia", "my"),
        "PHP": ("philippines", "pilipinas", "ph"),
        "SGD": ("singapore", "sg"),
        "THB": ("thailand", "ประเทศไทย", "ไทย", "th"),
        "USD": ("united states", "united states of america", "us", "usa"),
        "VND": ("vietnam", "viet nam", "việt nam", "vn"),
    }.items()
    for word in words
}
_COLUMNS = (
    (frozenset({"regency and city", "villages"}), "IDR"),
    (frozenset({"district", "commune"}), "VND"),
    (frozenset({"state", "post town"}), "MYR"),
)
"""Columns that only the export of one market has."""


def same(text: str) -> str:
    """A word as it is compared: without case, composed."""
    return unicodedata.normalize("NFC", text).casefold()


def status_of(status: str, substatus: str) -> Status | None:
    """Where a row stands; the second word is finer, unless the first one ends it. None for unknown words."""
    told, finer = STATUSES.get(same(status)), STATUSES.get(same(substatus))
    return told if told is Status.CANCELLED or finer in (None, Status.CANCELLED) else finer


def currency_of(countries: Iterable[str], columns: Set[str]) -> str | None:
    """The currency of the market an export is from, by where its parcels go, else by its columns."""
    found = {currency for country in countries if (currency := _COUNTRIES.get(same(country)))}
    if len(found) == 1:
        return found.pop()
    return None if found else next((currency for some, currency in _COLUMNS if some <= columns), None)

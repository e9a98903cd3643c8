"""The words and columns of TikTok's Seller Centre export: its states in five languages, and its markets."""

from collections.abc import Iterable, Set

from app.shop.files.market_words import by_word, currencies_of, same
from app.shop.rules.orders import Status

STATUSES = by_word(
    {
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
    }
)

CANCEL = frozenset({"cancel", "batal", "pembatalan", "ยกเลิก", "hủy", "huỷ", "cancelar", "cancelamento"})
RETURNS = frozenset(
    {
        *("return/refund", "return", "refund", "pengembalian", "pengembalian/pengembalian dana"),
        *("คืนสินค้า/คืนเงิน", "trả hàng/hoàn tiền", "devolução/reembolso"),
    }
)
"""Words for goods or money on their way back: where the order stands they do not say."""

_COLUMNS = (
    (frozenset({"regency and city", "villages"}), "IDR"),
    (frozenset({"district", "commune"}), "VND"),
    (frozenset({"state", "post town"}), "MYR"),
)
"""Columns that only the export of one market has."""


def status_of(status: str, substatus: str) -> Status | None:
    """Where a row stands; the second word is finer, unless the first one ends it. None for unknown words."""
    told, finer = STATUSES.get(same(status)), STATUSES.get(same(substatus))
    return told if told is Status.CANCELLED or finer in (None, Status.CANCELLED) else finer


def currency_of(countries: Iterable[str], columns: Set[str]) -> str | None:
    """The currency of the market an export is from, by where its parcels go, else by its columns."""
    found = currencies_of(countries)
    if len(found) == 1:
        return found.pop()
    return None if found else next((currency for some, currency in _COLUMNS if some <= columns), None)

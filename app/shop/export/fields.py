"""What a line of JSON tells of an order, table by table: written and read by the same list.

Left out is what belongs to the store itself: what is held, deadlines that fire, charges and refunds that a
gateway is asked about, open requests, chats. A copy of all that is a backup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.shop.rules.clocks import Method
from app.shop.rules.orders import LineStatus, Role, Status
from app.shop.rules.pricing import Entry, OutsideEntry, VoucherKind
from app.shop.rules.refunds import RefundState

VERSION = 1
"""The version of the lines; it grows when an older Takeback could misread them."""
MARK = "takeback"
"""The first name of each line; its value is the version."""
SOURCE = "takeback"
"""The source of orders made in a store itself."""
ELSEWHERE = "takeback-export"
"""The source of orders that came in from another store's lines, and of the ids of whom they name."""
PAYMENT_STATES = ("ATTEMPTED", "CAPTURED", "FAILED", "COD_DUE", "LATE")


class Kind(StrEnum):
    """How a value is written: a time as ISO 8601 in UTC, an id as text, a flag as true, all else as it is."""

    TIME = "time"
    COUNT = "count"
    MINOR = "minor"
    TEXT = "text"
    WORD = "word"
    ID = "id"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: how it is written, whether it must be there, and, for a word, which ones there are."""

    kind: Kind
    needed: bool = False
    words: frozenset[str] = frozenset()


Fields = Mapping[str, Field]
Values = dict[str, Any]
"""A row, or what is told of one, by the names of its columns."""


def _word(words: type[StrEnum] | tuple[str, ...], *, needed: bool = False) -> Field:
    return Field(Kind.WORD, needed, frozenset(map(str, words)))


_TIME, _TEXT, _COUNT = Field(Kind.TIME), Field(Kind.TEXT), Field(Kind.COUNT)
_AT, _NUMBER, _AMOUNT = Field(Kind.TIME, True), Field(Kind.COUNT, True), Field(Kind.MINOR, True)
_CANCEL: Fields = {
    "cancelled_at": _TIME,
    "cancelled_by": _word(Role),
    "cancel_reason": _TEXT,
    "cancel_text": _TEXT,
}

ORDER: Fields = {
    "status": _word(Status, needed=True),
    "total_minor": _AMOUNT,
    "payment_method": _word(Method, needed=True),
    "created_at": _AT,
    **dict.fromkeys(("pay_by", "extended_at", "paid_at", "remorse_until", "ship_by"), _TIME),
    **dict.fromkeys(("collect_by", "cancel_sla", "shipped_at", "delivered_at", "complete_at"), _TIME),
    "tracking": _TEXT,
    **_CANCEL,
    "outside_updated_at": _TIME,
    "flags": _TEXT,
    "unplaced": Field(Kind.FLAG),
}
LINE: Fields = {
    "n": _NUMBER,
    "title": Field(Kind.TEXT, needed=True),
    "variant": _TEXT,
    "picture": _TEXT,
    "quantity": _NUMBER,
    "unit_minor": _AMOUNT,
    "discount_minor": _AMOUNT,
    "total_minor": _AMOUNT,
    "status": _word(LineStatus),
    **_CANCEL,
    "outside_id": Field(Kind.ID),
}
PRICE: Fields = {
    "n": _NUMBER,
    "kind": _word((*Entry, *OutsideEntry), needed=True),
    "amount_minor": _AMOUNT,
}
PAYMENT: Fields = {
    "n": _NUMBER,
    "method": _word(Method, needed=True),
    "state": _word(PAYMENT_STATES, needed=True),
    "amount_minor": _AMOUNT,
    "at": _AT,
    "label": _TEXT,
    "until": _TIME,
    "trouble": _TEXT,
    "cause": _COUNT,
}
REFUND: Fields = {
    "n": _NUMBER,
    "payment_n": _NUMBER,
    "cause": _NUMBER,
    "state": _word(RefundState, needed=True),
    "amount_minor": _AMOUNT,
    "by": _AT,
    "at": _AT,
    "attempts": _COUNT,
    "sent_at": _TIME,
    "done_at": _TIME,
    "trouble": _TEXT,
}
EVENT: Fields = {
    "n": _NUMBER,
    "at": _AT,
    "role": _word(Role, needed=True),
    "action": Field(Kind.TEXT, needed=True),
    "status_from": _word(Status),
    "status_to": _word(Status, needed=True),
    "reason": _TEXT,
    "note": _TEXT,
    "due_at": _TIME,
}
VOUCHER: Fields = {
    "code": Field(Kind.ID, needed=True),
    "kind": _word(VoucherKind, needed=True),
    "value": _AMOUNT,
    "least_minor": _AMOUNT,
    "most_minor": Field(Kind.MINOR),
    "starts_at": _AT,
    "ends_at": _AT,
}
ADDRESS: Fields = dict.fromkeys(
    ("recipient", "phone", "lines", "city", "region", "postal_code", "country"), _TEXT
)

"""What a buyer officially asks of a seller, and how far the answer is."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from app.shop.rules.requests import OPEN, Queue, RequestStatus
from app.shop.tables.columns import big, identity, partial, to

_IS_OPEN = f"status IN ({', '.join(repr(status.value) for status in RequestStatus if status in OPEN)})"
_WITH_PLATFORM = f"queue = '{Queue.WITH_PLATFORM}'"


class Request(SQLModel, table=True):
    """To cancel an order, or to change it.

    `queue` says whose turn it is and `queue_at` how urgent it is there (ms UTC, soonest first; closed ones by
    when they closed); `since` is when the present clock began, `left_ms` what was left of the seller's when
    an offer stopped it. `first_answered_at` is when the seller answered first, once the answer that counts
    may be another (an offer was refused).
    """

    __tablename__ = "requests"
    __table_args__ = (
        partial("one_open_request_per_order", "order_number", where=_IS_OPEN, unique=True),
        Index("requests_of_order", "order_number", "id"),
        Index("requests_in_queue", "shop_id", "queue", "queue_at", "id"),
        partial("requests_with_platform", "queue_at", "id", where=_WITH_PLATFORM),
        partial("requests_due", "due_at", "id", where="due_at IS NOT NULL"),
    )
    id: int = identity()
    order_number: int = to("orders.number")
    shop_id: int = to("shops.id")
    buyer_id: int = to("people.id")
    kind: str
    status: str
    queue: str
    queue_at: int = big()
    version: int = 0
    reason: str
    text: str | None = None
    photos: str | None = None
    counted: bool = True
    created_at: int = big()
    since: int = big()
    respond_by: int | None = big(default=None)
    left_ms: int | None = big(default=None)
    confirm_by: int | None = big(default=None)
    change: str | None = None
    difference_minor: int = big(default=0)
    first_answered_at: int | None = big(default=None)
    answered_at: int | None = big(default=None)
    answered_by: str | None = None
    answer_reason: str | None = None
    answer_note: str | None = None
    escalated_at: int | None = big(default=None)
    escalated_text: str | None = None
    decided_at: int | None = big(default=None)
    decision_reason: str | None = None
    decision_note: str | None = None
    due_at: int | None = big(default=None)
    due_step: str | None = None

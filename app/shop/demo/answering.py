"""The steps of a demo request that are more than one row, written as the actions write them."""

from typing import Any

from app.shop.demo.asking import answered, request_of, step
from app.shop.demo.record import Record
from app.shop.demo.taking_back import cancel
from app.shop.rules.orders import Role
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import CALM
from app.shop.rules.requests import RequestAction as A
from app.shop.rules.requests import RequestStatus as R

PACKED = "SR_PACKED"
FOR_THE_BUYER = "OP_EXPERIENCE"


def withdraw(record: Record, at: int) -> None:
    """The buyer takes the request back (R2)."""
    row = request_of(record)
    row["counted"] = "answered_at" in row and at > row["created_at"] + CALM
    step(record, at, A.WITHDRAW, Role.BUYER, R.WITHDRAWN, seller="request_withdrawn")


def decline(record: Record, at: int, note: str) -> None:
    """The seller declines (R7)."""
    answered(record, at, Role.SELLER, PACKED, note)
    said: dict[str, Any] = {"reason": PACKED, "note": note}
    step(record, at, A.DECLINE, Role.SELLER, R.REJECTED, **said, buyer="request_declined")


def lapse(record: Record, at: int) -> None:
    """The buyer has said nothing in time (R9), or the seller to a change (R14)."""
    code = "change_expired" if request_of(record)["kind"] == RequestKind.CHANGE else "request_expired"
    step(record, at, A.LAPSE, Role.SYSTEM, R.EXPIRED, buyer=code, seller=code)


def escalate(record: Record, at: int) -> None:
    """The buyer asks the platform to look (R10)."""
    row = request_of(record)
    record.order["open_request"], row["escalated_at"] = row["id"], at
    code = "request_escalated"
    step(record, at, A.ESCALATE, Role.BUYER, R.ESCALATED, seller=code, staff="request_to_decide")


def uphold(record: Record, at: int, note: str) -> None:
    """The platform decides for the seller (R10)."""
    row, code = request_of(record), "request_upheld"
    row |= {"decided_at": at, "decision_reason": PACKED, "decision_note": note}
    said: dict[str, Any] = {"reason": PACKED, "note": note}
    step(record, at, A.UPHOLD, Role.OPERATOR, R.REJECTED, **said, buyer=code, seller=code)


def overrule(record: Record, at: int, note: str) -> None:
    """The platform decides for the buyer (R10)."""
    row = request_of(record)
    row |= {"decided_at": at, "decision_reason": FOR_THE_BUYER, "decision_note": note}
    cancel(record, at, Role.OPERATOR, FOR_THE_BUYER, note, A.OVERRULE)

"""What the seller answers to a request, and what the platform decides about a refusal.

`seen` is always the id of the request that the answer is about: where another came since, it is refused.
"""

from typing import Any

from app.shop.actions.cancel import cancelled
from app.shop.actions.offer import priced
from app.shop.actions.requested import Requested, open_request
from app.shop.once import action
from app.shop.rules.changes import Change, as_json, told_of
from app.shop.rules.errors import Invalid
from app.shop.rules.reasons import LISTS, SENT, Reason, checked, reasons_for
from app.shop.rules.request_clocks import standing
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.rules.words import NOTE, TRACKING, clean
from app.shop.shop import Actor, Done, Shop


def _given(asked: Requested, reason: str, note: str) -> tuple[Reason, str]:
    order = asked.order
    allowed = reasons_for(order.role, order.status, now=order.work.now, linked_request=True)
    return checked(reason, note, allowed)


@action
def list_option(
    shop: Shop, actor: Actor, number: int, reason: str, note: str, *, seen: int | None = None, key: str
) -> Done:
    """List the cancel option (R3): the buyer confirms it within a day. `note` is for the platform.

    Raises Invalid for a reason or note that will not do, Refused where no request waits for the seller.
    """
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.LIST_OPTION, number, key, reason, note, seen=seen)
        asked.may()
        given, note = _given(asked, reason, note)
        return _waits_for_buyer(
            asked, RequestStatus.OPTION_LISTED, given.code, note, {}, buyer_code="request_option_listed"
        )


@action
def cancel_and_refund(
    shop: Shop, actor: Actor, number: int, reason: str, note: str, *, seen: int | None = None, key: str
) -> Done:
    """Cancel as it was asked for (R5): what was held and paid goes back. `note` is for the platform."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.APPROVE, number, key, reason, note, seen=seen)
        return _cancelled(asked, reason, note)


@action
def offer_change(
    shop: Shop,
    actor: Actor,
    number: int,
    change: Change,
    note: str = "",
    *,
    seen: int | None = None,
    key: str,
) -> Done:
    """Offer a concrete change instead (R6), with its price difference; the seller's clock stands still.

    Raises Refused where it is not to be had, Invalid where it changes nothing, NotFound for no such thing.
    """
    note = clean(note, NOTE)
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.OFFER, number, key, as_json(change), note, seen=seen)
        asked.may()
        offered = priced(asked.order, change)
        request = asked.request
        left = None if request.respond_by is None else request.respond_by - work.now
        return _waits_for_buyer(
            asked,
            RequestStatus.ALTERNATIVE_OFFERED,
            None,
            note,
            {
                "change": as_json(offered.change),
                "difference_minor": offered.difference_minor,
                "left_ms": left,
            },
            told={"change": told_of(offered.change), "difference_minor": offered.difference_minor},
            buyer_code="request_offer",
        )


def _waits_for_buyer(
    asked: Requested,
    status: RequestStatus,
    reason: str | None,
    note: str,
    request: dict[str, Any],
    *,
    told: dict[str, Any] | None = None,
    buyer_code: str,
) -> Done:
    order = asked.order
    now = order.work.now
    by = None if order.imported else now + order.policy.confirm_ms
    return asked.write(
        standing(status, now, by, imported=order.imported),
        {
            "confirm_by": by,
            "answered_at": now,
            "answered_by": order.role.value,
            "answer_reason": reason,
            "answer_note": note or None,
        }
        | request,
        answer={"confirm_by": by},
        told={"confirm_by": by} | (told or {}),
        reason=reason,
        note=note,
        buyer_code=buyer_code,
    )


@action
def decline(
    shop: Shop,
    actor: Actor,
    number: int,
    reason: str,
    comment: str,
    tracking: str = "",
    *,
    seen: int | None = None,
    key: str,
) -> Done:
    """Decline a request (R7) with a reason and a comment that the buyer reads.

    Raises Invalid for a comment that is too short, or no tracking number where the parcel is said to be sent.
    """
    tracking = clean(tracking, TRACKING)
    with shop.change() as work:
        asked = open_request(
            work, actor, RequestAction.DECLINE, number, key, reason, comment, tracking, seen=seen
        )
        asked.may()
        given, comment = checked(reason, comment, LISTS["SR"])
        if given is SENT and not tracking:
            raise Invalid("tracking_needed")
        return asked.write(
            standing(RequestStatus.REJECTED, work.now),
            {
                "answered_at": work.now,
                "answered_by": asked.order.role.value,
                "answer_reason": given.code,
                "answer_note": comment,
            },
            changes={"tracking": tracking} if tracking else {},
            told={"tracking": tracking} if tracking else {},
            reason=given.code,
            note=comment,
            buyer_code="request_declined",
        )


@action
def overrule(
    shop: Shop, actor: Actor, number: int, reason: str, note: str, *, seen: int | None = None, key: str
) -> Done:
    """The platform decides for the buyer (R10): the order is cancelled, the money goes back."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.OVERRULE, number, key, reason, note, seen=seen)
        return _cancelled(asked, reason, note)


def _cancelled(asked: Requested, reason: str, note: str) -> Done:
    asked.may()
    given, note = _given(asked, reason, note)
    return cancelled(asked.order, given, note, asked_for=asked.request.asked_for)


@action
def uphold(
    shop: Shop, actor: Actor, number: int, reason: str, note: str, *, seen: int | None = None, key: str
) -> Done:
    """The platform decides for the seller (R10): the request is declined, the order goes on."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.UPHOLD, number, key, reason, note, seen=seen)
        asked.may()
        given, note = checked(reason, note, LISTS["SR"])
        decided = {"decided_at": work.now, "decision_reason": given.code, "decision_note": note}
        return asked.write(
            standing(RequestStatus.REJECTED, work.now),
            decided,
            reason=given.code,
            note=note,
            buyer_code="request_upheld",
            seller_code="request_upheld",
        )

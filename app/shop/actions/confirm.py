"""What the buyer says to the seller's answer: yes to the cancel, or yes or no to what was offered instead."""

from app.shop.actions.agreed import agreed
from app.shop.actions.cancel import cancelled
from app.shop.actions.requested import open_request
from app.shop.once import action
from app.shop.rules.errors import Refused
from app.shop.rules.reasons import REQUESTED
from app.shop.rules.request_clocks import respond_again_by, standing
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import Actor, Done, Shop


@action
def confirm_cancel(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Use the cancel option the seller listed (R4): the order is cancelled, what was paid goes back."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.CONFIRM, number, key)
        asked.may()
        request = asked.request
        return cancelled(asked.order, REQUESTED, request.answer_note or "", asked_for=request.asked_for)


@action
def accept_offer(shop: Shop, actor: Actor, number: int, seen: int | None = None, *, key: str) -> Done:
    """Take what the seller offered (R6): the order is changed, the difference settled, the request over.

    `seen` is since when the offer stands (ms UTC) that is meant. Raises Refused where it is no longer to be
    had, where it is another one by now, or would cost another difference than was promised; the request then
    stands as it did.
    """
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.ACCEPT, number, key, seen)
        asked.may()
        if seen not in (None, asked.request.since):
            raise Refused("offer_changed", {"number": str(number)}, "see_request")
        return agreed(
            asked, "offer_changed", buyer_code="order_changed", seller_code="request_offer_accepted"
        )


@action
def refuse_offer(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Say no to what was offered (R6): the seller answers again, by the old clock, in 12 hours at least."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.REFUSE, number, key)
        asked.may()
        order = asked.order
        left = asked.request.left_ms
        by = None if left is None else respond_again_by(work.now, left, order.cancel_sla)
        return asked.write(
            standing(RequestStatus.PENDING_SELLER, work.now, by, imported=order.imported),
            {"respond_by": by, "confirm_by": None, "left_ms": None, "change": None, "difference_minor": 0},
            answer={"respond_by": by},
            told={"respond_by": by},
            seller_code="request_offer_refused",
        )

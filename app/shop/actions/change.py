"""A buyer asks the seller to change a paid order (T16) instead of cancelling it, and the seller agrees."""

from app.shop.actions.agreed import agreed
from app.shop.actions.asking import begin
from app.shop.actions.offer import priced
from app.shop.actions.requested import open_request
from app.shop.once import action
from app.shop.rules.changes import ASKED_BECAUSE, Change, as_json, told_of
from app.shop.rules.errors import Invalid
from app.shop.rules.pricing import check_expected
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestAction
from app.shop.rules.words import REASON_TEXT, clean
from app.shop.shop import Actor, Done, Shop


@action
def ask_to_change(
    shop: Shop,
    actor: Actor,
    number: int,
    change: Change,
    text: str = "",
    *,
    expected_minor: int | None = None,
    key: str,
) -> Done:
    """Ask the seller officially for another variant or address (R1), for the price it has now.

    Who asks agrees to the difference; no stock is held for it, as for a seller's offer. `expected_minor` is
    what the order was shown to cost with it: nothing is asked for at another price.

    Raises Refused where it cannot be asked for now or is not to be had, or not for that (`price_changed`),
    Invalid where it changes nothing or is not a buyer's to ask for, NotFound for no such thing.
    """
    text = clean(text, REASON_TEXT)
    if change.kind not in ASKED_BECAUSE:
        raise Invalid("change_not_asked_for", {"kind": change.kind.value})
    told = as_json(change), text, expected_minor
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.ASK_CHANGE, number, key, *told)
        asked.may()
        wanted = priced(asked.order, change)
        total = asked.order.total_minor + wanted.difference_minor
        check_expected(total, expected_minor, asked.order.currency)
        difference = {"difference_minor": wanted.difference_minor}
        return begin(
            asked,
            RequestKind.CHANGE,
            ASKED_BECAUSE[change.kind],
            text,
            request={"change": as_json(wanted.change)} | difference,
            told={"change": told_of(wanted.change)} | difference,
            seller_code="change_asked",
        )


@action
def accept_change(shop: Shop, actor: Actor, number: int, *, seen: int | None = None, key: str) -> Done:
    """Change the order as its buyer asked (R13); the difference is settled, the request over.

    What both sides agreed on has used no attempt to ask.

    `seen` is the id of the request that is meant. Raises Refused where it is no longer to be had, or would
    cost another difference than the buyer agreed to; the request then stands as it did.
    """
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.ACCEPT_CHANGE, number, key, seen=seen)
        asked.may()
        answered = {"answered_at": work.now, "answered_by": asked.order.role.value, "counted": False}
        return agreed(
            asked,
            "change_costs_otherwise",
            answered,
            buyer_code="change_accepted",
            seller_code="order_changed",
        )

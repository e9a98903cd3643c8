"""What the clock does to a request: it reminds, and when nobody answers in time, silence is an answer."""

from collections.abc import Callable

from app.shop.actions.cancel import cancelled
from app.shop.actions.requested import open_request
from app.shop.once import action
from app.shop.rules.policy import Policy
from app.shop.rules.reasons import REQUESTED
from app.shop.rules.request_clocks import RequestStep, standing
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import Actor, Done, Shop

BUYER_CODES = {
    RequestStatus.OPTION_LISTED: "request_reminder_buyer",
    RequestStatus.ALTERNATIVE_OFFERED: "request_reminder_offer",
}
"""What a buyer is reminded of; where the seller is waited for, the seller is."""


@action
def remind_of_request(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Remind whoever is waited for."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.REMIND, number, key)
        asked.may()
        request = asked.request
        by, imported = request.answer_by, asked.order.imported
        stands = standing(request.status, request.since, by, after=work.now, imported=imported)
        buyer_code = BUYER_CODES.get(request.status)
        return asked.write(
            stands,
            told={"answer_by": by},
            was_due=asked.was_due,
            buyer_code=buyer_code,
            seller_code=None if buyer_code else "request_reminder_seller",
        )


@action
def auto_approve(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Nobody answered in time (R8), or a rule of the policy answers: the order is cancelled as asked for."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.AUTO_APPROVE, number, key)
        asked.may()
        asked_for = asked.request.asked_for
        return cancelled(asked.order, REQUESTED, asked_for=asked_for, was_due=asked.was_due)


@action
def pass_on(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Nobody answered in time, and the policy has the platform decide then (R8)."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.PASS_ON, number, key)
        asked.may()
        return asked.write(
            standing(RequestStatus.ESCALATED, work.now),
            {"escalated_at": work.now},
            was_due=asked.was_due,
            buyer_code="request_passed_on",
            seller_code="request_passed_on",
            staff_code="request_to_decide",
        )


@action
def lapse(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Nobody said yes in time, the buyer (R9) or, to a change, the seller (R14): the order goes on."""
    with shop.change() as work:
        asked = open_request(work, actor, RequestAction.LAPSE, number, key)
        asked.may()
        change = asked.request.kind == RequestKind.CHANGE
        code = "change_expired" if change else "request_expired"
        return asked.write(
            standing(RequestStatus.EXPIRED, work.now),
            was_due=asked.was_due,
            buyer_code=code,
            seller_code=code,
        )


def of_silence(policy: Policy, kind: RequestKind) -> Callable[..., Done]:
    """What a seller's silence means: about a cancel the policy says it, to a change it is no yes."""
    if kind is RequestKind.CHANGE:
        return lapse
    return auto_approve if policy.silence_approves else pass_on


STEPS: dict[RequestStep, Callable[..., Done]] = {
    RequestStep.BY_RULE: auto_approve,
    RequestStep.REMIND_HALF: remind_of_request,
    RequestStep.REMIND_LAST: remind_of_request,
    RequestStep.LAPSE: lapse,
}
"""What the clock does at each step; what a seller's silence means, `of_silence` says."""

"""Money that comes too late, or beside what was paid already: it goes back."""

from dataclasses import astuple

from app.shop.actions.cancel import answer_of, send_back
from app.shop.actions.opening import open_order
from app.shop.actions.pay import Answered, answered, write_payment
from app.shop.once import action
from app.shop.rules.errors import Invalid
from app.shop.rules.money import LARGEST_MINOR
from app.shop.rules.orders import Action
from app.shop.rules.receipt import Paid, receipt
from app.shop.shop import Actor, Done, Shop


@action
def late_payment(
    shop: Shop, actor: Actor, number: int, amount_minor: int, answer: Answered | None = None, *, key: str
) -> Done:
    """Money came for an order that is cancelled, or paid otherwise (T14): it goes back whole.

    The order stays what it is; `answer`: the money is that of a charge of ours, of nothing where vouchers
    covered everything. Raises Refused where the order still waits for its payment or the charge was answered
    before, Invalid for an amount that is none.
    """
    if not (0 if answer else 1) <= amount_minor <= LARGEST_MINOR:
        raise Invalid("not_an_amount", {"value": str(amount_minor)})
    with shop.change() as work:
        told = astuple(answer) if answer else ()
        order = open_order(work, actor, Action.LATE_PAYMENT, number, key, amount_minor, *told)
        order.may()
        if answer:
            answered(order, answer, "LATE")
            n = answer.payment
        else:
            n = write_payment(work, number, order.method, "LATE", amount_minor)
        paid = Paid(n, order.method, amount_minor)
        back = receipt(order.currency, [paid], (), at=work.now, zone=order.zone, outside=order.imported)
        done = order.write(
            answer_of(order, back, order.status),
            told={"refund_minor": back.refund_minor},
            buyer_code="late_payment" if amount_minor else None,
        )
        send_back(work, number, order.event_n, back)
        return done
